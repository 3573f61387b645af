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
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.predict.predictor import Forward, Predictor

    Decoded = tuple[int, Path, NDArray[np.uint8] | ImageError]

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
    images: int = 1,
    batch_size: int | None = None,
    cancel: CancelToken | None = None,
    on_pause: Callable[[bool], None] | None = None,
) -> Iterator[Judged]:
    """Read and judge files, in order, one verdict each.

    Args:
        predictor: The model.
        paths: The files; read lazily.
        images: About how many there are; for many the model is brought into the form in which it
            answers fastest, see :meth:`Predictor.ready_for`.
        batch_size: Images run through the model at once; None: chosen for the model.
        cancel: Checked before each file.
        on_pause: Called with True when the job begins to wait, with False when it goes on.

    Yields:
        The verdicts, in the order of the files.

    Raises:
        Cancelled: If the job was asked to stop.
        ModelError: If the model cannot be run.
    """
    size = batch_size or default_batch_size(predictor.preprocess.size, predictor.at_a_time)
    token = cancel or CancelToken()
    waiting: list[Decoded] = []
    forward = predictor.ready_for(images)
    with contextlib.closing(decoded(predictor, paths, size)) as pictures:
        for item in pictures:
            token.check(on_pause)
            waiting.append(item)
            if len(waiting) >= size:
                yield from _answers(predictor, forward, waiting)
                waiting = []
        yield from _answers(predictor, forward, waiting)


def default_batch_size(side: int, at_a_time: int) -> int:
    """Images in a batch such that its memory does not grow with the input's size.

    Args:
        side: Of the model's input, pixels.
        at_a_time: Images of 224 × 224 pixels in a batch.
    """
    return max(1, min(at_a_time, at_a_time * 224**2 // side**2))


def _answers(
    predictor: Predictor, forward: Forward, waiting: Sequence[Decoded]
) -> Iterator[Judged]:
    pictures = [entry for _, _, entry in waiting if not isinstance(entry, ImageError)]
    logits = (
        iter(forward(predictor.preprocess.normalize(np.stack(pictures)))) if pictures else iter(())
    )
    for index, path, entry in waiting:
        if isinstance(entry, ImageError):
            yield Judged(index, path, None, entry)
        else:
            yield Judged(index, path, next(logits), None)


def decoded(predictor: Predictor, paths: Iterable[Path], batch: int) -> Generator[Decoded]:
    """Decode in threads, two batches ahead and never so few that a thread must wait.

    Args:
        predictor: Says what it sees of each file.
        paths: The files; read lazily.
        batch: Pictures that are needed at once.

    Yields:
        Place among the files, the file, and what the model sees of it, RGB, uint8, shape (s, s, 3),
        or why it cannot be read; in the order of the files. Close it to end the threads.
    """

    def read(path: Path) -> NDArray[np.uint8] | ImageError:
        try:
            return predictor.picture(path)
        except ImageError as error:
            return error

    threads = min(_MAX_THREADS, cpu_cores())
    pool = ThreadPoolExecutor(threads, thread_name_prefix="decode")
    try:
        todo, ahead = iter(enumerate(paths)), 2 * max(batch, threads)
        pending: deque[tuple[int, Path, Future[NDArray[np.uint8] | ImageError]]] = deque(
            (index, path, pool.submit(read, path)) for index, path in islice(todo, ahead)
        )
        while pending:
            index, path, future = pending.popleft()
            yield index, path, future.result()
            pending.extend((i, p, pool.submit(read, p)) for i, p in islice(todo, 1))
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
