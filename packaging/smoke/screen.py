"""A screen in memory (Xvfb): when something is first painted on it, and what it looks like."""

from __future__ import annotations

import contextlib
import mmap
import os
import struct
import subprocess
import tempfile
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

WIDTH, HEIGHT = 1280, 800
_HEADER = struct.Struct(">25I")
_COLOR_ENTRY = 12
_POLL = 0.005
_PROBES = 997
"""Bytes between two places that are looked at to see whether anything is there."""
_SHARE = 0.4
"""Of the places, that must be painted for a window to be there: less is a splash or a cursor."""


@dataclass
class Screen:
    """A running X server without a monitor.

    Attributes:
        display: Its name for programs, such as ``":7"``.
        file: Where it keeps its picture, in X's own format XWD.
    """

    display: str
    file: Path

    def wait_for_window(self, deadline: float) -> float | None:
        """Wait until a window is painted.

        Args:
            deadline: When to give up, by ``time.monotonic()``.

        Returns:
            The moment, by ``time.monotonic()``; None if none came.
        """
        with self._picture() as data:
            first = _first_pixel(data)
            while time.monotonic() < deadline:
                probes = data[first::_PROBES]
                if len(probes) - probes.count(0) > _SHARE * len(probes):
                    return time.monotonic()
                time.sleep(_POLL)
        return None

    def is_empty(self) -> bool:
        """Whether nothing is on the screen."""
        with self._picture() as data:
            probes = data[_first_pixel(data) :: _PROBES]
            return probes.count(0) == len(probes)

    def save(self, target: Path) -> None:
        """Write what is on the screen as a PNG file."""
        with self._picture() as data:
            target.write_bytes(xwd_to_png(data[:]))

    @contextlib.contextmanager
    def _picture(self) -> Iterator[mmap.mmap]:
        with (
            self.file.open("rb") as opened,
            mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as data,
        ):
            yield data


@contextlib.contextmanager
def a_screen() -> Iterator[Screen]:
    """Start a screen, and end it."""
    with tempfile.TemporaryDirectory(prefix="smoke-screen-") as name:
        reading, writing = os.pipe()
        size = f"{WIDTH}x{HEIGHT}x24"
        # Programs without network reach the server by the file in /tmp/.X11-unix. The socket
        # without a file stays: by it alone a second server sees that the number is taken.
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-fbdir", name]
        command += ["-nolisten", "tcp", "-noreset", "-ac"]
        nothing = subprocess.DEVNULL
        server = subprocess.Popen(
            command, pass_fds=[writing], stdout=nothing, stderr=nothing, start_new_session=True
        )
        os.close(writing)
        try:
            with os.fdopen(reading) as answer:
                number = answer.readline().strip()
            yield Screen(display=f":{number}", file=Path(name) / "Xvfb_screen0")
        finally:
            server.terminate()
            server.wait()


def _first_pixel(data: bytes | mmap.mmap) -> int:
    fields = _HEADER.unpack_from(data)
    return int(fields[0] + _COLOR_ENTRY * fields[19])


def xwd_to_png(data: bytes) -> bytes:
    """Turn a picture of 32 bits a pixel from X's format into PNG.

    Args:
        data: A file of format XWD, version 7, little-endian pixels.

    Raises:
        ValueError: If it is another kind of picture.
    """
    fields = _HEADER.unpack_from(data)
    width, height, byte_order, bits, line = (fields[at] for at in (4, 5, 7, 11, 12))
    if fields[1] != 7 or byte_order != 0 or bits != 32:
        raise ValueError(f"not 32-bit little-endian XWD: {fields[:13]}")
    first = _first_pixel(data)
    rows = bytearray()
    for number in range(height):
        row = data[first + number * line : first + number * line + 4 * width]
        pixels = bytearray(3 * width)
        pixels[0::3], pixels[1::3], pixels[2::3] = row[2::4], row[1::4], row[0::4]
        rows += b"\0" + pixels
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)
