"""The edit log as a list: what was done and when, and what was taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.icons import pixmap
from effnet_studio.gui.text import count_text, moment_text
from effnet_studio.gui.theme import FONT_BODY, FONT_CAPTION, SPACE_2, set_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from effnet_studio.engine.data.edits import Edit
    from effnet_studio.gui.theme import ThemeManager

_Index = QModelIndex | QPersistentModelIndex
_ICON: Final = 16
_MARGIN: Final = 2
"""Left of the mark, pixels."""
_SHOWN: Final = 1000
"""Entries that are listed; all can be taken back."""
_UNDONE: Final = Qt.ItemDataRole.UserRole
_WRAPPED: Final = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)


class _EntryDelegate(QStyledItemDelegate):
    """Draws an entry: a mark, its title, and below when it was made; both may wrap.

    Args:
        theme: Gives the colours.
        parent: The list.
    """

    def __init__(self, theme: ThemeManager, parent: QListWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view = parent

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        width = self._view.viewport().width()
        boxes = self._boxes(option.font, str(index.data()), QRect(0, 0, width, 0))
        return QSize(width, boxes[-1].bottom() + 1 + SPACE_2)

    def _boxes(self, font: QFont, text: str, area: QRect) -> tuple[QRect, QRect]:
        """Where title and moment of an entry go."""
        title, _, moment = text.partition("\n")
        left = area.left() + _MARGIN + _ICON + SPACE_2
        room = QRect(left, area.top() + SPACE_2 - 1, max(1, area.right() - SPACE_2 - left), 1000)
        first, second = (
            QFontMetrics(_sized(font, size)).boundingRect(room, _WRAPPED, line)
            for line, size in ((title, FONT_BODY), (moment, FONT_CAPTION))
        )
        room.setHeight(first.height())
        return room, QRect(left, room.bottom() + 1, room.width(), second.height() if moment else 0)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = self._theme.theme
        undone = bool(index.data(_UNDONE))
        area: QRect = option.rect
        painter.save()
        painter.setPen(QColor(theme.border))
        painter.drawLine(area.left(), area.bottom(), area.right(), area.bottom())
        icon, tone = ("undo", theme.muted) if undone else ("check", theme.success)
        drawn = pixmap(icon, tone, _ICON, painter.device().devicePixelRatioF())
        painter.drawPixmap(area.left() + _MARGIN, area.top() + SPACE_2, drawn)
        title, _, moment = str(index.data()).partition("\n")
        boxes = self._boxes(option.font, str(index.data()), area)
        for line, box, size, color in (
            (title, boxes[0], FONT_BODY, theme.muted if undone else theme.text),
            (moment, boxes[1], FONT_CAPTION, theme.muted),
        ):
            painter.setFont(_sized(option.font, size))
            painter.setPen(QColor(color))
            painter.drawText(box, _WRAPPED, line)
        painter.restore()


def _sized(font: QFont, pixels: int) -> QFont:
    sized = QFont(font)
    sized.setPixelSize(pixels)
    return sized


class EditLog(QListWidget):
    """The newest entry first; those that were taken back are grey.

    Args:
        theme: Gives colours and icons.
        parent: Qt's owner.
    """

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history_log")
        self._entries: Sequence[Edit] = ()
        set_role(self, "plain")
        self.setItemDelegate(_EntryDelegate(theme, self))
        # Each row is measured, and there may be a thousand: not all in one go.
        self.setLayoutMode(QListWidget.LayoutMode.Batched)
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        theme.changed.connect(self._on_theme_changed)

    def set_entries(self, entries: Sequence[Edit]) -> None:
        """Show other entries.

        Args:
            entries: The oldest first.
        """
        self._entries = entries
        self.retranslate()

    def retranslate(self) -> None:
        """Write the entries in the window's language."""
        self.clear()
        for entry in list(reversed(self._entries))[:_SHOWN]:
            moment = moment_text(entry.made)
            if entry.undone:
                moment = self.tr("taken back · {moment}").format(moment=moment)
            item = QListWidgetItem(f"{translate_message(entry.title)}\n{moment}")
            item.setToolTip(translate_message(entry.title))
            item.setData(_UNDONE, entry.undone)
            self.addItem(item)
        earlier = len(self._entries) - _SHOWN
        if earlier > 0:
            text = self.tr("{n} earlier changes").format(n=count_text(earlier))
            self.addItem(QListWidgetItem(text))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # titles are wrapped otherwise

    @Slot()
    def _on_theme_changed(self) -> None:
        self.viewport().update()
