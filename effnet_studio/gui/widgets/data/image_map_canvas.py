"""The surface of the map of the images: points that are zoomed, moved, pointed at and encircled."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QSize, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from effnet_studio.gui.accessible import CHART
from effnet_studio.gui.direction import draw_from_left
from effnet_studio.gui.theme import RADIUS
from effnet_studio.gui.widgets.data.image_map_paint import draw_discs, mixed_with
from effnet_studio.gui.widgets.data.image_map_view import MapView, inside_line
from effnet_studio.gui.widgets.focus_ring import FocusRing

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from effnet_studio.gui.theme import ThemeManager

_STEP: Final = 1.25
_FINE_POINTS: Final = 30_000
"""Points up to which all pixels of dense screens are used."""
_REACH: Final = 6.0
"""How near to a disc the pointer must be, pixels."""
_STILL: Final = 4.0
"""Pixels within which a press and a release are a click."""
_PUT_BACK: Final = 0.78
"""How much of the background points get that are not meant."""
_RING: Final = 1.25
"""Width of the line around selected points, pixels."""
_RINGED: Final = 2_000
"""Selected points that have such a line, at most; more of them stand out without."""
_MOVES: Final = {
    Qt.Key.Key_Left: QPointF(40, 0),
    Qt.Key.Key_Right: QPointF(-40, 0),
    Qt.Key.Key_Up: QPointF(0, 40),
    Qt.Key.Key_Down: QPointF(0, -40),
}


class MapCanvas(QWidget):
    """Points on a plane; the widget knows their places, not what they are.

    The wheel zooms about the pointer and dragging moves the map. In lasso mode, or with Shift held,
    dragging draws a line around points. Keys: plus, minus and 0 zoom, arrows move, Ctrl+A takes
    all, Escape lets go, Enter asks to show what is selected.

    Args:
        theme: Gives the colours.
        parent: Qt's owner.
    """

    accessible_role: ClassVar = CHART

    hovered = Signal(int, QPoint)
    """Point under the pointer, or -1, and where the pointer is."""
    picked = Signal(object, bool)
    """bool (n,): points that were clicked, encircled or taken by key, perhaps none; and whether
    they are added to those selected before."""
    turned = Signal(int)
    """A point that was clicked with Ctrl: into the selection, or out of it."""
    opened = Signal(int)
    """A point that was double-clicked; -1 for those that are selected."""
    lasso_changed = Signal(bool)
    """Lasso mode was left by key."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        draw_from_left(self)
        self.setObjectName("map_canvas")
        self._theme = theme
        self._xy = np.empty((0, 2), dtype=np.float32)
        self._colors = np.empty(0, dtype=np.uint32)
        self._shown = np.empty(0, dtype=bool)
        self._selected = np.empty(0, dtype=bool)
        self.view = MapView()
        self._picture: QImage | None = None
        self._pressed: QPointF | None = None
        self._moved = False
        self._lasso: QPolygonF | None = None
        self._lasso_mode = False
        self._hovered = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        FocusRing(self)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._on_theme_changed)

    # -- what is shown -------------------------------------------------------------------------

    def set_points(
        self, xy: NDArray[np.float32], colors: NDArray[np.uint32], *, keep_view: bool = False
    ) -> None:
        """Show other points, none of them selected.

        Args:
            xy: float32, (n, 2), around (0, 0); the second goes up.
            colors: 0xffRRGGBB, uint32, (n,).
            keep_view: Keep zoom and place, as when only colours have changed.
        """
        self._xy, self._colors = xy, colors
        self._shown = np.ones(len(xy), dtype=bool)
        self._selected = np.zeros(len(xy), dtype=bool)
        self._set_hovered(-1, QPoint())
        if not keep_view:
            self.view.extent = QSizeF(*np.abs(xy).max(axis=0, initial=0.0).tolist())
            self.view.fit()
        self._redraw()

    def set_shown(self, shown: NDArray[np.bool_]) -> None:
        """Put back all points but these, bool (n,); the others cannot be hit."""
        self._shown = shown
        self._redraw()

    def set_selected(self, selected: NDArray[np.bool_]) -> None:
        """Make these points stand out, bool (n,)."""
        self._selected = selected
        self._redraw()

    def set_lasso_mode(self, on: bool) -> None:  # noqa: FBT001 - a setter
        """Let dragging encircle points, or move the map."""
        self._lasso_mode = on
        self._show_cursor()

    def place_of(self, point: int) -> QPointF:
        """Where a point is drawn, pixels."""
        across, down = self.view.to_widget(self._xy[point : point + 1])[0].tolist()
        return QPointF(across, down)

    def fit(self) -> None:
        """Show all points."""
        self.view.fit()
        self._redraw()

    def zoom_in(self) -> None:
        """One step closer."""
        self._zoom_by(_STEP)

    def zoom_out(self) -> None:
        """One step back."""
        self._zoom_by(1 / _STEP)

    def _zoom_by(self, factor: float, anchor: QPointF | None = None) -> None:
        self.view.zoom_by(factor, anchor)
        self._redraw()

    def _move_by(self, apart: QPointF) -> None:
        self.view.move_by(apart)
        self._redraw()

    # -- drawing -------------------------------------------------------------------------------

    def _redraw(self) -> None:
        self._picture = None
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            self._picture = self._draw()
        theme = self._theme.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QPainterPath()
        frame.addRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.setClipPath(frame)
        painter.drawImage(self.rect(), self._picture)
        painter.setClipping(False)
        if self._hovered >= 0:
            painter.setPen(QPen(theme.color("text"), 1.5))
            reach = self.view.radius(len(self._xy)) + 2.5
            painter.drawEllipse(self.place_of(self._hovered), reach, reach)
        if self._lasso is not None:
            tint = theme.color("accent")
            painter.setPen(QPen(tint, 1.5))
            tint.setAlpha(40)
            painter.setBrush(tint)
            painter.drawPolygon(self._lasso)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("border"), 1))
        painter.drawPath(frame)
        painter.end()

    def _draw(self) -> QImage:
        """All points; the slow part."""
        ratio = self.devicePixelRatioF() if len(self._xy) <= _FINE_POINTS else 1.0
        size = (QSize(self.size()) * ratio).expandedTo(QSize(1, 1))
        surface = self._theme.theme.color("surface")
        picture = np.full((size.height(), size.width()), surface.rgb(), dtype=np.uint32)
        places = self.view.to_widget(self._xy) * np.float32(ratio)
        radius = self.view.radius(len(self._xy)) * ratio
        chosen = self._selected & self._shown
        meant = chosen if chosen.any() else self._shown
        if not meant.all():
            faded = mixed_with(self._colors[~meant], surface, _PUT_BACK)
            draw_discs(picture, places[~meant], faded, radius)
        if 0 < chosen.sum() <= _RINGED:
            ink = self._theme.theme.color("text").rgb()
            ring = np.full(int(chosen.sum()), ink, dtype=np.uint32)
            draw_discs(picture, places[chosen], ring, radius + _RING * ratio)
        draw_discs(picture, places[meant], self._colors[meant], radius)
        line = 4 * size.width()
        kind = QImage.Format.Format_RGB32
        image = QImage(picture.data, size.width(), size.height(), line, kind).copy()
        image.setDevicePixelRatio(ratio)
        return image

    # -- pointing ------------------------------------------------------------------------------

    def point_at(self, place: QPointF) -> int:
        """The nearest point within reach of a place of the widget, or -1."""
        if not self._shown.any():
            return -1
        pointer = np.array([place.x(), place.y()], dtype=np.float32)
        apart = self.view.to_widget(self._xy) - pointer
        distances = np.where(self._shown, (apart**2).sum(axis=1), np.inf)
        nearest = int(distances.argmin())
        reach = self.view.radius(len(self._xy)) + _REACH
        return nearest if distances[nearest] <= reach**2 else -1

    def _set_hovered(self, point: int, place: QPoint) -> None:
        if point >= 0 or self._hovered >= 0:
            self._hovered = point
            self.hovered.emit(point, place)
            self.update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._pressed, self._moved = event.position(), False
        if self._lasso_mode or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._lasso = QPolygonF([event.position()])
        self._show_cursor()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._pressed is None:
            self._set_hovered(self.point_at(place), place.toPoint())
            return
        apart = place - self._pressed
        if not self._moved and apart.manhattanLength() < _STILL:
            return
        self._moved = True
        self._set_hovered(-1, QPoint())
        if self._lasso is not None:
            self._lasso.append(place)
            self.update()
        else:
            self._pressed = place
            self._move_by(apart)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)
            return
        lasso, self._lasso, self._pressed = self._lasso, None, None
        self._show_cursor()
        self.update()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if not self._moved:
            self._click(self.point_at(event.position()), control=control)
        elif lasso is not None:
            places = self.view.to_widget(self._xy)
            self.picked.emit(inside_line(lasso, places, self.size()) & self._shown, control)

    def _click(self, point: int, *, control: bool) -> None:
        if control:
            if point >= 0:
                self.turned.emit(point)
        else:
            self.picked.emit(np.arange(len(self._xy)) == point, False)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        point = self.point_at(event.position())
        if point >= 0:
            self.opened.emit(point)
        else:
            self.fit()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self._set_hovered(-1, QPoint())
        self._zoom_by(_STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._set_hovered(-1, QPoint())
        super().leaveEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_A and control:
            self.picked.emit(self._shown.copy(), False)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(-1)
        elif key == Qt.Key.Key_Escape:
            self._let_go()
        elif key in _MOVES:
            self._move_by(_MOVES[key])
        else:
            super().keyPressEvent(event)

    def _let_go(self) -> None:
        """Give up the line that is being drawn, else the selection, else lasso mode."""
        if self._lasso is not None:
            self._lasso, self._pressed = None, None
            self.update()
        elif self._selected.any():
            self.picked.emit(np.zeros(len(self._xy), dtype=bool), False)
        elif self._lasso_mode:
            self.set_lasso_mode(False)
            self.lasso_changed.emit(False)

    def _show_cursor(self) -> None:
        if self._lasso_mode or self._lasso is not None:
            self.setCursor(Qt.CursorShape.CrossCursor)
        elif self._pressed is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            self.unsetCursor()

    # -- the widget ----------------------------------------------------------------------------

    @Slot()
    def _on_theme_changed(self) -> None:
        self._redraw()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view.size = event.size()
        self._redraw()

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
        return QSize(640, 480)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(240, 200)
