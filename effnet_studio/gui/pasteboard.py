"""Images and files from the clipboard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QColor, QImage, QPainter

from effnet_studio.gui.models.predict_items import Pasted

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtCore import QMimeData


def pasted_paths(data: QMimeData) -> list[Path]:
    """Local files and folders on the clipboard."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def pasted_images(data: QMimeData, name: str) -> list[Pasted]:
    """The image on the clipboard, if there is one.

    Args:
        data: Of the clipboard.
        name: What to call it.
    """
    image = data.imageData() if data.hasImage() else None
    if not isinstance(image, QImage) or image.isNull():
        return []
    return [Pasted(name, to_pixels(image))]


def to_pixels(image: QImage) -> NDArray[np.uint8]:
    """A Qt image as pixels; what is transparent becomes white, as in files.

    Returns:
        RGB, uint8, shape (height, width, 3).
    """
    opaque = QImage(image.size(), QImage.Format.Format_RGB888)
    opaque.fill(QColor("white"))
    painter = QPainter(opaque)
    painter.drawImage(0, 0, image)
    painter.end()
    stride = opaque.bytesPerLine()
    rows = np.frombuffer(opaque.constBits(), dtype=np.uint8).reshape(opaque.height(), stride)
    return rows[:, : 3 * opaque.width()].reshape(opaque.height(), opaque.width(), 3).copy()
