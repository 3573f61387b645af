"""What cameras write beside the pixels: which way is up, when it was taken, and with what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PIL import Image, TiffImagePlugin

from effnet_studio.engine.pillow_door import DAMAGED

if TYPE_CHECKING:
    from PIL import ImageFile

_MAKE, _MODEL, _ORIENTATION = 0x010F, 0x0110, 0x0112
_EXIF_IFD, _TAKEN, _TAKEN_FRACTION = 0x8769, 0x9003, 0x9291
_MOMENT = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)")
_LONGEST_CAMERA = 100


@dataclass(frozen=True, slots=True)
class Exif:
    """What a picture's metadata say (Exif 2.32, section 4.6).

    Attributes:
        orientation: How the stored pixels lie, 1 to 8; 1 is upright.
        taken: ``DateTimeOriginal`` with ``SubSecTimeOriginal`` by the camera's clock, which knows
            no time zone: seconds since 1970 as if it were UTC. None if unknown.
        camera: Make and model; empty if unknown.
    """

    orientation: int = 1
    taken: float | None = None
    camera: str = ""


_NOTHING = Exif()


def read_exif(image: ImageFile.ImageFile) -> Exif:
    """Read the metadata of an open picture; damaged ones do not cost the picture.

    Args:
        image: Decoded or not. Some formats keep metadata behind the pixels.

    Returns:
        What they say. A TIFF is always upright, because Pillow turns it itself.
    """
    is_tiff = isinstance(image, TiffImagePlugin.TiffImageFile)
    if image.format == "JPEG" and not ("exif" in image.info or "xmp" in image.info):
        return _NOTHING  # the common case of small pictures, told without making objects
    try:
        # Not image.getexif(): for a PNG that decodes the picture, before its size was judged.
        exif = Image.Image.getexif(image)
        value = 1 if is_tiff else exif.get(_ORIENTATION, 1)
    except DAMAGED:
        return _NOTHING
    orientation = value if isinstance(value, int) and 1 <= value <= 8 else 1
    try:
        return Exif(orientation, _taken(exif), _camera(exif))
    except DAMAGED:
        return Exif(orientation)


def _taken(exif: Image.Exif) -> float | None:
    detail = exif.get_ifd(_EXIF_IFD)
    found = _MOMENT.match(str(detail.get(_TAKEN, "")))
    if found is None:
        return None
    year, month, day, hour, minute, second = map(int, found.groups())
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:  # clocks that were never set write 0000:00:00
        return None
    fraction = str(detail.get(_TAKEN_FRACTION, "")).strip("\0 ")
    digits = fraction if fraction.isascii() and fraction.isdigit() else "0"
    return moment.timestamp() + float(f"0.{digits}")


def _camera(exif: Image.Exif) -> str:
    make, model = (_plain(exif.get(tag, "")) for tag in (_MAKE, _MODEL))
    both = model if model.startswith(make) else f"{make} {model}"
    return both.strip()[:_LONGEST_CAMERA]


def _plain(value: object) -> str:
    """Text without the padding and control characters that cameras leave in it."""
    text = "".join(letter if letter.isprintable() else " " for letter in str(value))
    return " ".join(text.split())
