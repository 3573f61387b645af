"""The confusion matrix as a picture one can walk through with mouse or arrow keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from effnet_studio.gui.accessible import CHART, tell_current
from effnet_studio.gui.direction import draw_from_left
from effnet_studio.gui.text import count_text
from effnet_studio.gui.widgets.evaluate.confusion_geometry import Geometry, fit_geometry
from effnet_studio.gui.widgets.evaluate.confusion_paint import (
    LEAST_POINTED,
    fill_colors,
    paint_cells,
    paint_names,
    picture_of,
    step_of,
)
from effnet_studio.gui.widgets.focus_ring import FocusRing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from PySide6.QtGui import QPaintEvent

    from effnet_studio.gui.theme import ThemeManager

_NAME_SHARES = (0.3, 0.2, 0.12)
"""Of the width that a name may take in a sentence that is too long, one after the other."""
_KEYS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class ConfusionMatrix(QWidget):
    """Rows are true classes, columns are answers; the diagonal is right, the rest are errors.

    Each cell is coloured by its share of the row: right answers in the accent colour, errors in
    the warning colour, so that the two differ in lightness and hue for everybody. A sentence below
    says what the cell under the pointer means, also where there are too many classes for names.
    Arrow keys move the selection, Enter or a click chooses a cell.

    Args:
        theme: Colours.
        parent: Qt's owner.
    """

    accessible_role: ClassVar = CHART

    cell_chosen = Signal(int, int)
    """Row (true class) and column (answer) of the cell whose images are wanted."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        draw_from_left(self)
        self.setObjectName("confusion_matrix")
        self._theme = theme
        self._counts: NDArray[np.int64] = np.zeros((0, 0), dtype=np.int64)
        self._classes: tuple[str, ...] = ()
        self._colors: NDArray[np.uint8] | None = None
        self._picture: QImage | None = None
        self._step, self._tiny = 0, False
        self._current: tuple[int, int] | None = None
        self._hovered: tuple[int, int] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        FocusRing(self)
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
        self._colors = None
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
            self._move_to(row, column)
            self.cell_chosen.emit(row, column)

    def clear_selection(self) -> None:
        """Select nothing."""
        self._current = None
        self.update()

    def describe(self, row: int, column: int) -> str:
        """One sentence on a cell, for people and screen readers."""
        return self._say(row, column, str)

    def _say(self, row: int, column: int, shown: Callable[[str], str]) -> str:
        if row == column:
            text = self.tr("{count} of {total} images of {true} were recognised.")
        else:
            text = self.tr("{count} of {total} images of {true} were taken for {answer}.")
        return text.format(
            count=count_text(int(self._counts[row, column])),
            total=count_text(int(self._counts[row].sum())),
            true=shown(self._classes[row]),
            answer=shown(self._classes[column]),
        )

    def as_text(self) -> str:
        """All counts with the names of rows and columns: tabs between cells, one row a line."""
        lines = ["\t".join((self.tr("True class"), *self._classes))]
        for name, counts in zip(self._classes, self._counts.tolist(), strict=True):
            lines.append("\t".join((name, *map(str, counts))))
        return "".join(f"{line}\n" for line in lines)

    def cell_rect(self, row: int, column: int) -> QRectF:
        """Where a cell is drawn."""
        return self._geometry().cell(row, column)

    @override
    def sizeHint(self) -> QSize:
        return QSize(420, 420)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(240, 240)

    # -- input ---------------------------------------------------------------------------------

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
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_keys = event.reason() in {
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        }
        if by_keys and self._current is None and self._classes:
            self._move_to(0, 0)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _KEYS.get(Qt.Key(event.key()))
        count = len(self._classes)
        if step is not None and count:
            row, column = self._current or (-step[0], -step[1])
            last = count - 1
            self._move_to(min(max(row + step[0], 0), last), min(max(column + step[1], 0), last))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            if self._current is not None:
                self.cell_chosen.emit(*self._current)
        else:
            super().keyPressEvent(event)

    def _move_to(self, row: int, column: int) -> None:
        self._current = (row, column)
        tell_current(self, self.describe(row, column))
        self.update()

    def _cell_at(self, point: QPoint) -> tuple[int, int] | None:
        return self._geometry().cell_at(point.toPointF()) if self._classes else None

    # -- drawing -------------------------------------------------------------------------------

    def _geometry(self) -> Geometry:
        return fit_geometry(self.size(), self.font(), self._classes)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._classes:
            return
        theme = self._theme.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            geometry = self._geometry()
            tiny = geometry.side < LEAST_POINTED
            if self._colors is None or self._tiny != tiny:
                self._colors, self._step = fill_colors(self._counts, theme, tiny=tiny), 0
                self._tiny = tiny
            if self._step != step_of(geometry.side):
                self._step = step_of(geometry.side)
                self._picture = picture_of(geometry.side, self._counts, self._colors)
            paint_cells(painter, geometry, self._counts, self._colors, self._picture)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for cell, width in ((self._hovered, 1.0), (self._current, 2.0)):
                if cell is not None:
                    painter.setPen(QPen(theme.color("text"), width))
                    painter.drawRoundedRect(geometry.cell(*cell), geometry.radius, geometry.radius)
            paint_names(painter, geometry, self._classes, theme.color("text"))
            painter.setPen(theme.color("muted"))
            self._paint_titles(painter, geometry)

    def _paint_titles(self, painter: QPainter, geometry: Geometry) -> None:
        grid, line = geometry.grid, geometry.line
        center = Qt.AlignmentFlag.AlignCenter
        above = QRectF(grid.center().x() - self.width() / 2, 0, self.width(), line)
        painter.drawText(above, center, self.tr("Answer of the model"))
        painter.save()
        painter.translate(geometry.left, grid.bottom())
        painter.rotate(-90)
        painter.drawText(QRectF(0, 0, grid.height(), line), center, self.tr("True class"))
        painter.restore()
        text = self.sentence(QFontMetricsF(self.font()))
        painter.drawText(QRectF(0, self.height() - line, self.width(), line), center, text)

    def sentence(self, metrics: QFontMetricsF) -> str:
        """What stands below the matrix: of the cell pointed at or selected, else how to read it.

        Args:
            metrics: Of the font it is written in; long names are shortened, not the sentence.
        """
        cell = self._hovered or self._current
        room = self.width()
        if cell is None:
            text = self.tr("Point at a square to read its classes; click it to see its images.")
            if self._classes and self._geometry().side < LEAST_POINTED:
                text = self.tr("Too many classes to point at: “Mix-ups” lists them pair by pair.")
            return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        text = self.describe(*cell)
        for share in _NAME_SHARES:
            if metrics.horizontalAdvance(text) <= room:
                break
            text = self._say(*cell, partial(_cut, metrics, share * room))
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)

    @Slot()
    def _on_theme_changed(self) -> None:
        self._colors = None
        self.update()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Confusion matrix: rows are true classes"))
        self.update()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _cut(metrics: QFontMetricsF, room: float, name: str) -> str:
    """A name in its room."""
    return metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
