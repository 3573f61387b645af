"""Axes of small painted charts: grid lines, and numbers below and beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from effnet_studio.gui.theme import SPACE_1, SPACE_2

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.gui.colors import Theme

FONT_TICK: Final = 11
"""Size of the numbers, pixels."""
_HIGH: Final = 420
"""Most of a chart's height, pixels: more would push the next one off the screen."""
_BELOW: Final = 20
_NAME: Final = 16
"""Room for what an axis shows, pixels."""
_ABOVE: Final = 8

Tick = tuple[float, str]
"""Where on the axis, in [0, 1] of its length, and what is written there."""


@dataclass(frozen=True)
class Axes:
    """Where a chart lies in its widget; both axes run from 0 to 1.

    Attributes:
        area: What the axes enclose, pixels.
    """

    area: QRectF

    def point(self, x: float, y: float) -> QPointF:
        """Where a point is painted."""
        return QPointF(self.left(x), self.area.bottom() - y * self.area.height())

    def left(self, x: float) -> float:
        """Where a place of the horizontal axis is painted."""
        return self.area.left() + x * self.area.width()

    def share(self, pixel: float) -> float:
        """The place of the horizontal axis that lies at a pixel, held within it."""
        return min(1.0, max(0.0, (pixel - self.area.left()) / max(1.0, self.area.width())))


def make_axes(size: QRectF, font: QFont, beside: Sequence[Tick], *, is_named: bool = False) -> Axes:
    """Leave room for the numbers.

    Args:
        size: Of the widget.
        font: Of the widget.
        beside: Numbers of the vertical axis.
        is_named: Whether there is room for what the axes show, too.
    """
    metrics = QFontMetricsF(tick_font(font))
    widest = max((metrics.horizontalAdvance(text) for _, text in beside), default=0.0)
    half = metrics.horizontalAdvance("100 %") / 2
    name = _NAME if is_named else 0
    return Axes(size.adjusted(name + widest + SPACE_2, _ABOVE, -half, -_BELOW - name))


def chart_height(width: float, least: int) -> int:
    """How high a chart is where there is much room, on the grid of the spacings.

    Args:
        width: Of the chart, pixels.
        least: What it always has, pixels.
    """
    wanted = round(width * 0.42 / SPACE_2) * SPACE_2
    return max(least, min(_HIGH, wanted))


def tick_font(font: QFont) -> QFont:
    """The font of the numbers."""
    small = QFont(font)
    small.setPixelSize(FONT_TICK)
    return small


def paint_axes(
    painter: QPainter, axes: Axes, below: Sequence[Tick], beside: Sequence[Tick], theme: Theme
) -> None:
    """Paint grid lines and numbers.

    Args:
        painter: Its pen, brush and font are others afterwards.
        axes: Where.
        below: Numbers of the horizontal axis.
        beside: Numbers of the vertical axis, each with a line.
        theme: Gives the colours.
    """
    area = axes.area
    painter.setFont(tick_font(painter.font()))
    grid, words = QPen(QColor(theme.border)), QColor(theme.muted)
    for place, text in beside:
        y = round(axes.point(0, place).y()) + 0.5
        painter.setPen(grid)
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setPen(words)
        room = QRectF(0, y - 10, area.left() - SPACE_1 - 2, 20)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    painter.setPen(words)
    for place, text in below:
        room = QRectF(axes.left(place) - 40, area.bottom() + SPACE_1, 80, _BELOW - SPACE_1)
        painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, text)


def paint_names(painter: QPainter, axes: Axes, below: str, beside: str, theme: Theme) -> None:
    """Paint what the axes show.

    Args:
        painter: Its pen and font are others afterwards.
        axes: Where; made with room for the names.
        below: What the horizontal axis shows.
        beside: What the vertical axis shows.
        theme: Gives the colours.
    """
    area = axes.area
    painter.setFont(tick_font(painter.font()))
    painter.setPen(QColor(theme.muted))
    foot = QRectF(area.left(), area.bottom() + _BELOW, area.width(), _NAME)
    painter.drawText(foot, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, below)
    painter.save()
    painter.translate(0, area.bottom())
    painter.rotate(-90)
    side = QRectF(0, 0, area.height(), _NAME)
    painter.drawText(side, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, beside)
    painter.restore()
