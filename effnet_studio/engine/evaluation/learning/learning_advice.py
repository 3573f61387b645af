"""What a learning curve says to somebody who wonders whether to collect more images."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from effnet_studio.engine.evaluation.learning.learning_curve import LearningCurve
    from effnet_studio.engine.evaluation.measures.significance import Share

STEPS: Final = (20, 50, 100)
"""Further images of a class that are looked at."""

TYPICAL: Final = 50
"""The step by which classes are compared."""

LEAST_CHECKED: Final = 10
"""Validation images of a class from which anything is said of it."""

WORTH: Final = 0.02
"""Gain that is worth collecting images for: two more right answers in a hundred."""

SURE: Final = 0.9
"""Share of the draws that must agree before anything is promised, or ruled out."""

ENOUGH: Final = 0.6
"""Share of what the largest step gains that a smaller one must reach to be advised."""

_RANGE: Final = (0.025, 0.5, 0.975)


class Verdict(StrEnum):
    """Whether more images help."""

    HELPS = "helps"
    HARDLY = "hardly"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Outlook:
    """What more images of a class would give.

    The range is that of the same validation images after another training, in 95 of 100 cases.
    How well these images stand for all others, the interval of ``now`` says.

    Attributes:
        column: Number of the class; -1 for all images together.
        images: Training images now.
        more: Further ones.
        now: Recall of the class, or accuracy, with its 95 % interval.
        expected: The same with the further images, in [0, 1].
        low: Lower end of its range.
        high: Upper end.
        gain: Rise of the curve, in [0, 1], at most to where all is right.
        gain_low: Lower end of its 95 % range.
        gain_high: Upper end.
        verdict: Whether they help.
    """

    column: int
    images: int
    more: int
    now: Share
    expected: float
    low: float
    high: float
    gain: float
    gain_low: float
    gain_high: float
    verdict: Verdict

    @property
    def points(self) -> int:
        """More right answers in a hundred, as the rounded figures before and after differ."""
        return _percent(self.expected) - _percent(self.now.value)


@dataclass(frozen=True)
class Advice:
    """The one thing to know of a learning curve.

    Attributes:
        verdict: Whether more images help.
        message: In plain words.
        best: The class and the number of images that help most; None if none is known to.
    """

    verdict: Verdict
    message: Message
    best: Outlook | None = None


def outlook(curve: LearningCurve, column: int, more: int) -> Outlook:
    """What more images would give.

    Args:
        curve: As measured.
        column: Number of a class; -1 for all classes, growing alike.
        more: Further images of that class, or in all.
    """
    draws, images, now = curve.draws, curve.images_now(column), curve.right_now(column)
    # Where nearly all is right already, there is no more to gain than what is wrong.
    gains = np.minimum(draws.gain(column, max(images, 1), more), 1 - now.value)
    # No training lies on the curve.
    reached = np.clip(now.value + gains - draws.noise[:, column], 0, 1)
    low, _, high = np.quantile(reached, _RANGE).tolist()
    gain_low, gain, gain_high = np.quantile(gains, _RANGE).tolist()
    expected = min(1.0, now.value + gain)
    return Outlook(
        column=column,
        images=images,
        more=more,
        now=now,
        expected=expected,
        low=min(low, expected),
        high=max(high, expected),
        gain=gain,
        gain_low=gain_low,
        gain_high=gain_high,
        verdict=_verdict(now, float((gains >= WORTH).mean())),
    )


def _verdict(now: Share, chance: float) -> Verdict:
    """By how many draws gain what is worth it."""
    if now.images < LEAST_CHECKED:
        return Verdict.UNKNOWN
    if chance >= SURE:
        return Verdict.HELPS
    return Verdict.HARDLY if chance <= 1 - SURE else Verdict.UNKNOWN


def class_outlooks(curve: LearningCurve, more: int = TYPICAL) -> tuple[Outlook, ...]:
    """What as many more images of each class would give, in the order of the classes."""
    return tuple(outlook(curve, column, more) for column in range(len(curve.classes)))


def advise(curve: LearningCurve) -> Advice:
    """Say of which class more images would help most, or that they would not, or that nobody knows.

    Args:
        curve: As measured.
    """
    helping = [each for each in class_outlooks(curve) if each.verdict is Verdict.HELPS]
    if helping:
        best = max(helping, key=lambda each: (each.points, each.gain_low + each.gain))
        best = outlook(curve, best.column, _enough(curve, best.column))
        return Advice(Verdict.HELPS, _promise(curve, best), best)
    most = class_outlooks(curve, STEPS[-1])
    if all(each.verdict is Verdict.HARDLY for each in most):
        return Advice(
            Verdict.HARDLY,
            msg("More images like these would hardly help: the model has learned what they show."),
        )
    return Advice(
        Verdict.UNKNOWN,
        msg(
            "Whether more images would help cannot be told from {count} validation images.",
            count=int(curve.support.sum()),
        ),
    )


def _enough(curve: LearningCurve, column: int) -> int:
    """The smallest step that reaches most of what the largest does."""
    goal = ENOUGH * outlook(curve, column, STEPS[-1]).gain
    return next(more for more in STEPS if outlook(curve, column, more).gain >= goal)


def _promise(curve: LearningCurve, best: Outlook) -> Message:
    return msg(
        "About {more} more images of {name} would help most: recall {now} % → about {then} %, "
        "between {low} and {high} %.",
        more=best.more,
        name=curve.classes[best.column],
        now=_percent(best.now.value),
        then=_percent(best.expected),
        low=_percent(best.low),
        high=_percent(best.high),
    )


def _percent(share: float) -> int:
    return round(100 * share)
