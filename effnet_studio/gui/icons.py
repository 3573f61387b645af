"""Icons from ``resources/icons``: strokes in ``currentColor``, tinted when they are drawn."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from effnet_studio.paths import resources_dir


def icon_path(name: str) -> Path:
    """Where the drawing of an icon lies."""
    return resources_dir() / "icons" / f"{name}.svg"


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return icon_path(name).read_text(encoding="utf-8")


def pixmap(name: str, color: str, size: int = 18, ratio: float = 1.0) -> QPixmap:
    """Draw an icon.

    Args:
        name: File name without its ending.
        color: Any colour a style sheet knows, such as ``"#3b5bdb"``.
        size: Side in device-independent pixels.
        ratio: Device pixels per such pixel.

    Returns:
        The picture, transparent around the strokes.

    Raises:
        FileNotFoundError: If there is no such icon.
    """
    data = QByteArray(_source(name).replace("currentColor", color).encode())
    result = QPixmap(QSize(size, size) * ratio)
    result.setDevicePixelRatio(ratio)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    QSvgRenderer(data).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return result


def icon(name: str, color: str, *, disabled: str | None = None, size: int = 18) -> QIcon:
    """Make an icon that is sharp at 100, 150, 200 and 300 %.

    Args:
        name: File name without its ending.
        color: Of the strokes.
        disabled: Of the strokes where the control is disabled; as Qt greys it when None.
        size: Side in device-independent pixels.

    Returns:
        The icon.
    """
    result = QIcon()
    for ratio in (1.0, 1.5, 2.0, 3.0):
        result.addPixmap(pixmap(name, color, size, ratio))
        if disabled is not None:
            result.addPixmap(pixmap(name, disabled, size, ratio), QIcon.Mode.Disabled)
    return result
