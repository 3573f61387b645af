"""ROC and precision-recall curves of one class against the rest.

Definitions follow scikit-learn's (Pedregosa et al., 2011), the library they are tested against:
images of equal score are one point, and the area under a precision-recall curve is a sum of steps
(average precision), not of trapezia, which would be too optimistic (Davis and Goadrich 2006, "The
relationship between precision-recall and ROC curves", ICML). A figure that is 0/0 is NaN.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.evaluation.curves.ranking import rank

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class ThresholdCounts:
    """What calling "positive" everything from a threshold upwards finds, for each threshold.

    Point i of the ROC curve and point i of the precision-recall curve are the same threshold.

    Attributes:
        thresholds: float64, shape (distinct scores + 1,), falling; the first is infinite: nothing
            reaches it.
        found: Positive images at or above each (true positives), int64, same shape.
        false_alarms: Other images at or above each (false positives), int64, same shape.
    """

    thresholds: NDArray[np.float64]
    found: NDArray[np.int64]
    false_alarms: NDArray[np.int64]

    @property
    def positives(self) -> int:
        """Images of the class."""
        return int(self.found[-1])

    @property
    def negatives(self) -> int:
        """Images of other classes."""
        return int(self.false_alarms[-1])

    @property
    def recall(self) -> NDArray[np.float64]:
        """Share of the class's images that are found; NaN when it has none."""
        return _share(self.found, self.positives)

    @property
    def false_positive_rate(self) -> NDArray[np.float64]:
        """Share of the other images that are taken for the class; NaN when there are none."""
        return _share(self.false_alarms, self.negatives)

    @property
    def precision(self) -> NDArray[np.float64]:
        """Share of what is called positive that is right; 1 where nothing is."""
        called = self.found + self.false_alarms
        precision = np.ones(len(called))
        np.divide(self.found, called, out=precision, where=called > 0)
        return precision


def threshold_counts(positive: NDArray[np.bool_], scores: NDArray[np.floating]) -> ThresholdCounts:
    """Count at every distinct score what is found and what is a false alarm.

    Args:
        positive: Which images are of the class, bool, shape (n,).
        scores: How sure the model is of the class, shape (n,), any real numbers.

    Returns:
        The counts, highest threshold first.

    Raises:
        ValueError: If the two differ in length.
    """
    values = np.asarray(scores, dtype=np.float64)
    hits = np.asarray(positive, dtype=np.bool_)
    if values.shape != hits.shape or values.ndim != 1:
        raise ValueError(f"{hits.shape} truths but {values.shape} scores")
    order = np.argsort(-values)
    falling = values[order]
    # The last image of each group of equal scores: a threshold lets in all of them or none.
    last = np.flatnonzero(np.append(falling[1:] != falling[:-1], True)) if len(values) else order
    found = np.cumsum(hits[order], dtype=np.int64)[last]
    none = np.zeros(1, dtype=np.int64)
    return ThresholdCounts(
        np.append(np.inf, falling[last]),
        np.append(none, found),
        np.append(none, last + 1 - found),
    )


def roc_auc(positive: NDArray[np.bool_], scores: NDArray[np.floating]) -> float:
    """Area under the ROC curve: how often an image of the class gets the higher score of two.

    It is the statistic of Mann and Whitney (1947) divided by the number of pairs (Hanley and McNeil
    1982, "The meaning and use of the area under a ROC curve", Radiology 143); equal scores count
    half.

    Args:
        positive: Which images are of the class, bool, shape (n,).
        scores: How sure the model is of the class, shape (n,).

    Returns:
        The area, in [0, 1]; NaN without images of the class or without others.
    """
    hits, values = np.asarray(positive, dtype=np.bool_), np.asarray(scores, dtype=np.float64)
    return float(rank(values[hits], values[~hits]).roc_auc)


def average_precision(positive: NDArray[np.bool_], scores: NDArray[np.floating]) -> float:
    """Mean of the precision over the recall steps of the precision-recall curve.

    Args:
        positive: Which images are of the class, bool, shape (n,).
        scores: How sure the model is of the class, shape (n,).

    Returns:
        The mean, in (0, 1]; NaN without images of the class, where scikit-learn warns and says 0.
        Without other images it is 1.
    """
    hits, values = np.asarray(positive, dtype=np.bool_), np.asarray(scores, dtype=np.float64)
    return float(rank(values[hits], values[~hits]).average_precision)


def _share(counts: NDArray[np.int64], whole: int) -> NDArray[np.float64]:
    return counts / whole if whole else np.full(len(counts), np.nan)
