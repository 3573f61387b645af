"""The doctor's report in the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from effnet_studio.engine.device import Fact
from effnet_studio.engine.messages import msg
from effnet_studio.gui.main_window import MainWindow
from effnet_studio.gui.pages.doctor import DoctorPage


def test_that_the_doctor_is_a_page_that_needs_no_project(qtbot, window: MainWindow) -> None:
    window.show()
    window.actions_by_key["doctor"].trigger()
    page = window.page("doctor")
    assert window.stack.currentWidget() is page
    qtbot.waitUntil(lambda: page.findChild(QLabel, "fact_memory") is not None, timeout=60_000)
    assert page.findChild(QLabel, "fact_torch").text()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is window.welcome
    window.hide()


def test_that_a_bad_fact_comes_with_what_to_do(qtbot, qapp, window: MainWindow) -> None:
    page = window.page("doctor")
    assert isinstance(page, DoctorPage)
    page.set_facts([Fact("disk", msg("Disk"), msg("full"), ok=False, hint=msg("Free some."))])
    assert page.findChild(QLabel, "fact_disk").text() == "full\nFree some."
    qtbot.mouseClick(page.findChild(QPushButton, "doctor_copy"), Qt.MouseButton.LeftButton)
    assert qapp.clipboard().text() == "Disk: full Free some."
