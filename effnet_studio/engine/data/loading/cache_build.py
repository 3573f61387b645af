"""Fill the cache of decoded pictures ahead of a training, as a job of its own."""

from __future__ import annotations

import contextlib
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from effnet_studio.engine.data.loading.cache import DecodeCache
from effnet_studio.engine.data.loading.cache_space import CacheUsage, usage
from effnet_studio.engine.device import cpu_cores
from effnet_studio.engine.errors import ImageError
from effnet_studio.engine.events import OnEvent, PauseChanged, ProgressMeter, Stage, ignore

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Sample
    from effnet_studio.engine.data.loading.cache import PixelStore
    from effnet_studio.engine.data.loading.loader import Reader

_AHEAD = 32
"""Pictures waiting for a thread."""


def build_cache(
    samples: Sequence[Sample],
    reader: Reader,
    cache_dir: Path,
    *,
    limit: int | None = None,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> CacheUsage:
    """Decode the pictures that are not in the cache yet, so that a training need not.

    Files that cannot be read are passed over; the training that misses them says so. It ends early
    when no more can be kept.

    Args:
        samples: The set.
        reader: How its files are read.
        cache_dir: The project's cache.
        limit: As for :class:`DecodeCache`.
        on_event: Hears progress, pauses, and why not all could be kept.
        cancel: Stops or holds the work; what was kept by then stays.

    Returns:
        What the cache holds now.

    Raises:
        Cancelled: If it was stopped.
    """
    meter = ProgressMeter(Stage.DECODE, len(samples), on_event)
    threads = max(1, min(8, cpu_cores()))
    waiting: deque[Future[None]] = deque()
    with (
        DecodeCache(cache_dir, limit=limit, memory=0) as cache,
        ThreadPoolExecutor(threads, thread_name_prefix="decode-cache") as pool,
    ):
        store = cache.store(samples, reader)
        try:
            for index in range(len(samples)):
                if cancel is not None:
                    cancel.check(lambda paused: on_event(PauseChanged(paused)))
                waiting.append(pool.submit(_read_into, store, reader, samples, index))
                if len(waiting) > _AHEAD:
                    waiting.popleft().result()
                    meter.advance()
                if store.trouble is not None:
                    break
            while waiting:
                waiting.popleft().result()
                meter.advance()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        if store.trouble is not None:
            on_event(store.trouble)
    meter.finish()
    return usage(cache_dir)


def _read_into(store: PixelStore, reader: Reader, samples: Sequence[Sample], index: int) -> None:
    if not store.has(index):
        with contextlib.suppress(ImageError):
            store.put(index, reader.read(samples[index].path))
