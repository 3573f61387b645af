"""Where the batches of a run come from: opened as its settings need it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from effnet_studio.engine.data.loading.cache import DecodeCache
from effnet_studio.engine.data.loading.loader import PictureLoader, reader_of
from effnet_studio.engine.models.fast_trunk import fast_split
from effnet_studio.engine.training.features import compute_features
from effnet_studio.engine.training.feeds import PictureFeed
from effnet_studio.engine.training.kept_feed import KeptFeed
from effnet_studio.engine.training.variation import augmenter_of, recipe_of, unchanging
from effnet_studio.engine.training.views import may_keep, open_views

if TYPE_CHECKING:
    from contextlib import ExitStack

    from torch import nn

    from effnet_studio.engine.data.dataset import Split
    from effnet_studio.engine.models.build import SplitForward
    from effnet_studio.engine.training.session import Feed, TrainJob


def open_feed(job: TrainJob, model: nn.Module, stack: ExitStack) -> Feed:
    """Choose where batches come from: features computed once if nothing before the head moves.

    Args:
        job: What was asked for.
        model: Its network.
        stack: Owns the loader's threads and caches.

    Raises:
        TrainingError: If more than half of the pictures cannot be read any more.
        Cancelled: If the user stops.
    """
    varied = recipe_of(job.config) is not None
    cache = stack.enter_context(DecodeCache(job.cache_dir))
    alone = unchanging(job.config) and not job.config.teacher and job.world.size == 1
    if alone and job.always_frozen == len(job.spec.stages):
        fast = fast_network(job, model)
        return KeptFeed(
            compute_features(job, open_loader(job, "train", stack, cache, again=False), fast),
            compute_features(job, open_loader(job, "val", stack, cache, again=False), fast),
            job,
        )
    train = open_loader(job, "train", stack, cache, varied=varied)
    val = open_loader(job, "val", stack, cache)
    if may_keep(job):
        return open_views(job, model, (train, val), stack)
    return PictureFeed(train, val, job)


def fast_network(job: TrainJob, model: nn.Module) -> SplitForward:
    """The whole of a network for passing over all pictures: the same numbers in less time.

    Args:
        job: Says which pictures, and where it computes.
        model: The network; it is not changed.
    """
    size = job.preprocess.size
    example = torch.randn((2, 3, size, size), generator=torch.Generator().manual_seed(0))
    example = example.to(job.device, memory_format=torch.channels_last)
    images = len(job.dataset.subset("train")) + len(job.dataset.subset("val"))
    return fast_split(model, job.spec, len(job.spec.stages), example, images=images)


def open_loader(
    job: TrainJob,
    part: Split,
    stack: ExitStack,
    cache: DecodeCache,
    *,
    varied: bool = False,
    again: bool = True,
) -> PictureLoader:
    """Start the threads that read one part of the dataset.

    Args:
        job: What was asked for.
        part: Which part.
        stack: Ends the threads.
        cache: Keeps decoded pictures.
        varied: Whether pictures are varied in each epoch.
        again: Whether this run needs the pictures more than once.
    """
    samples = job.dataset.subset(part)
    reader = reader_of(job.preprocess, varied=varied)
    return stack.enter_context(
        PictureLoader(
            samples,
            reader,
            cache.store(samples, reader, again=again),
            size=job.preprocess.size,
            variation=augmenter_of(job.config, job.preprocess.size) if varied else None,
            workers=job.config.workers,
            on_event=job.on_event,
        )
    )
