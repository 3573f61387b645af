"""Where everything of the confusion matrix goes, for two classes or a thousand."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QFont, QFontMetricsF

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROW_SHARE, _COLUMN_SHARE = 0.25, 0.34
"""Largest shares of the width and height that the names may take from the cells."""
_LEAST_NAMED = 9.0
"""Cells smaller than this (pixels) go without names."""
_UPRIGHT_SIDE = 110.0
"""Columns as wide as this (pixels) have their names upright, shortened if need be."""
_SMALLEST_FONT = 9
_MARGIN = 8.0


@dataclass(frozen=True)
class Geometry:
    """Places of one matrix; all lengths in device-independent pixels.

    Attributes:
        grid: The square of cells.
        classes: How many there are.
        left: Left edge of the names' title.
        line: Height of a line of text with its margins.
        row_room: Width for the names at the left; 0 for none.
        column_room: Height for the names above; 0 for none.
        upright: Whether the names above are horizontal.
        font: Of the names.
    """

    grid: QRectF
    classes: int
    left: float
    line: float
    row_room: float
    column_room: float
    upright: bool
    font: QFont

    @property
    def side(self) -> float:
        """Of a cell with its gap."""
        return self.grid.width() / self.classes

    @property
    def gap(self) -> float:
        """Between two cells."""
        return 2.0 if self.side > 14 else 1.0 if self.side > 6 else 0.0

    @property
    def radius(self) -> float:
        """Of the cells' corners."""
        return 4.0 if self.side > 20 else 0.0

    def cell(self, row: int, column: int) -> QRectF:
        """Where a cell is."""
        side = self.side
        return QRectF(
            self.grid.left() + column * side,
            self.grid.top() + row * side,
            side - self.gap,
            side - self.gap,
        )

    def cell_at(self, point: QPointF) -> tuple[int, int] | None:
        """Row and column at a point; None outside of the grid."""
        if not self.grid.contains(point):
            return None
        last = self.classes - 1
        row = min(int((point.y() - self.grid.top()) / self.side), last)
        column = min(int((point.x() - self.grid.left()) / self.side), last)
        return row, column


def fit_geometry(size: QSize, font: QFont, classes: Sequence[str]) -> Geometry:
    """Make the cells as large as possible, with names where they can be read.

    Args:
        size: Of the whole widget.
        font: Of the widget; names may get a smaller one.
        classes: Names; at least one.

    Returns:
        The places. Names are given up above first, then at the left.
    """
    metrics = QFontMetricsF(font)
    line = metrics.height() + 8
    widest = max(metrics.horizontalAdvance(name) for name in classes)
    room = (size.width() - line, size.height() - 2 * line)
    count = len(classes)
    pixels = font.pixelSize() if font.pixelSize() > 0 else round(metrics.height() * 0.75)
    spare = max(_ROW_SHARE * room[0], room[0] - room[1])  # the cells are a square
    for rows, columns in ((True, True), (True, False), (False, False)):
        small, scale = font, 1.0
        for _ in range(2):  # a smaller font needs less room, which makes the cells larger
            row_room = min(widest * scale + _MARGIN, spare) if rows else 0.0
            side, column_room, upright = _columns(
                room, row_room, widest * scale, line, count, named=columns
            )
            wanted = min(pixels, max(_SMALLEST_FONT, math.floor(side * 0.8)))
            small = QFont(font)
            small.setPixelSize(wanted)
            scale = wanted / pixels
        if side >= _LEAST_NAMED or not rows:
            break
    square = max(1.0, side * count)
    if rows:  # the names may have what the cells leave
        row_room = max(row_room, min(widest * scale + _MARGIN, room[0] - square))
    left = max(0.0, (room[0] - row_room - square) / 2)
    grid = QRectF(left + line + row_room, line + column_room, square, square)
    return Geometry(grid, count, left, line, row_room, column_room, upright, small)


def _columns(
    room: tuple[float, float],
    row_room: float,
    widest: float,
    line: float,
    count: int,
    *,
    named: bool,
) -> tuple[float, float, bool]:
    """Side of a cell, height of the names above, and whether these are upright."""
    width, height = room[0] - row_room, room[1]
    if not named:
        return min(width, height) / count, 0.0, False
    side = min(width, height - line) / count
    if side >= min(widest + _MARGIN, _UPRIGHT_SIDE):
        return side, line, True
    above = min(widest + _MARGIN, _COLUMN_SHARE * height)
    return min(width, height - above) / count, above, False
