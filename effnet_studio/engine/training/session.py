"""The state of a run while it trains: what was asked for, and everything that moves."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from effnet_studio.engine.data.balance import Imbalance, balanced_plan
from effnet_studio.engine.data.loading.loader import shuffled_plan
from effnet_studio.engine.events import PauseChanged
from effnet_studio.engine.models.build import (
    SplitForward,
    forward_split,
    freeze_stages,
    set_train_mode,
)
from effnet_studio.engine.training.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import torch
    from torch import Tensor, nn

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.engine.models.spec import ModelSpec
    from effnet_studio.engine.preprocess import Preprocess
    from effnet_studio.engine.training.average import WeightAverage
    from effnet_studio.engine.training.checkpoint import TrainState
    from effnet_studio.engine.training.compiling import CompiledForward
    from effnet_studio.engine.training.config import TrainConfig
    from effnet_studio.engine.training.distill import Teacher
    from effnet_studio.engine.training.pace import Pace
    from effnet_studio.engine.training.precision import ShortFormats
    from effnet_studio.engine.training.schedule import Schedule


SIZE_STEP = 32
"""Growth of the pictures, pixels: the networks halve them five times."""


CPU_GROWTH = 2.6
"""Power of the pictures' side by which a step of a processor grows. It is more than 2, as the maps
of larger pictures no longer fit into its cache: EfficientNet-B0 had 2.7 from 64 to 112 pixels on a
Xeon, and 2.5 to 2.7 from 96 to 224 on an EPYC."""


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
        world: The processes that train together; usually this one alone.
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
    world: World = field(default_factory=World)

    def freeze(self, epoch: int) -> int:
        """Stages that are frozen in an epoch; the setting may exceed what the architecture has."""
        frozen = min(self.config.freeze, len(self.spec.stages))
        if self.config.thaw_every:
            frozen = max(0, frozen - epoch // self.config.thaw_every)
        return frozen

    @property
    def always_frozen(self) -> int:
        """Stages that are frozen throughout."""
        return self.freeze(self.config.epochs - 1)

    def size(self, epoch: int) -> int:
        """Side of the pictures in an epoch, pixels.

        It grows in steps that suit the networks' strides, and has its full size for the last third
        (progressive learning: Tan and Le 2021, arXiv:2104.00298, section 4.2).
        """
        full, start = self.preprocess.size, self.config.start_size
        growing = 2 * self.config.epochs // 3
        if start is None or start >= full or epoch >= growing:
            return full
        steps = math.ceil((full - start) / SIZE_STEP)
        return min(full, start + SIZE_STEP * (epoch * (steps + 1) // growing))

    def size_cost(self, epoch: int) -> float:
        """About how long a step takes with the pictures of an epoch, relative to full size."""
        exponent = CPU_GROWTH if self.device.type == "cpu" else 2.0
        return float((self.size(epoch) / self.preprocess.size) ** exponent)

    def step_costs(self, shares: Sequence[float]) -> tuple[float, ...]:
        """About how long a step takes in each epoch, relative to one of the whole network.

        A frozen stage is only passed forward, which is a third of the work of one that learns.

        Args:
            shares: Of each stage in a forward pass.
        """
        return tuple(
            self.size_cost(epoch) * (1 - 2 / 3 * sum(shares[: self.freeze(epoch)]))
            for epoch in range(self.config.epochs)
        )

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


class TrainBatch(NamedTuple):
    """What one step trains on.

    Attributes:
        number: Its place in the epoch, counted from 0.
        inputs: For :meth:`Session.forward`, on the training device.
        labels: int64, (n,).
        indices: Positions in the training part.
        total: Pictures of the batch in all processes; of several, those that cannot be read too.
    """

    number: int
    inputs: Tensor
    labels: Tensor
    indices: tuple[int, ...]
    total: int

    def part(self, first: int, last: int) -> TrainBatch:
        """Its pictures from ``first`` to before ``last``."""
        part = slice(first, last)
        return self._replace(
            inputs=self.inputs[part], labels=self.labels[part], indices=self.indices[part]
        )


class ValBatch(NamedTuple):
    """Validation pictures of a batch.

    Attributes:
        inputs: For :meth:`Session.forward`, on the training device.
        labels: int64, (n,), on the CPU.
        indices: Positions in the validation part.
    """

    inputs: Tensor
    labels: Tensor
    indices: tuple[int, ...]


class Feed(Protocol):
    """Where batches come from: pictures, or features computed once.

    Attributes:
        features: Whether the inputs are the features of the frozen stages, not pictures.
        train_images: Pictures trained on in each epoch.
        val_images: Pictures validated on.
        steps_per_epoch: Batches of an epoch.
    """

    features: bool
    train_images: int
    val_images: int
    steps_per_epoch: int

    def train(self, epoch: int, first: int = 0) -> Iterator[TrainBatch]:
        """Batches of an epoch from the one numbered ``first`` on."""

    def val(self) -> Iterator[ValBatch]:
        """Batches of the validation pictures, in order."""


@dataclass
class Session:
    """Everything one run trains with; made by :func:`~.fit.fit`.

    Attributes:
        job: What was asked for.
        model: The network, on its device.
        frozen: Names of the tensors in its state that never change.
        split: The network, cut behind the stages that are frozen now.
        feed: Where batches come from.
        formats: Number formats of its training passes.
        optimizer: Moves the trainable parameters.
        scaler: Keeps small gradients from vanishing, where the format needs it.
        schedule: Learning rate of each step.
        state: Where the run stands.
        pace: What took how long.
        class_weights: How much a mistake on each class counts, float32; None: all alike.
        average: The averaged weights; None where they are off.
        teacher: What the network learns from beside the labels; None: nothing.
        compiled: Its training pass, translated for the device; None: as it is.
    """

    job: TrainJob
    model: nn.Module
    frozen: frozenset[str]
    split: SplitForward
    feed: Feed
    formats: ShortFormats
    optimizer: torch.optim.Optimizer
    scaler: torch.amp.GradScaler
    schedule: Schedule
    state: TrainState
    pace: Pace
    class_weights: Tensor | None = None
    average: WeightAverage | None = None
    teacher: Teacher | None = None
    compiled: CompiledForward | None = None

    @property
    def parameters(self) -> list[Tensor]:
        """What the optimiser moves, in its order."""
        return [p for group in self.optimizer.param_groups for p in group["params"]]

    def begin_epoch(self) -> None:
        """Freeze what is frozen in this epoch, and put the network in training mode."""
        job = self.job
        frozen = job.freeze(self.state.epoch)
        freeze_stages(self.model, job.spec, frozen)
        self.split = forward_split(self.model, job.spec, frozen)
        set_train_mode(self.model, job.spec, frozen)

    def forward(self, inputs: Tensor) -> Tensor:
        """Logits, float (n, classes), of what the feed gave."""
        return self.split.rest(inputs if self.feed.features else self.split.trunk(inputs))

    def train_forward(self, inputs: Tensor) -> Tensor:
        """The same, to learn by."""
        with self.formats.used():
            if self.compiled is None or self.feed.features:
                return self.forward(inputs)
            return self.compiled(inputs, self.job.freeze(self.state.epoch))

    def average_forward(self, average: WeightAverage) -> Callable[[Tensor], Tensor]:
        """The same of the averaged weights."""
        if not self.feed.features:
            return average.model
        split = forward_split(average.model, self.job.spec, self.job.always_frozen)
        return split.rest
