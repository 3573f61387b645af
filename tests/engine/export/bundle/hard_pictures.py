"""Pictures of every kind that a program beside an exported file should read as the app does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, TiffImagePlugin

if TYPE_CHECKING:
    from pathlib import Path

ORIENTATION = 0x0112


def blocks(height: int, width: int, channels: int = 3, seed: int = 3) -> Image.Image:
    """Coarse noise, whose answers tell whether a picture was turned or misread."""
    random = np.random.default_rng(seed)
    shape = (-(-height // 10), -(-width // 10), channels)
    coarse = random.integers(0, 256, shape).repeat(10, 0).repeat(10, 1)
    return Image.fromarray(coarse[:height, :width].astype(np.uint8))


def draw_jpeg_and_png(folder: Path) -> list[Path]:
    """What both kinds of program read.

    Args:
        folder: A new folder.

    Returns:
        The files, sorted.
    """
    folder.mkdir()
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[ORIENTATION] = orientation
        blocks(90, 130).save(folder / f"turned {orientation}.jpg", exif=exif, quality=95)
    blocks(90, 130).save(folder / "turned.png", exif=exif)
    blocks(1201, 1607).save(folder / "large.jpg", quality=90)
    blocks(1201, 1607).save(folder / "large progressive.jpg", quality=90, progressive=True)
    blocks(300, 2500).save(folder / "wide.jpg", quality=90, subsampling=0)
    blocks(81, 61).convert("L").save(folder / "grey.jpg")
    blocks(81, 61, 4).convert("CMYK").save(folder / "print.jpg")
    blocks(80, 60, 4).save(folder / "transparent.png")
    blocks(80, 60).convert("LA").save(folder / "grey and alpha.png")
    blocks(80, 60).convert("L").save(folder / "grey.png")
    blocks(80, 60).convert("1").save(folder / "black and white.png")
    blocks(80, 60).convert("P").save(folder / "palette.png")
    blocks(80, 60).convert("P").save(folder / "palette with a hole.png", transparency=3)
    blocks(80, 60).save(folder / "colour with a hole.png", transparency=(12, 13, 14))
    random = np.random.default_rng(8)
    deep = random.integers(0, 65536, (8, 6)).repeat(10, 0).repeat(10, 1).astype(np.uint16)
    Image.fromarray(deep).save(folder / "sixteen bits.png")
    Image.fromarray(deep).save(
        folder / "sixteen bits with a hole.png", transparency=int(deep[0, 0])
    )
    return sorted(folder.iterdir())


def draw_others(folder: Path) -> list[Path]:
    """Other formats, which Pillow reads.

    Args:
        folder: A new folder.

    Returns:
        The files, sorted.
    """
    folder.mkdir()
    blocks(80, 60).convert("P").save(folder / "palette.gif")
    blocks(80, 60).save(folder / "picture.bmp")
    blocks(80, 60, 4).save(folder / "transparent.webp", lossless=True)
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[ORIENTATION] = 6
    blocks(80, 60).save(folder / "turned.tiff", tiffinfo=tags)
    return sorted(folder.iterdir())
