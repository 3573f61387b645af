"""The edit log as a list: what was done and when, and what was taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter
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

    from effnet_studio.engine.data.edits import Edit
    from effnet_studio.gui.theme import ThemeManager

_Index = QModelIndex | QPersistentModelIndex
_ROW: Final = 50
_ICON: Final = 16
_SHOWN: Final = 1000
"""Entries that are listed; all can be taken back."""
_UNDONE: Final = Qt.ItemDataRole.UserRole


class _EntryDelegate(QStyledItemDelegate):
    """Draws an entry: a mark, its title, and below when it was made.

    Args:
        theme: Gives the colours.
        parent: The list.
    """

    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(120, _ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = self._theme.theme
        undone = bool(index.data(_UNDONE))
        title, _, moment = str(index.data()).partition("\n")
        area: QRect = option.rect
        painter.save()
        painter.setPen(QColor(theme.border))
        painter.drawLine(area.left(), area.bottom(), area.right(), area.bottom())
        icon, tone = ("undo", theme.faint) if undone else ("check", theme.success)
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(area.left() + 2, area.top() + SPACE_2, pixmap(icon, tone, _ICON, ratio))
        text = area.adjusted(2 + _ICON + SPACE_2, SPACE_2 - 1, -SPACE_2, -SPACE_2)
        font = painter.font()
        for line, size, color, flag in (
            (title, FONT_BODY, theme.faint if undone else theme.text, Qt.AlignmentFlag.AlignTop),
            (
                moment,
                FONT_CAPTION,
                theme.faint if undone else theme.muted,
                Qt.AlignmentFlag.AlignBottom,
            ),
        ):
            font.setPixelSize(size)
            painter.setFont(font)
            painter.setPen(QColor(color))
            short = painter.fontMetrics().elidedText(
                line, Qt.TextElideMode.ElideRight, text.width()
            )
            painter.drawText(text, int(Qt.AlignmentFlag.AlignLeft | flag), short)
        painter.restore()


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
        self.setUniformItemSizes(True)
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

    @Slot()
    def _on_theme_changed(self) -> None:
        self.viewport().update()
