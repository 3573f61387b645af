"""Paints the confusion matrix; a thousand classes as quickly as ten."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from effnet_studio.gui.text import count_text
from effnet_studio.gui.theme import FONT_BODY, FONT_DISPLAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from effnet_studio.gui.colors import Theme
    from effnet_studio.gui.widgets.evaluate.confusion_geometry import Geometry

_LEAST_COUNTED = 20.0
"""Cells narrower than this (pixels) show their colour only."""
_COUNT_SHARE = 0.22
"""Of a large cell's side that the height of its number is."""
_SINGLY = 30
"""With more classes than this the cells are drawn as one picture."""
LEAST_POINTED = 4.0
"""Cells narrower than this (pixels) can hardly be pointed at, and their shades not be told."""
_LEAST_DOT = 2.0
"""Of what is drawn for a cell, or for several that share it, pixels."""


def fill_colors(
    counts: NDArray[np.int64], theme: Theme, *, tiny: bool = False
) -> NDArray[np.uint8]:
    """Colour each cell by its share of the row.

    Args:
        counts: Shape (classes, classes).
        theme: Colours.
        tiny: Whether cells are too small for shades: then each error has the full colour.

    Returns:
        RGB, uint8, shape (classes, classes, 3). Any share above zero is a visible step away from
        none, a larger one where the cells are small.
    """
    floor = 0.12 if len(counts) <= _SINGLY else 0.3
    empty, right, wrong = (_rgb(theme.color(name)) for name in ("sunken", "accent", "validation"))
    colors = np.empty((*counts.shape, 3), dtype=np.uint8)
    colors[:] = empty.astype(np.uint8)
    rows, columns = np.nonzero(counts)  # of a million cells nearly all are empty
    shares = counts[rows, columns] / counts.sum(axis=1)[rows]
    weights = (floor + (1 - floor) * shares)[:, None]
    errors = (rows != columns)[:, None]
    if tiny:
        weights[errors] = 1.0
    full = np.where(errors, wrong, right)
    colors[rows, columns] = np.rint(empty + (full - empty) * weights)
    return colors


def _rgb(color: QColor) -> NDArray[np.float64]:
    return np.array([color.red(), color.green(), color.blue()], dtype=np.float64)


def paint_cells(
    painter: QPainter,
    geometry: Geometry,
    counts: NDArray[np.int64],
    colors: NDArray[np.uint8],
    picture: QImage | None,
) -> None:
    """Paint all cells, with their counts where there is room.

    Args:
        painter: Where to.
        geometry: Places.
        counts: Shape (classes, classes).
        colors: As from :func:`fill_colors`.
        picture: As from :func:`picture_of`.
    """
    if picture is not None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(geometry.grid, picture)
        painter.restore()
        return
    painter.save()
    most = count_text(int(counts.max()))
    painter.setFont(count_font(painter.font(), geometry.side, most))
    widest = QFontMetricsF(painter.font()).horizontalAdvance(most)
    counted = geometry.side >= max(_LEAST_COUNTED, widest + 4)
    for row in range(geometry.classes):
        for column in range(geometry.classes):
            rect = geometry.cell(row, column)
            fill = QColor(*(int(value) for value in colors[row, column]))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawRoundedRect(rect, geometry.radius, geometry.radius)
            count = int(counts[row, column])
            if counted and (count or row == column):
                painter.setPen(readable_on(fill))
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, count_text(count))
    painter.restore()


def count_font(font: QFont, side: float, widest: str) -> QFont:
    """The font of the counts: as large as text is, and larger in large cells.

    Args:
        font: Of the widget.
        side: Of a cell, pixels.
        widest: The longest count, which must keep some room at both sides.

    Returns:
        A font of the same kind.
    """
    fitting = QFont(font)
    size = max(FONT_BODY, min(FONT_DISPLAY, round(side * _COUNT_SHARE)))
    fitting.setPixelSize(size)
    width = QFontMetricsF(fitting).horizontalAdvance(widest)
    if width > side * 0.75:
        fitting.setPixelSize(max(FONT_BODY, int(size * side * 0.75 / width)))
    return fitting


def picture_of(side: float, counts: NDArray[np.int64], colors: NDArray[np.uint8]) -> QImage | None:
    """One picture for all cells; very small ones share a dot, the fullest is shown.

    Args:
        side: Of a cell, pixels.
        counts: Shape (classes, classes).
        colors: As from :func:`fill_colors`.

    Returns:
        The picture; None for few classes, whose cells are drawn one by one.
    """
    if len(counts) <= _SINGLY:
        return None
    step = step_of(side)
    if step > 1:
        colors = _fullest(counts, colors, step)
    pixels = np.ascontiguousarray(colors)
    across = len(pixels)
    return QImage(pixels.data, across, across, 3 * across, QImage.Format.Format_RGB888).copy()


def step_of(side: float) -> int:
    """How many cells of a row share a dot.

    Args:
        side: Of a cell, pixels.
    """
    return max(1, math.ceil(_LEAST_DOT / side))


def _fullest(counts: NDArray[np.int64], colors: NDArray[np.uint8], step: int) -> NDArray[np.uint8]:
    """Of each square of ``step`` by ``step`` cells the colour of the one with the most images."""
    blocks = math.ceil(len(counts) / step)
    pad = blocks * step - len(counts)
    padded = np.pad(counts, (0, pad), constant_values=-1)
    wide = np.pad(colors, ((0, pad), (0, pad), (0, 0)))
    order = padded.reshape(blocks, step, blocks, step).swapaxes(1, 2).reshape(blocks, blocks, -1)
    choice = wide.reshape(blocks, step, blocks, step, 3).swapaxes(1, 2)
    choice = choice.reshape(blocks, blocks, -1, 3)
    best = order.argmax(axis=2)[..., None, None]
    fullest: NDArray[np.uint8] = np.take_along_axis(choice, best, axis=2)[:, :, 0]
    return fullest


def paint_names(
    painter: QPainter, geometry: Geometry, classes: Sequence[str], color: QColor
) -> None:
    """Write the names of the classes at the left and above, where there is room."""
    painter.save()
    painter.setFont(geometry.font)
    painter.setPen(color)
    if geometry.row_room:
        _paint_rows(painter, geometry, classes)
    if geometry.column_room:
        _paint_columns(painter, geometry, classes)
    painter.restore()


def _paint_rows(painter: QPainter, geometry: Geometry, classes: Sequence[str]) -> None:
    grid, side = geometry.grid, geometry.side
    left = grid.left() - geometry.row_room
    for index, name in enumerate(classes):
        painter.drawText(
            QRectF(left, grid.top() + index * side, geometry.row_room - 6, side - geometry.gap),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            _short(geometry.font, name, geometry.row_room - 6),
        )


def _paint_columns(painter: QPainter, geometry: Geometry, classes: Sequence[str]) -> None:
    grid, side = geometry.grid, geometry.side
    room = geometry.column_room - 6
    for index, name in enumerate(classes):
        left = grid.left() + index * side
        painter.save()
        if geometry.upright:
            painter.drawText(
                QRectF(left, grid.top() - geometry.column_room, side - geometry.gap, room),
                Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom,
                _short(geometry.font, name, side - 6),
            )
        else:
            painter.translate(left, grid.top() - 4)
            painter.rotate(-90)
            painter.drawText(
                QRectF(0, 0, room, side - geometry.gap),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                _short(geometry.font, name, room, Qt.TextElideMode.ElideRight),
            )
        painter.restore()


def _short(
    font: QFont, name: str, room: float, part: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle
) -> str:
    """A name in its room; of one that has very little, the beginning says most."""
    return QFontMetricsF(font).elidedText(name, part, room)


def readable_on(fill: QColor) -> QColor:
    """Black or white, whichever has more contrast (WCAG 2.2 relative luminance)."""

    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(value) for value in (fill.redF(), fill.greenF(), fill.blueF()))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return QColor("#000000") if luminance > 0.179 else QColor("#ffffff")
