"""Choose number formats by trying them: what is faster depends on processor, model and size."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

import torch

from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.build import forward_split, set_train_mode
from effnet_studio.engine.training.precision import (
    PrecisionPlan,
    ShortFormats,
    has_native_bf16,
    plan_precision,
)
from effnet_studio.engine.training.schema import Precision
from effnet_studio.engine.training.trial import random_pictures, untouched

if TYPE_CHECKING:
    from torch import nn

    from effnet_studio.engine.training.session import TrainJob

PROBE_IMAGES = 8
"""Pictures in a trial; enough to tell which format is faster, little enough to take a second."""

ROUNDS = 3
"""Trials of each format, in turn; the first only warms up."""

WORTH = 1.05
"""How much faster short formats must be: else the full ones are kept, which nothing is lost in."""

WORTH_STEPS = 50
"""Steps of a run below which a trial costs more than it could save."""


class Trial(NamedTuple):
    """Seconds of a forward and backward pass.

    Attributes:
        full: In 32-bit numbers.
        short: With 16-bit numbers where they gain.
    """

    full: float
    short: float

    @property
    def gain(self) -> float:
        """How many times as fast the short formats are."""
        return self.full / max(self.short, 1e-9)


def worth_trying(job: TrainJob, steps: int) -> bool:
    """Whether the format is open, and which one is faster is not known beforehand.

    Args:
        job: What was asked for.
        steps: Of the whole run.
    """
    config = job.config
    return (
        config.precision is Precision.AUTO
        and job.device.type == "cpu"
        and has_native_bf16()
        and not config.deterministic
        and steps >= WORTH_STEPS
    )


def decide(trial: Trial, device: torch.device) -> PrecisionPlan:
    """Take the faster formats, and say by how much.

    Args:
        trial: What was measured.
        device: Where it was.
    """
    if trial.gain < WORTH:
        plan = plan_precision(Precision.FP32, device)
        reason = msg("32-bit numbers: shorter ones were not faster here ({gain:.2f}×).",
                     gain=trial.gain)  # fmt: skip
        return PrecisionPlan(plan.kind, plan.dtype, reason)
    plan = plan_precision(Precision.MIXED, device)
    reason = msg(
        "16-bit numbers in the convolutions that gain from them: {gain:.2f}× as fast here.",
        gain=trial.gain,
    )
    return PrecisionPlan(plan.kind, plan.dtype, reason)


def try_formats(job: TrainJob, model: nn.Module) -> Trial:
    """Time forward and backward passes on random pictures, in both formats by turns.

    Args:
        job: Its batch size, input size and frozen stages count.
        model: The network as it is to be trained; it is the same afterwards.

    Returns:
        The quickest pass of each.
    """
    frozen = job.freeze(0)
    count = min(PROBE_IMAGES, job.config.batch_size)
    pictures = random_pictures(job, count, job.size(0))
    split = forward_split(model, job.spec, frozen)
    seconds: dict[Precision, list[float]] = {Precision.FP32: [], Precision.MIXED: []}
    with untouched(model):
        set_train_mode(model, job.spec, frozen)
        for _ in range(ROUNDS):
            for precision, times in seconds.items():
                job.pause_point()
                plan = plan_precision(precision, job.device)
                began = time.perf_counter()
                with ShortFormats(model, job.device, plan).used():
                    logits = split.rest(split.trunk(pictures)).float()
                logits.square().mean().backward()  # type: ignore[no-untyped-call]
                times.append(time.perf_counter() - began)
    return Trial(*(min(times[1:]) for times in seconds.values()))
