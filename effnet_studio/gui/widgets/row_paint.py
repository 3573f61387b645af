"""What rows of lists have in common: what lies behind them, and bars of shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle

if TYPE_CHECKING:
    from effnet_studio.gui.colors import Theme

_RADIUS: Final = 6


def paint_row(painter: QPainter, area: QRect, state: QStyle.StateFlag, theme: Theme) -> None:
    """Paint it.

    Args:
        painter: Antialiasing; its pen and brush stay as they are.
        area: Of the row.
        state: Of the row, as its delegate is told.
        theme: Gives the colours.
    """
    selected = bool(state & QStyle.StateFlag.State_Selected)
    if selected or state & QStyle.StateFlag.State_MouseOver:
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(area), _RADIUS, _RADIUS)
        painter.fillPath(shape, QColor(theme.accent_soft if selected else theme.hover))
        if selected and theme.chosen != "transparent":
            painter.strokePath(shape, QPen(QColor(theme.chosen), 1))


def paint_share_bar(
    painter: QPainter, track: QRectF, share: float | None, tone: str, theme: Theme
) -> None:
    """Paint a rounded bar in its track.

    Args:
        painter: Its pen and brush are others afterwards.
        track: The whole, as long as a share of 1.
        share: In [0, 1]; None: only the track.
        tone: Name of the bar's colour in the theme.
        theme: Gives the colours.
    """
    radius = track.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("track"))
    painter.drawRoundedRect(track, radius, radius)
    if share is not None:
        filled = QRectF(track)
        filled.setWidth(max(track.height(), track.width() * share))
        painter.setBrush(theme.color(tone))
        painter.drawRoundedRect(filled, radius, radius)
