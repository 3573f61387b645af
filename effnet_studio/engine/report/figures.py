"""The figures of a report, with the range in which each may lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.evaluation.significance import wilson
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from effnet_studio.engine.evaluation.evaluate import Evaluation


@dataclass(frozen=True)
class Metric:
    """A figure of merit.

    Attributes:
        key: Stable name, as scikit-learn and model cards call it.
        title: For people.
        meaning: What it says, in a sentence.
        value: The figure.
        low: Lower end of its 95 % interval; None: none is known.
        high: Upper end.
        share: Whether it is a share in [0, 1], shown as per cent.
    """

    key: str
    title: Message
    meaning: Message
    value: float
    low: float | None = None
    high: float | None = None
    share: bool = True

    @property
    def text(self) -> str:
        """The figure alone."""
        return percent(self.value) if self.share else f"{self.value:.3f}"

    @property
    def interval(self) -> str:
        """Its interval; empty if none is known."""
        if self.low is None or self.high is None:
            return ""
        if self.share:
            return f"{100 * self.low:.1f} – {100 * self.high:.1f} %"
        return f"{self.low:.3f} – {self.high:.3f}"


@dataclass(frozen=True)
class ClassFigures:
    """How well a class is recognised.

    Attributes:
        label: Name of the class.
        images: Its judged images.
        precision: Share of the answers with its name that are right; None: there are none.
        recall: Share of its images that were recognised; None: it has none.
        recall_low: Lower end of the 95 % interval of the recall.
        recall_high: Upper end.
        f1: Harmonic mean of the two; None if it has no images and was never answered.
    """

    label: str
    images: int
    precision: float | None
    recall: float | None
    recall_low: float
    recall_high: float
    f1: float | None


@dataclass(frozen=True)
class Confusion:
    """Images of one class that were taken for another.

    Attributes:
        true: The class.
        predicted: What it was taken for.
        images: How many.
        share: Of the images of the class, in (0, 1].
    """

    true: str
    predicted: str
    images: int
    share: float


def percent(share: float) -> str:
    """A share in [0, 1] as text with one decimal."""
    return f"{100 * share:.1f} %"


def metrics_of(evaluation: Evaluation) -> tuple[Metric, ...]:
    """The figures of an evaluation, the most telling first.

    Args:
        evaluation: The answers.

    Returns:
        The figures.
    """
    right = int(np.trace(evaluation.confusion))
    accuracy = wilson(right, evaluation.images)
    return (
        Metric(
            "accuracy",
            msg("Accuracy"),
            msg("Share of the images that were recognised."),
            evaluation.accuracy,
            accuracy.low,
            accuracy.high,
        ),
        Metric(
            "balanced_accuracy",
            msg("Balanced accuracy"),
            msg("The same if all classes had equally many images."),
            evaluation.balanced_accuracy,
        ),
        Metric(
            "f1_macro",
            msg("Macro F1"),
            msg("Mean over the classes of precision and recall taken together."),
            evaluation.macro_f1,
        ),
        Metric(
            "log_loss",
            msg("Log-loss"),
            msg("How well the probabilities fit; 0 is perfect, lower is better."),
            evaluation.log_loss,
            share=False,
        ),
    )


def class_figures(evaluation: Evaluation) -> tuple[ClassFigures, ...]:
    """How well each class is recognised, the worst first, classes without images last.

    Args:
        evaluation: The answers.

    Returns:
        One entry for each class of the model.
    """
    given = evaluation.confusion.sum(axis=0).tolist()
    right = np.diag(evaluation.confusion).tolist()
    found = []
    for label, report in enumerate(evaluation.per_class):
        share = wilson(right[label], report.support)
        found.append(
            ClassFigures(
                label=report.label,
                images=report.support,
                precision=report.precision if given[label] else None,
                recall=report.recall if report.support else None,
                recall_low=share.low,
                recall_high=share.high,
                f1=report.f1 if report.support or given[label] else None,
            )
        )
    found.sort(key=lambda each: (each.recall is None, each.recall or 0.0, -each.images))
    return tuple(found)


def confusions(evaluation: Evaluation, most: int) -> tuple[Confusion, ...]:
    """Which classes are taken for which, the most frequent first.

    Args:
        evaluation: The answers.
        most: At most so many.

    Returns:
        Pairs of classes with at least one image.
    """
    counts = evaluation.confusion.copy()
    np.fill_diagonal(counts, 0)
    support = evaluation.confusion.sum(axis=1)
    rows, columns = np.nonzero(counts)
    images = counts[rows, columns]
    order = np.lexsort((columns, rows, -(images / support[rows]), -images))[:most]
    return tuple(
        Confusion(
            true=evaluation.classes[int(rows[place])],
            predicted=evaluation.classes[int(columns[place])],
            images=int(images[place]),
            share=float(images[place] / support[rows[place]]),
        )
        for place in order
    )
