"""Figures of merit of a classifier, in NumPy.

Definitions follow scikit-learn's (Pedregosa et al., 2011), the library they are tested against;
where a figure is 0/0, such as the precision of a class that was never predicted, it is 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.predict.scores import log_softmax

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


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
    total = int(confusion.sum())
    return int(np.trace(confusion)) / total if total else 0.0


def class_reports(confusion: NDArray[np.integer], labels: Sequence[str]) -> tuple[ClassReport, ...]:
    """Precision, recall and F1 of every class.

    Args:
        confusion: As made by :func:`confusion_matrix`, shape (c, c).
        labels: Names of the c classes.

    Returns:
        One report a class, in the order of the labels.
    """
    right = np.diag(confusion).astype(np.float64)
    support = confusion.sum(axis=1)
    given = confusion.sum(axis=0)
    precision = _ratio(right, given)
    recall = _ratio(right, support)
    # Not 2pr / (p + r): from the counts it is exact also where both are 0.
    f1 = _ratio(2 * right, support + given)
    return tuple(
        ClassReport(label, float(precision[i]), float(recall[i]), float(f1[i]), int(support[i]))
        for i, label in enumerate(labels)
    )


def balanced_accuracy(confusion: NDArray[np.integer]) -> float:
    """Mean recall over the classes that have images, in [0, 1]; 0 when there are none.

    Args:
        confusion: As made by :func:`confusion_matrix`.
    """
    support = confusion.sum(axis=1)
    present = support > 0
    if not present.any():
        return 0.0
    return float((np.diag(confusion)[present] / support[present]).mean())


def macro_f1(confusion: NDArray[np.integer]) -> float:
    """Plain mean of F1 over the classes that are present or were predicted; 0 without images.

    Args:
        confusion: As made by :func:`confusion_matrix`.
    """
    touched = confusion.sum(axis=1) + confusion.sum(axis=0)
    if not touched.any():
        return 0.0
    return float(_ratio(2.0 * np.diag(confusion), touched)[touched > 0].mean())


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
    rows = np.arange(len(logits))
    return np.asarray(log_softmax(logits)[rows, np.asarray(true, dtype=np.int64)])


def log_loss(logits: NDArray[np.floating], true: NDArray[np.integer]) -> float:
    """Mean cross-entropy in nats, computed from the logits without any clipping.

    Args:
        logits: Raw outputs, shape (n, c).
        true: True classes, shape (n,).

    Returns:
        The loss, >= 0; 0 when there are no images.
    """
    return float(-true_log_probability(logits, true).mean()) if len(logits) else 0.0


def _ratio(above: NDArray[np.floating], below: NDArray[np.integer]) -> NDArray[np.float64]:
    """Divide, and call 0/0 zero."""
    shares = np.zeros(len(above), dtype=np.float64)
    np.divide(above, below, out=shares, where=below > 0)
    return shares
