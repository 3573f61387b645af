"""A run's curves as TensorBoard files, for those who collect them there."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from effnet_studio.engine.errors import ConfigError
from effnet_studio.engine.events import BatchProgress, EpochFinished
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from effnet_studio.engine.events import Event, OnEvent

FOLDER = "tensorboard"
"""Folder in the run's."""


@contextlib.contextmanager
def writing(run_dir: Path, on_event: OnEvent) -> Iterator[OnEvent]:
    """Write what a run tells, beside telling it.

    Args:
        run_dir: The run's folder; a continued run goes on with the same files.
        on_event: Who is told.

    Yields:
        Who is to be told instead.

    Raises:
        ConfigError: If TensorBoard's writer is not installed.
    """
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError as error:
        raise ConfigError(
            msg("TensorBoard is not installed."),
            hint=msg("Switch its files off, or install the extra named tensorboard."),
        ) from error
    with SummaryWriter(run_dir / FOLDER) as writer:

        def tell(event: Event) -> None:
            for name, value, step in _scalars(event):
                writer.add_scalar(name, value, step)
            on_event(event)

        yield tell


def _scalars(event: Event) -> list[tuple[str, float, int]]:
    """Names, values and optimiser steps."""
    match event:
        case BatchProgress():
            values = {
                "step/loss": event.loss,
                "step/accuracy": event.accuracy,
                "step/learning_rate": event.learning_rate,
                "step/images_per_second": event.images_per_second,
                "step/gradient_norm": event.gradient_norm,
            }
        case EpochFinished():
            values = {
                "loss/train": event.train_loss,
                "loss/val": event.val_loss,
                "loss/ema": event.ema_loss,
                "accuracy/train": event.train_accuracy,
                "accuracy/val": event.val_accuracy,
                "accuracy/ema": event.ema_accuracy,
                "f1/val": event.macro_f1,
                "f1/ema": event.ema_f1,
                "memory": event.memory,
            }
        case _:
            return []
    return [(name, value, event.step) for name, value in values.items() if value is not None]
