"""Width and height of a picture from a few bytes of its header.

For the formats that most folders consist of, the size is found by hand, several times faster than
a reader is set up for it. Whatever is unusual, and all other formats, are left to
:func:`~effnet_studio.engine.images.probe_image`. Where that gives a size, it is the same one.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio.engine.errors import ImageError
from effnet_studio.engine.images import probe_image
from effnet_studio.engine.jpeg import ordinary_frame
from effnet_studio.engine.pillow_door import sniff

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from effnet_studio.engine.cancel import CancelToken

Size = tuple[str, int, int]
"""Format, width and height, upright."""

_BLOCK = 4096
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_CHECK_EVERY = 1000
_MOST_STEPS = 10_000  # from segment to segment; files with more of them want to keep us busy


def list_sizes(
    paths: Iterable[str | Path], *, cancel: CancelToken | None = None
) -> list[Size | None]:
    """Read the sizes of many pictures.

    In one thread: the steps between the system's answers hold Python's lock, and two threads took
    longer than one.

    Args:
        paths: The files.
        cancel: Stops it.

    Returns:
        As :func:`read_size`, in order.

    Raises:
        Cancelled: If it was stopped.
    """
    sizes: list[Size | None] = []
    for number, path in enumerate(paths):
        if cancel is not None and number % _CHECK_EVERY == 0:
            cancel.check()
        sizes.append(read_size(path))
    return sizes


def read_size(path: str | Path) -> Size | None:
    """Read the size of a picture.

    Args:
        path: The file.

    Returns:
        Format, width and height of the upright picture; None if it is no picture or cannot be
        read. Its pixels may still turn out to be damaged.
    """
    try:
        descriptor = os.open(path, _FLAGS)
        try:
            head = os.read(descriptor, _BLOCK)
            kind = sniff(head)
            if kind is None:
                return None
            size = _found(kind, _File(descriptor, head))
        finally:
            os.close(descriptor)
    except OSError:
        return None
    return _probed(Path(path)) if size is None else (kind, *size)


def _found(kind: str, file: _File) -> tuple[int, int] | None:
    """The size, if it is plain to see."""
    finder = _FINDERS.get(kind)
    try:
        size = None if finder is None else finder(file)
    except (IndexError, ValueError, struct.error):  # the header is cut short
        return None
    return size if size is not None and min(size) > 0 else None


def _probed(path: Path) -> Size | None:
    try:
        info = probe_image(path)
    except ImageError:
        return None
    return info.format, info.width, info.height


class _File:
    """An open file of which a block is at hand.

    Args:
        descriptor: Of the open file.
        head: Its first bytes.
    """

    def __init__(self, descriptor: int, head: bytes) -> None:
        self._descriptor = descriptor
        self._start = 0
        self._block = self.head = head

    def at(self, place: int, count: int) -> bytes:
        """Up to ``count`` bytes from ``place``; fewer at the end of the file."""
        if not self._start <= place <= self._start + len(self._block) - count:
            os.lseek(self._descriptor, place, os.SEEK_SET)
            self._block = os.read(self._descriptor, max(count, _BLOCK))
            self._start = place
        return self._block[place - self._start : place - self._start + count]


def _jpeg_size(file: _File) -> tuple[int, int] | None:
    """Walk from segment to segment up to the frame (ITU-T T.81, annex B)."""
    frame = ordinary_frame(file.head)
    if frame is not None:
        return frame.width, frame.height
    place, orientation = 2, 0
    for _ in range(_MOST_STEPS):
        mark, kind, length = struct.unpack(">BBH", file.at(place, 4))
        if mark != 0xFF or not 0xC0 <= kind <= 0xFE or kind in _NO_SEGMENTS:
            break
        if kind in _FRAMES:
            bits, height, width, channels = struct.unpack(">BHHB", file.at(place + 4, 6))
            if bits != 8 or channels not in {1, 3, 4}:
                break
            return (width, height) if orientation < 5 else (height, width)
        if kind == 0xE1:
            found = _orientation(file.at(place + 4, length - 2))
            if found is None or (found and orientation):
                break
            orientation = found or orientation
        place += 2 + length
    return None


_FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
_NO_SEGMENTS = {0xC8, *range(0xD0, 0xDB)}


def _orientation(segment: bytes) -> int | None:
    """The orientation that an APP1 segment tells, 0 if none, None if it is not plain to see."""
    if b"tiff:Orientation" in segment:  # XMP, which counts where Exif is silent
        return None
    if not segment.startswith(b"Exif\0\0"):
        return 0
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(segment[6:10])
    if order is None:
        return None
    (start,) = struct.unpack_from(f"{order}I", segment, 10)
    (count,) = struct.unpack_from(f"{order}H", segment, 6 + start)
    for entry in range(count):
        field = struct.unpack_from(f"{order}HHIHH", segment, 8 + start + 12 * entry)
        if field[0] == 0x0112:
            is_plain = field[1:3] == (3, 1) and 1 <= field[3] <= 8
            return field[3] if is_plain else None
    return 1


def _png_size(file: _File) -> tuple[int, int] | None:
    """The header, unless something before the pixels may turn them (PNG, section 11.2.2)."""
    length, name, width, height = struct.unpack_from(">I4sII", file.head, 8)
    if length != 13 or name != b"IHDR":
        return None
    place = 33
    for _ in range(_MOST_STEPS):
        chunk = file.at(place, 32)
        length, name = struct.unpack_from(">I4s", chunk)
        if name == b"IDAT":
            return width, height
        if name == b"eXIf" or chunk[8:].startswith((b"Raw profile type", b"XML:com.adobe.xmp")):
            break
        place += 12 + length
    return None


def _gif_size(file: _File) -> tuple[int, int] | None:
    """The screen, or the first frame where that is larger (GIF89a, sections 18 to 24)."""
    width, height, flags = struct.unpack_from("<HHB", file.head, 6)
    place = 13 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
    in_blocks = False
    for _ in range(_MOST_STEPS):
        (kind,) = file.at(place, 1)
        if in_blocks:  # of an extension; the last one is empty
            in_blocks = kind != 0
            place += 1 + kind
        elif kind == 0x21:
            in_blocks = True
            place += 2
        elif kind == 0x2C:
            left, top, wide, high = struct.unpack("<HHHH", file.at(place + 1, 8))
            return max(width, left + wide), max(height, top + high)
        else:
            break
    return None


def _bmp_size(file: _File) -> tuple[int, int] | None:
    """Both kinds of header; rows from top to bottom have a negative height."""
    (size,) = struct.unpack_from("<I", file.head, 14)
    if size == 12:
        width, height = struct.unpack_from("<HH", file.head, 18)
    elif size in {40, 52, 56, 64, 108, 124}:
        width, height = struct.unpack_from("<ii", file.head, 18)
        height = abs(height) if abs(height) < 1 << 24 else 0  # readers differ about larger ones
    else:
        return None
    return width, height


def _webp_size(file: _File) -> tuple[int, int] | None:
    """The three kinds of WebP (RFC 9649, sections 2.5 to 2.7)."""
    head, kind = file.head, file.head[12:16]
    if kind == b"VP8 " and head[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", head, 26)
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L" and head[20] == 0x2F:
        (bits,) = struct.unpack_from("<I", head, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    has_metadata = 0x0C  # Exif or XMP, which may turn it
    if kind == b"VP8X" and not head[20] & has_metadata:
        width, height = struct.unpack_from("<I", head, 24), struct.unpack_from("<I", head, 26)
        return (width[0] & 0xFFFFFF) + 1, (height[0] >> 8) + 1
    return None


_FINDERS: dict[str, Callable[[_File], tuple[int, int] | None]] = {
    "JPEG": _jpeg_size,
    "PNG": _png_size,
    "GIF": _gif_size,
    "BMP": _bmp_size,
    "WebP": _webp_size,
}
