"""The figures of a report, with the range in which each may lie."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.evaluation.measures.figure_words import FIGURES

if TYPE_CHECKING:
    from effnet_studio.engine.evaluation.evaluate import Evaluation
    from effnet_studio.engine.evaluation.measures.figure_words import FigureWords
    from effnet_studio.engine.evaluation.measures.intervals import Intervals


@dataclass(frozen=True)
class Metric:
    """A figure of merit.

    Attributes:
        key: Stable name, as in ``figure_words.FIGURES``.
        words: What people call it and what it says.
        value: The figure.
        low: Lower end of its 95 % interval.
        high: Upper end; may be infinite.
    """

    key: str
    words: FigureWords
    value: float
    low: float
    high: float

    @property
    def text(self) -> str:
        """The figure alone."""
        return percent(self.value) if self.words.share else f"{self.value:.3f}"

    @property
    def interval(self) -> str:
        """Its interval."""
        if self.words.share:
            return f"{100 * self.low:.1f} – {100 * self.high:.1f} %"
        return f"{self.low:.3f} – {'∞' if math.isinf(self.high) else f'{self.high:.3f}'}"


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


def signed_points(share: float) -> str:
    """A difference of shares in percentage points, with a minus sign as books have it."""
    points = round(100 * share, 1)
    return f"−{-points:.1f}" if points < 0 else f"{abs(points):.1f}"


def megabytes(size: int) -> str:
    """A number of bytes as text with one decimal."""
    return f"{size / 1e6:.1f} MB"


def count_text(number: int) -> str:
    """A number of images as text, its thousands apart."""
    return f"{number:,}"


def metrics_of(evaluation: Evaluation, intervals: Intervals) -> tuple[Metric, ...]:
    """The figures of an evaluation, the most telling first.

    Args:
        evaluation: The answers.
        intervals: How far each figure can be trusted.

    Returns:
        Those that the evaluation has.
    """
    return tuple(
        Metric(key, words, found.value, found.low, found.high)
        for key, words in FIGURES.items()
        if (found := getattr(intervals, key)) is not None and getattr(evaluation, key) is not None
    )


def class_figures(evaluation: Evaluation, intervals: Intervals) -> tuple[ClassFigures, ...]:
    """How well each class is recognised, the worst first, classes without images last.

    Args:
        evaluation: The answers.
        intervals: How far each figure can be trusted.

    Returns:
        One entry for each class of the model.
    """
    given = evaluation.confusion.sum(axis=0).tolist()
    found = []
    for label, report in enumerate(evaluation.per_class):
        low, high = intervals.recall[label].tolist()
        found.append(
            ClassFigures(
                label=report.label,
                images=report.support,
                precision=report.precision if given[label] else None,
                recall=report.recall if report.support else None,
                recall_low=low,
                recall_high=high,
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
