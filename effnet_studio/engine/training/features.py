"""Training on features computed once: what a fully frozen network sees never changes.

A picture without variation gives the same features in every epoch, so the frozen part of the
network runs once per picture and each epoch trains only the head.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch
import torch.nn.functional as F  # noqa: N812 - PyTorch's own convention

from effnet_studio.engine.data.loading.loader import PictureLoader, plain_plan
from effnet_studio.engine.data.loading.loader import steps_per_epoch as count_steps
from effnet_studio.engine.errors import TrainingError
from effnet_studio.engine.events import ProgressMeter, Stage
from effnet_studio.engine.messages import msg
from effnet_studio.engine.training.feeds import VAL_BATCH, check_lost, to_input
from effnet_studio.engine.training.session import TrainBatch, ValBatch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from torch import Tensor

    from effnet_studio.engine.models.build import SplitForward
    from effnet_studio.engine.training.session import TrainJob


def _average(maps: Tensor) -> Tensor:
    return F.adaptive_avg_pool2d(maps, 1)


def _average_of_positive(maps: Tensor) -> Tensor:
    return F.adaptive_avg_pool2d(F.relu(maps), 1)


def _as_they_are(maps: Tensor) -> Tensor:
    return maps


class Features(NamedTuple):
    """Features of a set's pictures.

    Attributes:
        values: float32, (n, ...), on the CPU.
        labels: int64, (n,).
        indices: Positions in the set; those that could not be read are missing.
    """

    values: Tensor
    labels: Tensor
    indices: tuple[int, ...]


class FeatureFeed:
    """Cached features through the head.

    Args:
        train: Of the training pictures.
        val: Of the validation pictures.
        job: Says where to compute, how many make a batch, and the seed of their order.
    """

    features = True

    def __init__(self, train: Features, val: Features, job: TrainJob) -> None:
        self.train_images = len(train.labels)
        self.val_images = len(val.labels)
        self.steps_per_epoch = count_steps(self.train_images, job.config.batch_size)
        self.train_values, self.train_labels = train.values, train.labels
        self._val = val
        self._job = job

    def train(self, epoch: int, first: int = 0) -> Iterator[TrainBatch]:
        """Batches of an epoch from the one numbered ``first`` on: features, float32 (n, ...)."""
        features, labels = self.train_values, self.train_labels
        plan = self._job.train_plan(labels.tolist(), epoch)
        for number, indices in enumerate(plan[first:], start=first):
            chosen = torch.tensor(indices)
            inputs = features[chosen].to(self._job.device)
            yield TrainBatch(number, inputs, labels[chosen], tuple(indices), len(indices))

    def val(self) -> Iterator[ValBatch]:
        """Batches of the validation pictures, in order."""
        features, labels, places = self._val
        for indices in plain_plan(self.val_images, VAL_BATCH):
            part = slice(indices[0], indices[-1] + 1)
            yield ValBatch(features[part].to(self._job.device), labels[part], places[part])


@torch.no_grad()
def compute_features(job: TrainJob, loader: PictureLoader, split: SplitForward) -> Features:
    """Run the frozen part of a network over a set, once, in float32.

    Args:
        job: Says how pictures become inputs, hears the progress and may be stopped.
        loader: Reads the set exactly as prediction does.
        split: The network in evaluation mode, cut behind its last stage.

    Returns:
        Those of the pictures that could be read. The head gives for them exactly what the network
        gives for the pictures.

    Raises:
        TrainingError: If more than half of the pictures cannot be read any more.
        Cancelled: If the user stops.
    """
    features, labels, indices = [], [], list[int]()
    pool: Callable[[Tensor], Tensor] | None = None
    meter = ProgressMeter(Stage.FEATURES, len(loader.samples), job.on_event)
    for batch in loader.batches(plain_plan(len(loader.samples), VAL_BATCH)):
        job.pause_point()
        maps = split.trunk(to_input(batch.pixels, job.preprocess, job.device))
        if pool is None:
            pool = _choose_pool(split, maps)
        features.append(pool(maps).cpu())
        labels.append(batch.labels)
        indices += batch.indices
        meter.advance(len(batch))
        check_lost(loader)
    meter.finish()
    if not features:
        raise TrainingError(
            msg("None of the images can be read any more."),
            hint=msg("Check that the drive is connected, or import the folder again."),
        )
    return Features(torch.cat(features), torch.cat(labels), tuple(indices))


def _choose_pool(split: SplitForward, maps: Tensor) -> Callable[[Tensor], Tensor]:
    """Find the smallest form of the features that the head answers alike.

    Nearly all heads begin by averaging over places, some after a ReLU, and averaging twice changes
    nothing. Trying it on real features rather than keeping a table by family also covers heads
    that do something else: their features are kept as they are.
    """
    expected = split.rest(maps)
    for pool in (_average, _average_of_positive):
        answer = split.rest(pool(maps))
        if answer.shape == expected.shape and torch.allclose(answer, expected, atol=1e-6):
            return pool
    return _as_they_are
