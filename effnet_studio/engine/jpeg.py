"""The header of an ordinary JPEG, read in one go.

Most JPEGs hold nothing before their pixels but tables and the size of the frame. Pillow reads them
byte by byte and keeps what only matters for writing them again; for small pictures that takes a
fifth of the time of decoding them. Whatever is not ordinary (metadata, colour profiles, CMYK,
padding, damage) is left to Pillow.
"""

from __future__ import annotations

from typing import NamedTuple

from PIL import ImageFile, JpegImagePlugin

HEAD_BYTES = 2048
"""What is read to find the frame; the tables before it take some 600 bytes."""

# ITU-T T.81, table B.1. What stands before the frame and says nothing about its pixels' meaning:
# Huffman tables, quantization tables, restart interval, JFIF's own segment, comment.
_PASSED_OVER = frozenset([0xC4, 0xDB, 0xDD, 0xE0, 0xFE])
_BASELINE, _PROGRESSIVE, _SCAN = 0xC0, 0xC2, 0xDA


class Frame(NamedTuple):
    """What the frame header of an ordinary JPEG says; the picture is upright.

    Attributes:
        width: Pixels.
        height: Pixels.
        channels: 1 for grey, 3 for colour.
        progressive: Whether it is sent in several passes.
    """

    width: int
    height: int
    channels: int
    progressive: bool


def ordinary_frame(head: bytes) -> Frame | None:
    """Find the frame of an ordinary JPEG.

    Args:
        head: The first bytes of the file, from ``FF D8`` on.

    Returns:
        The frame, or None if the file is not ordinary or its pixels begin further behind.
    """
    frame = None
    place, end = 2, len(head) - 10
    while place < end and head[place] == 0xFF:
        kind = head[place + 1]
        if kind in _PASSED_OVER:
            pass
        elif kind == _SCAN:
            return frame
        elif kind in {_BASELINE, _PROGRESSIVE} and frame is None and head[place + 4] == 8:
            width = head[place + 7] << 8 | head[place + 8]
            height = head[place + 5] << 8 | head[place + 6]
            frame = Frame(width, height, head[place + 9], kind == _PROGRESSIVE)
            if frame.channels not in {1, 3}:
                return None
        else:
            return None
        place += 2 + (head[place + 2] << 8 | head[place + 3])
    return None


class JpegFile(JpegImagePlugin.JpegImageFile):
    """Pillow's reader with a shorter way to the pixels of ordinary files."""

    def _open(self) -> None:
        assert self.fp is not None  # noqa: S101 - as Pillow's own readers tell the type checker
        frame = ordinary_frame(self.fp.read(HEAD_BYTES))
        if frame is None:
            self.fp.seek(0)
            super()._open()
            return
        self._size = frame.width, frame.height
        self._mode = "L" if frame.channels == 1 else "RGB"
        self.tile = [ImageFile._Tile("jpeg", (0, 0, *self._size), 0, (self._mode, ""))]  # noqa: SLF001
        if frame.progressive:
            self.info["progressive"] = self.info["progression"] = 1
