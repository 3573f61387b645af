"""The state of a run while it trains: what was asked for, and everything that moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from effnet_studio.engine.data.balance import Imbalance, balanced_plan
from effnet_studio.engine.data.loading.loader import shuffled_plan
from effnet_studio.engine.events import PauseChanged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import torch
    from torch import Tensor, nn

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.engine.models.spec import ModelSpec
    from effnet_studio.engine.preprocess import Preprocess
    from effnet_studio.engine.training.checkpoint import TrainState
    from effnet_studio.engine.training.config import TrainConfig
    from effnet_studio.engine.training.pace import Pace
    from effnet_studio.engine.training.precision import PrecisionPlan
    from effnet_studio.engine.training.schedule import Schedule


@dataclass(frozen=True)
class TrainJob:
    """What was asked for, resolved.

    Attributes:
        config: The settings.
        dataset: What is trained and validated on.
        spec: The architecture.
        preprocess: How pictures become its input.
        device: Where it computes.
        run_dir: The run's folder.
        cache_dir: Where decoded pictures are kept, for later runs too; None: in memory only.
        on_event: Hears everything.
        cancel: Stops or pauses.
    """

    config: TrainConfig
    dataset: Dataset
    spec: ModelSpec
    preprocess: Preprocess
    device: torch.device
    run_dir: Path
    cache_dir: Path | None
    on_event: OnEvent
    cancel: CancelToken

    @property
    def freeze(self) -> int:
        """Stages that are frozen; the setting may exceed what the architecture has."""
        return min(self.config.freeze, len(self.spec.stages))

    def train_plan(self, labels: Sequence[int], epoch: int) -> list[list[int]]:
        """Divide an epoch into batches, as the setting ``imbalance`` wants them drawn.

        Args:
            labels: Class of each training picture.
            epoch: Counted from 0.

        Returns:
            Positions of the pictures of each batch.
        """
        size, seed = self.config.batch_size, self.config.seed
        if self.config.imbalance is Imbalance.SAMPLING:
            return balanced_plan(labels, size, seed=seed, epoch=epoch)
        return shuffled_plan(len(labels), size, seed=seed, epoch=epoch)

    def pause_point(self) -> None:
        """Wait here while paused; raise Cancelled when stopped."""
        self.cancel.check(lambda paused: self.on_event(PauseChanged(paused)))


class Feed(Protocol):
    """Where batches come from: pictures, or features computed once.

    Attributes:
        train_images: Pictures trained on in each epoch.
        val_images: Pictures validated on.
        steps_per_epoch: Batches of an epoch.
    """

    train_images: int
    val_images: int
    steps_per_epoch: int

    def train(self, epoch: int) -> Iterator[tuple[Tensor, Tensor]]:
        """Batches of an epoch: inputs for :meth:`forward`, and labels int64 (n,)."""

    def val(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Batches of the validation pictures, in order."""

    def forward(self, inputs: Tensor) -> Tensor:
        """Logits, float (n, classes)."""


@dataclass
class Session:
    """Everything one run trains with; made by :func:`~.fit.fit`.

    Attributes:
        job: What was asked for.
        model: The network, on its device.
        frozen: Names of the tensors in its state that never change.
        feed: Where batches come from.
        precision: Number formats.
        optimizer: Moves the trainable parameters.
        scaler: Keeps small gradients from vanishing, where the format needs it.
        schedule: Learning rate of each step.
        state: Where the run stands.
        pace: What took how long.
        class_weights: How much a mistake on each class counts, float32; None: all alike.
    """

    job: TrainJob
    model: nn.Module
    frozen: frozenset[str]
    feed: Feed
    precision: PrecisionPlan
    optimizer: torch.optim.Optimizer
    scaler: torch.amp.GradScaler
    schedule: Schedule
    state: TrainState
    pace: Pace
    class_weights: Tensor | None = None
