"""Discs for a hundred thousand points in a few hundredths of a second, smooth at their edges.

Qt strokes every point on its own: 100,000 smooth ones took 330 ms. Here one pixel of all discs is
set at a time; pixels remember the topmost disc that covers them, whole or in part.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from PySide6.QtGui import QColor

_FINER: Final = 8
"""Places in a pixel, along each side, at which is looked whether the disc covers them."""

_WHOLE: Final = 256
_INVISIBLE: Final = 30
"""Coverages, of :data:`_WHOLE`, below which a pixel is left alone."""


def draw_discs(
    picture: NDArray[np.uint32],
    centers: NDArray[np.float32],
    colors: NDArray[np.uint32],
    radius: float,
) -> None:
    """Draw discs into a picture, later ones above earlier ones.

    Args:
        picture: 0xffRRGGBB, uint32, shape (height, width); changed.
        centers: float32, (n, 2): across and down, pixels; those outside are passed over.
        colors: 0xffRRGGBB, uint32, (n,).
        radius: Of all discs, pixels.
    """
    cover = _disc(radius)
    reach = len(cover) // 2
    height, width = picture.shape
    # With a border all around, pixels of discs at the edge need no care.
    canvas = np.empty((height + 4 * reach, width + 4 * reach), dtype=np.uint32)
    inner = canvas[2 * reach : 2 * reach + height, 2 * reach : 2 * reach + width]
    inner[:] = picture
    wide, flat = canvas.shape[1], canvas.reshape(-1)
    across, down = np.floor(centers.T).astype(np.int64)
    near = (across >= -reach) & (across < width + reach) & (down >= -reach)
    order = np.flatnonzero(near & (down < height + reach)).astype(np.int32)
    start = (down[order] + 2 * reach) * wide + across[order] + 2 * reach
    whole, part = np.full((2, flat.size), -1, dtype=np.int32)
    share = np.zeros(flat.size, dtype=np.uint32)
    for (row, column), coverage in np.ndenumerate(cover):
        if coverage < _INVISIBLE:
            continue
        topmost = whole if coverage == _WHOLE else part
        places = start + ((row - reach) * wide + column - reach)
        above = topmost[places] < order
        places = places[above]
        topmost[places] = order[above]
        if topmost is part:
            share[places] = coverage
    covered = np.flatnonzero(whole >= 0)
    flat[covered] = colors[whole[covered]]
    edge = np.flatnonzero(part > whole)
    flat[edge] = _blend(flat[edge], colors[part[edge]], share[edge])
    picture[:] = inner


@lru_cache(maxsize=32)
def _disc(radius: float) -> NDArray[np.int64]:
    """How much of each pixel a disc around the middle one covers, of :data:`_WHOLE`."""
    reach = max(0, math.ceil(radius - 0.5))
    along = (np.arange(_FINER * (2 * reach + 1)) + 0.5) / _FINER - reach - 0.5
    inside = along[:, None] ** 2 + along**2 <= radius**2
    cells = inside.reshape(2 * reach + 1, _FINER, 2 * reach + 1, _FINER)
    cover: NDArray[np.int64] = cells.sum(axis=(1, 3)) * _WHOLE // _FINER**2
    return cover


def _blend(
    below: NDArray[np.uint32], above: NDArray[np.uint32], share: NDArray[np.uint32]
) -> NDArray[np.uint32]:
    """Mix colours, the share of the one above being in 256ths; red and blue go together."""
    rest = np.uint32(_WHOLE) - share
    pair, green = np.uint32(0xFF00FF), np.uint32(0xFF00)
    red_blue = ((below & pair) * rest + (above & pair) * share) >> np.uint32(8)
    middle = ((below & green) * rest + (above & green) * share) >> np.uint32(8)
    mixed: NDArray[np.uint32] = (red_blue & pair) | (middle & green) | np.uint32(0xFF000000)
    return mixed


def mixed_with(colors: NDArray[np.uint32], other: QColor, share: float) -> NDArray[np.uint32]:
    """Colours of which a share is another colour, as of points that are put back.

    Args:
        colors: 0xffRRGGBB, uint32, (n,).
        other: Mixed in.
        share: How much of it, in [0, 1].
    """
    above, shares = np.empty_like(colors), np.empty_like(colors)
    above.fill(other.rgb())
    shares.fill(round(share * _WHOLE))
    return _blend(colors, above, shares)


def category_colors(series: Sequence[str], count: int, *, dark: bool) -> list[QColor]:
    """Colours that can be told apart, as well as that is possible for so many.

    Args:
        series: Colours of the theme, taken as long as there are enough of them.
        count: How many are wanted.
        dark: Whether they are for a dark background.

    Returns:
        The theme's colours; or hues a golden angle apart at three lightnesses, so that neighbours
        in a list are never alike.
    """
    from PySide6.QtGui import QColor

    if count <= len(series):
        return [QColor(color) for color in series[:count]]
    base = 0.70 if dark else 0.58
    golden = math.pi * (3 - math.sqrt(5))
    return [
        _oklch(base + (-0.08, 0.0, 0.09)[number % 3], 0.14, 0.5 + golden * number)
        for number in range(count)
    ]


def _oklch(lightness: float, chroma: float, hue: float) -> QColor:
    """A colour of even perceived lightness (Ottosson 2020, "A perceptual color space").

    Args:
        lightness: In [0, 1].
        chroma: 0 for grey; what the screen cannot show is cut off.
        hue: Radians.
    """
    from PySide6.QtGui import QColor

    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return QColor.fromRgbF(*(_gamma(min(max(each, 0.0), 1.0)) for each in linear))


def _gamma(linear: float) -> float:
    """The transfer function of sRGB (IEC 61966-2-1)."""
    return 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
