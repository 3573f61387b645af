"""Which images stand behind a point of a curve, a bar of a histogram, or the area under a curve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BINS: Final = 20
"""Bars of a histogram of probabilities: five hundredths each."""


@dataclass(frozen=True, eq=False)
class Mistakes:
    """What a threshold gets wrong.

    Attributes:
        false_alarms: Images of other classes at or above it, the highest score first, int64, (n,).
        missed: Images of the class below it, the lowest score first, int64, (m,).
    """

    false_alarms: NDArray[np.int64]
    missed: NDArray[np.int64]


def mistakes_at(
    positive: NDArray[np.bool_], scores: NDArray[np.float64], threshold: float
) -> Mistakes:
    """Find what is wrong if everything from a threshold upwards is taken for the class.

    Args:
        positive: Which images are of the class, bool, shape (images,).
        scores: Their probabilities of it, float64, shape (images,).
        threshold: The least that is taken for it.

    Returns:
        Positions of the images.
    """
    reached = scores >= threshold
    false, missed = np.flatnonzero(reached & ~positive), np.flatnonzero(~reached & positive)
    return Mistakes(
        false[np.argsort(-scores[false], kind="stable")],
        missed[np.argsort(scores[missed], kind="stable")],
    )


def misplaced(positive: NDArray[np.bool_], scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Find the images that keep the area under the ROC curve from being 1.

    That area is the share of pairs, one image of the class and one other, in the right order. An
    image of the class is the worse the larger the share of the others that stand no lower, another
    one the worse the larger the share of the class that stands no higher.

    Args:
        positive: Which images are of the class, bool, shape (images,).
        scores: Their probabilities of it, float64, shape (images,).

    Returns:
        Positions of those that are in a wrong pair, int64, shape (n,), the worst first.
    """
    own, others = np.sort(scores[positive]), np.sort(scores[~positive])
    if not len(own) or not len(others):
        return np.empty(0, dtype=np.int64)
    shares = np.empty(len(scores))
    shares[positive] = 1 - np.searchsorted(others, scores[positive], side="left") / len(others)
    shares[~positive] = np.searchsorted(own, scores[~positive], side="right") / len(own)
    order = np.argsort(-shares, kind="stable")
    return np.asarray(order[shares[order] > 0], dtype=np.int64)


def bin_numbers(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Number of the bar in which each image is counted, int64, shape (images,), in [0, BINS)."""
    return np.minimum((scores * BINS).astype(np.int64), BINS - 1)


def images_in_bin(
    members: NDArray[np.bool_], scores: NDArray[np.float64], number: int, *, rising: bool
) -> NDArray[np.int64]:
    """Find the images of a bar.

    Args:
        members: Which images the histogram counts, bool, shape (images,).
        scores: Their probabilities, float64, shape (images,).
        number: Which bar, in [0, BINS).
        rising: Whether the lowest probability comes first.

    Returns:
        Positions of the images, int64, shape (n,).
    """
    found = np.flatnonzero(members & (bin_numbers(scores) == number))
    return found[np.argsort(scores[found] if rising else -scores[found], kind="stable")]


def thinned(x: NDArray[np.float64], y: NDArray[np.float64], cells: int = 500) -> NDArray[np.int64]:
    """Choose the points of a curve in the unit square that can be told apart on a screen.

    Args:
        x: Horizontal positions, float64, shape (n,), in [0, 1].
        y: Vertical positions, float64, shape (n,), in [0, 1].
        cells: Into so many the square is divided each way; a point in the same cell as its
            neighbours on both sides is left out.

    Returns:
        Numbers of the points to draw, int64, shape (m,), rising; the ends are among them.
    """
    places = np.round(x * cells) * (cells + 1) + np.round(y * cells)
    moved = np.append(True, places[1:] != places[:-1])
    # The last point of a cell too: the line into the next begins there.
    return np.flatnonzero(moved | np.append(moved[1:], True))


def stepped(
    x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Turn points into steps, as precision over recall is: straight lines would be too good.

    Args:
        x: Horizontal positions, float64, shape (n,), rising, at least one.
        y: Heights from the position before to this, float64, shape (n,).

    Returns:
        Corners, float64, shape (2 n - 1,) each.
    """
    return np.repeat(x, 2)[:-1], np.repeat(y, 2)[1:]
