"""The list of all keys: complete, searchable, and true."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView

from effnet_studio.gui.dialogs.shortcuts import ShortcutsDialog
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.models.key_table import (
    ARROWS,
    DIGITS,
    PORTABLE,
    WIDGET_KEYS,
    key_rows,
    main,
    markdown,
    matching,
)

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.main_window import MainWindow


def shown_rows(dialog: ShortcutsDialog) -> list[str]:
    model = dialog.findChild(QTableView, "shortcuts_table").model()
    return [model.index(row, 1).data() for row in range(model.rowCount())]


def opened(qtbot: QtBot, window: MainWindow) -> ShortcutsDialog:
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(ShortcutsDialog)
    assert dialog.isVisible()
    return dialog


def test_that_every_shortcut_of_the_window_is_listed(window: MainWindow) -> None:
    listed = {row.keys for row in key_rows(PORTABLE)}
    for action in window.findChildren(QAction):
        if action.objectName().startswith("action_") and not action.shortcut().isEmpty():
            assert action.shortcut().toString() in listed


def test_that_all_keys_can_be_named() -> None:
    for spec in WIDGET_KEYS:
        for key in spec.keys:
            assert key in {"Alt", ARROWS, DIGITS} or QKeySequence(key).toString(), spec
    assert all(row.keys and row.text and row.place for row in key_rows())


def test_that_the_list_is_searched_by_keys_and_by_words() -> None:
    rows = key_rows(PORTABLE)
    assert [row.text for row in matching(rows, "ctrl+k")] == ["Find a command…"]
    assert {row.place for row in matching(rows, "confusion")} == {"Confusion matrix"}
    assert matching(rows, "no such thing") == []
    assert matching(rows, "") == rows


def test_that_keys_are_found_by_english_words_in_the_chinese_window(
    qapp: QApplication, english: None
) -> None:
    install_language(qapp, "zh_CN")
    assert any("放大" in row.text for row in matching(key_rows(PORTABLE), "larger"))


@pytest.mark.qt_log_ignore("does not support (raise|propagateSizeHints)", extend=True)
def test_that_the_dialog_opens_by_keys_once_and_searches(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window)
    search = dialog.findChild(QLineEdit, "shortcuts_search")
    assert len(shown_rows(dialog)) == len(key_rows())
    qtbot.keyClicks(search, "undo")
    assert shown_rows(dialog) == ["Undo"]
    window.keyboard.show_shortcuts()
    assert len(window.findChildren(ShortcutsDialog)) == 1
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert len(shown_rows(dialog)) == len(key_rows()), "Esc empties the field first"
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(ShortcutsDialog))


def test_that_the_page_of_the_documentation_has_every_row(qapp: QApplication) -> None:
    text = markdown()
    assert text.startswith("# Keyboard shortcuts\n")
    assert len(re.findall(r"^\| (?!Keys|---)", text, re.M)) == len(key_rows())
    install_language(qapp, "zh_CN")
    assert "Ctrl+K" in markdown()
    install_language(qapp, "en")


def test_that_the_page_is_printed(qapp: QApplication, capsys: pytest.CaptureFixture[str]) -> None:
    main(["en"])
    assert capsys.readouterr().out == markdown()
