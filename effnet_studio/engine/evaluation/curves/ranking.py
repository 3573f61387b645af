"""How the images of a class stand among all others, which is all that AUC and AP depend on.

Only the scores of the positive images matter as thresholds: between two of them nothing is found,
and other images are merely counted. A class of 50 images among 50,000 so takes 101 counts, whatever
the number of the others, and so does each resample of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Ranking:
    """Counts (or weights) of images at and between the distinct scores of the positive ones.

    Both arrays may have further axes in front, such as one for resamples; figures have them too.

    Attributes:
        positives: Positive images at each distinct score, rising, shape (..., m).
        others: Other images, shape (..., 2 m + 1): below the lowest of these scores, at it, between
            it and the next, at that, …, above the highest.
    """

    positives: NDArray[np.int64]
    others: NDArray[np.int64]

    @property
    def found(self) -> NDArray[np.int64]:
        """Positive images at or above each score, shape (..., m)."""
        return np.asarray(np.cumsum(self.positives[..., ::-1], axis=-1)[..., ::-1])

    @property
    def above(self) -> NDArray[np.int64]:
        """Other images strictly above each score, shape (..., m)."""
        from_here_up = np.cumsum(self.others[..., ::-1], axis=-1)[..., ::-1]
        return np.asarray(from_here_up[..., 2::2])

    @property
    def roc_auc(self) -> NDArray[np.float64]:
        """Area under the ROC curve, shape (...); NaN without positives or without others."""
        others = self.others.sum(axis=-1)
        equal = self.others[..., 1::2]
        below = others[..., None] - self.above - equal
        wins = (self.positives * (below + equal / 2)).sum(axis=-1)
        return _ratio(wins, self.positives.sum(axis=-1) * others)

    @property
    def average_precision(self) -> NDArray[np.float64]:
        """Mean precision over the steps of recall, shape (...); NaN without positives."""
        found = self.found
        called = found + self.above + self.others[..., 1::2]
        # Where nothing is called positive nothing is found, and the step is 0.
        precision = found / np.maximum(called, 1)
        return _ratio((self.positives * precision).sum(axis=-1), self.positives.sum(axis=-1))


def rank(positives: NDArray[np.float64], others: NDArray[np.float64]) -> Ranking:
    """Count how images stand.

    Args:
        positives: Scores of the images of the class, float64, shape (p,).
        others: Scores of all others, float64, shape (n,).

    Returns:
        The counts.
    """
    distinct, counts = np.unique(positives, return_counts=True)
    return Ranking(
        counts.astype(np.int64),
        np.bincount(cells(distinct, others), minlength=2 * len(distinct) + 1),
    )


def cells(distinct: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.int64]:
    """Number of the cell of ``Ranking.others`` in which each of the other images is counted.

    Args:
        distinct: Scores of the positive images, float64, shape (m,), rising, without repeats.
        others: Scores of the others, float64, shape (n,).

    Returns:
        int64, shape (n,), in [0, 2 m].
    """
    place = np.searchsorted(distinct, others)
    ends = np.append(distinct, np.nan)  # above the highest nothing is equal
    return np.asarray(2 * place + (ends[place] == others), dtype=np.int64)


def _ratio(above: NDArray[np.floating], below: NDArray[np.integer]) -> NDArray[np.float64]:
    """Divide, and call 0/0 undefined."""
    shares = np.full(np.shape(above), np.nan)
    np.divide(above, below, out=shares, where=np.asarray(below) > 0)
    return shares
