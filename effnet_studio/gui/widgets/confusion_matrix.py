"""The confusion matrix as a picture one can walk through with mouse or arrow keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from PySide6.QtGui import QPaintEvent

    from effnet_studio.gui.theme import ThemeManager

_LABEL_SHARE = 0.28
"""Largest share of the widget's side that the class names may take."""
_MIN_COUNT_SIDE = 22.0
"""Cells narrower than this (pixels) show their colour only; the tool-tip has the number."""
_MIN_LABEL_SIDE = 11.0
"""Rows lower than this (pixels) go without names."""
_GAP = 2.0

_KEYS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class ConfusionMatrix(QWidget):
    """Rows are true classes, columns are answers; the diagonal is right, the rest are errors.

    Each cell is coloured by its share of the row: right answers in the accent colour, errors in
    the warning colour, so that the two differ in lightness and hue for everybody. Arrow keys move
    the selection, Enter or a click chooses a cell.

    Args:
        theme: Colours.
        parent: Qt's owner.
    """

    cell_chosen = Signal(int, int)
    """Row (true class) and column (answer) of the cell whose images are wanted."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confusion_matrix")
        self._theme = theme
        self._counts: NDArray[np.int64] = np.zeros((0, 0), dtype=np.int64)
        self._classes: tuple[str, ...] = ()
        self._current: tuple[int, int] | None = None
        self._hovered: tuple[int, int] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._on_theme_changed)
        self._retranslate()

    def set_matrix(self, counts: NDArray[np.integer], classes: Sequence[str]) -> None:
        """Show a matrix.

        Args:
            counts: Integers, shape (classes, classes); rows are true classes.
            classes: Their names, in order.
        """
        self._counts = np.asarray(counts, dtype=np.int64)
        self._classes = tuple(classes)
        self._current = None
        self._hovered = None
        self.update()

    @property
    def current(self) -> tuple[int, int] | None:
        """Row and column of the selected cell."""
        return self._current

    def select(self, row: int, column: int) -> None:
        """Select a cell and tell that its images are wanted."""
        if 0 <= row < len(self._classes) and 0 <= column < len(self._classes):
            self._current = (row, column)
            self.update()
            self.cell_chosen.emit(row, column)

    def describe(self, row: int, column: int) -> str:
        """One sentence on a cell, for tool-tips and screen readers."""
        count = int(self._counts[row, column])
        total = int(self._counts[row].sum())
        if row == column:
            text = self.tr("{count} of {total} images of “{true}” were recognised.")
        else:
            text = self.tr("{count} of {total} images of “{true}” were taken for “{answer}”.")
        return text.format(
            count=count, total=total, true=self._classes[row], answer=self._classes[column]
        )

    @override
    def sizeHint(self) -> QSize:
        return QSize(420, 420)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(240, 240)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self._cell_at(event.pos())
            if cell is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self.describe(*cell), self)
            return True
        return super().event(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hovered = self._cell_at(event.position().toPoint())
        if hovered != self._hovered:
            self._hovered = hovered
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if hovered else Qt.CursorShape.ArrowCursor
            )
            self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()
        super().leaveEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position().toPoint())
        if cell is not None and event.button() is Qt.MouseButton.LeftButton:
            self.select(*cell)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _KEYS.get(Qt.Key(event.key()))
        count = len(self._classes)
        if step is not None and count:
            row, column = self._current or (0, 0)
            if self._current is not None:
                row = min(max(row + step[0], 0), count - 1)
                column = min(max(column + step[1], 0), count - 1)
            self._current = (row, column)
            self.setAccessibleDescription(self.describe(row, column))
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            if self._current is not None:
                self.cell_chosen.emit(*self._current)
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._classes:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        grid = self._grid()
        self._paint_cells(painter, grid)
        self._paint_labels(painter, grid)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.update()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Confusion matrix: rows are true classes"))

    def _grid(self) -> QRectF:
        """The square of cells; names stand to its left and above it."""
        metrics = QFontMetricsF(self.font())
        widest = max(metrics.horizontalAdvance(name) for name in self._classes) + 12
        side = min(self.width(), self.height())
        label = min(widest, side * _LABEL_SHARE) if self._labelled(side) else metrics.height()
        title = metrics.height() + 8
        square = max(1.0, min(self.width() - label - title, self.height() - label - title))
        return QRectF(label + title, label + title, square, square)

    def _labelled(self, side: float) -> bool:
        return side / max(1, len(self._classes)) >= _MIN_LABEL_SIDE

    def _cell_rect(self, grid: QRectF, row: int, column: int) -> QRectF:
        side = grid.width() / len(self._classes)
        gap = _GAP if side > 8 else 0.0
        return QRectF(grid.left() + column * side, grid.top() + row * side, side - gap, side - gap)

    def _cell_at(self, point: QPoint) -> tuple[int, int] | None:
        if not self._classes:
            return None
        grid = self._grid()
        if not grid.contains(point.toPointF()):
            return None
        side = grid.width() / len(self._classes)
        last = len(self._classes) - 1
        row = min(int((point.y() - grid.top()) / side), last)
        column = min(int((point.x() - grid.left()) / side), last)
        return row, column

    def _paint_cells(self, painter: QPainter, grid: QRectF) -> None:
        theme = self._theme.theme
        shares = self._counts / np.maximum(self._counts.sum(axis=1, keepdims=True), 1)
        side = grid.width() / len(self._classes)
        radius = 4.0 if side > 20 else 0.0
        for row in range(len(self._classes)):
            for column in range(len(self._classes)):
                share = float(shares[row, column])
                rect = self._cell_rect(grid, row, column)
                role = "accent" if row == column else "validation"
                fill = _mix(theme.color("sunken"), theme.color(role), share)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(fill)
                painter.drawRoundedRect(rect, radius, radius)
                count = int(self._counts[row, column])
                if side >= _MIN_COUNT_SIDE and (count or row == column):
                    painter.setPen(_readable_on(fill))
                    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(count))
        for cell, width in ((self._hovered, 1.0), (self._current, 2.0)):
            if cell is not None:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.color("text"), width))
                painter.drawRoundedRect(self._cell_rect(grid, *cell), radius, radius)

    def _paint_labels(self, painter: QPainter, grid: QRectF) -> None:
        theme = self._theme.theme
        metrics = QFontMetricsF(self.font())
        line = metrics.height() + 8
        side = grid.width() / len(self._classes)
        painter.setPen(theme.color("muted"))
        painter.drawText(
            QRectF(grid.left(), 0, grid.width(), line),
            Qt.AlignmentFlag.AlignCenter,
            self.tr("Answer of the model"),
        )
        painter.save()
        painter.translate(0, grid.bottom())
        painter.rotate(-90)
        painter.drawText(
            QRectF(0, 0, grid.height(), line), Qt.AlignmentFlag.AlignCenter, self.tr("True class")
        )
        painter.restore()
        if side < _MIN_LABEL_SIDE:
            return
        painter.setPen(theme.color("text"))
        room = grid.left() - line - 6
        upright = max(metrics.horizontalAdvance(name) for name in self._classes) <= side
        for index, name in enumerate(self._classes):
            text = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room)
            painter.drawText(
                QRectF(line, grid.top() + index * side, room, side),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                text,
            )
            painter.save()
            if upright:
                painter.drawText(
                    QRectF(grid.left() + index * side, line, side, room),
                    Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom,
                    text,
                )
            else:
                painter.translate(grid.left() + (index + 0.5) * side, grid.top() - 4)
                painter.rotate(-90)
                painter.drawText(
                    QRectF(0, -side / 2, room, side),
                    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                    text,
                )
            painter.restore()


def _mix(start: QColor, end: QColor, share: float) -> QColor:
    """A colour between two, with a visible step for any share above zero."""
    weight = 0.0 if share <= 0 else 0.12 + 0.88 * min(share, 1.0)
    red, green, blue = (
        a + (b - a) * weight for a, b in zip(_channels(start), _channels(end), strict=True)
    )
    return QColor.fromRgbF(red, green, blue)


def _channels(color: QColor) -> tuple[float, float, float]:
    return color.redF(), color.greenF(), color.blueF()


def _readable_on(fill: QColor) -> QColor:
    """Black or white, whichever has more contrast (WCAG 2.2 relative luminance)."""

    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(value) for value in _channels(fill))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return QColor("#000000") if luminance > 0.179 else QColor("#ffffff")
