"""What can be done where some classes have far more pictures than others.

Three remedies, of which a run uses at most one: draw every class equally often, or let mistakes on
rare classes count more, in proportion to their rarity or, milder, to the effective number of
pictures. NumPy only: the window shows what a remedy would do before anything is trained.
"""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

BETA = 0.999
"""Of :attr:`Imbalance.EFFECTIVE`, one of the four values of Cui et al. 2019, section 5.

It says that about 1 / (1 - beta) = 1,000 pictures tell all there is to tell of a class: below a
hundred pictures the weights are nearly those of the inverse frequency, beyond a few thousand more
pictures no longer lower a class's weight.
"""

UNEVEN = 3.0
"""Pictures of the largest class for one of the smallest, beyond which accuracy alone misleads: who
always says the largest of two such classes is right three times in four."""

_TAG = 0xBA1A
"""Keeps these random numbers apart from others of the same seed and epoch."""


class Imbalance(StrEnum):
    """What is done where some classes have far more pictures than others."""

    NONE = "none"
    SAMPLING = "sampling"
    WEIGHTS = "weights"
    EFFECTIVE = "effective"


def is_uneven(counts: Sequence[int]) -> bool:
    """Whether the largest class has so many more pictures that accuracy alone misleads.

    Args:
        counts: Training pictures of each class; those without any are left out.
    """
    there = [count for count in counts if count]
    return len(there) > 1 and max(there) > UNEVEN * min(there)


def class_weights(counts: Sequence[int], remedy: Imbalance) -> NDArray[np.float64]:
    """How much a mistake on a picture of each class counts.

    With n pictures of a class, :attr:`Imbalance.WEIGHTS` is proportional to 1 / n and
    :attr:`Imbalance.EFFECTIVE` to (1 - beta) / (1 - beta^n), the inverse of the effective number of
    pictures (Cui et al. 2019, arXiv:1901.05555, proposition 1 and section 4). Both are scaled so
    that the mean over all pictures is 1: a remedy shifts attention between classes and leaves the
    size of the steps as it was.

    Args:
        counts: Training pictures of each class, none negative.
        remedy: Which weights; 1 for all classes where the remedy is not in the loss.

    Returns:
        float64, shape (classes,). A class without pictures has the weight 0.
    """
    numbers = np.asarray(counts, dtype=np.float64)
    there = numbers > 0
    weights = there.astype(np.float64)
    if remedy is Imbalance.WEIGHTS:
        weights[there] = 1 / numbers[there]
    elif remedy is Imbalance.EFFECTIVE:
        # 1 - beta^n without the digits that a subtraction of nearly equal numbers would cost.
        weights[there] = (1 - BETA) / -np.expm1(numbers[there] * math.log(BETA))
    total = float(weights @ numbers)
    return weights * (numbers.sum() / total) if total else weights


def seen_shares(counts: Sequence[int], remedy: Imbalance) -> NDArray[np.float64]:
    """What share of the training each class gets, by how often it comes and how much it counts.

    Args:
        counts: Training pictures of each class, none negative.
        remedy: What is done about the imbalance.

    Returns:
        float64, shape (classes,); the sum is 1 unless there are no pictures at all.
    """
    numbers = np.asarray(counts, dtype=np.float64)
    signal = numbers * class_weights(counts, remedy)
    if remedy is Imbalance.SAMPLING:
        signal = (numbers > 0).astype(np.float64)
    return signal / max(float(signal.sum()), np.finfo(np.float64).tiny)


def balanced_plan(
    labels: Sequence[int], batch_size: int, *, seed: int, epoch: int
) -> list[list[int]]:
    """Divide an epoch into batches in which every class comes equally often.

    An epoch is as long as ever. Pictures of small classes come several times; of large ones, a part
    that is another in each epoch. Within a class all pictures come before one comes again.

    Args:
        labels: Class of each picture of the set.
        batch_size: Most pictures in a batch.
        seed: Makes the choice repeatable.
        epoch: Epoch, counted from 0.

    Returns:
        Positions of the pictures of each batch; the batches are as many and as large as those of
        :func:`~.loading.loader.shuffled_plan`.
    """
    from effnet_studio.engine.data.loading.loader import steps_per_epoch  # it imports torch

    rng = np.random.default_rng((seed, epoch, _TAG))
    count = len(labels)
    order = np.argsort(np.asarray(labels, dtype=np.int64), kind="stable")
    _, starts = np.unique(np.asarray(labels, dtype=np.int64)[order], return_index=True)
    members = np.split(order, starts[1:])
    least, left = divmod(count, max(1, len(members)))
    # Where the classes do not divide an epoch evenly, others get the odd picture in each epoch.
    quotas = least + (rng.permutation(len(members)) < left)
    drawn = [_draw(rng, part, int(quota)) for part, quota in zip(members, quotas, strict=True)]
    chosen = rng.permutation(np.concatenate(drawn))
    return [part.tolist() for part in np.array_split(chosen, steps_per_epoch(count, batch_size))]


def _draw(rng: np.random.Generator, members: NDArray[np.int64], quota: int) -> NDArray[np.int64]:
    """Draw so many of a class, shuffling it anew whenever all have come."""
    if not quota:
        return members[:0]
    rounds = [rng.permutation(members) for _ in range(math.ceil(quota / len(members)))]
    return np.concatenate(rounds)[:quota]
