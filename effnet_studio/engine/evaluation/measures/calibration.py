"""Whether a model's probabilities mean what they say.

Of the images for which a calibrated model says 80 %, it has 80 % right. The answers are put into
bins by their confidence, and in each bin the share of right answers is held against the mean
confidence (reliability diagram: DeGroot & Fienberg 1983, "The comparison and evaluation of
forecasters", The Statistician 32).

A model's own logits come divided by the temperature of its run; times the temperature they are
those of the network as it was trained, so that both can be measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine.predict.scores import log_softmax

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

BINS: Final = 10
"""As many as in Naeini et al. 2015: their limits are round percentages, which people can read."""

REPLICATES: Final = 1000
"""Bootstrap samples: enough for the ends of a 95 % interval (Efron & Tibshirani 1993, ch. 13)."""

_AT_ONCE: Final = 2_000_000
"""Probabilities that are in memory at once, in double precision."""


@dataclass(frozen=True, eq=False)
class Reliability:
    """Answers by confidence, and what became of them.

    Attributes:
        edges: Limits of the bins, rising from 0 to 1, float64, shape (bins + 1,); a bin holds what
            is above its lower limit and not above its upper one.
        members: The bin of each image, int64, shape (images,).
        counts: Images in each bin, int64, shape (bins,).
        confidence: Mean confidence in each bin, float64, shape (bins,); NaN in an empty one.
        accuracy: Share of right answers in each bin, float64, shape (bins,); NaN in an empty one.
    """

    edges: NDArray[np.float64]
    members: NDArray[np.int64]
    counts: NDArray[np.int64]
    confidence: NDArray[np.float64]
    accuracy: NDArray[np.float64]

    @property
    def ece(self) -> float:
        """Expected calibration error, in [0, 1]; 0 without images.

        The mean over the images of how far the accuracy of their bin is from its confidence
        (Naeini et al. 2015, "Obtaining Well Calibrated Probabilities Using Bayesian Binning",
        AAAI; Guo et al. 2017, "On Calibration of Modern Neural Networks", ICML, eq. 3).
        """
        total = int(self.counts.sum())
        gaps = np.nan_to_num(np.abs(self.accuracy - self.confidence))
        return float((gaps * self.counts).sum() / total) if total else 0.0

    @property
    def mce(self) -> float:
        """Maximum calibration error, in [0, 1]: the same of the worst bin (Guo et al., eq. 5)."""
        return float(np.nan_to_num(np.abs(self.accuracy - self.confidence)).max(initial=0.0))


@dataclass(frozen=True)
class Calibration:
    """How far a model's probabilities can be believed.

    Attributes:
        images: By how many it was measured.
        accuracy: Share of right answers, in [0, 1].
        confidence: Mean probability of the predicted class, in [0, 1].
        ece: Expected calibration error over bins of equal width, in [0, 1].
        ece_low: Lower end of its 95 % interval; 0: it may be chance.
        ece_high: Upper end.
        mce: Maximum calibration error, in [0, 1].
        brier: Mean squared distance of the probabilities from the truth, in [0, 2].
        log_loss: Mean cross-entropy, nats.
    """

    images: int
    accuracy: float
    confidence: float
    ece: float
    ece_low: float
    ece_high: float
    mce: float
    brier: float
    log_loss: float


def measure_calibration(
    logits: NDArray[np.floating],
    true: NDArray[np.integer],
    *,
    temperature: float = 1.0,
    bins: int = BINS,
    replicates: int = REPLICATES,
    seed: int = 0,
) -> Calibration:
    """Measure all figures.

    Args:
        logits: Raw outputs, shape (images, classes).
        true: True classes, shape (images,).
        temperature: By which the logits are divided first; with 1 / T those of an evaluation are
            measured as they were before the temperature T.
        bins: How many, of equal width.
        replicates: Bootstrap samples.
        seed: Of the draws.

    Returns:
        The figures; all are 0 without images.
    """
    if not len(true):
        return Calibration(0, *[0.0] * 8)
    confidence, right = np.empty(len(true)), np.empty(len(true), dtype=bool)
    squares = losses = 0.0
    for rows, logarithms in _blocks(logits, temperature):
        own, labels = np.arange(len(logarithms)), true[rows]
        # From the logits, as in an evaluation: rounding could make two probabilities equal.
        predicted = logits[rows].argmax(axis=1)
        probabilities = np.exp(logarithms)
        confidence[rows], right[rows] = probabilities[own, predicted], predicted == labels
        squares += float((probabilities**2).sum() - 2 * probabilities[own, labels].sum())
        losses -= float(logarithms[own, labels].sum())
    found = reliability(confidence, right, bins=bins)
    low, high = ece_interval(confidence, right, found, replicates=replicates, seed=seed)
    return Calibration(
        images=len(true),
        accuracy=float(right.mean()),
        confidence=float(confidence.mean()),
        ece=found.ece,
        ece_low=low,
        ece_high=high,
        mce=found.mce,
        brier=1 + squares / len(true),
        log_loss=losses / len(true),
    )


def reliability(
    confidence: NDArray[np.floating],
    right: NDArray[np.bool_],
    *,
    bins: int = BINS,
    equal_mass: bool = False,
) -> Reliability:
    """Put answers into bins by their confidence.

    Args:
        confidence: Probability of the predicted class, in [0, 1], shape (images,).
        right: Whether it is the true one, shape (images,).
        bins: How many.
        equal_mass: Whether each bin holds about as many images as the others (Nguyen & O'Connor
            2015, "Posterior calibration and exploratory analysis for natural language processing
            models", EMNLP), else each is as wide as the others. Equal confidences stay together.

    Returns:
        The bins.
    """
    values = np.asarray(confidence, dtype=np.float64)
    edges = np.linspace(0.0, 1.0, bins + 1)
    if equal_mass and len(values):
        edges[1:-1] = np.percentile(values, 100 * edges[1:-1])
    members = np.searchsorted(edges[1:-1], values, side="left").astype(np.int64)
    counts = np.bincount(members, minlength=bins)
    with np.errstate(invalid="ignore"):
        means = np.bincount(members, weights=values, minlength=bins) / counts
        shares = np.bincount(members, weights=right, minlength=bins) / counts
    return Reliability(edges, members, counts.astype(np.int64), means, shares)


def ece_interval(
    confidence: NDArray[np.floating],
    right: NDArray[np.bool_],
    found: Reliability,
    *,
    replicates: int = REPLICATES,
    seed: int = 0,
) -> tuple[float, float]:
    """The 95 % interval of an expected calibration error.

    The error is a sum of absolute values, so that chance alone makes it larger than it is, and
    that of a bootstrap sample larger once more: the plain percentiles would leave out the truth.
    The basic bootstrap turns them over (Davison & Hinkley 1997, "Bootstrap Methods and their
    Application", eq. 5.6). Where a calibrated model would show so large an error in more than 5 %
    of cases (consistency resampling: Bröcker & Smith 2007, "Increasing the reliability of
    reliability diagrams", Weather and Forecasting 22), the interval reaches down to 0.

    In simulations (calibrated, and 5 or 10 points too sure; 50, 200 and 1,000 images) it holds
    the truth in 87 to 97 % of cases.

    Args:
        confidence: As for :func:`reliability`.
        right: As for :func:`reliability`.
        found: What that gave.
        replicates: Bootstrap samples.
        seed: Of the draws.

    Returns:
        Lower and upper end, in [0, 1]; (0, 1) with one image or none, which say nothing of others.
    """
    images, bins = len(right), len(found.counts)
    if images < 2:
        return 0.0, 1.0
    values = np.asarray(confidence, dtype=np.float64)
    gaps, members = right - values, found.members
    random = np.random.default_rng(seed)
    drawn, honest = np.empty(replicates), np.empty(replicates)
    for replicate in range(replicates):
        chosen = random.integers(0, images, images)
        drawn[replicate] = _error(members[chosen], gaps[chosen], bins)
        honest[replicate] = _error(members, (random.random(images) < values) - values, bins)
    few, many = np.quantile(drawn, [0.025, 0.975])
    error = found.ece
    may_be_chance = error <= float(np.quantile(honest, 0.95))
    low = 0.0 if may_be_chance else max(0.0, 2 * error - float(many))
    return min(low, error), min(1.0, max(2 * error - float(few), error))


def _error(members: NDArray[np.int64], gaps: NDArray[np.float64], bins: int) -> float:
    """The expected calibration error, from how far each answer is from its confidence."""
    sums = np.bincount(members, weights=gaps, minlength=bins)
    return float(np.abs(sums).sum() / len(members))


def _blocks(
    logits: NDArray[np.floating], temperature: float
) -> Iterator[tuple[slice, NDArray[np.float64]]]:
    """Logarithms of the probabilities of some images at a time."""
    step = max(1, _AT_ONCE // logits.shape[1])
    for first in range(0, len(logits), step):
        rows = slice(first, first + step)
        yield rows, log_softmax(np.asarray(logits[rows], dtype=np.float64) / temperature)
