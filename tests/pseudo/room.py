"""Whether texts have the room they need, and widgets keep out of each other's way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLayout,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStackedWidget,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTableView,
    QToolButton,
    QTreeView,
    QWidget,
)

from effnet_studio.gui.layout_parts import layout_parts
from effnet_studio.gui.widgets.elided_combo import ElidedCombo
from effnet_studio.gui.widgets.elided_label import ElidedLabel
from tests.pseudo.texts import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SLACK: Final = 2
"""Pixels that rounding may cost."""


_TOOL_PADDING: Final = 14
_LEAST_LETTERS: Final = 6
_BREAKS: Final = re.compile(r"[\s/\u200b\u2014\u2026\u3000-\u9fff\uff00-\uffef-]+")
"""Where a line may be broken: also between any two Chinese characters."""


@dataclass(frozen=True)
class Trouble:
    """Something that does not fit.

    Attributes:
        widget: Where.
        what: Such as ``"clipped by 12 px"``.
        text: The text concerned.
    """

    widget: str
    what: str
    text: str


def troubles(root: QWidget) -> Iterator[Trouble]:
    """All that does not fit in a window."""
    for widget in [root, *root.findChildren(QWidget)]:
        if not widget.isVisible() or isinstance(widget, QMenu) or _hidden_by_name(widget):
            continue
        yield from _texts(widget)
        yield from _siblings(widget)
        yield from _outside(widget)


def _hidden_by_name(widget: QWidget) -> bool:
    """Parts that Qt makes and shows as it likes."""
    return widget.objectName().startswith("qt_menubar_ext") or isinstance(widget, QMenuBar)


def _texts(widget: QWidget) -> Iterator[Trouble]:
    match widget:
        case QLabel():
            yield from _label(widget)
        case QPushButton() | QCheckBox() | QRadioButton() | QToolButton():
            yield from _button(widget)
        case QTabBar():
            yield from _tabs(widget)
        case QComboBox():
            yield from _combo(widget)
        case QLineEdit():
            yield from _placeholder(widget)
        case QTableView():
            if not widget.horizontalHeader().isHidden():
                yield from _header(widget.horizontalHeader())
        case QTreeView():
            if not widget.isHeaderHidden():
                yield from _header(widget.header())


def _label(label: QLabel) -> Iterator[Trouble]:
    text = label.text()
    if not text.strip() or (label.pixmap() and not label.pixmap().isNull()):
        return
    if isinstance(label, ElidedLabel):
        if label.shown_text() != text and text not in label.toolTip():
            yield Trouble(name_of(label), f"is shortened to {label.shown_text()!r}", text)
        return
    if label.width() <= 1 or label.height() <= 1:
        if label.sizePolicy().horizontalPolicy() != label.sizePolicy().Policy.Ignored:
            yield Trouble(name_of(label), "has no room at all", text)
        return
    excused = _is_whole_in_tip(label)
    rich = label.textFormat() == Qt.TextFormat.RichText or (
        label.textFormat() == Qt.TextFormat.AutoText and "<" in text and _is_rich(text)
    )
    room = label.contentsRect().adjusted(*(4 * [0]))
    margin = 2 * label.margin()
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if needed > label.height() + SLACK:
            yield Trouble(name_of(label), f"cut off below: {label.height()} of {needed} px", text)
        if not rich:
            metrics = label.fontMetrics()
            longest = max(
                (metrics.horizontalAdvance(word) for word in _BREAKS.split(text)),
                default=0,
            )
            if longest > room.width() - margin + SLACK:
                yield Trouble(
                    name_of(label), f"a word is cut: {room.width()} of {longest} px", text
                )
        return
    needed = label.sizeHint().width() if rich else _plain_width(label, text)
    if needed > label.width() + SLACK and not excused:
        yield Trouble(name_of(label), f"cut off: {label.width()} of {needed} px", text)


def _is_whole_in_tip(widget: QLabel | QAbstractButton) -> bool:
    """Whether a text was shortened, and can be read whole in the tool tip."""
    beginning, dots, _ = widget.text().partition("…")
    return bool(dots) and beginning[:8] in widget.toolTip()


def _plain_width(label: QLabel, text: str) -> int:
    inside = label.contentsRect().width() - 2 * label.margin()
    lines = text.replace("&&", "&").split("\n")
    widest = max(label.fontMetrics().horizontalAdvance(line) for line in lines)
    return int(widest + label.width() - inside)


def _is_rich(text: str) -> bool:
    document = QTextDocument()
    document.setHtml(text)
    return document.toPlainText() != text


def _button(button: QPushButton | QCheckBox | QRadioButton | QToolButton) -> Iterator[Trouble]:
    text = button.text()
    if not text or (isinstance(button, QToolButton) and _icon_only(button)):
        return
    if button.layout() is not None:
        return  # its parts are looked at one by one
    needed = button.sizeHint().width()
    if isinstance(button, QToolButton):  # may be given less air, but not less than its text
        needed = button.fontMetrics().horizontalAdvance(text) + _TOOL_PADDING
    if needed > button.width() + SLACK and not _is_whole_in_tip(button):
        yield Trouble(name_of(button), f"narrow: {button.width()} of {needed} px", text)
    if button.sizeHint().height() > button.height() + SLACK:
        yield Trouble(
            name_of(button), f"low: {button.height()} of {button.sizeHint().height()} px", text
        )


def _icon_only(button: QToolButton) -> bool:
    return button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly and not (
        button.icon().isNull()
    )


def _tabs(bar: QTabBar) -> Iterator[Trouble]:
    metrics = bar.fontMetrics()
    for index in range(bar.count()):
        if not bar.isTabVisible(index):
            continue
        text = bar.tabText(index)
        needed = metrics.horizontalAdvance(text.replace("&", ""))
        if needed > bar.tabRect(index).width() and not bar.tabToolTip(index):
            yield Trouble(
                name_of(bar), f"tab cut off: {bar.tabRect(index).width()} of {needed} px", text
            )
    visible = [bar.tabRect(index) for index in range(bar.count()) if bar.isTabVisible(index)]
    wanted = sum(rect.width() for rect in visible)
    if wanted > bar.width() + SLACK:
        yield Trouble(name_of(bar), f"tabs out of sight: {bar.width()} of {wanted} px", "")


def _combo(combo: QComboBox) -> Iterator[Trouble]:
    if isinstance(combo, ElidedCombo) and not combo.isEditable():
        shown = combo.shown_text()
        if len(shown) < min(_LEAST_LETTERS, len(combo.currentText())):
            yield Trouble(name_of(combo), f"shows no more than {shown!r}", combo.currentText())
        return
    text = combo.currentText()
    option = QStyleOptionComboBox()
    option.initFrom(combo)
    option.rect = combo.rect()
    option.subControls = QStyle.SubControl.SC_All
    room = combo.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, combo
    )
    icon = 0 if combo.itemIcon(combo.currentIndex()).isNull() else combo.iconSize().width() + 4
    needed = combo.fontMetrics().horizontalAdvance(text) + icon
    if needed > room.width() + SLACK and text not in combo.toolTip():
        yield Trouble(name_of(combo), f"cut off: {room.width()} of {needed} px", text)


def _placeholder(edit: QLineEdit) -> Iterator[Trouble]:
    text = edit.placeholderText()
    if edit.text() or not text:
        return
    needed = edit.fontMetrics().horizontalAdvance(text) + 4
    room = edit.contentsRect().width() - edit.textMargins().left() - edit.textMargins().right() - 18
    if needed > room + SLACK and text not in edit.toolTip():
        yield Trouble(name_of(edit), f"placeholder cut off: {room} of {needed} px", text)


def _header(header: QHeaderView) -> Iterator[Trouble]:
    model = header.model()
    metrics = header.fontMetrics()
    for section in range(header.count()):
        text = model.headerData(section, Qt.Orientation.Horizontal)
        if header.isSectionHidden(section) or not isinstance(text, str):
            continue
        needed = max(metrics.horizontalAdvance(line) for line in text.split("\n"))
        tip = model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        if needed > header.sectionSize(section) - 8 + SLACK and not tip:
            room = header.sectionSize(section) - 8
            yield Trouble(name_of(header), f"column cut off: {room} of {needed} px", text)


def _siblings(widget: QWidget) -> Iterator[Trouble]:
    """Children that a layout placed and that lie on each other."""
    layout = widget.layout()
    if layout is None or isinstance(widget, QStackedWidget):
        return
    children = [
        each
        for each in widget.children()
        if isinstance(each, QWidget)
        and each.isVisible()
        and not each.isWindow()
        and not each.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        and _is_placed(layout, each)
    ]
    for place, first in enumerate(children):
        for second in children[place + 1 :]:
            common = first.geometry().intersected(second.geometry())
            if common.width() > SLACK and common.height() > SLACK:
                yield Trouble(
                    name_of(first),
                    f"lies on {name_of(second)}: {common.width()} × {common.height()} px",
                    "",
                )


def _is_placed(layout: QLayout, widget: QWidget) -> bool:
    parts = layout_parts(layout)
    return widget in parts or any(
        isinstance(part, QLayout) and _is_placed(part, widget) for part in parts
    )


def _outside(widget: QWidget) -> Iterator[Trouble]:
    """A widget that its parent, or the window, cuts off."""
    parent = widget.parentWidget()
    if parent is None or widget.isWindow():
        return
    owner = parent.parentWidget()
    if isinstance(owner, QAbstractScrollArea) and owner.viewport() is parent:
        if isinstance(owner, QScrollArea) and owner.widget() is widget:
            never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            if owner.horizontalScrollBarPolicy() == never and widget.width() > parent.width():
                yield Trouble(
                    name_of(widget), f"too wide: {parent.width()} of {widget.width()} px", ""
                )
            elif widget.width() > parent.width() + SLACK:
                yield Trouble(
                    name_of(widget),
                    f"must be scrolled sideways: {parent.width()} of {widget.width()} px",
                    "",
                )
        return
    if parent.layout() is None or not _is_placed(parent.layout(), widget):
        return
    place = QRect(widget.mapTo(parent, QPoint()), widget.size())
    room = parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK)
    if not room.contains(place):
        beyond = max(
            room.left() - place.left(),
            place.right() - room.right(),
            room.top() - place.top(),
            place.bottom() - room.bottom(),
        )
        yield Trouble(name_of(widget), f"{beyond} px outside {name_of(parent)}", "")
