"""Batches of pictures for the training loop, as tensors on the training device."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - PyTorch's own convention

from effnet_studio.engine.data.loading.loader import (
    Batch,
    PictureLoader,
    plain_plan,
    steps_per_epoch,
)
from effnet_studio.engine.errors import TrainingError
from effnet_studio.engine.messages import msg
from effnet_studio.engine.training.session import TrainBatch, ValBatch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torch import Tensor

    from effnet_studio.engine.events import ProgressMeter
    from effnet_studio.engine.models.build import SplitForward
    from effnet_studio.engine.preprocess import Preprocess
    from effnet_studio.engine.training.session import TrainJob

VAL_BATCH = 32
"""Pictures in a batch of validation or of a feature pass."""


class PictureFeed:
    """Pictures, varied anew in each epoch, through the whole network.

    Args:
        train: Loader of the training pictures.
        val: Loader of the validation pictures.
        job: Says how pictures become inputs, how many make a batch, and the seed of their order.
    """

    features = False

    def __init__(self, train: PictureLoader, val: PictureLoader, job: TrainJob) -> None:
        self.train_images = len(train.samples)
        self.val_images = len(val.samples)
        self.steps_per_epoch = steps_per_epoch(self.train_images, job.config.batch_size)
        self._train = train
        self._labels = [sample.label for sample in train.samples]
        self._val = val
        self._job = job

    def train(self, epoch: int, first: int = 0) -> Iterator[TrainBatch]:
        """Batches of an epoch.

        Args:
            epoch: Counted from 0.
            first: Number of the first batch wanted.

        Yields:
            Normalised pictures, float32 (n, 3, s, s), channels last, and their labels.

        Raises:
            TrainingError: If more than half of the pictures cannot be read any more.
        """
        alone = self._job.config.batch_size == 1
        world = self._job.world
        whole = self._job.train_plan(self._labels, epoch)
        plan = [world.part(indices) for indices in whole]
        size, following = self._job.size(epoch), first
        for batch in self._train.batches(plan, epoch=epoch, first=first):
            if len(batch) > 1 or alone:  # one picture has no batch statistics
                yield from self._without(range(following, batch.number), whole)
                following = batch.number + 1
                inputs = to_input(batch.pixels, self._job.preprocess, self._job.device)
                inputs = _shrunk(inputs, size)
                # What others have lost each learns with the step's result.
                total = len(batch) if world.size == 1 else len(whole[batch.number])
                yield TrainBatch(batch.number, inputs, batch.labels, batch.indices, total)
            check_lost(self._train)
        yield from self._without(range(following, len(plan)), whole)

    def _without(self, numbers: range, whole: Sequence[Sequence[int]]) -> Iterator[TrainBatch]:
        """Batches of which others of several processes have pictures, and this one has none."""
        if self._job.world.size == 1:
            return
        for number in numbers:
            inputs = torch.empty((0, 3, 1, 1), device=self._job.device)
            labels = torch.empty(0, dtype=torch.int64)
            yield TrainBatch(number, inputs, labels, (), len(whole[number]))

    def val(self) -> Iterator[ValBatch]:
        """Batches of the validation pictures, exactly as prediction sees them."""
        world = self._job.world
        plan = plain_plan(self.val_images, VAL_BATCH)[world.rank :: world.size]
        for batch in self._val.batches(plan):
            inputs = to_input(batch.pixels, self._job.preprocess, self._job.device)
            yield ValBatch(inputs, batch.labels, batch.indices)


def to_input(pixels: Tensor, preprocess: Preprocess, device: torch.device) -> Tensor:
    """Normalise on the device; the same numbers, bit for bit, as ``preprocess.normalize``.

    Args:
        pixels: RGB, uint8, (n, s, s, 3).
        preprocess: The model's preprocessing.
        device: Where to compute.

    Returns:
        float32, (n, 3, s, s), in channels-last memory.
    """
    mean = np.asarray(preprocess.mean, dtype=np.float32) * np.float32(255)
    std = np.asarray(preprocess.std, dtype=np.float32) * np.float32(255)
    scaled = pixels.to(device).to(torch.float32)
    scaled = scaled.sub_(torch.from_numpy(mean).to(device))
    scaled = scaled.div_(torch.from_numpy(std).to(device))
    return scaled.permute(0, 3, 1, 2)


def _shrunk(inputs: Tensor, size: int) -> Tensor:
    """Make pictures, float (n, 3, s, s), smaller."""
    if inputs.shape[-1] <= size:
        return inputs
    smaller = F.interpolate(inputs, (size, size), mode="bilinear", antialias=True)
    return smaller.contiguous(memory_format=torch.channels_last)


@torch.no_grad()
def trunk_maps(
    job: TrainJob, loader: PictureLoader, split: SplitForward, meter: ProgressMeter, view: int = 0
) -> Iterator[tuple[Batch, Tensor]]:
    """Run the frozen part of a network over a set, in its order.

    Args:
        job: Says how pictures become inputs, and may be stopped.
        loader: Reads the set.
        split: The network in evaluation mode, cut behind its frozen stages.
        meter: Told of every picture.
        view: Which variants of the pictures, where they are varied.

    Yields:
        A batch, and what its pictures gave, float32 (n, c, h, w), on the training device.

    Raises:
        TrainingError: If more than half of the pictures cannot be read any more.
        Cancelled: If the user stops.
    """
    plan = plain_plan(len(loader.samples), VAL_BATCH)
    for batch in loader.batches(plan, epoch=view):
        job.pause_point()
        yield batch, split.trunk(to_input(batch.pixels, job.preprocess, job.device))
        meter.advance(len(batch))
        check_lost(loader)


def check_lost(loader: PictureLoader) -> None:
    """Stop when most pictures are gone.

    Raises:
        TrainingError: If more than half of the pictures cannot be read any more.
    """
    if 2 * len(loader.lost) > len(loader.samples):
        folder = loader.samples[min(loader.lost)].path.parent
        raise TrainingError(
            msg(
                "{lost} of {count} images can no longer be read.",
                lost=len(loader.lost),
                count=len(loader.samples),
            ),
            hint=msg("Check that the drive is connected, or import the folder again."),
            path=folder,
        )
