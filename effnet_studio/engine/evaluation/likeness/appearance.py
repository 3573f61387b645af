"""What a picture looks like in a few hundred numbers, where no trained network can say more.

Two histograms, each of length 1: of colours (Swain and Ballard 1991, "Color indexing"), and of the
directions of edges in the cells of a grid (Dalal and Triggs 2005, "Histograms of oriented
gradients"), both as square roots, so that Euclidean distance compares them by Hellinger's
(Arandjelović and Zisserman 2012, "Three things everyone should know", section 3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from numpy.typing import NDArray

VERSION: Final = 1
"""Goes up when the numbers change, so that those kept from before are computed again."""

_SIDE: Final = 64
_CELLS: Final = 4
_DIRECTIONS: Final = 8
_LIGHTNESSES: Final = 4
_TINTS: Final = 8
_LUMA: Final = np.array([0.299, 0.587, 0.114], dtype=np.float32)

SIZE: Final = _LIGHTNESSES * _TINTS**2 + _CELLS**2 * _DIRECTIONS
"""How many numbers."""


def appearance(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Describe the colours and edges of a picture.

    Args:
        pixels: RGB, uint8, shape (height, width, 3); a thumbnail is enough.

    Returns:
        float32, (:data:`SIZE`,).
    """
    square = Image.fromarray(pixels).resize((_SIDE, _SIDE), Image.Resampling.BOX)
    small = np.asarray(square, dtype=np.float32) / np.float32(255)
    return np.concatenate([_colors(small), _edges(small)])


def _colors(small: NDArray[np.float32]) -> NDArray[np.float32]:
    """Joint histogram of lightness and the two opponent axes, red-green and yellow-blue."""
    red, green, blue = small[..., 0], small[..., 1], small[..., 2]
    lightness = _bin((red + green + blue) / 3, 0.0, 1.0, _LIGHTNESSES)
    # Few pixels are as colourful as can be: the outer bins reach from 0.6 to 1.
    red_green = _bin(red - green, -0.6, 0.6, _TINTS)
    yellow_blue = _bin((red + green) / 2 - blue, -0.6, 0.6, _TINTS)
    bins = (lightness * _TINTS + red_green) * _TINTS + yellow_blue
    counts = np.bincount(bins.ravel(), minlength=_LIGHTNESSES * _TINTS**2)
    return np.sqrt(counts / bins.size).astype(np.float32)


def _edges(small: NDArray[np.float32]) -> NDArray[np.float32]:
    """Directions of edges, weighted with their strength, in each cell of a grid."""
    down, right = np.gradient(small @ _LUMA)
    strength = np.hypot(down, right)
    direction = np.arctan2(down, right) % np.pi / np.pi * _DIRECTIONS
    lower = direction.astype(np.int64) % _DIRECTIONS
    share = direction - np.floor(direction)
    cell = np.arange(_SIDE) // (_SIDE // _CELLS)
    start = (cell[:, None] * _CELLS + cell) * _DIRECTIONS
    total = np.zeros(_CELLS**2 * _DIRECTIONS)
    for bins, weight in ((lower, 1 - share), ((lower + 1) % _DIRECTIONS, share)):
        places = (start + bins).ravel()
        total += np.bincount(places, (strength * weight).ravel(), minlength=len(total))
    return np.sqrt(total / (total.sum() or 1.0)).astype(np.float32)


def _bin(values: NDArray[np.floating], low: float, high: float, bins: int) -> NDArray[np.int64]:
    """Number of the bin of each value; those outside belong to the outermost."""
    places = ((values - low) * (bins / (high - low))).astype(np.int64)
    return places.clip(0, bins - 1)
