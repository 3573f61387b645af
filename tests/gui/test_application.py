"""What the Finder hands to a running app."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent
from pytestqt.qtbot import QtBot

from effnet_studio.gui.lifecycle.application import Application


def test_that_a_project_opened_in_the_finder_is_asked_for(qapp: Application, qtbot: QtBot) -> None:
    event = QFileOpenEvent(QUrl.fromLocalFile("/photos/ants.effnet"))
    with qtbot.waitSignal(qapp.files_opened) as asked:
        Application.sendEvent(qapp, event)
    assert asked.args == [[Path("/photos/ants.effnet")]]
    with qtbot.assertNotEmitted(qapp.files_opened):
        Application.sendEvent(qapp, QEvent(QEvent.Type.User))
        Application.sendEvent(qapp, QFileOpenEvent(QUrl("https://example.org")))
