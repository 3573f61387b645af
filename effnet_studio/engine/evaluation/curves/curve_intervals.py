"""How far AUC and average precision may be off for so few images: bootstrap intervals.

The images are resampled within each class (stratified). That is how they were drawn: a part of a
dataset is split off class by class, and the number of images of a class is no accident of chance.
Resampled all together, a class of five images would be missing from one resample in 150, and AUC
would have no value there; the average precision, which follows the share of the class among all
images, would be blamed for a share that is fixed.

A resample is a number of times that each image is drawn. What a class's ranking needs of it are
sums of these numbers between the class's own images, so that nothing is sorted twice.

An interval is the figure ± 1.96 standard errors of the resamples on the scale of log(x / (1 - x)),
which keeps it within [0, 1] and longer on the side that has room (Boyd, Eng and Page 2013, "Area
under the precision-recall curve: point estimates and confidence intervals", ECML PKDD, recommend
this scale for average precision; Pepe 2003, "The statistical evaluation of medical tests", section
5.2, for AUC). The percentiles of the resamples themselves will not do: an image drawn twice has
itself above it, so that their average precision is too high, and for few images they are too close.

Efron and Tibshirani 1993, "An introduction to the bootstrap", chapter 6 (standard errors) and
section 8.3 (several samples).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine.evaluation.curves.ranking import Ranking, cells
from effnet_studio.engine.evaluation.measures.significance import Z95

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.evaluation.curves.class_curves import ClassCurves

RESAMPLES: Final = 400
"""The standard error is then known to 4 %; 200 are seldom too few (Efron and Tibshirani 1993,
section 6.4)."""
LEAST_IMAGES: Final = 5
"""Fewer images of a class, drawn again and again, say nothing about those that were not taken."""
_FEWEST: Final = 200
_WORK: Final = 1_500_000_000
"""Images in all rankings and resamples together that are worth half a minute; beyond, resamples are
saved."""
_BLOCK: Final = 1_000_000
"""Numbers held at once."""


@dataclass(frozen=True, eq=False)
class CurveIntervals:
    """95 % intervals, as lower and upper end.

    NaN where resampling cannot know: fewer than ``LEAST_IMAGES`` images of the class or of all
    others, or a ranking so clear that no resample differs from another.

    Attributes:
        resamples: How many were drawn.
        roc_auc: Of each class, float64, shape (classes, 2).
        average_precision: Of each class, float64, shape (classes, 2).
        macro_roc_auc: Of the mean over the classes, float64, shape (2,); NaN too when fewer than
            half of the classes have enough images.
        macro_average_precision: The same of the mean average precision.
    """

    resamples: int
    roc_auc: NDArray[np.float64]
    average_precision: NDArray[np.float64]
    macro_roc_auc: NDArray[np.float64]
    macro_average_precision: NDArray[np.float64]


def curve_intervals(
    curves: ClassCurves,
    *,
    resamples: int = RESAMPLES,
    seed: int = 0,
    cancel: CancelToken | None = None,
) -> CurveIntervals:
    """Resample the images, each class by itself, and see how the figures vary.

    All classes see the same resamples, so that the mean over them is right too.

    Args:
        curves: The figures of all images.
        resamples: How many to draw; fewer, but at least 200, where classes and images are so many
            that it would take minutes.
        seed: Makes the intervals repeatable.
        cancel: Stops the work between two steps.

    Returns:
        The intervals.

    Raises:
        Cancelled: If the job was asked to stop.
    """
    scores, true = curves.scores, curves.scores.true
    affordable = max(_FEWEST, _WORK // max(1, int(curves.contested.sum())))
    resamples = min(resamples, affordable)
    draws = _draw(true, resamples, np.random.default_rng(seed), cancel)
    areas = np.full((resamples, scores.classes), np.nan)
    precisions = np.full((resamples, scores.classes), np.nan)
    for label, values in scores.each():
        mine = true == label
        if not mine.any():
            continue
        for rows, ranking in _resampled(values, mine, draws):
            if cancel is not None:
                cancel.check()
            areas[rows, label] = ranking.roc_auc
            precisions[rows, label] = ranking.average_precision
    fewer = np.minimum(curves.positives, len(true) - curves.positives)
    enough = fewer >= LEAST_IMAGES
    known = bool(2 * enough.sum() >= (curves.positives > 0).sum())
    return CurveIntervals(
        resamples,
        _intervals(areas, curves.roc_auc, enough),
        _intervals(precisions, curves.average_precision, enough),
        _mean_interval(areas, curves.macro.roc_auc, known=known),
        _mean_interval(precisions, curves.macro.average_precision, known=known),
    )


def _draw(
    true: NDArray[np.int64],
    resamples: int,
    random: np.random.Generator,
    cancel: CancelToken | None,
) -> NDArray[np.uint8]:
    """How often each image is in each resample, uint8, shape (resamples, images).

    A byte is enough: that an image is drawn 256 times has a chance below 1e-500.
    """
    draws = np.empty((resamples, len(true)), dtype=np.uint8)
    for label in np.unique(true):
        members = np.flatnonzero(true == label)
        count = len(members)
        step = max(1, _BLOCK // count)
        for first in range(0, resamples, step):
            if cancel is not None:
                cancel.check()
            rows = min(step, resamples - first)
            drawn = random.integers(0, count, (rows, count))
            drawn += np.arange(rows)[:, None] * count
            times = np.bincount(drawn.reshape(-1), minlength=rows * count)
            draws[first : first + rows, members] = times.reshape(rows, count)
    return draws


def _resampled(
    values: NDArray[np.float64], mine: NDArray[np.bool_], draws: NDArray[np.uint8]
) -> Iterator[tuple[slice, Ranking]]:
    """The ranking of a class in the resamples, some of them at a time.

    Args:
        values: Probabilities of the class, float64, shape (images,).
        mine: Its images, bool, shape (images,), at least one.
        draws: As made by :func:`_draw`.

    Yields:
        Rows of the resamples, and their rankings.
    """
    own = np.flatnonzero(mine)
    own = own[np.argsort(values[own], kind="stable")]
    distinct, own_starts = np.unique(values[own], return_index=True)
    # Images below the lowest of the class are all alike, and as many as are left.
    rivals = np.flatnonzero(~mine & (values >= distinct[0]))
    number = cells(distinct, values[rivals])
    order = np.argsort(number, kind="stable")
    rivals, number = rivals[order], number[order]
    present, rival_starts = np.unique(number, return_index=True)
    others = len(values) - len(own)
    step = max(1, _BLOCK // (len(own) + len(rivals) + 2 * len(distinct)))
    for first in range(0, len(draws), step):
        rows = slice(first, min(first + step, len(draws)))
        between = np.zeros((rows.stop - first, 2 * len(distinct) + 1), dtype=np.int64)
        if len(rivals):
            between[:, present] = _sums(draws[rows], rivals, rival_starts)
        between[:, 0] = others - between[:, 1:].sum(axis=1)
        yield rows, Ranking(_sums(draws[rows], own, own_starts), between)


def _sums(
    draws: NDArray[np.uint8], images: NDArray[np.int64], starts: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Draws of groups of images, int64, shape (resamples, groups)."""
    taken = draws[:, images]
    return np.asarray(np.add.reduceat(taken, starts, axis=1, dtype=np.int64))


def _intervals(
    values: NDArray[np.float64], figures: NDArray[np.float64], enough: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Lower and upper ends from the resamples of each column, shape (columns, 2)."""
    spread = values.std(axis=0, ddof=1)
    # Only rounding would make the resamples of a perfect ranking differ.
    known = enough & (spread > 1e-9) & (figures > 0) & (figures < 1)
    share = np.where(known, figures, 0.5)
    half = Z95 * spread / (share * (1 - share))
    middle = np.log(share / (1 - share))
    ends = 1 / (1 + np.exp(-np.stack([middle - half, middle + half], axis=1)))
    return np.asarray(np.where(known[:, None], ends, np.nan))


def _mean_interval(
    values: NDArray[np.float64], figure: float, *, known: bool
) -> NDArray[np.float64]:
    """The same of the mean of the defined columns, shape (2,)."""
    defined = ~np.isnan(values).any(axis=0)
    if not known or not defined.any():
        return np.full(2, np.nan)
    means = values[:, defined].mean(axis=1, keepdims=True)
    ends = _intervals(means, np.array([figure]), np.ones(1, dtype=np.bool_))
    return ends.reshape(2)
