"""How much of a difference between two models can be chance."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Z95 = 1.959963984540054
"""Of a two-sided 95 % interval: the 97.5 % point of the standard normal distribution."""


@dataclass(frozen=True)
class Share:
    """A share of right answers, with the range in which its true value probably lies.

    Attributes:
        right: Right answers.
        images: All answers.
        low: Lower end of the 95 % interval, in [0, 1].
        high: Upper end.
    """

    right: int
    images: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share itself, in [0, 1]; 0 when there are no images."""
        return self.right / self.images if self.images else 0.0


def wilson(right: int, images: int) -> Share:
    """A share with its 95 % score interval.

    It holds its promise also for few images and shares near 0 and 1, where the usual ``± 1.96 s``
    leaves [0, 1] or has no width (Wilson 1927, "Probable inference, the law of succession, and
    statistical inference", JASA 22).

    Args:
        right: Right answers, in [0, images].
        images: All answers; with none the interval is all of [0, 1].

    Returns:
        The share.
    """
    low, high = wilson_limits(np.array(right), np.array(images))
    return Share(right, images, float(low), float(high))


def wilson_limits(
    right: NDArray[np.integer], images: NDArray[np.integer]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The ends of many 95 % score intervals, as :func:`wilson` gives one.

    Args:
        right: Right answers of each share, in [0, images].
        images: All answers of each.

    Returns:
        Lower and upper ends, float64, of the same shape, in [0, 1].
    """
    some = np.maximum(images, 1)
    share, square = right / some, Z95 * Z95
    middle = (share + square / (2 * some)) / (1 + square / some)
    half = Z95 * np.sqrt(share * (1 - share) / some + square / (4 * some * some))
    half /= 1 + square / some
    # Exactly 0 and 1 at the ends, which rounding would miss by a hair.
    low = np.where(right == 0, 0.0, middle - half)
    high = np.where(right == images, 1.0, middle + half)
    return low, high


def paired_limits(lost: int, won: int, images: int) -> tuple[float, float]:
    """95 % interval of the accuracy lost, from the images on which two models differ.

    Agresti & Min 2005 ("Simple improved confidence intervals for comparing matched proportions",
    Statistics in Medicine 24), section 2: the usual interval after half an image has been added to
    each of the four counts, which holds its promise also where the models never differ.

    Args:
        lost: Images that only the first model has right.
        won: Images that only the second has right.
        images: All images, at least 1.

    Returns:
        Lower and upper end of the share lost, in [-1, 1].
    """
    total = images + 2
    loss = (lost - won) / total
    half = Z95 * math.sqrt((lost + won + 1) / total - loss * loss) / math.sqrt(total)
    return max(-1.0, loss - half), min(1.0, loss + half)


def mcnemar(only_first: int, only_second: int) -> float:
    """Probability of so uneven a split, or a more uneven one, if both models were equally good.

    McNemar 1947 ("Note on the sampling error of the difference between correlated proportions or
    percentages", Psychometrika 12), in its exact form: of the images that one model alone has
    right, each is the first's or the second's with probability 1/2.

    Args:
        only_first: Images that only the first model has right.
        only_second: Images that only the second model has right.

    Returns:
        The two-sided p-value, in (0, 1].
    """
    total, fewer = only_first + only_second, min(only_first, only_second)
    every = math.lgamma(total + 1) - total * math.log(2)
    tail = math.fsum(
        math.exp(every - math.lgamma(count + 1) - math.lgamma(total - count + 1))
        for count in range(fewer + 1)
    )
    return min(1.0, 2 * tail)
