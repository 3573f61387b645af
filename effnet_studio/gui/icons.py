"""Icons from ``resources/icons``: strokes in ``currentColor``, tinted when they are drawn."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QImageReader, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from effnet_studio.paths import resources_dir

DIRECTED: Final = frozenset({"arrow-left", "arrow-right", "chevron-right", "redo", "undo"})
"""Icons that point to where reading goes, or to where it comes from."""


def icon_path(name: str) -> Path:
    """Where the drawing of an icon lies."""
    return resources_dir() / "icons" / f"{name}.svg"


def load_plugins() -> None:
    """Have Qt open the plugins that draw icons and read images, 5 ms, before it needs one.

    The system opens one library at a time. A painting that needs a plugin while another thread
    opens PyTorch's libraries would wait for those, and the window with it: 0.15 s.
    """
    QIcon(str(icon_path("check")))
    QImageReader.supportedImageFormats()


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return icon_path(name).read_text(encoding="utf-8")


def pixmap(
    name: str,
    color: str,
    size: int = 18,
    ratio: float = 1.0,
    *,
    gap: int = 0,
    mirrored: bool = False,
    flipped: bool = False,
) -> QPixmap:
    """Draw an icon.

    Args:
        name: File name without its ending.
        color: Any colour a style sheet knows, such as ``"#3b5bdb"``.
        size: Side in device-independent pixels.
        ratio: Device pixels per such pixel.
        gap: Empty room between the icon and the text behind it, pixels.
        mirrored: Whether the text stands before the icon instead.
        flipped: Whether left and right are exchanged, as arrows need it where one reads from the
            right.

    Returns:
        The picture, transparent around the strokes.

    Raises:
        FileNotFoundError: If there is no such icon.
    """
    key = f"{name}/{color}/{size}/{ratio}/{gap}/{mirrored}/{flipped}"
    found = QPixmap()
    if QPixmapCache.find(key, found):
        return found
    data = QByteArray(_source(name).replace("currentColor", color).encode())
    result = QPixmap(QSize(size + gap, size) * ratio)
    result.setDevicePixelRatio(ratio)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    left = gap if mirrored else 0
    if flipped:
        painter.translate(2 * left + size, 0)
        painter.scale(-1, 1)
    QSvgRenderer(data).render(painter, QRectF(left, 0, size, size))
    painter.end()
    QPixmapCache.insert(key, result)
    return result


def icon(
    name: str,
    color: str,
    *,
    disabled: str | None = None,
    size: int = 18,
    gap: int = 0,
    mirrored: bool = False,
    flipped: bool = False,
) -> QIcon:
    """Make an icon that is sharp on every screen there is now, 125 % and the like included.

    Args:
        name: File name without its ending.
        color: Of the strokes.
        disabled: Of the strokes where the control is disabled.
        size: Side in device-independent pixels.
        gap: As for :func:`pixmap`.
        mirrored: As for :func:`pixmap`.
        flipped: As for :func:`pixmap`.

    Returns:
        The icon.
    """
    result = QIcon()
    screens = (screen.devicePixelRatio() for screen in QGuiApplication.screens())
    for ratio in sorted({1.0, 2.0, *screens}):
        colors = {QIcon.Mode.Normal: color, QIcon.Mode.Disabled: disabled or color}
        for mode, tint in colors.items():
            picture = pixmap(name, tint, size, ratio, gap=gap, mirrored=mirrored, flipped=flipped)
            result.addPixmap(picture, mode)
    return result
