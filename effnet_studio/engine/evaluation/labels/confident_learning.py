"""Which labels are probably wrong, from the probabilities of a model that has not seen them.

Confident learning: Northcutt, Jiang and Chuang 2021, "Confident learning: estimating uncertainty in
dataset labels" (JAIR 70, arXiv:1911.00068, section 3). Written out for arrays; the symbols are the
paper's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class LabelQuality:
    """What the probabilities say about the labels.

    Attributes:
        scores: float64, (n,), in [0, 1]: probability of the label each has (self-confidence).
        suggested: int64, (n,): the likeliest class of each.
        flagged: bool, (n,): labels that are probably wrong; their suggested class is another one.
        joint: float64, (k, k), sums to 1: estimated share of pictures with label i that are j.
    """

    scores: NDArray[np.float64]
    suggested: NDArray[np.int64]
    flagged: NDArray[np.bool_]
    joint: NDArray[np.float64]


def judge_labels(probabilities: NDArray[np.floating], labels: NDArray[np.int64]) -> LabelQuality:
    """Find labels that are probably wrong.

    Args:
        probabilities: (n, k): of each class, by a model that was not trained on that picture.
        labels: int64, (n,), in [0, k): as they are; no class is without pictures.

    Returns:
        A score, a class and a verdict for each.
    """
    values = np.asarray(probabilities, dtype=np.float64)
    joint = estimate_joint(confident_joint(values, labels), labels)
    suggested: NDArray[np.int64] = values.argmax(axis=1)
    # Whatever the noise rate: a label that is also the likeliest class is not suspicious.
    flagged = prune_by_noise_rate(values, labels, joint) & (suggested != labels)
    return LabelQuality(values[np.arange(len(labels)), labels], suggested, flagged, joint)


def confident_joint(
    probabilities: NDArray[np.float64], labels: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Count the pictures that have label i and are, with confidence, of class j (equation 1).

    To be of class j with confidence, a picture must reach the mean probability t_j of j among those
    that have it as their label (equation 2); of several such classes it is of the likeliest.

    Args:
        probabilities: float64, (n, k).
        labels: int64, (n,), in [0, k); no class is without pictures.

    Returns:
        int64, (k, k): labels in rows, classes in columns.
    """
    classes = probabilities.shape[1]
    own = probabilities[np.arange(len(labels)), labels]
    thresholds = np.bincount(labels, own, classes) / np.bincount(labels, minlength=classes)
    # Where all have the same probability, the last digits of the mean must not decide.
    reached = np.where(probabilities >= thresholds - 1e-9, probabilities, -1.0)
    true, sure = reached.argmax(axis=1), reached.max(axis=1) >= 0
    counts = np.bincount(labels[sure] * classes + true[sure], minlength=classes**2)
    return counts.reshape(classes, classes)


def estimate_joint(counts: NDArray[np.int64], labels: NDArray[np.int64]) -> NDArray[np.float64]:
    """Estimate how labels and true classes go together (equation 3).

    Args:
        counts: int64, (k, k): as :func:`confident_joint` gives it.
        labels: int64, (n,), in [0, k).

    Returns:
        float64, (k, k), sums to 1; row i sums to the share of label i. A label of which no picture
        is sure is taken to be right.
    """
    rows = counts.sum(axis=1, keepdims=True)
    shares = np.where(rows > 0, counts / np.maximum(rows, 1), np.eye(len(counts)))
    sizes = np.bincount(labels, minlength=len(counts))
    joint: NDArray[np.float64] = shares * sizes[:, None] / len(labels)
    return joint


def prune_by_noise_rate(
    probabilities: NDArray[np.float64], labels: NDArray[np.int64], joint: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Point out as many wrong labels as there should be (section 3.2, "prune by noise rate").

    For labels i and other classes j these are the n·Q_ij pictures with the largest margin of the
    probability of j over that of i.

    Args:
        probabilities: float64, (n, k).
        labels: int64, (n,), in [0, k).
        joint: float64, (k, k): as :func:`estimate_joint` gives it.

    Returns:
        bool, (n,).
    """
    wrong = np.rint(len(labels) * joint).astype(np.int64)
    pruned = np.zeros(len(labels), dtype=bool)
    for label, other in np.argwhere(wrong > 0):
        if label == other:
            continue
        members = np.flatnonzero(labels == label)
        margins = probabilities[members, other] - probabilities[members, label]
        order = np.argsort(-margins, kind="stable")
        pruned[members[order[: wrong[label, other]]]] = True
    return pruned
