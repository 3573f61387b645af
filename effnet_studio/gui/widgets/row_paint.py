"""What lies behind a row of any list: nothing, a hint of the pointer, or the selection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QStyle

if TYPE_CHECKING:
    from effnet_studio.gui.theme import Theme

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
