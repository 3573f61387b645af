"""A label that remembers its heights says the same as one that does not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

import effnet_studio.gui
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.theme import ThemeMode, set_role, set_tone
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from effnet_studio.gui.main_window import MainWindow

WIDTHS = (1, 40, 90, 200, 410, 1000)
TEXTS = ("", "one", "what this computer offers " * 6, "<b>bold</b> words " * 9, "两只蜜蜂 " * 30)


def _sized(label: Label, points: float) -> None:
    font = label.font()
    font.setPointSizeF(points)
    label.setFont(font)


CHANGES: tuple[Callable[[Label], object], ...] = (
    *(lambda label, text=text: label.setText(text) for text in TEXTS),
    *(lambda label, on=on: label.setWordWrap(on) for on in (True, False)),
    *(lambda label, points=points: _sized(label, points) for points in (7, 11, 24)),
    *(lambda label, role=role: set_role(label, role) for role in ("title", "code", "chip")),
    lambda label: set_tone(label, "danger"),
    *(lambda label, kind=kind: label.setTextFormat(kind)
      for kind in (Qt.TextFormat.PlainText, Qt.TextFormat.RichText)),
    *(lambda label, flags=flags: label.setTextInteractionFlags(flags)
      for flags in (Qt.TextInteractionFlag.TextSelectableByMouse,
                    Qt.TextInteractionFlag.NoTextInteraction)),
    *(lambda label, space=space: label.setContentsMargins(space, space, space, space)
      for space in (0, 14)),
    *(lambda label, space=space: label.setMargin(space) for space in (0, 9)),
    *(lambda label, space=space: label.setIndent(space) for space in (-1, 30)),
    lambda label: label.clear(),
    lambda label: label.setPixmap(QPixmap(30, 20)),
    lambda label: label.setStyleSheet("padding: 12px"),
    lambda label: label.setStyleSheet(""),
    lambda label: label.setLayoutDirection(Qt.LayoutDirection.RightToLeft),
    lambda label: label.setAlignment(Qt.AlignmentFlag.AlignCenter),
    lambda label: label.setFixedWidth(120),
    lambda label: label.setMinimumWidth(0),
    lambda label: label.setMinimumSize(300, 10),
    lambda label: label.setMaximumWidth(60),
    lambda label: label.setStyleSheet("min-width: 240px"),
    lambda label: label.setEnabled(not label.isEnabled()),
)  # fmt: skip


def _heights(label: Label) -> list[int]:
    return [label.heightForWidth(width) for width in WIDTHS]


def _fresh_heights(label: Label) -> list[int]:
    return [QLabel.heightForWidth(label, width) for width in WIDTHS]


@pytest.fixture
def label(qtbot, theme) -> Iterator[Label]:
    window = QWidget()
    qtbot.addWidget(window)
    label = Label("Words", window)
    QVBoxLayout(window).addWidget(label)
    theme.add_window(window)
    label.setWordWrap(True)
    window.show()
    yield label
    window.close()


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None
)
@given(st.lists(st.integers(0, len(CHANGES) - 1), max_size=12))
@example([2, 30])
@example([2, 30, 31])
def test_that_no_change_leaves_a_height_of_before(label: Label, places: list[int]) -> None:
    for place in places:
        CHANGES[place](label)
        assert _heights(label) == _fresh_heights(label)
        QCoreApplication.processEvents()
        assert _heights(label) == _fresh_heights(label)


def test_that_the_text_is_measured_once_in_each_width(label: Label) -> None:
    label.setText(TEXTS[2])
    known = _heights(label)
    assert len(set(known)) > 3
    label._heights = {width: -number for number, width in enumerate(WIDTHS)}
    assert _heights(label) == [-number for number in range(len(WIDTHS))], "Qt is not asked again"
    label.setText(TEXTS[2])
    assert _heights(label) == known


def test_that_no_label_in_the_window_is_wrong_after_what_changes_all(
    qtbot, qapp, window: MainWindow, theme
) -> None:
    window.show()
    for key in ("settings", "doctor", "guide"):
        window.actions_by_key[key].trigger()
        name = f"page_{key}"
        qtbot.waitUntil(lambda name=name: window.stack.currentWidget().objectName() == name)
    for change in (
        lambda: theme.set_mode(ThemeMode.DARK),
        lambda: install_language(qapp, "zh_CN"),
        lambda: theme.set_mode(ThemeMode.LIGHT),
        lambda: install_language(qapp, "en"),
        lambda: window.resize(1100, 720),
    ):
        change()
        qtbot.wait(50)
        labels = window.findChildren(Label)
        assert len(labels) > 100
        for label in labels:
            for width, height in label._heights.items():
                assert QLabel.heightForWidth(label, width) == height, label.text()
    window.close()


def test_that_the_window_has_no_other_labels() -> None:
    folder = Path(effnet_studio.gui.__file__).parent
    others = [
        file.name
        for file in folder.rglob("*.py")
        if re.search(r"(?<!case )\bQLabel\(", file.read_text(encoding="utf-8"))
    ]
    assert others == []
