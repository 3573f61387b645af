"""From any mode Pillow decodes to, to RGB uint8: what every conversion means, in one place.

Work goes strip by strip, so that beside the decoded picture and the answer hardly any memory is
needed. Decisions:

- Transparent pixels are laid over white, as paper and web pages do.
- Integers of 16 bits are scaled by 1/257 over their whole range, never clipped. Wider numbers and
  floats have no agreed range: within [0, 1] they are scaled by 255, within [0, 255] kept, within
  [0, 65535] scaled by 1/257, else stretched from their least to their greatest value. NaN is 0.
- Embedded colour profiles (RGB, CMYK, and Lab without one) are converted to sRGB; a damaged profile
  is passed over, as viewers do.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageCms

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

STRIP_PIXELS = 4_000_000
"""Pixels converted at a time."""

_NUMBERS = {"I", "F", "I;16", "I;16L", "I;16B", "I;16N"}
_BROKEN_PROFILE = (OSError, ValueError, TypeError, ImageCms.PyCMSError)


def to_rgb(image: Image.Image) -> NDArray[np.uint8]:
    """Convert a decoded picture.

    Args:
        image: Of any mode.

    Returns:
        RGB, shape (height, width, 3), a writable array of its own.

    Raises:
        ValueError: If Pillow knows no way from this mode to RGB.
    """
    width, height = image.size
    result = np.empty((height, width, 3), dtype=np.uint8)
    convert = _converter(image)
    rows = max(1, STRIP_PIXELS // width)
    for top in range(0, height, rows):
        bottom = min(top + rows, height)
        whole = top == 0 and bottom == height
        strip = image if whole else image.crop((0, top, width, bottom))
        result[top:bottom] = convert(strip)
    return result


def _converter(image: Image.Image) -> Callable[[Image.Image], NDArray[np.generic]]:
    """Choose how strips of this picture are converted."""
    if image.mode in _NUMBERS:
        return _number_converter(image)
    profile = _profile_converter(image)
    if image.mode in {"CMYK", "LAB"}:
        if profile is not None:
            return lambda strip: np.asarray(profile(strip))
        return lambda strip: np.asarray(strip.convert("RGB"))
    coloured = profile if profile is not None else (lambda strip: strip)
    if image.has_transparency_data:
        return lambda strip: _over_white(strip.convert("RGBA"), coloured)
    if image.mode == "RGB":
        return lambda strip: np.asarray(coloured(strip))
    return lambda strip: np.asarray(coloured(strip.convert("RGB")))


def _over_white(
    strip: Image.Image, coloured: Callable[[Image.Image], Image.Image]
) -> NDArray[np.generic]:
    """Lay RGBA over white, rounding to nearest."""
    alpha = np.asarray(strip.getchannel("A"), dtype=np.uint16)[..., None]
    colour = np.asarray(coloured(strip.convert("RGB")), dtype=np.uint16)
    return (colour * alpha + 255 * (255 - alpha) + 127) // 255


def _number_converter(image: Image.Image) -> Callable[[Image.Image], NDArray[np.generic]]:
    """Scale one channel of wide integers or floats to grey."""
    low, factor = 0.0, 1 / 257
    if image.mode in {"I", "F"}:
        low, factor = _range_of(image)
    clear = image.info.get("transparency")

    def convert(strip: Image.Image) -> NDArray[np.generic]:
        values = np.asarray(strip)
        numbers = np.nan_to_num(values.astype(np.float64), nan=0.0, posinf=0.0, neginf=0.0)
        grey = np.clip((numbers - low) * factor + 0.5, 0, 255).astype(np.uint8)
        if isinstance(clear, int):
            grey[values == clear] = 255
        return np.broadcast_to(grey[..., None], (*grey.shape, 3))

    return convert


def _range_of(image: Image.Image) -> tuple[float, float]:
    """The value that becomes black, and the factor that brings the greatest value to white."""
    low, high = np.inf, -np.inf
    width, height = image.size
    rows = max(1, STRIP_PIXELS // width)
    for top in range(0, height, rows):
        values = np.asarray(image.crop((0, top, width, min(top + rows, height))))
        finite = values[np.isfinite(values)]
        if finite.size:
            low, high = min(low, float(finite.min())), max(high, float(finite.max()))
    if low > high:
        return 0.0, 0.0
    if low >= 0:
        if image.mode == "F" and high <= 1:
            return 0.0, 255.0
        for limit, factor in ((255, 1.0), (65535, 1 / 257)):
            if high <= limit:
                return 0.0, factor
    return low, 255 / (high - low) if high > low else 0.0


def _profile_converter(image: Image.Image) -> Callable[[Image.Image], Image.Image] | None:
    """The way from the embedded profile to sRGB, or None when there is none or no need of one."""
    data = image.info.get("icc_profile")
    mode = image.mode if image.mode in {"CMYK", "LAB"} else "RGB"
    try:
        if mode == "LAB":
            source = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        elif not isinstance(data, bytes) or not data or _is_srgb(data):
            return None
        else:
            source = ImageCms.ImageCmsProfile(io.BytesIO(data))
            if source.profile.xcolor_space.strip() != mode:
                return None
        target = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
        transform = ImageCms.buildTransform(source, target, mode, "RGB")
    except _BROKEN_PROFILE:
        return None

    def convert(strip: Image.Image) -> Image.Image:
        converted = ImageCms.applyTransform(strip, transform)
        return strip if converted is None else converted

    return convert


def _is_srgb(profile: bytes) -> bool:
    """Whether a profile calls itself sRGB; converting those would change nothing."""
    return b"sRGB" in profile or "sRGB".encode("utf-16-be") in profile
