"""Figures of merit of a classifier, in NumPy.

Definitions follow scikit-learn's (Pedregosa et al., 2011), the library they are tested against;
where a figure is 0/0, such as the precision of a class that was never predicted, it is 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.evaluation.measures.tally import Tally
from effnet_studio.engine.predict.scores import log_softmax

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

_BLOCK = 1_000_000
"""Logits looked at together: 8 MB in double precision, whatever the number of images."""


@dataclass(frozen=True)
class ClassReport:
    """How well one class is recognised.

    Attributes:
        label: Name of the class.
        precision: Share of the images given this label that really have it, in [0, 1].
        recall: Share of the images of this class that were recognised, in [0, 1].
        f1: Harmonic mean of the two.
        support: Images of this class.
    """

    label: str
    precision: float
    recall: float
    f1: float
    support: int


def confusion_matrix(
    true: NDArray[np.integer], predicted: NDArray[np.integer], classes: int
) -> NDArray[np.int64]:
    """Count every pair of true and predicted class.

    Args:
        true: True class of each image, shape (n,), in [0, classes).
        predicted: Predicted class of each image, shape (n,), in [0, classes).
        classes: Number of classes.

    Returns:
        Counts, shape (classes, classes): rows are true classes, columns predicted ones.

    Raises:
        ValueError: If the two differ in length or a class is out of range.
    """
    rows = np.asarray(true, dtype=np.int64).reshape(-1)
    columns = np.asarray(predicted, dtype=np.int64).reshape(-1)
    if rows.shape != columns.shape:
        raise ValueError(f"{rows.size} true classes but {columns.size} predicted ones")
    for values in (rows, columns):
        if values.size and (values.min() < 0 or values.max() >= classes):
            raise ValueError(f"a class is outside 0..{classes - 1}")
    counts = np.bincount(rows * classes + columns, minlength=classes * classes)
    return counts.reshape(classes, classes).astype(np.int64)


def accuracy(confusion: NDArray[np.integer]) -> float:
    """Share of right answers, in [0, 1]; 0 when there are no images.

    Args:
        confusion: As made by :func:`confusion_matrix`.
    """
    return float(Tally.of_confusion(confusion).accuracy())


def class_reports(confusion: NDArray[np.integer], labels: Sequence[str]) -> tuple[ClassReport, ...]:
    """Precision, recall and F1 of every class.

    Args:
        confusion: As made by :func:`confusion_matrix`, shape (c, c).
        labels: Names of the c classes.

    Returns:
        One report a class, in the order of the labels.
    """
    tally = Tally.of_confusion(confusion)
    precision, recall, f1 = tally.precision(), tally.recall(), tally.f1()
    return tuple(
        ClassReport(
            label, float(precision[i]), float(recall[i]), float(f1[i]), int(tally.support[i])
        )
        for i, label in enumerate(labels)
    )


def balanced_accuracy(confusion: NDArray[np.integer]) -> float:
    """Mean recall over the classes that have images, in [0, 1]; 0 when there are none.

    Args:
        confusion: As made by :func:`confusion_matrix`.
    """
    return float(Tally.of_confusion(confusion).balanced_accuracy())


def macro_f1(confusion: NDArray[np.integer]) -> float:
    """Plain mean of F1 over the classes that are present or were predicted; 0 without images.

    Args:
        confusion: As made by :func:`confusion_matrix`.
    """
    return float(Tally.of_confusion(confusion).macro_f1())


def weighted_f1(confusion: NDArray[np.integer]) -> float:
    """Mean of F1 weighted with the images of each class, in [0, 1]; 0 without images.

    Args:
        confusion: As made by :func:`confusion_matrix`.
    """
    return float(Tally.of_confusion(confusion).weighted_f1())


def cohen_kappa(confusion: NDArray[np.integer]) -> float:
    """Cohen's kappa, in [-1, 1]: 1 is all right, 0 no better than guesses.

    0 also where it is 0/0: all images and all answers are of one class, or there are none. Formula
    and source: :meth:`~.tally.Tally.kappa`.

    Args:
        confusion: As made by :func:`confusion_matrix`.
    """
    return float(Tally.of_confusion(confusion).kappa())


def matthews_correlation(confusion: NDArray[np.integer]) -> float:
    """Matthews correlation coefficient for any number of classes, in [-1, 1].

    0 also where it is 0/0: all images or all answers are of one class, or there are none. Formula
    and source: :meth:`~.tally.Tally.mcc`.

    Args:
        confusion: As made by :func:`confusion_matrix`.
    """
    return float(Tally.of_confusion(confusion).mcc())


def true_ranks(logits: NDArray[np.floating], true: NDArray[np.integer]) -> NDArray[np.int64]:
    """How many classes come before the true one, when the likeliest is first.

    Of equal logits the lower class number comes first, as in ``argmax``: the rank is 0 exactly
    where ``argmax`` gives the true class.

    Args:
        logits: Raw outputs, shape (n, c).
        true: True classes, shape (n,).

    Returns:
        Ranks, int64, shape (n,), in [0, c).
    """
    wanted = np.asarray(true, dtype=np.int64)
    ranks = np.zeros(len(logits), dtype=np.int64)
    for rows in _blocks(logits):
        values, column = logits[rows], wanted[rows, None]
        own = np.take_along_axis(values, column, axis=1)
        lower = np.arange(logits.shape[1]) < column
        ranks[rows] = ((values > own) | ((values == own) & lower)).sum(axis=1)
    return ranks


def runners_up(logits: NDArray[np.floating]) -> NDArray[np.int64]:
    """The second likeliest class of each image; of equal logits the lower number comes first.

    Args:
        logits: Raw outputs, shape (n, c) with c at least 2.

    Returns:
        Classes, int64, shape (n,), other than those that ``argmax`` gives.
    """
    found = np.zeros(len(logits), dtype=np.int64)
    for rows in _blocks(logits):
        rest = logits[rows].copy()
        rest[np.arange(len(rest)), rest.argmax(axis=1)] = -np.inf
        found[rows] = rest.argmax(axis=1)
    return found


def top_k_accuracy(logits: NDArray[np.floating], true: NDArray[np.integer], k: int) -> float:
    """Share of images whose true class is among the k likeliest ones.

    Args:
        logits: Raw outputs, shape (n, c).
        true: True classes, shape (n,).
        k: How many answers count, at least 1; ties as in :func:`true_ranks`, so that k = 1 gives
            the accuracy.

    Returns:
        The share, in [0, 1]; 0 when there are no images.

    Raises:
        ValueError: If k is below 1.
    """
    if k < 1:
        raise ValueError(f"k is {k}, and must be 1 or more")
    return float((true_ranks(logits, true) < k).mean()) if len(logits) else 0.0


def true_log_probability(
    logits: NDArray[np.floating], true: NDArray[np.integer]
) -> NDArray[np.float64]:
    """Logarithm of the probability given to each image's true class.

    Args:
        logits: Raw outputs, shape (n, c).
        true: True classes, shape (n,).

    Returns:
        Natural logarithms, shape (n,), all <= 0.
    """
    wanted = np.asarray(true, dtype=np.int64)
    found = np.zeros(len(logits), dtype=np.float64)
    for rows in _blocks(logits):
        logs = log_softmax(logits[rows])
        found[rows] = logs[np.arange(len(logs)), wanted[rows]]
    return found


def log_loss(logits: NDArray[np.floating], true: NDArray[np.integer]) -> float:
    """Mean cross-entropy in nats, computed from the logits without any clipping.

    Args:
        logits: Raw outputs, shape (n, c).
        true: True classes, shape (n,).

    Returns:
        The loss, >= 0; 0 when there are no images.
    """
    return float(-true_log_probability(logits, true).mean()) if len(logits) else 0.0


def _blocks(logits: NDArray[np.floating]) -> Iterator[slice]:
    """Rows that are looked at together, so that what is computed from them stays small."""
    step = max(1, _BLOCK // max(1, logits.shape[1]))
    return (slice(first, first + step) for first in range(0, len(logits), step))
