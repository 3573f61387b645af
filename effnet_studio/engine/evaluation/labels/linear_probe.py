"""A linear classifier on vectors: what each picture is, told by a model that has not seen it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.events import OnEvent, PauseChanged, ProgressMeter, Stage, ignore
from effnet_studio.engine.models.logistic import fit_logistic
from effnet_studio.engine.predict.scores import softmax

if TYPE_CHECKING:
    from numpy.typing import NDArray

L2: Final = 0.5
"""Penalty on the weights for vectors whose mean square length is 1. Between 0.1 and 3, the figures
on photographs with planted wrong labels hardly change."""


def out_of_fold_probabilities(
    features: NDArray[np.float32],
    labels: NDArray[np.int64],
    *,
    groups: NDArray[np.int64] | None = None,
    folds: int = 5,
    repeats: int = 1,
    seed: int = 0,
    l2: float = L2,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> NDArray[np.float32]:
    """Tell of each picture what it is, by a classifier trained on the others.

    The pictures are divided into folds, each class evenly; those of one fold are judged by a
    multinomial logistic regression that was fitted to the other folds.

    Args:
        features: float32, (n, d).
        labels: int64, (n,): 0, 1, …; what is in one group alone cannot be told from others.
        groups: int64, (n,): pictures with the same number stay in one fold; -1 for those that are
            alone. None: all are.
        folds: Number of folds, at least 2.
        repeats: Divisions over which probabilities are averaged: what a single one says of a
            picture depends on the others of its fold.
        seed: Makes the divisions repeatable.
        l2: Strength of the penalty, as for
            :func:`~effnet_studio.engine.models.logistic.fit_logistic`.
        on_event: Hears the progress, in folds.
        cancel: Checked at every step of every fit.

    Returns:
        float32, (n, k); rows sum to 1.

    Raises:
        ValueError: If there are fewer than two folds.
        Cancelled: If the job was asked to stop.
    """
    token = cancel or CancelToken()
    classes = int(labels.max(initial=-1)) + 1
    probabilities = np.zeros((len(labels), classes), dtype=np.float32)
    divisions = [
        divide(labels, groups, folds=folds, seed=seed + repeat) for repeat in range(repeats)
    ]
    parts = [(fold_of, fold) for fold_of in divisions for fold in np.unique(fold_of).tolist()]
    meter = ProgressMeter(Stage.EVALUATE, len(parts), on_event, unit="steps")

    def check() -> None:
        token.check(lambda paused: on_event(PauseChanged(paused)))

    for fold_of, fold in parts:
        held = fold_of == fold
        fitted = fit_logistic(features[~held], labels[~held], classes, l2=l2, on_step=check)
        probabilities[held] += softmax(fitted(features[held]))
        meter.advance()
    meter.finish()
    return probabilities / np.float32(repeats)


def divide(
    labels: NDArray[np.int64],
    groups: NDArray[np.int64] | None = None,
    *,
    folds: int,
    seed: int = 0,
) -> NDArray[np.int64]:
    """Divide pictures into folds, each class evenly, without tearing groups apart.

    Args:
        labels: int64, (n,): 0, 1, … without a gap.
        groups: int64, (n,): as for :func:`out_of_fold_probabilities`.
        folds: Number of folds, at least 2.
        seed: Makes the division repeatable.

    Returns:
        int64, (n,), in [0, folds). Of small sets some folds may be empty.

    Raises:
        ValueError: If there are fewer than two folds.
    """
    if folds < 2:
        raise ValueError("at least two folds are needed")
    unit_of, label_of = _units(labels, groups)
    sizes = np.bincount(unit_of)
    # Dealt out like cards, class by class, the large groups first, else in an order of chance. The
    # next class goes on where the last one ended, so that small classes do not fill one fold.
    chance = np.random.default_rng(seed).permutation(len(sizes))
    order = np.lexsort((chance, -sizes, label_of))
    fold_of = np.empty(len(sizes), dtype=np.int64)
    fold_of[order] = np.arange(len(sizes)) % folds
    return fold_of[unit_of]


def groups_of_classes(
    labels: NDArray[np.int64], groups: NDArray[np.int64] | None = None
) -> NDArray[np.int64]:
    """Count the groups each class is in; a picture that is alone is one.

    Args:
        labels: int64, (n,): 0, 1, ….
        groups: int64, (n,): as for :func:`out_of_fold_probabilities`.

    Returns:
        int64, (k,).
    """
    unit_of, _ = _units(labels, groups)
    pairs = np.unique(np.stack([labels, unit_of]), axis=1)
    return np.bincount(pairs[0], minlength=int(labels.max(initial=-1)) + 1)


def _units(
    labels: NDArray[np.int64], groups: NDArray[np.int64] | None
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """What stays together: the unit of each picture, (n,), and the rarest class in each, (u,)."""
    count = len(labels)
    given = np.full(count, -1) if groups is None else groups
    alone = int(given.max(initial=-1)) + 1 + np.arange(count)
    _, unit_of = np.unique(np.where(given >= 0, given, alone), return_inverse=True)
    # Of a picture under two names the rarer counts: that class can spare it least.
    rarest = np.lexsort((np.bincount(labels)[labels], unit_of))
    _, first = np.unique(unit_of[rarest], return_index=True)
    return unit_of, labels[rarest[first]]
