"""Decode a dataset's pictures before the training that needs them, and say what that takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from effnet_studio.engine.data.loading.cache_build import build_cache
from effnet_studio.engine.data.loading.cache_space import CacheUsage, default_limit, estimate, usage
from effnet_studio.engine.data.loading.loader import Reader, reader_of
from effnet_studio.engine.models.catalog import get_spec, preprocess_for
from effnet_studio.engine.training.variation import augmenter_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Dataset, Sample
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.config import TrainConfig


@dataclass(frozen=True)
class PreparedFacts:
    """What the decoded pictures of a project take.

    Attributes:
        usage: What is kept now, for all sizes that were trained with.
        limit: Most bytes that are kept.
        needed: Bytes that all pictures of a training with these settings take.
        pictures: How many those are.
    """

    usage: CacheUsage
    limit: int
    needed: int
    pictures: int


class _Set(NamedTuple):
    samples: Sequence[Sample]
    reader: Reader


def prepared_facts(project: Project, dataset: Dataset, config: TrainConfig) -> PreparedFacts:
    """Measure what is kept, and estimate what a training would keep; no picture is opened.

    Args:
        project: An open project.
        dataset: Its pictures.
        config: Settings of the training.

    Returns:
        The figures.

    Raises:
        ModelError: If there is no such architecture.
        OSError: If the disk does not tell its size.
    """
    sets = _sets(dataset, config)
    return PreparedFacts(
        usage=usage(project.cache_dir),
        limit=default_limit(project.cache_dir),
        needed=sum(estimate(samples, reader) for samples, reader in sets),
        pictures=sum(len(samples) for samples, _ in sets),
    )


def prepare_pictures(
    project: Project,
    dataset: Dataset,
    config: TrainConfig,
    *,
    on_event: OnEvent,
    cancel: CancelToken,
) -> CacheUsage:
    """Decode and keep what a training with these settings reads, so that its first epoch need not.

    Args:
        project: An open project that may be written.
        dataset: Its pictures.
        config: Settings of the training.
        on_event: Hears progress, pauses, and why not all could be kept.
        cancel: Stops or holds the work; what was kept by then stays.

    Returns:
        What is kept now.

    Raises:
        ModelError: If there is no such architecture.
        ProjectError: If the project is open elsewhere.
        Cancelled: If it was stopped.
    """
    project.require_writable()
    for samples, reader in _sets(dataset, config):
        build_cache(samples, reader, project.cache_dir, on_event=on_event, cancel=cancel)
    return usage(project.cache_dir)


def _sets(dataset: Dataset, config: TrainConfig) -> tuple[_Set, _Set]:
    """The parts a training reads, each in its way."""
    preprocess = preprocess_for(get_spec(config.model), config.image_size)
    varied = augmenter_of(config, preprocess.size) is not None
    return (
        _Set(dataset.subset("train"), reader_of(preprocess, varied=varied)),
        _Set(dataset.subset("val"), reader_of(preprocess)),
    )
