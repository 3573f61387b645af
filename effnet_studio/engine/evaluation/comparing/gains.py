"""What a second model gained on a first one, on the same images, and how much of it may be chance.

The images are resampled once for both, so that what both find hard or easy does not count (a
paired bootstrap; Efron & Tibshirani 1993, "An introduction to the bootstrap", section 8.3).

Of accuracy there is an exact test as well (McNemar 1947; see ``measures.significance``), which is
a little stricter than the interval where few images differ. Both must say so before a model is
called more accurate: then the row of the table and the sentence above it never disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from effnet_studio.engine.evaluation.comparing.comparison import CHANCE
from effnet_studio.engine.evaluation.measures.bootstrap import (
    RESAMPLES,
    Interval,
    ModelAnswers,
    mean_interval,
    percentile_interval,
    replicate,
)
from effnet_studio.engine.evaluation.measures.figure_words import FIGURES
from effnet_studio.engine.evaluation.measures.significance import mcnemar
from effnet_studio.engine.evaluation.measures.tally import Tally

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from effnet_studio.engine.cancel import CancelToken

GAIN_FIGURES = ("accuracy", "balanced_accuracy", "macro_f1", "log_loss")
"""The figures that are compared."""
_DECIMALS = 3
"""Of the ends of an interval, as people read them: a tenth of a percentage point."""


@dataclass(frozen=True)
class Gain:
    """A figure of two models on the same images.

    Attributes:
        figure: Its name, as in ``figure_words.FIGURES``.
        first: Of the first model.
        second: Of the second.
        difference: Second less first, with its 95 % interval.
        p_value: Of the exact test of the difference; None where there is none for the figure.
    """

    figure: str
    first: float
    second: float
    difference: Interval
    p_value: float | None = None

    @property
    def better(self) -> Literal["first", "second"] | None:
        """Which one is better; None where it may be chance.

        That is where the interval holds 0, or touches it as people read it, rounded; and where
        an exact test says so.
        """
        low, high = (round(end, _DECIMALS) for end in (self.difference.low, self.difference.high))
        if low <= 0 <= high or (self.p_value is not None and self.p_value >= CHANCE):
            return None
        risen = self.difference.value > 0
        return "second" if risen == FIGURES[self.figure].more_is_better else "first"


def find_gains(
    true: NDArray[np.int64],
    first: ModelAnswers,
    second: ModelAnswers,
    classes: int,
    *,
    resamples: int = RESAMPLES,
    seed: int = 0,
    cancel: CancelToken | None = None,
) -> tuple[Gain, ...]:
    """Compare two models figure by figure.

    Args:
        true: True classes, int64, shape (images,), at least one.
        first: What one model says of the images, in the same numbers of classes.
        second: What the other says.
        classes: Number of classes.
        resamples: How often the images are drawn anew.
        seed: The same one gives the same intervals.
        cancel: Stops between two blocks of resamples.

    Returns:
        One gain for each of :data:`GAIN_FIGURES`.

    Raises:
        Cancelled: If the job was asked to stop.
    """
    sides = (first, second)
    figures = replicate(true, sides, classes, resamples=resamples, seed=seed, cancel=cancel)
    found = []
    for name in GAIN_FIGURES:
        before, after = (_figure(name, true, said, classes) for said in sides)
        drawn = figures[1][name] - figures[0][name]
        if name == "log_loss":
            interval = mean_interval(after - before, drawn, len(true))
        else:
            interval = _clipped(percentile_interval(after - before, drawn))
        p_value = _exact(true, first, second) if name == "accuracy" else None
        found.append(Gain(name, before, after, interval, p_value))
    return tuple(found)


def _exact(true: NDArray[np.int64], first: ModelAnswers, second: ModelAnswers) -> float:
    """McNemar's test of the images that only one of the two has right."""
    one, other = (said.predicted == true for said in (first, second))
    return mcnemar(int((one & ~other).sum()), int((other & ~one).sum()))


def _figure(name: str, true: NDArray[np.int64], said: ModelAnswers, classes: int) -> float:
    if name == "log_loss":
        return float(said.losses.mean())
    tally = Tally.of_answers(true[None], said.predicted[None], classes)
    return float(getattr(tally, name)()[0])


def _clipped(found: Interval) -> Interval:
    """What a difference of shares can be."""
    return Interval(found.value, max(-1.0, found.low), min(1.0, found.high))
