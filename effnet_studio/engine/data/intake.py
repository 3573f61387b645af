"""Decode every file once, in threads, and keep its thumbnail.

Pillow's decoders let go of Python's lock, so threads do; processes were no quicker here and would
cost their start-up and copies.
"""

from __future__ import annotations

import contextlib
import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio.engine.data import thumbnails
from effnet_studio.engine.data.problems import Problem
from effnet_studio.engine.errors import ImageError
from effnet_studio.engine.events import OnEvent, PauseChanged, ProgressMeter, Stage
from effnet_studio.engine.images import ImageInfo, decode_image
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.layout import Candidate
    from effnet_studio.engine.project import Project

_BATCH = 64
"""Thumbnails written to the cache at a time, and files waiting for a thread."""


@dataclass(frozen=True)
class Picture:
    """A candidate that could be decoded.

    Attributes:
        candidate: The file with its class and part.
        info: What its header says.
    """

    candidate: Candidate
    info: ImageInfo


def decode_all(
    project: Project,
    root: Path,
    candidates: list[Candidate],
    on_event: OnEvent,
    cancel: CancelToken | None,
) -> tuple[list[Picture], list[Problem]]:
    """Decode every candidate once; its thumbnail goes into the project's cache.

    Args:
        project: Writable.
        root: The folder the candidates' paths start from.
        candidates: Files in class folders.
        on_event: Hears progress and pauses.
        cancel: Stops or holds the work.

    Returns:
        The pictures, and the files that are none, each with the reason.

    Raises:
        Cancelled: If it was stopped.
    """
    meter = ProgressMeter(Stage.SCAN, len(candidates), on_event, unit="files")
    pictures: list[Picture] = []
    unreadable: list[Problem] = []
    ready: list[tuple[Path, os.stat_result, bytes]] = []

    def check() -> None:
        if cancel is not None:
            cancel.check(lambda paused: on_event(PauseChanged(paused)))

    with contextlib.closing(_decoded(root, candidates, check)) as outcomes:
        for candidate, outcome in outcomes:
            if isinstance(outcome, Problem):
                unreadable.append(outcome)
            else:
                info, status, jpeg = outcome
                pictures.append(Picture(candidate, info))
                ready.append((root / candidate.file.relative, status, jpeg))
            if len(ready) >= _BATCH:
                thumbnails.keep(project, ready)
                ready.clear()
            meter.advance()
    thumbnails.keep(project, ready)
    meter.finish()
    return pictures, unreadable


_Outcome = tuple[ImageInfo, os.stat_result, bytes] | Problem


def _decoded(
    root: Path, candidates: list[Candidate], check: Callable[[], None]
) -> Generator[tuple[Candidate, _Outcome]]:
    """Decode in threads, in order, with a bounded number of files under way."""
    threads = min(8, os.cpu_count() or 1)
    waiting: deque[tuple[Candidate, Future[_Outcome]]] = deque()
    with ThreadPoolExecutor(threads, thread_name_prefix="import") as pool:
        try:
            for candidate in candidates:
                check()
                path = root / candidate.file.relative
                waiting.append((candidate, pool.submit(_decode_one, path)))
                if len(waiting) >= _BATCH:
                    first, future = waiting.popleft()
                    yield first, future.result()
            while waiting:
                check()
                first, future = waiting.popleft()
                yield first, future.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _decode_one(path: Path) -> _Outcome:
    """Really decode one file, reduced where that is cheaper: only this shows that it is whole."""
    try:
        decoded = decode_image(path, min_side=thumbnails.THUMBNAIL_SIDE)
        status = path.stat()
    except ImageError as error:
        return Problem(path, error.message, error.hint if error.hint.template else None)
    except OSError as error:
        return Problem(path, msg("The file vanished: {reason}.", reason=error.strerror or ""), None)
    return decoded.info, status, thumbnails.encode(thumbnails.shrink(decoded.pixels))
