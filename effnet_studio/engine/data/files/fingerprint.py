"""What a picture looks like in a few hundred bytes: enough to find copies, blur and blank frames.

Everything is measured on the thumbnail, because it is done for every file of a scan, and on
several thumbnails of one size at a time: for small ones the steps from one array operation to the
next would cost more than the operations. Area averages come from Pillow's box filter, which weighs
every pixel by the part of it that lies in the cell; so a copy that was resized or re-encoded gives
nearly the same numbers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

HASH_COLUMNS, HASH_ROWS = 9, 8
"""Cells of the difference hash: eight rows of nine give eight times eight comparisons."""

SIGNATURE_SIDE = 16
"""Rows and columns of the signature."""

_BATCH_PIXELS = 1 << 17
"""Pixels measured at a time: so many that the steps from one array operation to the next do not
count, and few enough for the arrays to stay in a processor's second cache (512 KiB each)."""


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
    return fingerprints([Image.fromarray(pixels)])[0]


def fingerprints(pictures: Sequence[Image.Image]) -> list[Fingerprint]:
    """Measure how several pictures look, many times faster where they are small and of one size.

    Args:
        pictures: Thumbnails in mode RGB.

    Returns:
        One fingerprint for each, to the last bit the one it gets alone.
    """
    places: dict[tuple[int, int], list[int]] = {}
    for place, picture in enumerate(pictures):
        places.setdefault(picture.size, []).append(place)
    found: dict[int, Fingerprint] = {}
    for (width, height), alike in places.items():
        step = max(1, _BATCH_PIXELS // (height * width))
        for start in range(0, len(alike), step):
            batch = alike[start : start + step]
            column = Image.new("RGB", (width, height * len(batch)))
            for row, place in enumerate(batch):
                column.paste(pictures[place], (0, height * row))
            found.update(zip(batch, _measure(column, len(batch)), strict=True))
    return [found[place] for place in range(len(pictures))]


def _measure(column: Image.Image, count: int) -> list[Fingerprint]:
    """Measure pictures of one size that stand one below the other."""
    width, height = column.width, column.height // count
    grey = column.convert("L")
    cells = np.asarray(_averages(grey, count, HASH_COLUMNS, HASH_ROWS))
    rising = np.packbits(cells[:, :-1] < cells[:, 1:]).tobytes()
    signatures = _averages(grey, count, SIGNATURE_SIDE, SIGNATURE_SIDE).tobytes()
    luma = np.asarray(grey).reshape(count, height, width).astype(np.int32)
    moments = zip(*_moments(luma), _sharpness(luma), _saturation(column, count), strict=True)
    bits, size = HASH_ROWS * (HASH_COLUMNS - 1) // 8, SIGNATURE_SIDE**2
    return [
        Fingerprint(
            int.from_bytes(rising[bits * place : bits * (place + 1)], "big"),
            signatures[size * place : size * (place + 1)],
            mean / 255,
            math.sqrt(variance) / 255,
            sharpness,
            saturation,
        )
        for place, (mean, variance, sharpness, saturation) in enumerate(moments)
    ]


def _averages(grey: Image.Image, count: int, columns: int, rows: int) -> Image.Image:
    """Area averages of pictures that stand one below the other, column by column of cells.

    In two steps, because in one Pillow begins with the direction in which there is less to do: a
    column of pictures would be rounded otherwise than one picture.
    """
    narrow = grey.resize((columns, grey.height), Image.Resampling.BOX)
    return narrow.resize((columns, rows * count), Image.Resampling.BOX)


def _sharpness(luma: NDArray[np.int32]) -> list[float]:
    width = luma.shape[2]
    if min(luma.shape[1:]) < 3:
        return [0.0] * len(luma)
    edges = np.empty_like(luma)
    # As one long row, in which a pixel's neighbours above and below are a width away. What comes
    # out at the borders of the pictures is nonsense and left out.
    row, middle = luma.reshape(-1), edges.reshape(-1)[width + 1 : -width - 1]
    np.multiply(row[width + 1 : -width - 1], -4, out=middle)
    middle += row[width : -width - 2]
    middle += row[width + 2 : -width]
    middle += row[1 : -2 * width - 1]
    middle += row[2 * width + 1 : -1]
    return _moments(edges[:, 1:-1, 1:-1])[1]


def _saturation(column: Image.Image, count: int) -> list[float]:
    # Channel by channel: a reduction over the last axis of three takes NumPy twenty times longer.
    red, green, blue = (np.asarray(channel) for channel in column.split())
    highest = np.maximum(red, green)
    lowest = np.minimum(red, green)
    np.maximum(highest, blue, out=highest)
    highest -= np.minimum(lowest, blue, out=lowest)
    totals = highest.reshape(count, -1).sum(axis=1, dtype=np.uint64)
    return [total * count / highest.size / 255 for total in totals.tolist()]


def _moments(values: NDArray[np.int32]) -> tuple[list[float], list[float]]:
    """Means and variances of numbers up to 1020, shape (pictures, height, width).

    Free of rounding, and so the same on every system: the sum of a row of squares fits into 32
    bits up to a width of 2000 pixels, beyond which the numbers are widened.
    """
    wide = values if values.shape[2] <= 2000 else values.astype(np.int64)
    size = values.shape[1] * values.shape[2]
    totals = wide.sum(axis=(1, 2), dtype=np.int64).tolist()
    squares = np.einsum("ijk,ijk->ij", wide, wide).sum(axis=1, dtype=np.int64).tolist()
    variances = [
        (size * square - total * total) / size**2
        for total, square in zip(totals, squares, strict=True)
    ]
    return [total / size for total in totals], variances
