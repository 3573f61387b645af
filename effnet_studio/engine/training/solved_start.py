"""A run that begins with the best last layer for what its network knows already.

Fine-tuning from a random last layer spends its first steps on undoing what that layer's gradients
do to good features, and on few pictures there are hardly more steps than that (Kumar et al. 2022,
"Fine-Tuning can Distort Pretrained Features and Underperform Out-of-Distribution",
arXiv:2202.10054: linear probing, then fine-tuning). So the first epoch solves the last layer
instead, and as it is judged like any other, no run ends worse than the preset Instant on the
validation pictures.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import torch
from torch import nn

from effnet_studio.engine.data.loading.cache import DecodeCache
from effnet_studio.engine.events import BatchProgress
from effnet_studio.engine.models.build import forward_split
from effnet_studio.engine.training.features import compute_features
from effnet_studio.engine.training.linear_head import (
    best_classifier,
    class_weights_of,
    inputs_of,
    put_classifier,
    solves,
)
from effnet_studio.engine.training.loop import pause_point
from effnet_studio.engine.training.open_feed import fast_network, open_loader

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from effnet_studio.engine.training.session import Session, TrainJob


def begins_solved(job: TrainJob) -> bool:
    """Whether the first epoch of a run solves the last layer, and the others train on from that."""
    config = job.config
    alone = job.world.size == 1
    return alone and config.solve_head and config.epochs > 1 and not solves(job)


def solve_first(run: Session) -> None:
    """Give the network the best last layer, in the place of the first epoch.

    Args:
        run: A session before its first step; its network and state move on.

    Raises:
        Cancelled: If the user stops.
        TrainingError: If too many pictures are lost.
    """
    began = time.perf_counter()
    run.begin_epoch()
    run.model.eval()
    images, loss, right = solve_last_layer(
        run.job,
        run.model,
        label_smoothing=run.job.config.label_smoothing,
        weights=class_weights_of(run),
        on_step=lambda: pause_point(run),
    )
    if run.average is not None:
        run.average.model.load_state_dict(run.model.state_dict())
    state, seconds = run.state, time.perf_counter() - began
    state.part.add(images, loss, right)
    state.part.seconds += seconds
    state.images += images
    state.train_seconds += seconds
    state.step = run.feed.steps_per_epoch
    run.job.on_event(
        BatchProgress(
            epoch=0,
            step=state.step,
            steps=run.schedule.steps,
            loss=loss,
            accuracy=right / max(1, images),
            learning_rate=0.0,
            images_per_second=images / max(seconds, 1e-9),
            eta_seconds=None,
        )
    )


def solve_last_layer(
    job: TrainJob,
    model: nn.Module,
    *,
    label_smoothing: float = 0.0,
    weights: NDArray[np.float32] | None = None,
    on_step: Callable[[], None] | None = None,
) -> tuple[int, float, int]:
    """Give a network the best last layer for the training pictures as they are.

    Args:
        job: Says which pictures, and how they become inputs.
        model: The network, in evaluation mode.
        label_smoothing: As for :func:`~.linear_head.best_classifier`.
        weights: Of the classes, as there.
        on_step: As there; None: it waits and stops with the job.

    Returns:
        How many pictures there were, their mean loss, and how many are answered right.

    Raises:
        TrainingError: If too many pictures are lost.
        Cancelled: If the user stops.
    """
    with ExitStack() as stack:
        cache = stack.enter_context(DecodeCache(job.cache_dir))
        loader = open_loader(job, "train", stack, cache, again=False)
        kept = compute_features(job, loader, fast_network(job, model))
    layer = model.get_submodule(job.spec.classifier)
    rest = forward_split(model, job.spec, len(job.spec.stages)).rest
    features = inputs_of(layer, lambda maps: rest(maps.to(job.device)), kept)
    found = best_classifier(
        features,
        kept.labels.numpy(),
        len(job.dataset.classes),
        label_smoothing=label_smoothing,
        weights=weights,
        seed=job.config.seed,
        on_step=on_step or job.pause_point,
    )
    put_classifier(layer, found)
    logits = torch.from_numpy(found(features))
    loss = float(nn.functional.cross_entropy(logits, kept.labels))
    return len(kept.labels), loss, int((logits.argmax(1) == kept.labels).sum())
