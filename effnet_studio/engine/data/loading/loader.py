"""Batches for training and validation, decoded ahead by threads.

Threads, not processes: Pillow lets other threads run while it decodes and resizes, nothing has to
be started or copied between processes, and a window's process must not fork.
"""

from __future__ import annotations

import contextlib
import math
import threading
from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
import torch
from PIL import Image

from effnet_studio.engine.data.loading.pixels import load_for
from effnet_studio.engine.device import cpu_cores
from effnet_studio.engine.errors import ImageError, ImagesGoneError
from effnet_studio.engine.events import OnEvent, Warned, ignore
from effnet_studio.engine.images import decode_image
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from numpy.typing import NDArray

    from effnet_studio.engine.data.dataset import Sample
    from effnet_studio.engine.data.loading.cache import PixelStore
    from effnet_studio.engine.preprocess import Preprocess

ROOM = 1.25
"""Short side of a kept training picture as a multiple of the model's input: room to crop."""

AHEAD = 3
"""Batches that are decoded while one is trained on."""

Variation = Callable[..., "NDArray[np.uint8]"]
"""``variation(pixels, *, epoch, index, draw)``, such as an :class:`~.augment.Augmenter`.

It must not write to the pixels: they may lie in a file.
"""


class Reader:
    """How the pictures of a set are read before they are kept: as the model sees them.

    Args:
        preprocess: The model's preprocessing.
    """

    def __init__(self, preprocess: Preprocess) -> None:
        self._preprocess = preprocess

    @property
    def key(self) -> str:
        """Name of this way of reading; readers of the same name give the same pixels."""
        values = self._preprocess.model_dump(exclude={"mean", "std"}).values()
        return "-".join(["exact", *(str(value) for value in values)])

    def shapes(self, sizes: NDArray[np.int64]) -> NDArray[np.int64]:
        """Height and width that pictures will have once read.

        Args:
            sizes: Height and width of each, upright, pixels; shape (n, 2).

        Returns:
            Shape (n, 2).
        """
        return np.full_like(sizes, self._preprocess.size)

    def read(self, path: Path) -> NDArray[np.uint8]:
        """Read a picture exactly as prediction does, up to normalisation.

        Args:
            path: The file.

        Returns:
            RGB, uint8, shape (size, size, 3).

        Raises:
            ImageError: If the file cannot be used (any more).
        """
        return self._preprocess.geometry(load_for(self._preprocess, path))


class RoomyReader(Reader):
    """Reads pictures whole and a little larger than the model needs, to be cropped at random."""

    @property
    def short_side(self) -> int:
        """Short side of a picture once read, pixels."""
        return max(self._preprocess.resize, math.ceil(self._preprocess.size * ROOM))

    @property
    def key(self) -> str:
        """See :class:`Reader`."""
        return f"roomy-{self.short_side}"

    def shapes(self, sizes: NDArray[np.int64]) -> NDArray[np.int64]:
        """See :class:`Reader`."""
        scales = np.minimum(1.0, self.short_side / np.maximum(1, sizes.min(axis=1)))
        scaled: NDArray[np.int64] = np.rint(sizes * scales[:, None]).astype(np.int64)
        return np.maximum(1, scaled)

    def read(self, path: Path) -> NDArray[np.uint8]:
        """Read a picture with its short side at most :attr:`short_side`.

        Args:
            path: The file.

        Returns:
            RGB, uint8, shape (height, width, 3).

        Raises:
            ImageError: If the file cannot be used (any more).
        """
        decoded = decode_image(path, min_side=self.short_side)
        if min(decoded.pixels.shape[:2]) <= self.short_side:
            return decoded.pixels
        # By the size of the whole picture: decoded at a fraction, it may be a pixel off.
        whole = np.array([[decoded.info.height, decoded.info.width]], dtype=np.int64)
        height, width = self.shapes(whole)[0].tolist()
        # Bilinear in Pillow is a triangle filter over all source pixels: antialiased and quick.
        picture = Image.fromarray(decoded.pixels)
        return np.asarray(picture.resize((width, height), Image.Resampling.BILINEAR))


def reader_of(preprocess: Preprocess, *, varied: bool = False) -> Reader:
    """How a part of a dataset is read.

    Args:
        preprocess: The model's preprocessing.
        varied: Whether its pictures are varied in each epoch.
    """
    return RoomyReader(preprocess) if varied else Reader(preprocess)


@dataclass(frozen=True)
class Batch:
    """Some pictures and their labels.

    Attributes:
        pixels: RGB, uint8, shape (n, size, size, 3).
        labels: int64, shape (n,).
        indices: Positions in the set the loader was made for.
        number: Its place in the plan, counted from 0.
    """

    pixels: torch.Tensor
    labels: torch.Tensor
    indices: tuple[int, ...]
    number: int = 0

    def __len__(self) -> int:
        return len(self.indices)


class PictureLoader:
    """Reads, keeps and varies the pictures of one set; a context manager that owns its threads.

    A picture that cannot be read is said once (:class:`Warned`) and left out of its batches.

    Args:
        samples: The set.
        reader: How a file is read; the result goes into ``store``.
        store: Keeps decoded pictures; made for the same set and reader.
        size: Side of the finished pictures, pixels.
        variation: Makes the variant of an epoch; None: pictures as they were read.
        workers: Threads; 0: chosen for this computer.
        on_event: Hears of pictures that cannot be read; called in the consumer's thread.
    """

    def __init__(
        self,
        samples: Sequence[Sample],
        reader: Reader,
        store: PixelStore,
        *,
        size: int,
        variation: Variation | None = None,
        workers: int = 0,
        on_event: OnEvent = ignore,
    ) -> None:
        self.samples = samples
        self.lost: set[int] = set()
        self._reader = reader
        self._store = store
        self._size = size
        self._variation = variation
        self._on_event = on_event
        self._said_trouble = False
        self._reading: set[int] = set()
        self._turn = threading.Condition()
        self._pool = ThreadPoolExecutor(
            workers or default_workers(), thread_name_prefix="picture-loader"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def batches(
        self, plan: Sequence[Sequence[int]], *, epoch: int = 0, first: int = 0
    ) -> Iterator[Batch]:
        """Give the batches of a plan, reading some ahead.

        Args:
            plan: Positions of the pictures of each batch; a picture that comes several times is
                varied differently each time.
            epoch: Decides how pictures are varied.
            first: Batches of the plan to pass over; the others are as if they had been read.

        Yields:
            A batch for each entry of the plan, in its order; shorter, or left out if empty, when
            pictures cannot be read.

        Raises:
            ImagesGoneError: If all pictures seem to be gone, as when a drive is taken away; none
                counts as unreadable then.
        """
        pending: deque[_Pending] = deque()
        upcoming = enumerate(plan[first:], start=first)
        drawn = Counter(index for passed in plan[:first] for index in passed)
        try:
            while True:
                while len(pending) <= AHEAD and (entry := next(upcoming, None)) is not None:
                    pending.append(self._begin(entry, epoch, drawn))
                if not pending:
                    return
                batch = self._finish(pending.popleft())
                if len(batch):
                    yield batch
        finally:
            for waiting in pending:
                for task in waiting.tasks:
                    task.cancel()

    def _begin(self, entry: tuple[int, Sequence[int]], epoch: int, drawn: Counter[int]) -> _Pending:
        number, indices = entry
        pixels = np.empty((len(indices), self._size, self._size, 3), dtype=np.uint8)
        tasks = []
        for place, index in enumerate(indices):
            tasks.append(self._pool.submit(self._fill, pixels[place], index, epoch, drawn[index]))
            drawn[index] += 1
        return _Pending(number, tuple(indices), pixels, tasks)

    def _fill(self, place: NDArray[np.uint8], index: int, epoch: int, draw: int) -> None:
        """Put one picture into its place of a batch (in a thread of the pool)."""
        with self._alone_with(index):
            pixels = self._store.get(index)
            if pixels is None:
                pixels = self._reader.read(self.samples[index].path)
                self._store.put(index, pixels)
        if self._variation is not None:
            pixels = self._variation(pixels, epoch=epoch, index=index, draw=draw)
        place[:] = pixels

    @contextlib.contextmanager
    def _alone_with(self, index: int) -> Iterator[None]:
        """Let a picture that comes twice at a time be decoded once: the second thread waits."""
        with self._turn:
            self._turn.wait_for(lambda: index not in self._reading)
            self._reading.add(index)
        try:
            yield
        finally:
            with self._turn:
                self._reading.remove(index)
                self._turn.notify_all()

    def _finish(self, pending: _Pending) -> Batch:
        """Wait for a batch and leave out what could not be read."""
        good = []
        for place, task in enumerate(pending.tasks):
            try:
                task.result()
                good.append(place)
            except ImageError as error:
                self._report(pending.indices[place], error)
        self._report_store()
        whole = len(good) == len(pending.indices)
        pixels = pending.pixels if whole else pending.pixels[good]
        indices = tuple(pending.indices[place] for place in good)
        labels = [self.samples[index].label for index in indices]
        truth = torch.tensor(labels, dtype=torch.int64)
        return Batch(torch.from_numpy(pixels), truth, indices, pending.number)

    def _report(self, index: int, error: ImageError) -> None:
        if index in self.lost:
            return
        sample = self.samples[index]
        if not sample.path.exists() and not any_there(self.samples):
            raise ImagesGoneError(
                msg("The images in {folder} are gone.", folder=str(sample.path.parent)),
                hint=msg("Connect the drive with the images again."),
                path=sample.path,
            ) from error
        self.lost.add(index)
        self._on_event(
            Warned(
                msg(
                    "{name} is left out: {reason}",
                    name=sample.path.name,
                    reason=str(error.message),
                ),
                msg("Import the folder again if its images were moved or changed."),
                sample.path,
            )
        )

    def _report_store(self) -> None:
        if self._store.trouble is not None and not self._said_trouble:
            self._said_trouble = True
            self._on_event(self._store.trouble)


@dataclass(frozen=True)
class _Pending:
    number: int
    indices: tuple[int, ...]
    pixels: NDArray[np.uint8]
    tasks: list[Future[None]]


def any_there(samples: Sequence[Sample]) -> bool:
    """Whether the files of a set are still there, judged by sixteen of them."""
    return any(sample.path.exists() for sample in samples[:: max(1, len(samples) // 16)])


def default_workers() -> int:
    """Threads for this computer: enough to keep up, but few, as the training needs the cores."""
    return max(2, min(8, cpu_cores() // 2))


def shuffled_plan(count: int, batch_size: int, *, seed: int, epoch: int) -> list[list[int]]:
    """Divide an epoch into batches of nearly equal size, in an order of its own.

    Nearly equal rather than a short last one: batch statistics of one or two pictures would harm.

    Args:
        count: Pictures in the set.
        batch_size: Most pictures in a batch.
        seed: Makes the order repeatable.
        epoch: Epoch, counted from 0.

    Returns:
        Positions of the pictures of each batch; each position exactly once.
    """
    order = np.random.default_rng((seed, epoch, 0x5EED)).permutation(count)
    return [part.tolist() for part in np.array_split(order, steps_per_epoch(count, batch_size))]


def plain_plan(count: int, batch_size: int) -> list[list[int]]:
    """Divide a set into batches in its own order, for validation."""
    return [
        list(range(start, min(start + batch_size, count))) for start in range(0, count, batch_size)
    ]


def steps_per_epoch(count: int, batch_size: int) -> int:
    """Batches of one epoch."""
    return max(1, math.ceil(count / batch_size))
