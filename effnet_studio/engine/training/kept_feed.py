"""Batches of what frozen stages gave, computed once and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch

from effnet_studio.engine.data.loading.loader import plain_plan
from effnet_studio.engine.data.loading.loader import steps_per_epoch as count_steps
from effnet_studio.engine.training.feeds import VAL_BATCH
from effnet_studio.engine.training.session import TrainBatch, ValBatch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from torch import Tensor

    from effnet_studio.engine.training.session import TrainJob


class Activations(NamedTuple):
    """Activations of a set's pictures.

    Attributes:
        values: uint16 holding bfloat16, or float32; (views, n, c, h, w).
        labels: int64, (n,).
        indices: Positions in the set of those that could be read.
    """

    values: NDArray[np.uint16] | NDArray[np.float32]
    labels: Tensor
    indices: tuple[int, ...]


class KeptFeed:
    """Kept activations, a view of each picture in each epoch.

    Args:
        train: Of the training pictures.
        val: Of the validation pictures; one view.
        job: Says where to compute, how many make a batch, and the seed of their order.

    Attributes:
        kept: Of the training pictures.
    """

    features = True

    def __init__(self, train: Activations, val: Activations, job: TrainJob) -> None:
        self.train_images = len(train.labels)
        self.val_images = len(val.labels)
        self.steps_per_epoch = count_steps(self.train_images, job.config.batch_size)
        self.kept, self._val, self._job = train, val, job

    def train(self, epoch: int, first: int = 0) -> Iterator[TrainBatch]:
        """Batches of an epoch from the one numbered ``first`` on.

        Neighbours see different views, so that no epoch is made of one kind of crop.
        """
        values, labels, places = self.kept
        plan = self._job.train_plan(labels.tolist(), epoch)
        for number, rows in enumerate(plan[first:], start=first):
            views = (epoch + np.asarray(rows)) % len(values)
            inputs = self._on_device(as_floats(values[views, rows]))
            indices = tuple(places[row] for row in rows)
            yield TrainBatch(number, inputs, labels[torch.tensor(rows)], indices, len(rows))

    def val(self) -> Iterator[ValBatch]:
        """Batches of the validation pictures, in order."""
        values, labels, places = self._val
        for rows in plain_plan(self.val_images, VAL_BATCH):
            part = slice(rows[0], rows[-1] + 1)
            inputs = self._on_device(as_floats(values[0, part]))
            yield ValBatch(inputs, labels[part], places[part])

    def _on_device(self, maps: Tensor) -> Tensor:
        return maps.to(self._job.device, memory_format=torch.channels_last)


def as_bfloat16(maps: Tensor) -> NDArray[np.uint16]:
    """The bits of rounded numbers; NumPy has no such type.

    Args:
        maps: float32, of any shape, on the CPU.
    """
    bits = maps.contiguous().to(torch.bfloat16).view(torch.int16).numpy()
    return bits.view(np.uint16)


def as_floats(values: NDArray[np.uint16] | NDArray[np.float32]) -> Tensor:
    """Kept numbers as a float32 tensor of its own."""
    if values.dtype == np.uint16:
        bits = np.ascontiguousarray(values).view(np.int16)
        return torch.from_numpy(bits).view(torch.bfloat16).float()
    return torch.from_numpy(np.array(values))
