"""The last layer solved instead of trained: with frozen features the best one can be computed."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from effnet_studio.engine.data.balance import Imbalance, class_weights
from effnet_studio.engine.events import BatchProgress
from effnet_studio.engine.models.logistic import LinearClassifier, fit_logistic, uncorrelated
from effnet_studio.engine.training.kept_feed import Activations, KeptFeed, as_floats
from effnet_studio.engine.training.loop import pause_point
from effnet_studio.engine.training.variation import unchanging

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from effnet_studio.engine.models.spec import ModelSpec
    from effnet_studio.engine.training.session import Session, TrainJob

STRENGTHS = (300.0, 100.0, 30.0, 10.0, 3.0, 1.0, 0.3)
"""Penalties that are tried, the strongest first: each fit begins where the last one ended."""

FOLDS = 5
"""Parts of the training pictures; a penalty is judged by those that were held back."""

ROUGHLY = 1e-6
"""Gain of a step at which a fit ends that is only judged: half the steps, the same choice."""

GIVE_UP = 2
"""Penalties in a row that are worse than the best so far, after which weaker ones are not tried."""

FEW = 3000
"""Training pictures up to which a penalty is judged by all of them, in turns."""


def solves(job: TrainJob) -> bool:
    """Whether the last layer of a run is solved instead of trained."""
    config = job.config
    frozen = job.always_frozen == len(job.spec.stages)
    alone = job.world.size == 1
    return alone and config.solve_head and frozen and unchanging(config) and not config.teacher


def classifier_inputs(model: nn.Module, spec: ModelSpec) -> int:
    """How many features the last layer of a network gets."""
    layer = model.get_submodule(spec.classifier)
    if not isinstance(layer, (nn.Linear, nn.Conv2d)):
        raise TypeError(layer)
    return layer.weight.shape[1]


def solve_head(run: Session) -> None:
    """Put the best last layer into the network, in the place of an epoch of training.

    Its penalty is the one that answers held-back training pictures best (by cross-entropy).

    Args:
        run: A session whose feed gives features; its network and state move on.

    Raises:
        Cancelled: If the user stops.
        PausedError: If the user wants to wait.
    """
    feed, state = run.feed, run.state
    if not isinstance(feed, KeptFeed):
        raise TypeError(feed)
    began = time.perf_counter()
    run.begin_epoch()
    run.model.eval()  # no dropout: nothing is left to chance
    layer = run.model.get_submodule(run.job.spec.classifier)
    features = inputs_of(layer, lambda maps: run.forward(maps.to(run.job.device)), feed.kept)
    labels = feed.kept.labels
    found = best_classifier(
        features,
        labels.numpy(),
        len(run.job.dataset.classes),
        label_smoothing=run.job.config.label_smoothing,
        weights=class_weights_of(run),
        seed=run.job.config.seed,
        on_step=lambda: pause_point(run),
    )
    put_classifier(layer, found)
    logits = torch.from_numpy(found(features))
    loss = float(nn.functional.cross_entropy(logits, labels))
    right = int((logits.argmax(1) == labels).sum())
    seconds = time.perf_counter() - began
    state.part.add(len(labels), loss, right)
    state.part.seconds += seconds
    state.images += len(labels)
    state.train_seconds += seconds
    state.step = (state.epoch + 1) * feed.steps_per_epoch
    run.job.on_event(
        BatchProgress(
            epoch=state.epoch,
            step=state.step,
            steps=run.schedule.steps,
            loss=loss,
            accuracy=right / len(labels),
            learning_rate=0.0,
            images_per_second=len(labels) / max(seconds, 1e-9),
            eta_seconds=None,
        )
    )


def best_classifier(
    features: NDArray[np.float32],
    labels: NDArray[np.int64],
    classes: int,
    *,
    label_smoothing: float = 0.0,
    weights: NDArray[np.float32] | None = None,
    seed: int = 0,
    on_step: Callable[[], None] = lambda: None,
) -> LinearClassifier:
    """Fit a regularised linear classifier, with the penalty that generalises best.

    Args:
        features: float32, (n, d).
        labels: int64, (n,).
        classes: Number of classes.
        label_smoothing: As for :func:`~effnet_studio.engine.models.logistic.fit_logistic`.
        weights: Of the classes, as there.
        seed: Makes the division of the pictures repeatable.
        on_step: Called before each evaluation; may raise to break off.

    Returns:
        The classifier, for features as they were given.
    """
    mean = features.mean(0)
    scale = features.std(0) + 1e-3 * float(features.std()) + 1e-12
    turned, turn = uncorrelated((features - mean) / scale)

    fit = partial(
        fit_logistic,
        classes=classes,
        label_smoothing=label_smoothing,
        class_weights=weights,
        on_step=on_step,
    )
    fold_of = _folds(labels, seed)
    judged = range(FOLDS if len(labels) <= FEW else 1)
    starts: list[LinearClassifier | None] = [None] * FOLDS
    costs: list[float] = []
    for l2 in STRENGTHS:
        cost = 0.0
        for fold in judged:
            held, rows = fold_of == fold, fold_of != fold
            known = starts[fold]
            found = fit(turned[rows], labels[rows], l2=l2, start=known, tolerance=ROUGHLY)
            cost += _cross_entropy(found(turned[held]), labels[held])
            starts[fold] = found
        costs.append(cost)
        if len(costs) - 1 >= int(np.argmin(costs)) + GIVE_UP:
            break
    strength = STRENGTHS[int(np.argmin(costs))]
    found = fit(turned, labels, l2=strength)
    weight = turn @ found.weight / scale[:, None]
    bias = found.bias - mean @ weight
    return LinearClassifier(weight.astype(np.float32), bias.astype(np.float32))


def class_weights_of(run: Session) -> NDArray[np.float32] | None:
    """Weights of the classes, as the settings of a run want them; None: all count alike.

    Drawing rare classes more often comes to the same as weighing them.
    """
    if run.job.config.imbalance is Imbalance.SAMPLING:
        counts = list(run.job.dataset.counts("train").values())
        return class_weights(counts, Imbalance.WEIGHTS).astype(np.float32)
    return None if run.class_weights is None else run.class_weights.cpu().numpy()


def _folds(labels: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    """A fold for each picture, every class dealt out evenly."""
    order = np.random.default_rng((seed, 0xF01D)).permutation(len(labels))
    order = order[np.argsort(labels[order], kind="stable")]
    folds = np.empty(len(labels), dtype=np.int64)
    folds[order] = np.arange(len(labels)) % FOLDS
    return folds


def _cross_entropy(logits: NDArray[np.float32], labels: NDArray[np.int64]) -> float:
    """Sum over the pictures."""
    given = torch.from_numpy(logits)
    return float(nn.functional.cross_entropy(given, torch.from_numpy(labels), reduction="sum"))


@torch.no_grad()
def inputs_of(
    layer: nn.Module, rest: Callable[[Tensor], object], kept: Activations
) -> NDArray[np.float32]:
    """What the last layer gets for pictures whose features were kept.

    Args:
        layer: The last layer of a network in evaluation mode.
        rest: What the network makes of features.
        kept: The features.

    Returns:
        float32, (n, d).
    """
    seen: list[Tensor] = []
    handle = layer.register_forward_pre_hook(lambda _module, inputs: seen.append(inputs[0].cpu()))
    try:
        for chunk in torch.split(as_floats(kept.values[0]), 256):
            rest(chunk)
    finally:
        handle.remove()
    return torch.cat(seen).flatten(1).float().numpy()


@torch.no_grad()
def put_classifier(layer: nn.Module, found: LinearClassifier) -> None:
    """Make a linear layer, or a convolution of one pixel, compute the classifier.

    Args:
        layer: It, with as many inputs and outputs as the classifier.
        found: The classifier.
    """
    if not isinstance(layer, (nn.Linear, nn.Conv2d)) or layer.bias is None:
        raise TypeError(layer)
    layer.weight.copy_(torch.from_numpy(found.weight.T).reshape(layer.weight.shape))
    layer.bias.copy_(torch.from_numpy(found.bias))
