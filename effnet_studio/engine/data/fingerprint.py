"""What a picture looks like in a few hundred bytes: enough to find copies, blur and blank frames.

Everything is measured on the thumbnail, in one pass over it, because it is done for every file of
a scan. Area averages come from Pillow's box filter, which weighs every pixel by the part of it
that lies in the cell; so a copy that was resized or re-encoded gives nearly the same numbers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from numpy.typing import NDArray

HASH_COLUMNS, HASH_ROWS = 9, 8
"""Cells of the difference hash: eight rows of nine give eight times eight comparisons."""

SIGNATURE_SIDE = 16
"""Rows and columns of the signature."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """How a picture looks, in brief.

    Attributes:
        dhash: Difference hash, 64 bits, unsigned: whether each cell of a 9 x 8 area average of
            the grey picture is darker than its right neighbour; row by row, the first comparison
            in the highest bit (Krawetz 2013, "Kind of Like That", hackerfactor.com).
        signature: 16 x 16 area average of the grey picture, uint8, row by row: 256 bytes.
        brightness: Mean luma (ITU-R BT.601), in [0, 1].
        contrast: Standard deviation of luma, in [0, 0.5].
        sharpness: Variance of the Laplacian of luma in grey levels (0 to 255) squared; low for a
            blurred picture (Pech-Pacheco et al. 2000, "Diatom autofocusing in brightfield
            microscopy", section 3). 0 for pictures of less than 3 x 3 pixels.
        saturation: Mean over the pixels of (largest - smallest channel) / 255, in [0, 1]; near 0
            for a grey picture.
    """

    dhash: int
    signature: bytes
    brightness: float
    contrast: float
    sharpness: float
    saturation: float


def fingerprint(pixels: NDArray[np.uint8]) -> Fingerprint:
    """Measure how a picture looks.

    Args:
        pixels: RGB, uint8, shape (height, width, 3), at least 1 x 1; the thumbnail. Larger
            pictures work, but sharpness can be compared only between pictures of about one size.

    Returns:
        The picture's fingerprint, to the last bit the same on every system.
    """
    grey = Image.fromarray(pixels).convert("L")
    cells = np.asarray(grey.resize((HASH_COLUMNS, HASH_ROWS), Image.Resampling.BOX))
    rising = np.packbits(cells[:, :-1] < cells[:, 1:])
    signature = grey.resize((SIGNATURE_SIDE, SIGNATURE_SIDE), Image.Resampling.BOX)
    luma = np.asarray(grey).astype(np.float32)
    mean, variance = _moments(luma)
    return Fingerprint(
        dhash=int.from_bytes(rising.tobytes(), "big"),
        signature=signature.tobytes(),
        brightness=mean / 255,
        contrast=math.sqrt(variance) / 255,
        sharpness=_sharpness(luma),
        saturation=_saturation(pixels),
    )


def _sharpness(luma: NDArray[np.float32]) -> float:
    if min(luma.shape) < 3:
        return 0.0
    edges = luma[1:-1, :-2] + luma[1:-1, 2:]
    edges += luma[:-2, 1:-1]
    edges += luma[2:, 1:-1]
    edges -= 4 * luma[1:-1, 1:-1]
    return _moments(edges)[1]


def _saturation(pixels: NDArray[np.uint8]) -> float:
    # Channel by channel: a reduction over the last axis of three takes NumPy twenty times longer.
    red, green, blue = pixels[..., 0], pixels[..., 1], pixels[..., 2]
    highest = np.maximum(np.maximum(red, green), blue)
    highest -= np.minimum(np.minimum(red, green), blue)
    return float(highest.mean()) / 255


def _moments(values: NDArray[np.float32]) -> tuple[float, float]:
    """Mean and variance of whole numbers up to 1020, free of rounding: all sums are exact."""
    count = values.size
    total = int(values.sum(dtype=np.float64))
    squares = int(np.square(values).sum(dtype=np.float64))
    return total / count, (count * squares - total * total) / count**2
