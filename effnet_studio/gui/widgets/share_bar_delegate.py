"""Draws a share as a number with a thin bar below it, in tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

if TYPE_CHECKING:
    from effnet_studio.gui.theme import ThemeManager

_HEIGHT = 3.0
_MARGIN = 10.0


class ShareBarDelegate(QStyledItemDelegate):
    """The cell's text, and below it a bar as long as its share.

    Args:
        theme: Colours.
        role: Item role that gives the share in [0, 1], or None for no bar.
        parent: Qt's owner.
        mark: Item role that gives a share to compare with, drawn as a line; None: nothing.
    """

    def __init__(
        self,
        theme: ThemeManager,
        role: int,
        parent: QWidget | None = None,
        *,
        mark: int | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = role
        self._mark = mark

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        share = index.data(self._role)
        if share is None:
            return
        area = QRectF(option.rect)
        track = QRectF(
            area.left() + _MARGIN,
            area.bottom() - _HEIGHT - 3,
            area.width() - 2 * _MARGIN,
            _HEIGHT,
        )
        theme = self._theme.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("track"))
        painter.drawRoundedRect(track, 1.5, 1.5)
        painter.setBrush(theme.color("accent"))
        whole = QRectF(track)
        track.setWidth(track.width() * max(0.0, min(1.0, float(share))))
        painter.drawRoundedRect(track, 1.5, 1.5)
        marked = None if self._mark is None else index.data(self._mark)
        if marked is not None:
            at = whole.left() + whole.width() * max(0.0, min(1.0, float(marked)))
            painter.setBrush(theme.color("text"))
            painter.drawRect(QRectF(at - 1, whole.top() - 1.5, 2, whole.height() + 3))
        painter.restore()
