"""Decoded pictures, kept so that only the first epoch opens the files."""

from __future__ import annotations

import contextlib
import errno
import math
import tempfile
import threading
from typing import TYPE_CHECKING, Protocol

import numpy as np

from effnet_studio.engine.atomic import TEMPORARY_PREFIX
from effnet_studio.engine.device import available_memory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

MEMORY_SHARE = 0.25
"""Share of the free memory that decoded pictures may take; above it they go to the disk."""

UNKNOWN_MEMORY = 512 * 2**20
"""Bytes that they may take where the system does not say how much is free."""


class PixelStore(Protocol):
    """Keeps pictures by their position; safe to use from several threads.

    Attributes:
        failure: Why it keeps no more pictures, if that is so.
    """

    failure: OSError | None

    def get(self, index: int) -> NDArray[np.uint8] | None:
        """Return the picture, or None if it has not been kept (yet)."""

    def put(self, index: int, pixels: NDArray[np.uint8]) -> None:
        """Keep a picture."""


class MemoryStore:
    """Keeps pictures in memory.

    Args:
        count: Number of pictures.
    """

    def __init__(self, count: int) -> None:
        self.failure: OSError | None = None
        self._pictures: list[NDArray[np.uint8] | None] = [None] * count

    def get(self, index: int) -> NDArray[np.uint8] | None:
        """See :class:`PixelStore`."""
        return self._pictures[index]

    def put(self, index: int, pixels: NDArray[np.uint8]) -> None:
        """See :class:`PixelStore`."""
        self._pictures[index] = pixels


class NoStore:
    """Keeps nothing: every picture is decoded each time it is needed.

    Args:
        failure: Why, if something is wrong.
    """

    def __init__(self, failure: OSError | None = None) -> None:
        self.failure: OSError | None = failure

    def get(self, index: int) -> NDArray[np.uint8] | None:
        """See :class:`PixelStore`."""
        del index
        return None

    def put(self, index: int, pixels: NDArray[np.uint8]) -> None:
        """See :class:`PixelStore`."""


class DiskStore:
    """Keeps pictures one behind the other in a temporary file.

    Plain reads and writes rather than a memory map: a full disk or a lost drive is then an error
    that can be handled, not a signal that kills the process.

    Args:
        folder: Where to put the file.
        count: Number of pictures.

    Raises:
        OSError: If the file cannot be made.
    """

    def __init__(self, folder: Path, count: int) -> None:
        self.failure: OSError | None = None
        self._file = tempfile.NamedTemporaryFile(  # noqa: SIM115 - lives as long as the store
            dir=folder, prefix=TEMPORARY_PREFIX, suffix=".pixels", buffering=0
        )
        self._places: list[tuple[int, tuple[int, ...]] | None] = [None] * count
        self._end = 0
        self._lock = threading.Lock()

    def get(self, index: int) -> NDArray[np.uint8] | None:
        """See :class:`PixelStore`; None also when the drive is gone."""
        place = self._places[index]
        if place is None:
            return None
        offset, shape = place
        with contextlib.suppress(OSError), self._lock:
            self._file.seek(offset)
            data = self._file.read(math.prod(shape))
            if len(data) == math.prod(shape):
                return np.frombuffer(data, dtype=np.uint8).reshape(shape)
        return None

    def put(self, index: int, pixels: NDArray[np.uint8]) -> None:
        """See :class:`PixelStore`; does nothing any more once the disk was full."""
        data = np.ascontiguousarray(pixels).data.cast("B")
        try:
            with self._lock:
                if self.failure is not None or self._places[index] is not None:
                    return
                self._file.seek(self._end)
                if self._file.write(data) == len(data):
                    self._places[index] = (self._end, pixels.shape)
                    self._end += len(data)
                else:  # the disk filled up in the middle of the picture
                    self.failure = OSError(errno.ENOSPC, "No space left on device")
        except OSError as error:
            self.failure = error

    def close(self) -> None:
        """Delete the file."""
        with contextlib.suppress(OSError):
            self._file.close()


@contextlib.contextmanager
def pixel_store(
    shapes: Sequence[tuple[int, int]], *, folder: Path | None, memory: int | None = None
) -> Iterator[PixelStore]:
    """Make room for decoded pictures: in memory if they fit, else on the disk, else nowhere.

    Args:
        shapes: Expected (height, width) of each picture.
        folder: Where a file may be put; made if need be. None: keep in memory or not at all.
        memory: Bytes that may be used; None: a share of what is free.

    Yields:
        The store; whatever it kept is gone afterwards.
    """
    needed = 3 * sum(height * width for height, width in shapes)
    if needed <= (_spare_memory() if memory is None else memory):
        yield MemoryStore(len(shapes))
        return
    try:
        if folder is None:
            raise FileNotFoundError(errno.ENOENT, "no folder for temporary files")
        folder.mkdir(parents=True, exist_ok=True)
        store = DiskStore(folder, len(shapes))
    except OSError as error:
        yield NoStore(error)
        return
    try:
        yield store
    finally:
        store.close()


def _spare_memory() -> int:
    free = available_memory()
    return UNKNOWN_MEMORY if free is None else int(free * MEMORY_SHARE)
