"""What is in a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap


def bytes_of(picture: QPixmap) -> bytes:
    """The pixels of a picture.

    The image is kept meanwhile: ``constBits`` of one that is gone reads whatever is there now.
    """
    image = picture.toImage()
    return bytes(image.constBits())
