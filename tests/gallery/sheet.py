"""Contact sheets: all pictures of a page on one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_WIDTH = 480
_GAP = 24
_CAPTION = 28


def contact_sheet(pictures: Sequence[Path], target: Path, *, columns: int = 4) -> None:
    """Put pictures side by side, each with its file name below.

    Args:
        pictures: PNG files.
        target: PNG file to write.
        columns: Pictures in a row.
    """
    thumbs = []
    for file in pictures:
        with Image.open(file) as picture:
            height = round(_WIDTH * picture.height / picture.width)
            thumbs.append((file.stem, picture.convert("RGB").resize((_WIDTH, height))))
    columns = min(columns, len(thumbs))
    rows = [thumbs[start : start + columns] for start in range(0, len(thumbs), columns)]
    heights = [max(picture.height for _, picture in row) + _CAPTION for row in rows]
    size = (columns * (_WIDTH + _GAP) + _GAP, sum(heights) + _GAP * (len(rows) + 1))
    sheet = Image.new("RGB", size, "#808080")
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(16)
    top = _GAP
    for row, height in zip(rows, heights, strict=True):
        for column, (name, picture) in enumerate(row):
            left = _GAP + column * (_WIDTH + _GAP)
            sheet.paste(picture, (left, top))
            draw.text((left, top + picture.height + 6), name, fill="white", font=font)
        top += height + _GAP
    sheet.save(target)
