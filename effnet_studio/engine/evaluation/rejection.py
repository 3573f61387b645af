"""Saying "none of these": how many images a model still answers, and how many it then gets right.

The images are ordered by how certain the model is; a limit divides them into those it answers and
those it leaves to people (selective classification: El-Yaniv & Wiener 2010, "On the Foundations of
Noise-free Selective Classification", JMLR 11; the curve and the area below it: Geifman et al. 2019,
"Bias-Reduced Uncertainty Estimation for Deep Neural Classifiers", ICLR). Only validation images may
choose the limit: chosen on test images, their accuracy would no longer say anything.

Which score is better was measured with EfficientNet-B0 on photographs (``bench_strangers``): of 100
validation images of five kinds of flowers, with 153 of ants and bees as strangers, and of 153 of
ants and bees with 153 of flowers.

===================  =======================  =====================  ========================
score                strangers told (AUROC)   strangers answered [1]  area below the risk curve
===================  =======================  =====================  ========================
confidence           0.69 and 0.60            90 and 86 %            0.090 and 0.062
energy               0.70 and 0.61            97 and 85 %            0.103 and 0.064
5th nearest image    0.69 and 0.68            84 and 80 %            0.111 and 0.061
===================  =======================  =====================  ========================

[1] where 95 % of the validation images are answered. With 90 % of them answered the confidence has
80.0 and 88.4 % right, the energy 80.0 and 87.7 %, the nearest image 78.9 and 87.7 %.

Confidence and energy tell strangers about equally well, which is not very well; the confidence
tells errors better, and people understand it: it is the default. The distance to the training
images (:mod:`.neighbours`) tells strangers best, but only a run can measure it, not the exported
file; the app says it beside the verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine import atomic
from effnet_studio.engine.errors import ConfigError, DatasetError
from effnet_studio.engine.evaluation.measures.significance import wilson
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.reject_option import (
    RejectOption,
    Score,
    certainty,
    write_reject_option,
)
from effnet_studio.engine.training.runs import BEST_FILE, weights_digest, weights_state

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.evaluation.evaluate import Evaluation
    from effnet_studio.engine.messages import Message

DEFAULT_SCORE: Final = Score.CONFIDENCE
"""What a limit is of unless somebody wishes otherwise."""

FEW_ANSWERED: Final = 30
"""Answered images below which their accuracy says little: all of 30 right still leaves 11 points
open (95 % interval)."""

SMALL_COVERAGE: Final = 0.2
"""Share of images answered below which a model is of little use."""

_AT_ONCE: Final = 2_000_000
"""Raw outputs that are in memory at once, in double precision."""

_EQUAL: Final = 1e-9
"""Images whose certainty differs by less are equally certain: the rest is rounding."""

_HAIR: Final = 1e-6
"""How far a limit that answers every image lies below the least certain one."""


@dataclass(frozen=True, eq=False)
class RiskCoverage:
    """What every limit makes of the images, from the strictest to the one that answers all.

    Attributes:
        score: By what the certainty is told.
        certainty: Of each image, in the evaluation's order, float64, shape (images,).
        thresholds: The limits that differ in what they answer, falling, float64, shape (m,): each
            halfway between two images, so that rounding moves none to the other side.
        answered: Images that each leaves, int64, shape (m,).
        right: How many of these answers are right, int64, shape (m,).
        area: Mean share of errors among the answers over all images, each with those at least as
            certain (area under the risk-coverage curve), in [0, 1]; less is better.
    """

    score: Score
    certainty: NDArray[np.float64]
    thresholds: NDArray[np.float64]
    answered: NDArray[np.int64]
    right: NDArray[np.int64]
    area: float

    @property
    def images(self) -> int:
        """How many there are."""
        return len(self.certainty)

    @property
    def coverage(self) -> NDArray[np.float64]:
        """Share of the images that each limit answers, rising to 1, float64, shape (m,)."""
        return self.answered / max(1, self.images)

    @property
    def accuracy(self) -> NDArray[np.float64]:
        """Share of these answers that are right, float64, shape (m,)."""
        return self.right / np.maximum(1, self.answered)

    def counts_at(self, threshold: float) -> tuple[int, int]:
        """What a limit makes of the images.

        Args:
            threshold: Any limit.

        Returns:
            Images answered, and how many of these are right.
        """
        answered = int((self.certainty >= threshold).sum())
        place = int(np.searchsorted(self.answered, answered))
        return (answered, int(self.right[place])) if answered else (0, 0)


def risk_coverage(evaluation: Evaluation, score: Score = DEFAULT_SCORE) -> RiskCoverage:
    """Try every limit.

    Args:
        evaluation: Answers whose truth is known; at least one.
        score: By what the certainty is told.

    Returns:
        The curve; images that are equally certain are answered together.
    """
    logits = evaluation.logits
    step = max(1, _AT_ONCE // logits.shape[1])
    blocks = (logits[first : first + step] for first in range(0, len(logits), step))
    values = np.concatenate([certainty(block, score) for block in blocks])
    order = np.argsort(-values, kind="stable")
    falling = values[order]
    right = np.cumsum(evaluation.predicted[order] == evaluation.true[order], dtype=np.int64)
    last = np.flatnonzero(np.append(falling[:-1] - falling[1:] > _EQUAL, True))  # of equals
    answered = last + 1
    below = np.append(falling[answered[:-1]], falling[-1] - 2 * _HAIR * max(1.0, abs(falling[-1])))
    risk = 1 - right[last] / answered
    sizes = np.diff(answered, prepend=0)
    return RiskCoverage(
        score,
        values,
        (falling[last] + below) / 2,
        answered.astype(np.int64),
        right[last],
        float((risk * sizes).sum() / len(values)),
    )


def choose_threshold(
    curve: RiskCoverage, *, accuracy: float | None = None, coverage: float | None = None
) -> float:
    """Find the limit that answers as many images as possible, or as certainly as possible.

    Args:
        curve: Of validation images; :func:`keep_threshold` makes sure of that.
        accuracy: Least share of right answers, in [0, 1]: as many images as possible are answered.
        coverage: Least share of images answered, in [0, 1]: no more of them than needed are.

    Returns:
        The limit.

    Raises:
        ConfigError: If not exactly one of the two is given, or no limit makes so many answers
            right.
    """
    if (accuracy is None) == (coverage is None):
        raise ConfigError(
            msg("A threshold follows from the accuracy or from the share of images answered."),
            hint=msg("Wish for one of the two."),
        )
    if coverage is not None:
        enough = np.flatnonzero(curve.coverage >= min(coverage, 1.0))
        return float(curve.thresholds[enough[0]])
    shares = curve.accuracy
    good = np.flatnonzero(shares >= (accuracy or 0.0))
    if not len(good):
        best = int(shares.argmax())
        raise ConfigError(
            msg(
                "No threshold makes {wished} % of the answers right: {best} % is the most, with "
                "{coverage} % of the images answered.",
                wished=f"{100 * (accuracy or 0.0):.4g}",
                best=f"{100 * shares[best]:.1f}",
                coverage=f"{100 * curve.coverage[best]:.1f}",
            ),
            hint=msg("Wish for less, or train a better model first."),
        )
    return float(curve.thresholds[good[-1]])


def cautions(answered: int, right: int, images: int) -> tuple[Message, ...]:
    """What to know of a limit before it is relied on.

    Args:
        answered: Validation images that it answers.
        right: How many of these answers are right.
        images: Validation images in all.

    Returns:
        Sentences; none where enough images are answered.
    """
    found = []
    if 0 < answered < FEW_ANSWERED:
        share = wilson(right, answered)
        found.append(
            msg(
                "Too few to rely on. Images answered: {answered}. With new images anything from "
                "{low} to {high} % of the answers may be right.",
                answered=answered,
                low=f"{100 * share.low:.0f}",
                high=f"{100 * share.high:.0f}",
            )
        )
    if answered < SMALL_COVERAGE * images:
        found.append(
            msg(
                "Only {coverage} % of the images are answered; all others get “none of these”.",
                coverage=f"{100 * answered / max(1, images):.0f}",
            )
        )
    return tuple(found)


def keep_threshold(
    run_dir: Path, evaluation: Evaluation, threshold: float, score: Score = DEFAULT_SCORE
) -> RejectOption:
    """Keep a limit with the run: from now on the app and exported files say "none of these".

    Args:
        run_dir: The run's folder.
        evaluation: Of its model, on validation images.
        threshold: The limit.
        score: What it is a limit of.

    Returns:
        What was kept.

    Raises:
        DatasetError: If the evaluation is of other than validation images, or of weights that the
            run no longer has: what was chosen for them is not right for better ones.
        StorageError: If it cannot be written.
    """
    if evaluation.split != "val":
        raise DatasetError(
            msg("Only validation images may choose the threshold for “none of these”."),
            hint=msg(
                "Test images are kept apart so that their accuracy stays honest; training images "
                "are known by heart. Check the model on the validation images first."
            ),
        )
    state = weights_state(run_dir)
    if evaluation.weights is not None and list(evaluation.weights) != state:
        raise DatasetError(
            msg("The model has learned more since it was checked."),
            hint=msg("Check it again on the validation images, and choose the threshold then."),
        )
    answered, right = risk_coverage(evaluation, score).counts_at(threshold)
    file = run_dir / BEST_FILE
    with atomic.storage_errors(file):
        weights = weights_digest(file)
    option = RejectOption(
        score=score,
        threshold=threshold,
        coverage=answered / max(1, evaluation.images),
        accuracy=right / max(1, answered),
        images=evaluation.images,
        dataset_version=evaluation.dataset_version,
        weights=weights,
    )
    write_reject_option(run_dir, option)
    return option
