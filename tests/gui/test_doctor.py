"""The doctor's report in the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from effnet_studio.engine.device import Fact
from effnet_studio.engine.messages import msg
from effnet_studio.gui.dialogs.doctor import DoctorDialog
from effnet_studio.gui.main_window import MainWindow


def test_that_the_doctor_shows_every_fact_beside_a_usable_window(qtbot, window: MainWindow) -> None:
    window.actions_by_key["doctor"].trigger()
    dialog = window.findChild(DoctorDialog, "doctor")
    assert not dialog.isModal()
    qtbot.waitUntil(lambda: dialog.findChild(QLabel, "fact_memory") is not None, timeout=60_000)
    assert dialog.findChild(QLabel, "fact_torch").text()
    dialog.close()


def test_that_a_bad_fact_comes_with_what_to_do(qtbot, qapp, runner, theme, english) -> None:
    dialog = DoctorDialog(runner, theme)
    qtbot.addWidget(dialog)
    dialog.set_facts([Fact("disk", msg("Disk"), msg("full"), ok=False, hint=msg("Free some."))])
    assert dialog.findChild(QLabel, "fact_disk").text() == "full\nFree some."
    qtbot.mouseClick(dialog.findChild(QPushButton, "doctor_copy"), Qt.MouseButton.LeftButton)
    assert qapp.clipboard().text() == "Disk: full Free some."
    runner.shutdown()
    qtbot.waitUntil(lambda: not runner.jobs)
