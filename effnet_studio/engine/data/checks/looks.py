"""Pictures that are unlike a photograph of something: blank, blurred, tiny, huge, long, or grey."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from effnet_studio.engine.data.index import Index

TINY: Final = 48
"""Short side below which a picture has less to show than the smallest model looks for, pixels."""
HUGE: Final = 40_000_000
"""Pixels from which reading takes long."""
ODD: Final = 3.0
"""Long side over short side, from which a square crop loses most of a picture."""
BLANK: Final = 0.012
"""Standard deviation of luma below which a picture shows nothing: three grey levels of 255.

The flattest of 896 photographs has 0.055.
"""
BLURRED: Final = 12.0
"""Variance of the Laplacian below which a thumbnail has no edge left.

The least sharp of 896 photographs has 48. Of the same photographs, blurred by a Gaussian with a
standard deviation of 6 pixels (they are about 400 wide), two thirds are below, with 10 all but
0.6 %; with 2, which one hardly sees in a thumbnail, 1 %.
"""
GREY: Final = 0.01
"""Mean saturation below which a picture has no colour."""
FEW_GREY: Final = 0.2
"""Share of grey pictures up to which they stand out; above, the dataset is a grey one."""


def odd_looks(index: Index, rows: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
    """Find the pictures that look odd.

    Args:
        index: The pictures. What was not measured is NaN and never odd.
        rows: int64, (m,): which of them count, at least one.

    Returns:
        ``"blank"``, ``"blurred"``, ``"tiny"``, ``"huge"``, ``"odd_shape"`` and ``"grey"``, each
        with its rows, int64, (k,), the worst first. Of a blank picture is not said that it is
        blurred or grey as well.
    """
    width, height = index.widths[rows].astype(np.int64), index.heights[rows].astype(np.int64)
    short, long, pixels = np.minimum(width, height), np.maximum(width, height), width * height
    contrast, sharpness = index.contrast[rows], index.sharpness[rows]
    saturation = index.saturation[rows]
    blank = contrast < BLANK
    grey = (saturation < GREY) & ~blank
    grey &= grey.mean() <= FEW_GREY
    # Name, which pictures, and what is least for the worst.
    looks = (
        ("blank", blank, contrast),
        ("blurred", (sharpness < BLURRED) & ~blank & (short >= TINY), sharpness),
        ("tiny", short < TINY, short),
        ("huge", pixels > HUGE, -pixels),
        ("odd_shape", long > ODD * short, short / np.maximum(long, 1)),
        ("grey", grey, saturation),
    )
    found = {}
    for name, odd, least in looks:
        places = np.flatnonzero(odd)
        found[name] = rows[places[np.argsort(least[places], kind="stable")]]
    return found
