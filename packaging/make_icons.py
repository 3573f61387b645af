#!/usr/bin/env python3
"""Draw the app's icon for Windows (.ico) and macOS (.icns) from ``resources/app-icon.svg``.

    .venv/bin/python packaging/make_icons.py            write both files anew
    .venv/bin/python packaging/make_icons.py --check    only say whether they are of this drawing

Run it after a change of the drawing, and commit what it writes.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parents[1]
DRAWING = ROOT / "resources" / "app-icon.svg"
ICO = ROOT / "packaging" / "windows" / "effnet-studio.ico"
ICNS = ROOT / "packaging" / "macos" / "EffNetStudio.icns"
WINDOWS_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
MAC_SIZES = (16, 32, 64, 128, 256, 512, 1024)
MAC_MARGIN = 0.061
"""macOS wants the shape to take 824 of 1024 pixels; the drawing leaves some air by itself."""


def main(arguments: Sequence[str]) -> int:
    """Write or check both files; return the exit status.

    Args:
        arguments: The command line without the program's name.
    """
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    stale = []
    for file, made in ((ICO, icon_of_windows()), (ICNS, icon_of_macos())):
        if not options.check:
            file.write_bytes(made)
            print(f"{file.relative_to(ROOT)}: {len(made):,} bytes")
        elif not file.is_file() or not same_pictures(file.read_bytes(), made):
            stale.append(str(file.relative_to(ROOT)))
    if stale:
        print(f"Of another drawing: {', '.join(stale)}; run packaging/make_icons.py")
    return 1 if stale else 0


def drawn(size: int, *, margin: float = 0.0) -> Image.Image:
    """Draw the icon.

    Args:
        size: Side in pixels.
        margin: Share of the side that stays empty on each edge.
    """
    picture = QImage(size, size, QImage.Format.Format_RGBA8888)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = size * margin
    painter.translate(edge, edge)
    painter.scale(1 - 2 * margin, 1 - 2 * margin)
    QSvgRenderer(str(DRAWING)).render(painter, picture.rect().toRectF())
    painter.end()
    pixels = bytes(picture.constBits())
    side = (size, size)
    return Image.frombytes("RGBA", side, pixels, "raw", "RGBA", picture.bytesPerLine())


def icon_of_windows() -> bytes:
    """Return the .ico, each size drawn by itself."""
    return _packed("ICO", (drawn(size) for size in WINDOWS_SIZES))


def icon_of_macos() -> bytes:
    """Return the .icns, with the margin that macOS wants."""
    return _packed("ICNS", (drawn(size, margin=MAC_MARGIN) for size in MAC_SIZES))


def _packed(form: str, pictures: Iterable[Image.Image]) -> bytes:
    *smaller, largest = pictures
    sizes = [(each.width, each.height) for each in (*smaller, largest)]
    stream = io.BytesIO()
    largest.save(stream, form, sizes=sizes, append_images=smaller)
    return stream.getvalue()


def same_pictures(one: bytes, other: bytes) -> bool:
    """Tell whether two icons show the same, up to rounding in the drawing of edges.

    Args:
        one: An .ico or .icns.
        other: Another.
    """
    with Image.open(io.BytesIO(one)) as first, Image.open(io.BytesIO(other)) as second:
        if first.info.get("sizes") != second.info.get("sizes") or first.size != second.size:
            return False
        pairs = zip(first.convert("RGBA").tobytes(), second.convert("RGBA").tobytes(), strict=True)
        return max(abs(a - b) for a, b in pairs) <= 8


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
