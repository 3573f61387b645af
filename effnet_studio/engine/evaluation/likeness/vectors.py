"""Vectors of a project's pictures: computed where they are missing, kept, and read again."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine.data.index import Samples
from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.events import OnEvent, PauseChanged, ProgressMeter, Stage, Warned
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.evaluation.likeness.describers import Describer
    from effnet_studio.engine.evaluation.likeness.feature_cache import FeatureCache

_KEPT_TOGETHER: Final = 64
"""Vectors written at a time: what a stop or a crash may cost."""


def ensure_vectors(
    cache: FeatureCache,
    describer: Describer,
    index: Index,
    *,
    on_event: OnEvent,
    cancel: CancelToken,
) -> NDArray[np.int64]:
    """See that the cache has the vectors of all pictures in use; only missing ones are computed.

    Args:
        cache: Where they are kept; those of another describer are dropped.
        describer: Makes them.
        index: The pictures; those that are left out need none.
        on_event: Hears the progress, in pictures, and how many cannot be read.
        cancel: Stops the job at the next picture; the vectors so far are kept.

    Returns:
        int64, (n,), ascending: numbers of the pictures whose vectors can be read from the cache.

    Raises:
        DatasetError: If there are no pictures, or none of them can be read.
        ModelError: If the describer's weights are missing or damaged, or memory does not suffice.
        StorageError: If the cache cannot be written.
        Cancelled: If the job was asked to stop.
    """
    cache.begin(describer.key)
    used = np.flatnonzero(~index.excluded)
    _describe_missing(cache, describer, index, used, on_event=on_event, cancel=cancel)
    ids = cache.known(index.ids[used])
    if not len(ids):
        raise _nothing(index)
    return ids


def _describe_missing(
    cache: FeatureCache,
    describer: Describer,
    index: Index,
    used: NDArray[np.int64],
    *,
    on_event: OnEvent,
    cancel: CancelToken,
) -> None:
    """Compute and keep the vectors that are not in the cache yet."""
    rows = cache.missing(index, used)
    meter = ProgressMeter(Stage.FEATURES, len(used), on_event, start=len(used) - len(rows))
    unreadable = 0
    places: list[int] = []
    vectors: list[NDArray[np.float32]] = []

    def keep() -> None:
        if places:
            cache.keep(index, rows[places], np.stack(vectors))
            places.clear()
            vectors.clear()

    def on_pause(paused: bool) -> None:  # noqa: FBT001 - the token's signature
        on_event(PauseChanged(paused))

    if len(rows):  # else what describes them need not even be loaded
        samples = Samples(index, rows, index.classes[rows])
        with closing(describer.describe(samples, cancel, on_pause)) as described:
            try:
                for each in described:
                    if each.vector is None:
                        unreadable += 1
                    else:
                        places.append(each.place)
                        vectors.append(each.vector)
                    if len(places) >= _KEPT_TOGETHER:
                        keep()
                    meter.advance()
            finally:
                keep()
    meter.finish()
    if unreadable:
        on_event(
            Warned(
                msg("Images that cannot be read and are passed over: {count}.", count=unreadable),
                hint=msg("Check that the drive is connected, or look for changes."),
            )
        )


def _nothing(index: Index) -> DatasetError:
    if not index.excluded.all():
        message = msg("None of the images can be read any more.")
    else:
        message = msg("There are no images to look at.")
    return DatasetError(
        message, hint=msg("Check that the drive is connected, or import the folder again.")
    )
