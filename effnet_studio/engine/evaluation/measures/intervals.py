"""95 % intervals of every figure of an evaluation.

Plain shares have Wilson's interval, which is exact enough at any number of images: accuracy and
top-5 of all images, recall of a class's images, precision of the images that were called the
class. So has F1, for it is 2 j / (1 + j) of such a share j: right answers among the images that
are of the class or were called it (Lam, Gopal & Qian 2023, arXiv:2309.14621, "Wilson indirect").
The other figures mix shares, and are resampled (see :mod:`.bootstrap`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.evaluation.evaluate import TOP
from effnet_studio.engine.evaluation.measures.bootstrap import (
    RESAMPLES,
    Interval,
    ModelAnswers,
    mean_interval,
    percentile_interval,
    replicate,
)
from effnet_studio.engine.evaluation.measures.metrics import true_log_probability, true_ranks
from effnet_studio.engine.evaluation.measures.significance import wilson, wilson_limits
from effnet_studio.engine.evaluation.measures.tally import Tally

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.evaluation.evaluate import Evaluation

_LOWEST = {
    "balanced_accuracy": 0.0,
    "macro_f1": 0.0,
    "weighted_f1": 0.0,
    "kappa": -1.0,
    "mcc": -1.0,
}
"""Figures that are no share of some images, and the least that each can be; the most is 1."""


@dataclass(frozen=True, eq=False)
class Intervals:
    """The figures of an evaluation, each with its 95 % interval.

    Attributes:
        accuracy: Wilson's.
        balanced_accuracy: Resampled.
        macro_f1: Resampled.
        weighted_f1: Resampled.
        kappa: Resampled; all of [-1, 1] where all images are of one class.
        mcc: The same.
        top5: Wilson's; None where the evaluation has none.
        log_loss: Resampled; nats, at least 0. For a single image the upper end is infinite.
        precision: Ends for each class, Wilson's, float64, shape (classes, 2): lower, upper. All
            of [0, 1] for a class that was never answered.
        recall: The same; all of [0, 1] for a class without images.
        f1: The same.
    """

    accuracy: Interval
    balanced_accuracy: Interval
    macro_f1: Interval
    weighted_f1: Interval
    kappa: Interval
    mcc: Interval
    top5: Interval | None
    log_loss: Interval
    precision: NDArray[np.float64]
    recall: NDArray[np.float64]
    f1: NDArray[np.float64]


def confidence_intervals(
    evaluation: Evaluation,
    *,
    resamples: int = RESAMPLES,
    seed: int = 0,
    cancel: CancelToken | None = None,
) -> Intervals:
    """Say how far each figure of an evaluation can be trusted.

    Args:
        evaluation: Figures and answers.
        resamples: How often the images are drawn anew.
        seed: The same one gives the same intervals.
        cancel: Stops between two blocks of resamples.

    Returns:
        The intervals. 50,000 images of 1,000 classes take a few seconds and some 100 MB.

    Raises:
        Cancelled: If the job was asked to stop.
    """
    losses = -true_log_probability(evaluation.logits, evaluation.true)
    (figures,) = replicate(
        evaluation.true,
        [ModelAnswers(evaluation.predicted, losses)],
        len(evaluation.classes),
        resamples=resamples,
        seed=seed,
        cancel=cancel,
    )
    mixed = {
        name: percentile_interval(getattr(evaluation, name), figures[name]) for name in _LOWEST
    }
    if len(np.unique(evaluation.true)) < 2 <= len(evaluation.classes):
        # 0/0 or 0, whatever is answered: they say nothing of images of other classes.
        for name in ("kappa", "mcc"):
            mixed[name] = Interval(getattr(evaluation, name), -1.0, 1.0)
    log_loss = mean_interval(evaluation.log_loss, figures["log_loss"], evaluation.images)
    tally = Tally.of_confusion(evaluation.confusion)
    return Intervals(
        accuracy=_share(int(tally.right.sum()), evaluation.images),
        **{name: _within(found, _LOWEST[name], 1.0) for name, found in mixed.items()},
        top5=None if evaluation.top5 is None else _top5(evaluation),
        log_loss=_within(log_loss, 0.0, math.inf),
        precision=_limits(tally.right, tally.given),
        recall=_limits(tally.right, tally.support),
        f1=_f1_limits(tally),
    )


def _within(found: Interval, lowest: float, highest: float) -> Interval:
    return Interval(found.value, max(lowest, found.low), min(highest, found.high))


def _share(right: int, images: int) -> Interval:
    share = wilson(right, images)
    return Interval(share.value, share.low, share.high)


def _top5(evaluation: Evaluation) -> Interval:
    ranks = true_ranks(evaluation.logits, evaluation.true)
    return _share(int((ranks < TOP).sum()), evaluation.images)


def _limits(right: NDArray[np.int64], images: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.stack(wilson_limits(right, images), axis=-1)


def _f1_limits(tally: Tally) -> NDArray[np.float64]:
    shares = _limits(tally.right, tally.support + tally.given - tally.right)
    return np.asarray(2 * shares / (1 + shares))
