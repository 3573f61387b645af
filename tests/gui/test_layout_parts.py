"""What stands in a layout, found without PySide's items."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.layout_parts import laid_out_once, layout_parts, link_row, row_labels
from effnet_studio.gui.theme import set_role
from effnet_studio.gui.widgets.flow_layout import FlowLayout
from effnet_studio.paths import resources_dir

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.theme import ThemeManager


def test_that_widgets_and_layouts_come_in_the_order_of_the_layout(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column, row, flow = QVBoxLayout(page), QHBoxLayout(), FlowLayout(4)
    last, inside, first, loose = (QLabel(text, page) for text in ("last", "in", "first", "loose"))
    column.addWidget(first)
    column.addStretch(1)
    column.addLayout(row)
    row.addWidget(inside)
    column.addLayout(flow)
    column.addWidget(last)
    words = [QLabel(word) for word in ["one", "two"]]
    for word in words:
        flow.addWidget(word)
    assert layout_parts(column) == [first, row, flow, last]
    assert layout_parts(row) == [inside]
    assert layout_parts(flow) == words
    assert loose.parentWidget() is page


def test_that_parts_that_appear_together_are_laid_out_once(qtbot: QtBot) -> None:
    laid_out: list[str] = []

    class Page(QWidget):
        @override
        def resizeEvent(self, event: QResizeEvent) -> None:
            laid_out.append(self.objectName())

    window, page = QWidget(), Page()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(page)
    column = QVBoxLayout(page)
    parts = [QLabel(text, page) for text in ("a", "b", "c")]
    for part in parts:
        column.addWidget(part)
        part.hide()
    filling = Page(page)
    filling.setObjectName("filling")
    column.addWidget(filling, 1)
    window.resize(300, 400)
    with qtbot.waitExposed(window):
        window.show()
    laid_out.clear()
    with laid_out_once(page):
        for part in parts:
            part.show()
        assert not laid_out
    qtbot.waitUntil(lambda: bool(laid_out))
    assert laid_out == ["filling"]
    assert [part.height() > 0 for part in parts] == [True] * 3
    assert parts[0].y() < parts[1].y() < parts[2].y() < filling.y()
    parts[0].hide()  # one by one works as before
    qtbot.waitUntil(lambda: len(laid_out) == 2)


def test_that_what_has_no_layout_is_refused() -> None:
    with pytest.raises(ValueError, match="bare has no layout"), laid_out_once(_named("bare")):
        pass


def _named(name: str) -> QWidget:
    widget = QWidget()
    widget.setObjectName(name)
    return widget


def test_that_the_labels_of_a_form_come_from_the_top_down(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    form = QFormLayout(page)
    labels = [QLabel("b"), QLabel("a"), QWidget()]
    form.addRow(labels[1], QLineEdit())
    form.addRow(QLabel("over both columns"))
    form.addRow(labels[2], QLineEdit())
    form.insertRow(0, labels[0], QLineEdit())
    assert row_labels(form) == labels


def test_that_nobody_asks_a_layout_for_its_items() -> None:
    package = resources_dir().parent / "effnet_studio"
    asking = [
        file.name
        for file in package.rglob("*.py")
        if re.search(r"\.(itemAt|takeAt|itemAtPosition)\(", file.read_text(encoding="utf-8"))
    ]
    assert asking == []


def test_that_the_text_of_a_link_begins_where_the_text_above_it_does(
    qtbot: QtBot, theme: ThemeManager
) -> None:
    box = QWidget()
    theme.add_window(box)
    qtbot.addWidget(box)
    column, above, link = QVBoxLayout(box), QLabel("Above", box), QPushButton("A link", box)
    set_role(link, "link")
    column.addWidget(above)
    column.addLayout(link_row(link))
    box.show()
    option = QStyleOptionButton()
    link.initStyleOption(option)
    part = QStyle.SubElement.SE_PushButtonContents
    inside = link.style().subElementRect(part, option, link)
    assert link.x() + inside.x() == above.x()
