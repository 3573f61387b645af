"""Draws a share as a bar with its interval, below its figures, in tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from effnet_studio.engine.evaluation.measures.significance import Share
from effnet_studio.gui.widgets.row_paint import paint_share_bar

if TYPE_CHECKING:
    from effnet_studio.gui.theme import ThemeManager

_HEIGHT: Final = 5.0
_MARGIN: Final = 10.0
_BELOW: Final = 5.0
_WHISKER: Final = 1.5


class IntervalDelegate(QStyledItemDelegate):
    """The cell's text, and below it a bar, a line over its interval, and a mark to compare with.

    Args:
        theme: Colours.
        role: Item role that gives the ``significance.Share``,
            or None for no bar.
        parent: Qt's owner.
    """

    def __init__(self, theme: ThemeManager, role: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = role
        self._mark: float | None = None

    def set_mark(self, share: float | None) -> None:
        """Mark another share in all bars; None: nothing."""
        self._mark = share

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        share = index.data(self._role)
        if not isinstance(share, Share) or not share.images:
            return
        area, theme = QRectF(option.rect), self._theme.theme
        track = QRectF(
            area.left() + _MARGIN,
            area.bottom() - _HEIGHT - _BELOW,
            area.width() - 2 * _MARGIN,
            _HEIGHT,
        )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_share_bar(painter, track, share.value, "accent", theme)
        left = track.left() + track.width() * share.low
        painter.setBrush(theme.color("text"))
        wide = track.width() * (share.high - share.low)
        middle = track.center().y() - _WHISKER / 2
        painter.drawRect(QRectF(left, middle, wide, _WHISKER))
        for end in (left, left + wide):
            painter.drawRect(QRectF(end - _WHISKER / 2, track.top() - 1, _WHISKER, _HEIGHT + 2))
        if self._mark is not None:
            at = track.left() + track.width() * self._mark
            painter.setBrush(theme.color("warning"))
            painter.drawRect(QRectF(at - 1, track.top() - 3, 2, _HEIGHT + 6))
        painter.restore()
