"""Trying a network out before a run, without leaving a trace in it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import torch

from effnet_studio.engine.models.stage_times import stage_shares

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torch import nn

    from effnet_studio.engine.training.session import TrainJob


@contextlib.contextmanager
def untouched(model: nn.Module) -> Iterator[None]:
    """Put back what forward and backward passes change: modes, statistics, gradients, randomness.

    Args:
        model: The network; its parameters must not be moved inside.
    """
    before = {name: buffer.clone() for name, buffer in model.named_buffers()}
    training = {module: module.training for module in model.modules()}
    with torch.random.fork_rng(devices=[]):
        try:
            yield
        finally:
            model.zero_grad(set_to_none=True)
            for name, buffer in model.named_buffers():
                buffer.copy_(before[name])
            for module, mode in training.items():
                module.training = mode


def step_costs(job: TrainJob, model: nn.Module) -> tuple[float, ...]:
    """About how long a step takes in each epoch, relative to one of the whole network.

    Where stages thaw one after the other it is measured what each of them takes: the first ones,
    with their large maps, take most, and thaw last.

    Args:
        job: What was asked for.
        model: Its network; it is the same afterwards.
    """
    stages = len(job.spec.stages)
    if not job.config.thaw_every:
        return job.step_costs([1 / stages] * stages)
    pictures = random_pictures(job, min(4, job.config.batch_size), job.preprocess.size)
    with untouched(model):
        return job.step_costs(stage_shares(model.eval(), job.spec, pictures))


def random_pictures(job: TrainJob, count: int, size: int) -> torch.Tensor:
    """Inputs to try with.

    Args:
        job: Says where to compute.
        count: How many.
        size: Their side, pixels.

    Returns:
        float32, (count, 3, size, size), channels last, the same each time.
    """
    generator = torch.Generator().manual_seed(0)
    pictures = torch.randn((count, 3, size, size), generator=generator)
    return pictures.to(job.device, memory_format=torch.channels_last)
