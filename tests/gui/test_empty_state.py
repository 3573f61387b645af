"""What a page shows while it has nothing to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from effnet_studio.gui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.theme import ThemeManager


def test_that_a_shorter_text_leaves_no_gap_where_a_longer_one_stood(
    qtbot: QtBot, theme: ThemeManager
) -> None:
    state = EmptyState(theme, "map")
    qtbot.addWidget(state)
    text = state.findChild(QLabel, "empty_text")
    state.set_texts("Nothing yet", "In one line.")
    low = text.height()
    state.set_texts("Nothing yet", "In more lines than one. " * 8)
    assert text.height() > low
    state.set_texts("Nothing yet", "In one line.")
    assert text.height() == low


def test_that_a_larger_font_makes_room_for_its_lines(qtbot: QtBot, theme: ThemeManager) -> None:
    state = EmptyState(theme, "map")
    qtbot.addWidget(state)
    text = state.findChild(QLabel, "empty_text")
    state.set_texts("Nothing yet", "In more lines than one. " * 8)
    low = text.height()
    state.setStyleSheet("QLabel { font-size: 20px; }")
    state.ensurePolished()
    text.ensurePolished()
    assert text.height() == text.heightForWidth(text.width()) > low
