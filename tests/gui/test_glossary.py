"""Terms are explained where they appear, in both languages, in texts that are made later too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QTabBar, QTableWidget, QToolTip

from effnet_studio.gui.explained import text_at
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.models.glossary import explain
from effnet_studio.gui.models.glossary_terms import TERMS
from effnet_studio.gui.pages.base import Page

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager

EXPECTED = (
    "epoch", "Loss", "Learning rate", "top-5", "MACs", "ECE", "AUC", "F1", "int8", "ONNX", "Brier",
    "Grad-CAM", "ImageNet", "Validation", "Precision", "Recall", "Cohen's kappa", "95 % interval",
    "temperature", "frozen", "Augmentation", "batches", "squeeze-and-excitation", "p = 0.03",
)  # fmt: skip


@pytest.mark.parametrize("text", EXPECTED)
def test_that_a_term_is_explained(english: None, text: str) -> None:
    assert len(explain(text)) > len(text) + 20


def test_that_the_longer_term_counts_and_each_meaning_once(english: None) -> None:
    assert "after which the model was best" in explain("best epoch")
    assert "\n" not in explain("best epoch")
    assert explain("Epoch 3 of 20 epochs").count("\n") == 0
    assert explain("&Recall and <b>precision</b>").startswith("Recall: ")
    assert explain("Recall and precision").count("\n") == 1


def test_that_words_which_only_contain_a_term_are_not_explained(english: None) -> None:
    assert not explain("Glossary of F15 and lossless files")
    assert not explain("")


def test_that_no_two_terms_share_a_word() -> None:
    words = [word.casefold() for words, _ in TERMS for word in words.split("|")]
    assert len(words) == len(set(words))
    assert all(re.match(r"[A-Z]", meaning) and meaning.endswith(".") for _, meaning in TERMS)


def test_that_chinese_texts_are_explained_in_chinese(qapp: QApplication, english: None) -> None:
    install_language(qapp, "zh_CN")
    found = explain("验证损失")
    assert "损失:" in found or "损失：" in found
    assert re.search(r"[\u4e00-\u9fff]{4}", found)
    install_language(qapp, "en")
    assert explain("Loss").isascii()


class Sheet(Page):
    """A page with texts of all sorts, none with a tool-tip of its own."""

    key = "sheet"

    def _build_ui(self) -> None:
        self.label = QLabel("Brier score")
        self.tabs = QTabBar()
        self.tabs.addTab("Recall")
        self.choice = QComboBox()
        self.choice.addItem("F1")
        self.table = QTableWidget(1, 1)
        self.table.setHorizontalHeaderLabels(["AUC"])
        for widget in (self.label, self.tabs, self.choice, self.table):
            self.body.addWidget(widget)


@pytest.fixture
def sheet(qtbot: QtBot, session: Session, theme: ThemeManager, english: None) -> Sheet:
    page = Sheet(session, theme)
    qtbot.addWidget(page)
    page.resize(500, 400)
    page.show()
    return page


def test_that_the_page_finds_the_text_under_the_pointer(sheet: Sheet) -> None:
    header = sheet.table.horizontalHeader()
    places = {
        "Brier score": sheet.label,
        "Recall": sheet.tabs,
        "F1": sheet.choice,
        "AUC": header.viewport(),
    }
    for text, widget in places.items():
        assert text_at(sheet, widget.mapTo(sheet, QPoint(12, 8))) == text


@pytest.mark.qt_log_ignore("does not support (raise|propagateSizeHints)", extend=True)
@pytest.mark.parametrize("part", ["label", "tabs", "header"])
def test_that_pointing_at_a_term_shows_what_it_means(
    qtbot: QtBot, qapp: QApplication, sheet: Sheet, part: str
) -> None:
    header = sheet.table.horizontalHeader().viewport()
    widget = {"label": sheet.label, "tabs": sheet.tabs, "header": header}[part]
    inside = QPoint(12, 8)
    event = QHelpEvent(QEvent.Type.ToolTip, inside, widget.mapToGlobal(inside))
    qapp.sendEvent(widget, event)
    shown = QToolTip.text()
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
    assert shown == explain(text_at(sheet, widget.mapTo(sheet, inside)))
    assert shown


@pytest.mark.qt_log_ignore("does not support (raise|propagateSizeHints)", extend=True)
def test_that_a_tool_tip_of_its_own_comes_first(
    qtbot: QtBot, qapp: QApplication, sheet: Sheet
) -> None:
    sheet.label.setToolTip("What it says itself")
    inside = QPoint(12, 8)
    event = QHelpEvent(QEvent.Type.ToolTip, inside, sheet.label.mapToGlobal(inside))
    qapp.sendEvent(sheet.label, event)
    assert QToolTip.text() == "What it says itself"
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
