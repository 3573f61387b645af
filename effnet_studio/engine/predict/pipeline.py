"""Files to model answers: decoding runs ahead in threads while the model computes."""

from __future__ import annotations

import contextlib
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.device import cpu_cores
from effnet_studio.engine.errors import ImageError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.predict.predictor import Predictor

    Decoded = tuple[int, Path, NDArray[np.uint8] | ImageError]

DEFAULT_BATCH = 32
"""Images of 224 × 224 in a batch when the caller does not say; fewer if they are larger."""

_MAX_THREADS = 8


@dataclass(frozen=True, eq=False)
class Judged:
    """What became of one file.

    Attributes:
        index: Its place among the files given.
        path: The file.
        logits: The model's raw outputs, float32, shape (classes,); None if it could not be read.
        error: Why not; None if it could.
    """

    index: int
    path: Path
    logits: NDArray[np.float32] | None
    error: ImageError | None


def judge(
    predictor: Predictor,
    paths: Iterable[Path],
    *,
    batch_size: int | None = None,
    cancel: CancelToken | None = None,
    on_pause: Callable[[bool], None] | None = None,
) -> Iterator[Judged]:
    """Read and judge files, in order, one verdict each.

    Args:
        predictor: The model.
        paths: The files; read lazily.
        batch_size: Images run through the model at once; None: chosen for the model's input size.
        cancel: Checked before each file.
        on_pause: Called with True when the job begins to wait, with False when it goes on.

    Yields:
        The verdicts, in the order of the files.

    Raises:
        Cancelled: If the job was asked to stop.
        ModelError: If the model cannot be run.
    """
    size = batch_size or default_batch_size(predictor.preprocess.size)
    token = cancel or CancelToken()
    waiting: list[Decoded] = []
    with contextlib.closing(decoded(predictor, paths, 2 * size)) as pictures:
        for item in pictures:
            token.check(on_pause)
            waiting.append(item)
            if len(waiting) >= size:
                yield from _answers(predictor, waiting)
                waiting = []
        yield from _answers(predictor, waiting)


def default_batch_size(side: int) -> int:
    """Images in a batch such that its memory does not grow with the input's size.

    Args:
        side: Of the model's input, pixels.
    """
    return max(1, min(DEFAULT_BATCH, DEFAULT_BATCH * 224**2 // side**2))


def _answers(predictor: Predictor, waiting: list[Decoded]) -> Iterator[Judged]:
    pictures = [entry for _, _, entry in waiting if not isinstance(entry, ImageError)]
    logits = (
        iter(predictor.logits(predictor.preprocess.normalize(np.stack(pictures))))
        if pictures
        else iter(())
    )
    for index, path, entry in waiting:
        if isinstance(entry, ImageError):
            yield Judged(index, path, None, entry)
        else:
            yield Judged(index, path, next(logits), None)


def decoded(predictor: Predictor, paths: Iterable[Path], ahead: int) -> Generator[Decoded]:
    """Decode in threads, at most ``ahead`` pictures before they are needed.

    Args:
        predictor: Says what it sees of each file.
        paths: The files; read lazily.
        ahead: Pictures that may wait.

    Yields:
        Place among the files, the file, and what the model sees of it, RGB, uint8, shape (s, s, 3),
        or why it cannot be read; in the order of the files. Close it to end the threads.
    """

    def read(path: Path) -> NDArray[np.uint8] | ImageError:
        try:
            return predictor.picture(path)
        except ImageError as error:
            return error

    pool = ThreadPoolExecutor(min(_MAX_THREADS, cpu_cores()), thread_name_prefix="decode")
    try:
        todo = iter(enumerate(paths))
        pending: deque[tuple[int, Path, Future[NDArray[np.uint8] | ImageError]]] = deque(
            (index, path, pool.submit(read, path)) for index, path in islice(todo, ahead)
        )
        while pending:
            index, path, future = pending.popleft()
            yield index, path, future.result()
            pending.extend((i, p, pool.submit(read, p)) for i, p in islice(todo, 1))
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
