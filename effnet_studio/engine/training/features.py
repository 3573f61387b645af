"""Features computed once: what a fully frozen network sees never changes.

A picture without variation gives the same features in every epoch, so the frozen part of the
network runs once per picture and each epoch trains only the head.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F  # noqa: N812 - PyTorch's own convention

from effnet_studio.engine.errors import TrainingError
from effnet_studio.engine.events import ProgressMeter, Stage
from effnet_studio.engine.messages import msg
from effnet_studio.engine.training.feeds import trunk_maps
from effnet_studio.engine.training.kept_feed import Activations

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from effnet_studio.engine.data.loading.loader import PictureLoader
    from effnet_studio.engine.models.build import SplitForward
    from effnet_studio.engine.training.session import TrainJob


def _average(maps: Tensor) -> Tensor:
    return F.adaptive_avg_pool2d(maps, 1)


def _average_of_positive(maps: Tensor) -> Tensor:
    return F.adaptive_avg_pool2d(F.relu(maps), 1)


def _as_they_are(maps: Tensor) -> Tensor:
    return maps


@torch.no_grad()
def compute_features(job: TrainJob, loader: PictureLoader, split: SplitForward) -> Activations:
    """Run the frozen part of a network over a set, once, in float32.

    Args:
        job: Says how pictures become inputs, hears the progress and may be stopped.
        loader: Reads the set exactly as prediction does.
        split: The network in evaluation mode, cut behind its last stage.

    Returns:
        One view of the pictures that could be read. The head gives for them exactly what the
        network gives for the pictures.

    Raises:
        TrainingError: If more than half of the pictures cannot be read any more.
        Cancelled: If the user stops.
    """
    features, labels, indices = [], [], list[int]()
    pool: Callable[[Tensor], Tensor] | None = None
    meter = ProgressMeter(Stage.FEATURES, len(loader.samples), job.on_event)
    for batch, maps in trunk_maps(job, loader, split, meter):
        if pool is None:
            pool = _choose_pool(split, maps)
        features.append(pool(maps).cpu())
        labels.append(batch.labels)
        indices += batch.indices
    meter.finish()
    if not features:
        raise TrainingError(
            msg("None of the images can be read any more."),
            hint=msg("Check that the drive is connected, or import the folder again."),
        )
    values = torch.cat(features).contiguous().numpy()
    return Activations(values[None], torch.cat(labels), tuple(indices))


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
