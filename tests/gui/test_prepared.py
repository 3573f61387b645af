"""The dialog on prepared images: figures, preparing, deleting, and that closing it is harmless."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton

from effnet_studio.engine.data.loading.cache_space import usage
from effnet_studio.gui.dialogs.prepared import PreparedDialog

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.main_window import MainWindow


def opened(qtbot: QtBot, window: MainWindow, trained: Path) -> PreparedDialog:
    with qtbot.waitSignal(window.session.project_changed, timeout=20_000):
        window.session.open_project(trained)
    window.actions_by_key["prepared"].trigger()
    dialog: PreparedDialog = window.findChild(PreparedDialog, "prepared")
    qtbot.waitUntil(lambda: "18" in text(dialog, "needed"), timeout=20_000)
    return dialog


def text(dialog: PreparedDialog, name: str) -> str:
    return str(dialog.findChild(QLabel, f"prepared_{name}").text())


def click(qtbot: QtBot, dialog: PreparedDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, f"prepared_{name}")
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_that_images_are_prepared_and_deleted(
    qtbot: QtBot, window: MainWindow, trained: Path, english: None
) -> None:
    dialog = opened(qtbot, window, trained)
    assert not dialog.isModal()
    assert not dialog.findChild(QPushButton, "prepared_delete").isEnabled()
    before = text(dialog, "needed")
    model = dialog.findChild(QComboBox, "prepared_model")
    model.setCurrentIndex(model.findData("efficientnet_b7"))
    qtbot.waitUntil(lambda: text(dialog, "needed") != before)
    model.setCurrentIndex(0)
    qtbot.waitUntil(lambda: text(dialog, "needed") == before)
    click(qtbot, dialog, "start")
    qtbot.waitUntil(lambda: text(dialog, "kept").startswith("Kept now: 18 images"), timeout=20_000)
    cache = window.session.project.cache_dir
    assert usage(cache).pictures == 18
    click(qtbot, dialog, "delete")
    qtbot.waitUntil(lambda: text(dialog, "kept").startswith("Kept now: 0 images"))
    assert usage(cache).pictures == 0
    dialog.close()


def test_that_closing_the_dialog_lets_the_work_end(
    qtbot: QtBot, window: MainWindow, trained: Path, english: None
) -> None:
    dialog = opened(qtbot, window, trained)
    click(qtbot, dialog, "start")
    dialog.close()
    qtbot.waitUntil(lambda: not window.session.jobs.jobs, timeout=20_000)
    assert usage(window.session.project.cache_dir).pictures == 18


def test_that_without_a_dataset_there_is_nothing_to_prepare(window: MainWindow) -> None:
    assert not window.actions_by_key["prepared"].isEnabled()
