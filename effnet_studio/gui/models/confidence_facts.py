"""What the Confidence tab shows of an evaluation, worked out in the background."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.evaluation.measures.significance import wilson

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from effnet_studio.engine.evaluation.evaluate import Evaluation
    from effnet_studio.engine.evaluation.measures.calibration import Calibration, Reliability
    from effnet_studio.engine.evaluation.rejection import RiskCoverage


@dataclass(frozen=True, eq=False)
class Bin:
    """Answers of about the same confidence.

    Attributes:
        low: Lower limit of the confidence, in [0, 1].
        high: Upper limit.
        right: Right answers.
        wrong: Wrong answers.
        confidence: Their mean confidence; NaN without answers.
    """

    low: float
    high: float
    right: int
    wrong: int
    confidence: float

    @property
    def count(self) -> int:
        """All answers."""
        return self.right + self.wrong

    @property
    def accuracy(self) -> float:
        """Share of right answers; 0 without answers."""
        return self.right / self.count if self.count else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true share probably lies (95 %)."""
        share = wilson(self.right, self.count)
        return share.low, share.high


@dataclass(frozen=True, eq=False)
class ConfidenceFacts:
    """Everything the tab shows.

    Attributes:
        calibration: The figures.
        bins: Answers by confidence, rising.
        members: The bin of each image, int64, shape (images,).
        right: Whether each answer is right, bool, shape (images,).
        curves: What every limit makes of the images, by the score's name.
    """

    calibration: Calibration
    bins: tuple[Bin, ...]
    members: NDArray[np.int64]
    right: NDArray[np.bool_]
    curves: dict[str, RiskCoverage]


@dataclass(frozen=True, eq=False)
class ThresholdWish:
    """A threshold the user wants to be used from now on.

    Attributes:
        evaluation: The answers by which it was chosen.
        score: Name of the score it is a threshold of.
        threshold: Below it the answer is "none of these".
    """

    evaluation: Evaluation
    score: str
    threshold: float


def find_facts(evaluation: Evaluation) -> ConfidenceFacts:
    """Work everything out; takes seconds for many images and classes, so in the background."""
    from effnet_studio.engine.evaluation.measures.calibration import (
        measure_calibration,
        reliability,
    )
    from effnet_studio.engine.evaluation.rejection import risk_coverage
    from effnet_studio.engine.predict.reject_option import Score

    right = evaluation.true == evaluation.predicted
    found = reliability(evaluation.confidence, right)
    return ConfidenceFacts(
        measure_calibration(evaluation.logits, evaluation.true),
        _bins(found, right),
        found.members,
        right,
        {score.value: risk_coverage(evaluation, score) for score in Score},
    )


def find_error_before(evaluation: Evaluation, temperature: float) -> float:
    """The calibration error as it was before the temperature; in the background too."""
    from effnet_studio.engine.evaluation.measures.calibration import measure_calibration

    return measure_calibration(
        evaluation.logits, evaluation.true, temperature=1 / temperature, replicates=2
    ).ece


def _bins(found: Reliability, right: NDArray[np.bool_]) -> tuple[Bin, ...]:
    good = np.bincount(found.members, weights=right, minlength=len(found.counts))
    return tuple(
        Bin(
            float(found.edges[place]),
            float(found.edges[place + 1]),
            round(float(good[place])),
            int(count) - round(float(good[place])),
            float(found.confidence[place]),
        )
        for place, count in enumerate(found.counts)
    )
