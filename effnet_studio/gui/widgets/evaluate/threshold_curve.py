"""Coverage against accuracy for every limit; one limit is chosen by dragging or with the keys."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from effnet_studio.gui.accessible import SLIDER
from effnet_studio.gui.direction import draw_from_left
from effnet_studio.gui.text import percent_text
from effnet_studio.gui.widgets.evaluate.axes_paint import (
    Axes,
    chart_height,
    make_axes,
    paint_axes,
)
from effnet_studio.gui.widgets.evaluate.bin_bars import percent_ticks
from effnet_studio.gui.widgets.focus_ring import FocusRing

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QFocusEvent, QPaintEvent

    from effnet_studio.gui.theme import ThemeManager
    from effnet_studio.gui.widgets.evaluate.axes_paint import Tick

_SIZE: Final = (520, 190)
"""Preferred width and height, pixels."""
_DOT: Final = 6.0
_MOST: Final = 1500
"""Points that are painted; of more, so many spread evenly: the screen has no more columns."""
_FEW: Final = 0.05
"""Share of answers below which the curve is so noisy that it does not decide on the axis."""


class ThresholdCurve(QWidget):
    """The curve with a handle.

    Args:
        theme: Colours.
        parent: Qt's owner.
    """

    accessible_role: ClassVar = SLIDER

    moved = Signal(int)
    """The handle stands at another point of the curve."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        draw_from_left(self)
        self.setObjectName("threshold_curve")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        FocusRing(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._coverage: NDArray[np.float64] = np.zeros(0)
        self._accuracy: NDArray[np.float64] = np.zeros(0)
        self._place: int | None = None
        self._kept: int | None = None
        self._movable = True
        self._floor = 0.0
        self._high = _SIZE[1]
        theme.changed.connect(self._on_theme_changed)

    def set_curve(self, coverage: NDArray[np.float64], accuracy: NDArray[np.float64]) -> None:
        """Show another curve, without handle.

        Args:
            coverage: Share of images answered, rising, in [0, 1], float64, shape (m,).
            accuracy: Share of these answers that are right, float64, shape (m,).
        """
        self._coverage, self._accuracy = coverage, accuracy
        self._place = self._kept = None
        counts = accuracy[coverage >= _FEW]
        least = float(counts.min()) if len(counts) else 0.0
        self._floor = max(0.0, min(0.9, math.floor(least * 10 - 1e-9) / 10))
        self.update()

    def set_room(self, width: int) -> None:
        """Be as high as becomes a width, though half as steep as the charts beside each other.

        Args:
            width: What there is for the curve, pixels.
        """
        self._high = chart_height(width / 2, _SIZE[1])
        self.updateGeometry()

    def set_place(self, place: int | None, *, movable: bool) -> None:
        """Put the handle to a point of the curve without a word; None: no handle."""
        self._place, self._movable = place, movable
        self.setCursor(Qt.CursorShape.SizeHorCursor if movable else Qt.CursorShape.ArrowCursor)
        self.update()

    def set_kept(self, place: int | None) -> None:
        """Mark the point of the limit that is kept; None: there is none."""
        self._kept = place
        self.update()

    @property
    def place(self) -> int | None:
        """Where the handle stands."""
        return self._place

    def move_to(self, place: int) -> None:
        """Move the handle as a key does."""
        place = max(0, min(len(self._coverage) - 1, place))
        if self._movable and place != self._place:
            self._place = place
            self.update()
            self.moved.emit(place)

    def _ticks(self) -> tuple[Tick, ...]:
        middle = (self._floor + 1) / 2
        return tuple(
            (self._height(share), percent_text(share, 0)) for share in (self._floor, middle, 1.0)
        )

    def _height(self, accuracy: float) -> float:
        return max(0.0, (accuracy - self._floor) / (1 - self._floor))

    def _axes(self) -> Axes:
        return make_axes(QRectF(self.rect()), self.font(), self._ticks())

    def _drag(self, place: QPointF) -> None:
        if len(self._coverage):
            share = self._axes().share(place.x())
            self.move_to(int(np.abs(self._coverage - share).argmin()))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag(event.position())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event.position())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._coverage) - 1
        page = max(1, last // 20)
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Down: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: 1,
            Qt.Key.Key_PageDown: -page,
            Qt.Key.Key_PageUp: page,
            Qt.Key.Key_Home: -last,
            Qt.Key.Key_End: last,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None or last < 0:
            super().keyPressEvent(event)
            return
        self.move_to((last if self._place is None else self._place) + step)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(_SIZE[0], self._high)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(240, self._high)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        axes = self._axes()
        paint_axes(painter, axes, percent_ticks(), self._ticks(), theme)
        painter.setClipRect(axes.area.adjusted(-_DOT, -_DOT, _DOT, _DOT))
        count = len(self._coverage)
        if count:
            shown = np.unique(np.linspace(0, count - 1, min(count, _MOST)).round().astype(int))
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawPolyline(QPolygonF([self._point(axes, int(place)) for place in shown]))
        if self._kept is not None:
            self._paint_line(painter, axes, self._kept, "success", Qt.PenStyle.DashLine)
        if self._place is not None:
            self._paint_line(painter, axes, self._place, "text", Qt.PenStyle.SolidLine)
            painter.setPen(QPen(theme.color("surface"), 2))
            painter.setBrush(theme.color("text"))
            painter.drawEllipse(self._point(axes, self._place), _DOT, _DOT)
        painter.setClipping(False)
        painter.end()

    def _point(self, axes: Axes, place: int) -> QPointF:
        return axes.point(float(self._coverage[place]), self._height(float(self._accuracy[place])))

    def _paint_line(
        self, painter: QPainter, axes: Axes, place: int, tone: str, style: Qt.PenStyle
    ) -> None:
        x = axes.left(float(self._coverage[place]))
        painter.setPen(QPen(self._theme.theme.color(tone), 1.5, style))
        painter.drawLine(QPointF(x, axes.area.top()), QPointF(x, axes.area.bottom()))
