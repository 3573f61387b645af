"""Every text a visible widget shows or says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QProgressBar,
    QSpinBox,
    QTabBar,
    QTextEdit,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROWS: Final = 30
"""As many rows of a table are read: the rest is made by the same code."""


@dataclass(frozen=True)
class Shown:
    """A text, and where it stands.

    Attributes:
        widget: Object name of the widget, or its type.
        kind: Such as ``"text"``, ``"tool tip"``.
        text: Without HTML.
    """

    widget: str
    kind: str
    text: str


def name_of(widget: QWidget) -> str:
    """Object name, else that of an owner and the type."""
    if widget.objectName() and not widget.objectName().startswith("qt_"):
        return widget.objectName()
    owner = widget.parentWidget()
    while owner is not None and (not owner.objectName() or owner.objectName().startswith("qt_")):
        owner = owner.parentWidget()
    return f"{owner.objectName() if owner else ''}/{type(widget).__name__}"


def shown_texts(root: QWidget) -> Iterator[Shown]:
    """All texts of a window's visible widgets."""
    for widget in [root, *root.findChildren(QWidget)]:
        if isinstance(widget.parent(), QTabBar):  # Qt names its arrows once, in its own words
            continue
        if not widget.isVisible() and not (
            isinstance(widget, QMenu) and isinstance(widget.parent(), QMenuBar)
        ):
            continue
        for kind, text in (*_own(widget), *_about(widget)):
            plain = _plain(text)
            if plain:
                yield Shown(name_of(widget), kind, plain)


def _about(widget: QWidget) -> Iterator[tuple[str, str]]:
    yield "tool tip", widget.toolTip()
    yield "accessible name", widget.accessibleName()
    yield "accessible description", widget.accessibleDescription()


def _own(widget: QWidget) -> Iterator[tuple[str, str]]:  # noqa: PLR0912 - one branch a type
    match widget:
        case QLabel() | QAbstractButton():
            yield "text", widget.text()
        case QGroupBox():
            yield "title", widget.title()
        case QLineEdit():
            yield "placeholder", widget.placeholderText()
        case QPlainTextEdit() | QTextEdit():
            yield "placeholder", widget.placeholderText()
        case QComboBox():
            for index in range(min(widget.count(), _ROWS)):
                yield "item", widget.itemText(index)
        case QTabBar():
            for index in range(widget.count()):
                yield "tab", widget.tabText(index)
                yield "tab's tool tip", widget.tabToolTip(index)
        case QProgressBar():
            yield "text", widget.text() if widget.isTextVisible() else ""
        case QSpinBox() | QDoubleSpinBox():
            yield "suffix", widget.suffix()
            yield "prefix", widget.prefix()
            yield "special value", widget.specialValueText()
        case QMenu():
            for action in widget.actions():
                yield "menu", action.text()
        case QAbstractSpinBox() | QHeaderView():
            pass
        case QAbstractItemView():
            yield from _cells(widget)


def _cells(view: QAbstractItemView) -> Iterator[tuple[str, str]]:
    model = view.model()
    if model is None:
        return
    # A list's model has one column, and will not say so.
    listed = isinstance(model, QAbstractListModel)
    columns = range(1 if listed else model.columnCount())
    horizontal = getattr(view, "horizontalHeader", None)
    if horizontal is not None and not horizontal().isHidden():
        for column in columns:
            yield "header", _header(model, column, Qt.ItemDataRole.DisplayRole)
            yield "header's tool tip", _header(model, column, Qt.ItemDataRole.ToolTipRole)
    for row in range(min(model.rowCount(), _ROWS)):
        for column in columns:
            index = model.index(row, column, QModelIndex())
            for kind, role in (
                ("cell", Qt.ItemDataRole.DisplayRole),
                ("cell's tool tip", Qt.ItemDataRole.ToolTipRole),
                ("cell, read out", Qt.ItemDataRole.AccessibleTextRole),
            ):
                value = index.data(role)
                yield f"{kind} {row},{column}", value if isinstance(value, str) else ""


def _header(model: QAbstractItemModel, column: int, role: Qt.ItemDataRole) -> str:
    value = model.headerData(column, Qt.Orientation.Horizontal, role)
    return value if isinstance(value, str) else ""


def _plain(text: str) -> str:
    """Without HTML and mnemonics."""
    if "<" in text:
        text = re.sub(r"<[^<>]*>", " ", text)
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").strip()
