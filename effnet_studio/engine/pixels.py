"""From any mode Pillow decodes to, to RGB uint8: what every conversion means, in one place.

Work goes strip by strip, so that beside the decoded picture and the answer hardly any memory is
needed. Decisions:

- Transparent pixels are laid over white, as paper and web pages do.
- Integers of 16 bits are scaled by 1/257 over their whole range, never clipped. Wider numbers and
  floats have no agreed range: within [0, 1] they are scaled by 255, within [0, 255] kept, within
  [0, 65535] scaled by 1/257, else stretched from their least to their greatest value. NaN is 0.
- CMYK goes to sRGB by its embedded colour profile, or by plain inversion without one (or with a
  damaged one); Lab always by its definition. Profiles of RGB pictures are passed over: so were
  they when the published weights were made, and so are they wherever an exported model will run.
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
    if image.mode == "RGB" and width * height <= STRIP_PIXELS and "transparency" not in image.info:
        return np.array(image)  # nearly every picture
    result = np.empty((height, width, 3), dtype=np.uint8)
    convert = _converter(image)
    rows = max(1, STRIP_PIXELS // width)
    for top in range(0, height, rows):
        bottom = min(top + rows, height)
        whole = top == 0 and bottom == height
        strip = image if whole else image.crop((0, top, width, bottom))
        result[top:bottom] = convert(strip)
    return result


def to_rgb_picture(image: Image.Image) -> Image.Image:
    """Convert a decoded picture, as :func:`to_rgb` does, but give an image of Pillow's.

    Args:
        image: Of any mode; not to be used any more.

    Returns:
        The picture in mode RGB, perhaps the same object, without metadata that would be written
        with it.

    Raises:
        ValueError: If Pillow knows no way from this mode to RGB.
    """
    if image.mode == "RGB" and "transparency" not in image.info:
        image.info.clear()
        return image
    return Image.fromarray(to_rgb(image))


def _converter(image: Image.Image) -> Callable[[Image.Image], NDArray[np.generic]]:
    """Choose how strips of this picture are converted."""
    if image.mode in _NUMBERS:
        return _number_converter(image)
    if image.mode in {"CMYK", "LAB"}:
        transform = _to_srgb(image)
        if transform is not None:
            return lambda strip: np.asarray(ImageCms.applyTransform(strip, transform))
    elif image.has_transparency_data:
        return lambda strip: _over_white(strip.convert("RGBA"))
    elif image.mode == "RGB":
        return np.asarray
    return lambda strip: np.asarray(strip.convert("RGB"))


def _over_white(strip: Image.Image) -> NDArray[np.generic]:
    """Lay RGBA over white."""
    white = Image.new("RGBA", strip.size, "white")
    return np.asarray(Image.alpha_composite(white, strip).convert("RGB"))


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


def _to_srgb(image: Image.Image) -> ImageCms.ImageCmsTransform | None:
    """The way of a CMYK or Lab picture to sRGB, or None without a usable profile."""
    data = image.info.get("icc_profile")
    try:
        if image.mode == "LAB":
            source = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        elif not isinstance(data, bytes):
            return None
        else:
            source = ImageCms.ImageCmsProfile(io.BytesIO(data))
        target = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
        return ImageCms.buildTransform(source, target, image.mode, "RGB")
    except _BROKEN_PROFILE:
        return None
