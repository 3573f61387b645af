"""Help › About: the version to copy, and the licences."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QTabBar

from effnet_studio import __version__
from effnet_studio.engine.facts.licences import installed_parts, licence_text
from effnet_studio.gui.dialogs.about import AboutDialog
from effnet_studio.gui.i18n import install_language
from effnet_studio.paths import NOTICES, notices_file

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.main_window import MainWindow


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow) -> AboutDialog:
    window.show()
    window.actions_by_key["about"].trigger()
    (made,) = window.findChildren(AboutDialog)
    qtbot.waitUntil(lambda: "TERMS AND CONDITIONS" in text(made))
    return made


def text(dialog: AboutDialog) -> str:
    return dialog.findChild(QPlainTextEdit, "about_text").toPlainText()


def show_notices(dialog: AboutDialog) -> None:
    dialog.findChild(QTabBar, "about_tabs").setCurrentIndex(1)


def test_that_the_version_can_be_copied(qtbot: QtBot, dialog: AboutDialog) -> None:
    assert __version__ in dialog.findChild(QLabel, "about_version").text()
    copy = dialog.findChild(QPushButton, "about_copy")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    copied = QApplication.clipboard().text()
    QApplication.clipboard().clear()
    assert copied.startswith(f"EffNet Studio {__version__}, Python ")
    assert copy.text() == "Copied"


def test_that_the_licence_is_the_app_s_own(dialog: AboutDialog) -> None:
    assert text(dialog) == licence_text()
    assert "Apache License" in text(dialog)


def test_that_packages_are_listed_where_nothing_was_bundled(
    qtbot: QtBot, dialog: AboutDialog
) -> None:
    show_notices(dialog)
    qtbot.waitUntil(lambda: "torch" in text(dialog))
    listed = text(dialog).splitlines()
    for part in installed_parts():
        assert f"{part.name} {part.version} – {part.licence}" in listed
    assert not any(line.startswith("pytest") for line in listed)


@pytest.mark.parametrize("place", [".", "Resources"])
def test_that_what_an_installer_brings_along_is_shown(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    file = tmp_path / place / NOTICES
    file.parent.mkdir(exist_ok=True)
    file.write_text("Qt is free software.", encoding="utf-8")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "_internal"), raising=False)
    assert notices_file() == file
    window.show_about()
    (dialog,) = window.findChildren(AboutDialog)
    show_notices(dialog)
    qtbot.waitUntil(lambda: text(dialog) == "Qt is free software.")


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_it_opens_once_and_follows_the_language(
    qtbot: QtBot, window: MainWindow, dialog: AboutDialog
) -> None:
    window.actions_by_key["about"].trigger()
    assert window.findChildren(AboutDialog) == [dialog]
    version = dialog.findChild(QLabel, "about_version")
    version.clear()
    install_language(QApplication.instance(), "zh_CN")
    qtbot.waitUntil(lambda: __version__ in version.text())
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(AboutDialog))
