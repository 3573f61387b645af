"""ROC and precision-recall figures of every class, each against the rest, and their averages.

A thousand classes and fifty thousand images are judged in blocks of classes: the probabilities of
all together would take twice the memory of the raw outputs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine.evaluation.curves.curves import ThresholdCounts, threshold_counts
from effnet_studio.engine.evaluation.curves.ranking import Ranking, cells, rank

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from effnet_studio.engine.cancel import CancelToken

_BLOCK: Final = 4_000_000
"""Scores made at once: 32 MB in double precision."""
GRID: Final = np.linspace(0.0, 1.0, 201)
"""Horizontal positions of the averaged curves, in [0, 1]."""


@dataclass(frozen=True, eq=False)
class ClassScores:
    """The probability of any class for all images, made when it is asked for.

    In double precision, because in single precision the sure answers of a good model would all be
    1 and their order lost.

    Attributes:
        logits: Raw outputs, temperature applied, float32, shape (images, classes).
        log_total: Logarithm of the sum of their exponentials, float64, shape (images,).
        true: True classes, int64, shape (images,).
    """

    logits: NDArray[np.float32]
    log_total: NDArray[np.float64]
    true: NDArray[np.int64]

    @property
    def classes(self) -> int:
        """Number of classes."""
        return int(self.logits.shape[1])

    def of(self, label: int) -> NDArray[np.float64]:
        """Probabilities of one class, float64, shape (images,), in [0, 1]."""
        return np.asarray(np.exp(self.logits[:, label].astype(np.float64) - self.log_total))

    def counts(self, label: int) -> ThresholdCounts:
        """The curves of one class, a point for each distinct probability."""
        return threshold_counts(self.true == label, self.of(label))

    def each(self) -> Iterator[tuple[int, NDArray[np.float64]]]:
        """Number and probabilities, float64, shape (images,), of one class after the other."""
        step = max(1, _BLOCK // max(1, len(self.true)))
        for first in range(0, self.classes, step):
            block = self.logits[:, first : first + step].T.astype(np.float64)
            block -= self.log_total
            np.exp(block, out=block)
            yield from enumerate(block, start=first)


@dataclass(frozen=True, eq=False)
class AverageCurve:
    """Both curves of an average over the classes, at the positions of ``GRID``.

    Attributes:
        true_positive_rate: Over false positive rates, float64, shape (201,).
        precision: Over recalls, float64, shape (201,).
        roc_auc: Area under the ROC curve; NaN when undefined.
        average_precision: Mean precision; NaN when undefined.
    """

    true_positive_rate: NDArray[np.float64]
    precision: NDArray[np.float64]
    roc_auc: float
    average_precision: float


@dataclass(frozen=True, eq=False)
class ClassCurves:
    """What the curves of all classes come to.

    Attributes:
        scores: The probabilities they were made of.
        positives: Images of each class, int64, shape (classes,).
        roc_auc: Of each class, float64, shape (classes,); NaN for a class without images, or with
            all of them.
        average_precision: Of each class, float64, shape (classes,); NaN for a class without images.
        macro: Plain mean over the classes for which a figure is defined, as scikit-learn's
            ``average="macro"`` over those classes: each class counts alike.
        micro: All answers "is it of this class?" in one ranking, as ``average="micro"``: each image
            counts alike.
        contested: Of each class, the images that are scored no lower than its lowest one: only
            these matter to a ranking, int64, shape (classes,).
    """

    scores: ClassScores
    positives: NDArray[np.int64]
    roc_auc: NDArray[np.float64]
    average_precision: NDArray[np.float64]
    macro: AverageCurve
    micro: AverageCurve
    contested: NDArray[np.int64]


def class_scores(logits: NDArray[np.float32], true: NDArray[np.int64]) -> ClassScores:
    """Prepare the probabilities of an evaluation.

    Args:
        logits: Raw outputs, float32, shape (images, classes); at least one of each.
        true: True classes, int64, shape (images,).

    Returns:
        The probabilities.
    """
    total = np.empty(len(logits))
    step = max(1, _BLOCK // logits.shape[1])
    for first in range(0, len(logits), step):
        rows = logits[first : first + step].astype(np.float64)
        highest = rows.max(axis=1, keepdims=True)
        total[first : first + step] = np.log(np.exp(rows - highest).sum(axis=1)) + highest[:, 0]
    return ClassScores(logits, total, true)


def class_curves(
    logits: NDArray[np.float32], true: NDArray[np.int64], *, cancel: CancelToken | None = None
) -> ClassCurves:
    """Judge how each class is told from the rest, whatever the threshold.

    Args:
        logits: Raw outputs, temperature applied, float32, shape (images, classes); at least one of
            each.
        true: True classes, int64, shape (images,).
        cancel: Stops the work between two classes.

    Returns:
        Figures of the classes and averages.

    Raises:
        Cancelled: If the job was asked to stop.
    """
    scores = class_scores(logits, true)
    rows = np.arange(len(true))
    own = np.exp(logits[rows, true].astype(np.float64) - scores.log_total)
    together, together_counts = np.unique(own, return_counts=True)
    others = np.zeros(2 * len(together) + 1, dtype=np.int64)
    rankings = []
    for label, values in scores.each():
        if cancel is not None:
            cancel.check()
        mine = true == label
        rest = np.sort(values[~mine])  # sorted ones find their places four times as fast
        others += np.bincount(cells(together, rest), minlength=len(others))
        rankings.append(rank(values[mine], rest))
    micro = Ranking(together_counts.astype(np.int64), others)
    areas = np.array([each.roc_auc for each in rankings])
    precisions = np.array([each.average_precision for each in rankings])
    return ClassCurves(
        scores,
        np.bincount(true, minlength=scores.classes),
        areas,
        precisions,
        AverageCurve(
            _mean([_roc_on_grid(each) for each in rankings]),
            _mean([_precision_on_grid(each) for each in rankings]),
            float(_mean(areas)),
            float(_mean(precisions)),
        ),
        AverageCurve(
            _roc_on_grid(micro),
            _precision_on_grid(micro),
            float(micro.roc_auc),
            float(micro.average_precision),
        ),
        np.array([int(each.positives.sum() + each.others[1:].sum()) for each in rankings]),
    )


def _mean(values: NDArray[np.float64] | list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Mean over the first axis of what is defined; NaN when nothing is."""
    table = np.asarray(values)
    defined = ~np.isnan(table)
    total = np.where(defined, table, 0.0).sum(axis=0)
    return np.asarray(
        np.where(defined.any(axis=0), total / np.maximum(defined.sum(axis=0), 1), np.nan)
    )


def _roc_on_grid(ranking: Ranking) -> NDArray[np.float64]:
    """True positive rates at the false positive rates of the grid."""
    positives, others = ranking.positives.sum(), ranking.others.sum()
    if not positives or not others:
        return np.full(len(GRID), np.nan)
    # Each score has two corners: what lies above it, and that with all that lies at it.
    found = ranking.found[::-1]
    before = np.append(0, found[:-1])
    above = ranking.above[::-1]
    false = np.stack([above, above + ranking.others[1::2][::-1]], axis=1).reshape(-1)
    true = np.stack([before, found], axis=1).reshape(-1)
    rates = np.append(false / others, 1.0), np.append(true / positives, 1.0)
    return np.asarray(np.interp(GRID, *rates), dtype=np.float64)


def _precision_on_grid(ranking: Ranking) -> NDArray[np.float64]:
    """Precision at the highest threshold that reaches each recall of the grid."""
    positives = ranking.positives.sum()
    if not positives:
        return np.full(len(GRID), np.nan)
    found = ranking.found[::-1]
    precision = found / (found + (ranking.above + ranking.others[1::2])[::-1])
    # A hair less: a recall of the grid that is just reached must not fail by a rounding.
    reached = np.searchsorted(found, GRID * positives - 1e-9)
    return np.asarray(precision[reached])
