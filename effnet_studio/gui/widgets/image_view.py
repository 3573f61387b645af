"""Shows one picture: fitted, or zoomed with the wheel and moved with the mouse or arrow keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from effnet_studio.gui.accessible import PICTURE
from effnet_studio.gui.direction import draw_from_left
from effnet_studio.gui.theme import RADIUS
from effnet_studio.gui.widgets.focus_ring import FocusRing

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QPaintEvent, QResizeEvent, QWheelEvent

_MAX_ZOOM = 16.0
_BLOCKS = 4.0
"""From this zoom on, if the user asked for it, pixels are shown as they are: as blocks."""
_STEP = 1.25


def to_qimage(pixels: NDArray[np.uint8]) -> QImage:
    """Copy pixels into Qt's image; like all of Qt, in the window's thread only.

    Args:
        pixels: uint8, shape (h, w, 3) RGB, (h, w, 4) RGBA or (h, w) grey.

    Returns:
        An image that owns its memory.
    """
    data = np.ascontiguousarray(pixels)
    height, width = data.shape[:2]
    kinds = {3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBA8888}
    kind = QImage.Format.Format_Grayscale8 if data.ndim == 2 else kinds[data.shape[2]]
    return QImage(data.data, width, height, data.strides[0], kind).copy()


@dataclass(frozen=True)
class Place:
    """What part of a picture is on view, whatever its size.

    Attributes:
        width: Of the whole picture as it is enlarged, pixels of the screen; None: it is fitted.
        x: Middle of the view, as a share of the picture's width.
        y: The same of its height.
    """

    width: float | None
    x: float
    y: float


class ImageView(QWidget):
    """A picture with fit and zoom.

    Args:
        parent: Qt's owner.
    """

    accessible_role: ClassVar = PICTURE

    place_changed = Signal(object)
    """The :class:`Place` that the user went to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        draw_from_left(self)
        self.setObjectName("image_view")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        FocusRing(self)
        self._pixmap = QPixmap()
        self._zoom: float | None = None  # None: fitted
        self._center = QPointF()
        self._grabbed: QPointF | None = None

    def set_image(
        self, image: NDArray[np.uint8] | QImage | None, *, keep_view: bool = False
    ) -> None:
        """Show a picture.

        Args:
            image: uint8 pixels as for :func:`to_qimage`, a QImage, or None for nothing.
            keep_view: Keep zoom and place when the new picture has the size of the old one, as
                when an overlay changes.
        """
        old = self._pixmap.size()
        if image is None:
            self._pixmap = QPixmap()
        else:
            ready = image if isinstance(image, QImage) else to_qimage(image)
            self._pixmap = QPixmap.fromImage(ready)
        if not keep_view or self._pixmap.size() != old:
            self.fit()
        self.update()

    def has_image(self) -> bool:
        """Whether a picture is shown."""
        return not self._pixmap.isNull()

    @property
    def scale(self) -> float:
        """Pixels of the screen per pixel of the picture."""
        return self._fit_scale() if self._zoom is None else self._zoom

    @property
    def smooth(self) -> bool:
        """Whether pixels run into each other.

        A small picture that is enlarged to fit is to look like a photograph, not like blocks; who
        goes much closer than that wants to see the pixels.
        """
        if self._zoom is None:
            return True
        return self._zoom < max(_BLOCKS, min(2 * self._fit_scale(), _MAX_ZOOM))

    def fit(self) -> None:
        """Show the whole picture."""
        self._zoom = None
        self._center = QPointF(self._pixmap.width() / 2, self._pixmap.height() / 2)
        self._changed()

    def zoom_by(self, factor: float, anchor: QPointF | None = None) -> None:
        """Zoom around a point of the widget, its middle by default."""
        if not self.has_image():
            return
        at = anchor or QPointF(self.rect().center())
        fixed = self._to_picture(at)
        wanted = self.scale * factor
        if wanted <= self._fit_scale():
            self.fit()
            return
        self._zoom = min(wanted, _MAX_ZOOM)
        self._center = fixed - (at - QPointF(self.rect().center())) / self._zoom
        self._changed()

    def show_place(self, place: Place) -> None:
        """Go to a part of the picture; nothing is told of it."""
        if not self.has_image():
            return
        size = self._pixmap.size()
        wanted = 0.0 if place.width is None else place.width / size.width()
        self._zoom = min(wanted, _MAX_ZOOM) if wanted > self._fit_scale() else None
        self._center = QPointF(place.x * size.width(), place.y * size.height())
        self._clamp()
        self.update()

    def zoom_in(self) -> None:
        """One step closer."""
        self.zoom_by(_STEP)

    def zoom_out(self) -> None:
        """One step back."""
        self.zoom_by(1 / _STEP)

    def _changed(self) -> None:
        self._clamp()
        self.update()
        if self.has_image():
            size = self._pixmap.size()
            self.place_changed.emit(
                Place(
                    None if self._zoom is None else self._zoom * size.width(),
                    self._center.x() / size.width(),
                    self._center.y() / size.height(),
                )
            )

    def _fit_scale(self) -> float:
        if not self.has_image() or self.width() < 1 or self.height() < 1:
            return 1.0
        return min(self.width() / self._pixmap.width(), self.height() / self._pixmap.height())

    def _clamp(self) -> None:
        """Keep the picture from being pushed out of sight."""
        for size, room, get, put in (
            (self._pixmap.width(), self.width(), self._center.x, self._center.setX),
            (self._pixmap.height(), self.height(), self._center.y, self._center.setY),
        ):
            half = room / self.scale / 2
            put(size / 2 if size <= 2 * half else min(max(get(), half), size - half))

    def _to_picture(self, point: QPointF) -> QPointF:
        return self._center + (point - QPointF(self.rect().center())) / self.scale

    def _target(self) -> QRectF:
        scale = self.scale
        size = QSize(self._pixmap.width(), self._pixmap.height())
        corner = QPointF(self.rect().center()) - self._center * scale
        return QRectF(corner.x(), corner.y(), size.width() * scale, size.height() * scale)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.has_image():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.smooth)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        target = self._target()
        shape = QPainterPath()
        shape.addRoundedRect(target.intersected(QRectF(self.rect())), RADIUS, RADIUS)
        painter.setClipPath(shape)
        painter.drawPixmap(target, self._pixmap, QRectF(self._pixmap.rect()))
        painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._zoom is not None and self._zoom <= self._fit_scale():
            self._zoom = None
        self._changed()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(_STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._zoom is not None:
            self._grabbed = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is not None:
            self._center -= (event.position() - self._grabbed) / self.scale
            self._grabbed = event.position()
            self._changed()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grabbed = None
        self.unsetCursor()
        super().mouseReleaseEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._zoom is None:
            self.zoom_by(2.0, event.position())
        else:
            self.fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Left: QPointF(-40, 0),
            Qt.Key.Key_Right: QPointF(40, 0),
            Qt.Key.Key_Up: QPointF(0, -40),
            Qt.Key.Key_Down: QPointF(0, 40),
        }
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key in moves and self._zoom is not None:
            self._center += moves[key] / self.scale
            self._changed()
        else:
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, 320)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(96, 96)
