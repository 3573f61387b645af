"""Images and files from the clipboard, or dragged here from other programs.

A browser offers an image in several ways at once, beside its address. Chromium hands over the
file's content (``application/octet-stream``); Firefox the image written anew (``image/png``), on
some systems a temporary file; both an ``<img>`` element, which holds the picture itself where its
address begins with ``data:``. Nothing is fetched from the network.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QByteArray, QUrl
from PySide6.QtGui import QColor, QImage, QPainter

from effnet_studio.engine.data_uri import DATA_SCHEME
from effnet_studio.engine.errors import ImageError
from effnet_studio.engine.messages import msg
from effnet_studio.gui.models.predict_items import Pasted

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtCore import QMimeData

_ADDRESSES: Final = "text/uri-list"
_FILES: Final = (
    "application/octet-stream",
    'application/x-qt-windows-mime;value="FileContents"',
)
"""Formats that hold the content of the very file."""
_COPIES: Final = tuple(
    f"image/{kind}" for kind in ("png", "webp", "avif", "tiff", "bmp", "jpeg", "gif")
)
"""Formats that the other program has written anew, those without loss first."""
_IMAGE_ELEMENT: Final = re.compile(
    rb"""<img\b[^>]*?\ssrc\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+)""", re.IGNORECASE
)


@dataclass(frozen=True)
class Brought:
    """What was dropped or pasted.

    Attributes:
        paths: Local files and folders.
        pasted: Images without a file; empty where there are files.
        address: Whether there is an address on the network and nothing else.
    """

    paths: tuple[Path, ...] = ()
    pasted: tuple[Pasted, ...] = ()
    address: bool = False

    @property
    def error(self) -> ImageError | None:
        """Why nothing can be made of it; None if something can."""
        if self.paths or self.pasted:
            return None
        if self.address:
            return ImageError(
                msg("The browser gave only an address; EffNet Studio does not go on the network."),
                hint=msg("Copy the image there (right click) and paste it here."),
            )
        return ImageError(
            msg("There is no image in it."),
            hint=msg("Copy or drag an image, or files from the file manager."),
        )


def no_project_error() -> ImageError:
    """Why an image that is dropped before a project is open is not judged."""
    return ImageError(
        msg("Single images are judged by a model, and no project is open."),
        hint=msg("Open a project first, or drop a folder of images to begin one."),
    )


def may_bring(data: QMimeData) -> bool:
    """Whether something dragged is worth a drop; cheap, however large it is."""
    if data.hasFormat(_ADDRESSES) or data.hasImage():
        return True
    if any(data.hasFormat(kind) for kind in _FILES):
        return True
    return data.hasHtml() and _IMAGE_ELEMENT.search(_bytes(data, "text/html")) is not None


def read_mime(data: QMimeData | None, name: str) -> Brought:
    """What can be made of a drop or of the clipboard; decoding is left to :func:`judge`.

    Local files are preferred, then the content of a file, then an image that is decoded already.

    Args:
        data: Of the drop or the clipboard; None, as Qt says of a clipboard with nothing in it.
        name: What to call an image without a name.
    """
    if data is None:
        return Brought()
    addresses = _addresses(data)
    # Only these become QUrls: parsing a picture of 20 MB as an address takes long.
    local = [QUrl.fromEncoded(QByteArray(each)) for each in addresses if _has(each, b"file:")]
    paths = tuple(Path(url.toLocalFile()) for url in local if url.isLocalFile())
    if paths:
        return Brought(paths)
    content = _content(data, _FILES) or _in_address(addresses)
    if not content:
        addresses += _image_addresses(data)
        content = _in_address(addresses) or _content(data, _COPIES)
    remote = [each for each in addresses if _has(each, b"http://", b"https://")]
    if content:
        return Brought(pasted=(Pasted(_name(remote, name), content=content),))
    image = data.imageData() if data.hasImage() else None
    if isinstance(image, QImage) and not image.isNull():
        return Brought(pasted=(Pasted(_name(remote, name), to_pixels(image)),))
    return Brought(address=bool(remote))


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


def _bytes(data: QMimeData, kind: str) -> bytes:
    """The raw data of a format, text as UTF-8 or ASCII (Firefox sends UTF-16)."""
    content = bytes(data.data(kind).data())
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) and kind.startswith("text/"):
        return content.decode("utf-16", "replace").encode()
    if content[1:2] == b"\0" and kind.startswith("text/"):
        return content.decode("utf-16-le", "replace").encode()
    return content


def _addresses(data: QMimeData) -> list[bytes]:
    lines = (line.strip() for line in _bytes(data, _ADDRESSES).split(b"\n"))
    return [line for line in lines if line and not line.startswith(b"#")]


def _image_addresses(data: QMimeData) -> list[bytes]:
    """Where the first image of a piece of a web page lies, if there is one."""
    found = _IMAGE_ELEMENT.search(_bytes(data, "text/html")) if data.hasHtml() else None
    if found is None:
        return []
    address = found[1].strip(b"\"'").strip()
    if b"&" in address:
        address = html.unescape(address.decode("utf-8", "replace")).encode()
    return [address]


def _in_address(addresses: list[bytes]) -> bytes:
    """The first address that holds what it is of; empty without one."""
    return next((each for each in addresses if _has(each, DATA_SCHEME)), b"")


def _content(data: QMimeData, kinds: tuple[str, ...]) -> bytes:
    """What the first of some formats holds that is there and not empty."""
    found = (_bytes(data, kind) for kind in kinds if data.hasFormat(kind))
    return next(filter(None, found), b"")


def _has(address: bytes, *schemes: bytes) -> bool:
    return address[:8].lower().startswith(schemes)


def _name(remote: list[bytes], otherwise: str) -> str:
    """The name of a file on the network, as in its address."""
    names = (QUrl.fromEncoded(QByteArray(each)).fileName() for each in reversed(remote))
    return next((each for each in names if Path(each).suffix), otherwise)
