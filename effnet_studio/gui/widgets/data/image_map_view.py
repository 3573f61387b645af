"""From places on the map of the images to pixels of its widget, and back; no widget in sight."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QPolygonF

_MARGIN: Final = 28
"""Room around all points, pixels."""
_MOST_ZOOM: Final = 400.0
_LEAST_RADIUS, _MOST_RADIUS = 1.6, 5.0
_INK: Final = 0.15
"""Share of the surface that all discs would cover side by side."""


class MapView:
    """The part of the plane that is seen; its second coordinate goes up.

    Attributes:
        size: Of the widget, pixels.
        extent: Half the width and height of the plane, whose middle is (0, 0).
        zoom: How often the map is enlarged; 1 shows all of it.
        center: The place on the plane that is in the middle of the widget.
    """

    def __init__(self) -> None:
        self.size = QSize(1, 1)
        self.extent = QSizeF(1.0, 1.0)
        self.zoom = 1.0
        self.center = QPointF()

    def fit(self) -> None:
        """Show all of the plane."""
        self.zoom, self.center = 1.0, QPointF()

    def zoom_by(self, factor: float, anchor: QPointF | None = None) -> None:
        """Zoom about a place of the widget, its middle by default."""
        at = self._middle() if anchor is None else anchor
        fixed = self.to_plane(at)
        self.zoom = min(max(self.zoom * factor, 1.0), _MOST_ZOOM)
        self.center += fixed - self.to_plane(at)
        self._clamp()

    def move_by(self, apart: QPointF) -> None:
        """Move the map by pixels."""
        self.center += QPointF(-apart.x(), apart.y()) / self._scale()
        self._clamp()

    def to_plane(self, place: QPointF) -> QPointF:
        """What lies at a place of the widget."""
        apart = (place - self._middle()) / self._scale()
        return QPointF(self.center.x() + apart.x(), self.center.y() - apart.y())

    def to_widget(self, xy: NDArray[np.float32]) -> NDArray[np.float32]:
        """Where places of the plane are drawn, float32 (n, 2), pixels across and down."""
        scale, middle = self._scale(), self._middle()
        right, down = middle.x() - scale * self.center.x(), middle.y() + scale * self.center.y()
        turn = np.array([scale, -scale], dtype=np.float32)
        places: NDArray[np.float32] = xy * turn + np.array([right, down], dtype=np.float32)
        return places

    def radius(self, points: int) -> float:
        """Of the disc of each of so many points, pixels: larger as one comes closer."""
        room = self.size.width() * self.size.height() * _INK / math.pi
        radius = math.sqrt(room / max(1, points) * self.zoom)
        return round(min(max(radius, _LEAST_RADIUS), _MOST_RADIUS), 1)

    def _middle(self) -> QPointF:
        return QPointF(self.size.width() / 2, self.size.height() / 2)

    def _scale(self) -> float:
        """Pixels of a unit of the plane."""
        across = max(self.size.width() / 2 - _MARGIN, 1.0) / max(self.extent.width(), 1e-6)
        down = max(self.size.height() / 2 - _MARGIN, 1.0) / max(self.extent.height(), 1e-6)
        return min(across, down) * self.zoom

    def _clamp(self) -> None:
        """Keep the map from being pushed out of sight."""
        most = QSizeF(0.0, 0.0) if self.zoom <= 1.0 else self.extent
        self.center.setX(min(max(self.center.x(), -most.width()), most.width()))
        self.center.setY(min(max(self.center.y(), -most.height()), most.height()))


def inside_line(line: QPolygonF, places: NDArray[np.float32], size: QSize) -> NDArray[np.bool_]:
    """Find the places inside a closed line drawn on a widget.

    The inside is painted and looked up, so that a long line takes no longer than a short one.

    Args:
        line: Its corners, pixels; the last is joined to the first.
        places: float32, (n, 2), pixels across and down.
        size: Of the widget; what lies outside of it is not inside the line.

    Returns:
        bool, (n,).
    """
    mask = QImage(size, QImage.Format.Format_Grayscale8)
    mask.fill(0)
    painter = QPainter(mask)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("white"))
    painter.drawPolygon(line, Qt.FillRule.WindingFill)
    painter.end()
    painted = np.frombuffer(mask.constBits(), dtype=np.uint8).reshape(size.height(), -1)
    across, down = np.floor(places.T).astype(np.int64)
    seen = (across >= 0) & (down >= 0) & (across < size.width()) & (down < size.height())
    inside = np.zeros(len(places), dtype=bool)
    inside[seen] = painted[down[seen], across[seen]] > 0
    return inside
