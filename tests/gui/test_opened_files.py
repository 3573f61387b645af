"""What the Finder hands to a running app."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from effnet_studio.gui.lifecycle.opened_files import OpenedFiles


def test_that_a_project_opened_in_the_finder_is_asked_for(qapp: QApplication, qtbot: QtBot) -> None:
    opened = OpenedFiles(qapp)
    event = QFileOpenEvent(QUrl.fromLocalFile("/photos/ants.effnet"))
    with qtbot.waitSignal(opened.asked) as asked:
        QApplication.sendEvent(qapp, event)
    assert asked.args == [[Path("/photos/ants.effnet")]]
    with qtbot.assertNotEmitted(opened.asked):
        QApplication.sendEvent(qapp, QEvent(QEvent.Type.User))
        QApplication.sendEvent(qapp, QFileOpenEvent(QUrl("https://example.org")))
    qapp.removeEventFilter(opened)
    opened.deleteLater()
