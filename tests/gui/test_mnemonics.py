"""Letters of menu rows: one each, none twice, in every language."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from effnet_studio.gui.actions import ACTIONS, action_text
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.main_window import MainWindow
from effnet_studio.gui.mnemonics import with_mnemonics

pytestmark = pytest.mark.skipif(sys.platform == "darwin", reason="menus have no letters on macOS")


def letter(text: str) -> str:
    return text[text.index("&") + 1].upper() if "&" in text else ""


def test_that_starts_of_words_are_taken_first() -> None:
    texts = ["Open", "Open other", "Options", "One"]  # "other" starts with what is taken
    assert with_mnemonics(texts, texts) == ["&Open", "O&pen other", "Op&tions", "O&ne"]


def test_that_chinese_gets_the_english_letter_in_brackets() -> None:
    assert with_mnemonics(["打开…", "退出"], ["Open…", "Quit"]) == ["打开(&O)…", "退出(&Q)"]


def test_that_letters_given_by_hand_stay() -> None:
    assert with_mnemonics(["Other", "&Open"], ["Other", "&Open"]) == ["O&ther", "&Open"]


@given(st.lists(st.text("abcdefgh ", max_size=8), max_size=12))
def test_that_no_letter_is_given_twice(texts: list[str]) -> None:
    marked = with_mnemonics(texts, texts)
    letters = [each for text in marked if (each := letter(text))]
    assert len(letters) == len(set(letters))
    assert [text.replace("&", "") for text in marked] == texts


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_that_all_rows_of_all_menus_can_be_chosen_by_a_letter(
    qapp: QApplication, window: MainWindow, language: str
) -> None:
    install_language(qapp, language)
    qapp.processEvents()
    # Languages are called by their own names, in their own script.
    menus = [menu for key, menu in window._menus._menus.items() if key != "language"]
    assert all(letter(menu.title()) for menu in menus)
    for menu in menus:
        rows = [row.text() for row in menu.actions() if not row.isSeparator()]
        letters = [letter(text) for text in rows]
        assert all(letters), rows
        assert len(letters) == len(set(letters)), rows


def test_that_the_sidebar_shows_no_letters(window: MainWindow) -> None:
    assert "&" not in window.sidebar.findChild(object, "nav_train").text()
    assert all("&" not in action_text(row.key) for row in ACTIONS if row.key)
