"""Find a learning rate: train a few steps at rates that rise, and see where the loss falls."""

from __future__ import annotations

import itertools
import math
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.device import choose_device
from effnet_studio.engine.errors import TrainingError
from effnet_studio.engine.events import OnEvent, ProgressMeter, Stage, ignore
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.catalog import get_spec, preprocess_for
from effnet_studio.engine.training.fit import check_trainable, own_randomness
from effnet_studio.engine.training.loop import DivergedError, train_step
from effnet_studio.engine.training.memory import memory_errors
from effnet_studio.engine.training.prepare import prepare
from effnet_studio.engine.training.schema import Compiled
from effnet_studio.engine.training.session import TrainJob

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.training.config import TrainConfig
    from effnet_studio.engine.training.session import Session, TrainBatch

LOWEST, HIGHEST = 1e-6, 1.0
"""Rates between which it searches."""

STEPS = 60
"""Steps of the search."""

TOO_HIGH = 4.0
"""The search ends when the smoothed loss is so many times the lowest."""

SMOOTHING = 0.85
"""Share of the smoothed loss kept at each step."""


@dataclass(frozen=True)
class RateSweep:
    """Losses at rising rates.

    Attributes:
        rates: Learning rates, rising.
        losses: Of the step taken at each, smoothed.
        suggestion: Where the loss fell fastest.
    """

    rates: tuple[float, ...]
    losses: tuple[float, ...]
    suggestion: float


class NoRateError(TrainingError):
    """No rate made the loss fall.

    Attributes:
        rates: Learning rates that were tried, rising.
        losses: Of the step taken at each, smoothed.
    """

    rates: tuple[float, ...] = ()
    losses: tuple[float, ...] = ()


def find_learning_rate(
    config: TrainConfig,
    dataset: Dataset,
    *,
    cache_dir: Path | None = None,
    steps: int = STEPS,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> RateSweep:
    """Train a throw-away model while the rate rises (Smith 2017, arXiv:1506.01186, section 3.3).

    Args:
        config: The settings; their learning rate is not used.
        dataset: Pictures to train on.
        cache_dir: Where decoded pictures are kept.
        steps: Optimiser steps at most.
        on_event: Hears what is done before the steps, and their progress.
        cancel: Stops or pauses it.

    Returns:
        The rates that were tried, their losses, and a suggestion.

    Raises:
        DatasetError: If there is nothing to train on.
        ModelError: If the weights cannot be had.
        NoRateError: If no rate was good.
        Cancelled: If the user stops.
    """
    check_trainable(dataset)
    spec = get_spec(config.model)
    meter = ProgressMeter(Stage.TRAIN, steps, on_event, unit="steps")
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        job = TrainJob(
            config=config.model_copy(update={"compiled": Compiled.OFF}),  # only some steps
            dataset=dataset,
            spec=spec,
            preprocess=preprocess_for(spec, config.image_size),
            device=torch.device(choose_device(config.device).name),
            run_dir=Path(folder),
            cache_dir=cache_dir,
            on_event=on_event,
            cancel=cancel or CancelToken(),
        )
        stack.enter_context(memory_errors(keeps_best=False))
        stack.enter_context(own_randomness(job))
        run = prepare(job, stack)
        rates, losses = _sweep(run, steps, meter)
    meter.finish()
    return RateSweep(tuple(rates), tuple(losses), suggest(rates, losses))


def _sweep(run: Session, steps: int, meter: ProgressMeter) -> tuple[list[float], list[float]]:
    """Rates that were tried and smoothed losses."""
    rates, losses, mean = list[float](), list[float](), 0.0
    for number, batch in zip(range(steps), _endless(run), strict=False):
        run.job.pause_point()
        rate = LOWEST * (HIGHEST / LOWEST) ** (number / (steps - 1))
        run.state.step = number
        try:
            loss = train_step(run, batch, rate).loss
        except DivergedError:
            break
        mean = SMOOTHING * mean + (1 - SMOOTHING) * loss
        smoothed = mean / (1 - SMOOTHING ** (number + 1))
        rates.append(rate)
        losses.append(smoothed)
        meter.advance()
        if smoothed > TOO_HIGH * min(losses):
            break
    return rates, losses


def _endless(run: Session) -> Iterator[TrainBatch]:
    """The batches of one epoch after the other."""
    run.begin_epoch()
    for epoch in itertools.count():
        yield from run.feed.train(epoch)


def suggest(rates: Sequence[float], losses: Sequence[float]) -> float:
    """The rate at which the loss fell fastest, before it was lowest.

    Args:
        rates: Rising.
        losses: Smoothed, as many.

    Returns:
        One of the rates, rounded to two digits.

    Raises:
        NoRateError: If the loss never fell.
    """
    lowest = int(np.argmin(losses)) if losses else 0
    if lowest < 2:
        error = NoRateError(
            msg("No learning rate made the loss fall in these few steps."),
            hint=msg("Keep the preset's rate, or check that the images fit their classes."),
        )
        error.rates, error.losses = tuple(rates), tuple(losses)
        raise error
    slope = np.gradient(np.asarray(losses), np.log(np.asarray(rates)))
    best = rates[int(np.argmin(slope[: lowest + 1]))]
    digits = 1 - math.floor(math.log10(best))
    return round(best, digits)
