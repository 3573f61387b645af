"""The training loop: one epoch of training, one validation."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F  # noqa: N812 - PyTorch's own convention

from effnet_studio.engine.data.loading.mixing import count_right, mix_inputs, mixed_loss
from effnet_studio.engine.errors import TrainingError
from effnet_studio.engine.events import BatchProgress
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.build import set_train_mode
from effnet_studio.engine.training.optim import set_learning_rate
from effnet_studio.engine.training.precision import reduced_precision
from effnet_studio.engine.training.variation import mix_of_step

if TYPE_CHECKING:
    from torch import Tensor

    from effnet_studio.engine.training.session import Session

REPORT_INTERVAL = 0.1
"""Least seconds between two reports of steps."""


@dataclass
class Totals:
    """Sums over an epoch.

    Attributes:
        images: Pictures seen.
        loss: Sum of their losses.
        right: How many were classified correctly.
    """

    images: int = 0
    loss: float = 0.0
    right: int = 0

    def add(self, images: int, mean_loss: float, right: int) -> None:
        """Count a batch."""
        self.images += images
        self.loss += mean_loss * images
        self.right += right

    @property
    def mean_loss(self) -> float:
        """Loss per picture."""
        return self.loss / max(1, self.images)

    @property
    def accuracy(self) -> float:
        """Share of the pictures that were right."""
        return self.right / max(1, self.images)


def train_epoch(run: Session) -> Totals:
    """Train on every picture once.

    Args:
        run: The session; its network, optimiser, scaler and state move on.

    Returns:
        Sums over the epoch.

    Raises:
        Cancelled: If the user stops.
        TrainingError: If the loss is no longer a number.
    """
    epoch, totals, last_report = run.state.epoch, Totals(), -math.inf
    set_train_mode(run.model, run.job.spec, run.job.freeze)
    asked = time.perf_counter()
    for done, (inputs, labels) in enumerate(run.feed.train(epoch), start=1):
        arrived = time.perf_counter()
        run.job.pause_point()
        began = time.perf_counter()
        rate = run.schedule(run.state.step)
        loss, right = train_step(run, inputs, labels, rate)
        now = time.perf_counter()
        totals.add(len(labels), loss, right)
        run.state.step += 1
        run.state.images += len(labels)
        run.pace.step(epoch, arrived - asked, now - began, len(labels))
        run.state.train_seconds += (arrived - asked) + (now - began)
        if now - last_report >= REPORT_INTERVAL or done == run.feed.steps_per_epoch:
            last_report = now
            run.job.on_event(
                BatchProgress(
                    epoch=epoch,
                    step=run.state.step,
                    steps=run.schedule.steps,
                    loss=loss,
                    accuracy=right / len(labels),
                    learning_rate=rate,
                    images_per_second=run.pace.images_per_second(),
                    eta_seconds=run.pace.remaining(epoch, done),
                )
            )
        asked = time.perf_counter()
    # Steps whose pictures were all lost count, so that the schedule ends where it should.
    run.state.step = (epoch + 1) * run.feed.steps_per_epoch
    return totals


def train_step(run: Session, inputs: Tensor, labels: Tensor, rate: float) -> tuple[float, int]:
    """One step of the optimiser.

    Args:
        run: The session.
        inputs: What the feed gave.
        labels: int64, (n,).
        rate: Learning rate.

    Returns:
        Mean loss of the batch, and how many of its pictures were right; of mixed ones, those where
        the class of the larger share was found.

    Raises:
        TrainingError: If the loss is not a number; nothing has been changed then.
    """
    # Dropout and stochastic depth draw from the global generator: seeded by place, not by history.
    torch.manual_seed(step_seed(run.job.config.seed, run.state.step))
    labels = labels.to(run.job.device)
    mix = mix_of_step(run.job.config, len(labels), inputs.shape[-1], run.state.step)
    if mix is not None:
        inputs = mix_inputs(inputs, mix)
    with reduced_precision(run.model, run.job.device, run.precision):
        logits = run.feed.forward(inputs).float()
    smoothing = run.job.config.label_smoothing
    loss = mixed_loss(logits, labels, mix, weights=run.class_weights, label_smoothing=smoothing)
    value = loss.item()
    if not math.isfinite(value):
        raise astray(run)
    set_learning_rate(run.optimizer, rate)
    run.optimizer.zero_grad(set_to_none=True)
    run.scaler.scale(loss).backward()  # type: ignore[no-untyped-call]
    run.scaler.step(run.optimizer)
    run.scaler.update()
    return value, count_right(logits, labels, mix)


@torch.no_grad()
def validate(run: Session) -> Totals:
    """Measure the network on the validation pictures, in float32 as prediction computes.

    Args:
        run: The session; only the network's mode changes.

    Returns:
        Sums over the validation pictures; the loss is without label smoothing.

    Raises:
        Cancelled: If the user stops.
        TrainingError: If no validation picture can be read any more, or the loss is no number.
    """
    totals = Totals()
    run.model.eval()
    for inputs, truth in run.feed.val():
        run.job.pause_point()
        labels = truth.to(run.job.device)
        logits = run.feed.forward(inputs)
        loss = F.cross_entropy(logits, labels).item()
        totals.add(len(labels), loss, int((logits.argmax(1) == labels).sum()))
    if not totals.images:
        raise TrainingError(
            msg("None of the validation images can be read any more."),
            hint=msg("Check that the drive with the images is connected."),
        )
    if not math.isfinite(totals.loss):
        raise astray(run)
    return totals


def astray(run: Session) -> TrainingError:
    """The error of a loss that is infinite or not a number."""
    return TrainingError(
        msg(
            "Training went astray in epoch {epoch}: the loss is no longer a number.",
            epoch=run.state.epoch + 1,
        ),
        hint=msg(
            "Train again with a lower learning rate, such as {rate:g}; the best model so far is "
            "kept.",
            rate=run.job.config.learning_rate / 4,
        ),
    )


def step_seed(seed: int, step: int) -> int:
    """Seed of the random numbers that one step draws.

    Args:
        seed: The run's.
        step: Counted from 0 over the whole run.

    Returns:
        A number below 2**63, different for different steps and for neighbouring seeds.
    """
    return (seed * 1_000_003 + step) % 2**63
