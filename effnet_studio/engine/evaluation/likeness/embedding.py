"""All pictures of a project on one plane, those that are alike beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.evaluation.likeness import feature_cache
from effnet_studio.engine.evaluation.likeness.describers import choose_describer
from effnet_studio.engine.evaluation.likeness.projection import lay_out, principal_scores
from effnet_studio.engine.evaluation.likeness.vectors import ensure_vectors
from effnet_studio.engine.events import OnEvent, ignore
from effnet_studio.engine.messages import Message

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.project import Project


@dataclass(frozen=True, eq=False)
class Embedding:
    """A map of pictures.

    Attributes:
        ids: int64, (n,), ascending: numbers of the pictures.
        xy: float32, (n, 2), in [-1, 1]: where each lies. Only nearness has a meaning.
        source: What brought them together: whose features they are.
    """

    ids: NDArray[np.int64]
    xy: NDArray[np.float32]
    source: Message


def last_embedding(project: Project) -> Embedding | None:
    """The map that was made last, at once.

    It may lack pictures that are new, and have some that are gone; :func:`embed_images` makes it
    anew.

    Args:
        project: An open project.

    Returns:
        The map, or None if none was made, or the cache was deleted.

    Raises:
        StorageError: If the cache cannot be read.
    """
    if not feature_cache.cache_file(project).exists():
        return None
    with feature_cache.opened(project) as cache:
        kept = cache.last_map()
    return None if kept is None else Embedding(kept.ids, kept.xy, kept.source)


def embed_images(
    project: Project,
    index: Index,
    *,
    run: str | None = None,
    device: str = "auto",
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> Embedding:
    """Make a map of the pictures in use.

    Each picture is turned into a vector, by the backbone of the newest run or by the next best
    there is (:func:`~.describers.choose_describer`); the vectors are reduced to their principal
    axes and laid out on a plane. Vectors are kept in the project's cache: only new and changed
    pictures are computed again, and when there are none the last map is returned.

    Args:
        project: An open project; a read-only one keeps nothing.
        index: Its pictures; those that are left out do not take part.
        run: Which run's backbone (the beginning of its id is enough); None: the newest's.
        device: Where a network computes: ``auto``, ``cpu``, ``cuda``, ``cuda:1`` or ``mps``.
        on_event: Hears the progress, first in pictures, then in steps of the layout.
        cancel: Stops the job at the next picture or step; the vectors so far are kept.

    Returns:
        The map. Pictures that cannot be read are missing from it.

    Raises:
        DatasetError: If there are no pictures, or none of them can be read.
        ProjectError: If there is no such run.
        ModelError: If the run's weights are missing or damaged, or memory does not suffice.
        StorageError: If the cache cannot be written.
        Cancelled: If the job was asked to stop.
    """
    token = cancel or CancelToken()
    describer = choose_describer(project, run, device=device)
    with feature_cache.opened(project) as cache:
        ids = ensure_vectors(cache, describer, index, on_event=on_event, cancel=token)
        kept = cache.last_map()
        if kept is not None and kept.key == describer.key and np.array_equal(kept.ids, ids):
            return Embedding(kept.ids, kept.xy, kept.source)
        scores = principal_scores(lambda: cache.blocks(ids))
        xy = lay_out(scores, on_event=on_event, cancel=token)
        cache.keep_map(describer.key, ids, xy, describer.source)
    return Embedding(ids, xy, describer.source)
