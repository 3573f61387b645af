"""Decoded pictures, kept in the project's cache so that no run decodes a photograph twice.

``cache/pixels/`` holds a folder for each way of reading pictures, named after everything that
decides the pixels; see :mod:`~.pixel_file` for what is in it. A picture counts only for the very
path, size and time of change it was read from. The folder may be deleted at any time. What cannot
be kept on disk is kept in memory, as far as that is free, and otherwise decoded again.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from typing import TYPE_CHECKING, Self

import numpy as np
import PIL

from effnet_studio.engine.data.loading.cache_space import (
    PIXELS,
    Room,
    drop,
    estimate,
    temporary_beside,
)
from effnet_studio.engine.data.loading.pixel_file import (
    INDEX_NAME,
    RECORD_BYTES,
    Identity,
    PixelFile,
    identify,
    path_number,
)
from effnet_studio.engine.device import available_memory
from effnet_studio.engine.events import Warned
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType

    from numpy.typing import NDArray

    from effnet_studio.engine.data.dataset import Sample
    from effnet_studio.engine.data.loading.loader import Reader

PIXEL_RULES = 1
"""Raised whenever other code would make other pixels of the same file; a test guards it."""

MEMORY_SHARE = 0.25
"""Share of the free memory that pictures may take which cannot be kept on disk."""

UNKNOWN_MEMORY = 512 * 2**20
"""Bytes that they may take where the system does not say how much is free."""


class DecodeCache:
    """The decoded pictures of a project while they are used; a context manager.

    Any number may be open at once, in any processes: each way of reading has one writer, and the
    others read along.

    Args:
        cache_dir: The project's cache, made if need be; None: keep pictures in memory only.
        limit: Most bytes on disk; None: :func:`~.cache_space.default_limit`. What was used
            longest ago goes first, and nothing that is open goes.
        memory: Most bytes in memory; None: a share of what is free.
        write: Whether anything may be written; False for a read-only project.

    Attributes:
        failure: Why nothing more is written, if the system refused.
    """

    def __init__(
        self,
        cache_dir: Path | None,
        *,
        limit: int | None = None,
        memory: int | None = None,
        write: bool = True,
    ) -> None:
        self.failure: OSError | None = None
        self._folder = None if cache_dir is None else cache_dir / PIXELS
        self._limit = limit
        self._memory = memory
        self._write = write
        self._files: dict[str, PixelFile | None] = {}
        self._room: Room | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for file in self._files.values():
            if file is not None:
                file.close()
        self._files.clear()

    def store(self, samples: Sequence[Sample], reader: Reader, *, again: bool = True) -> PixelStore:
        """Find or make room for the pictures of a set.

        Args:
            samples: The set.
            reader: How its files are read.
            again: Whether this run needs them more than once, so that memory is worth it.

        Returns:
            The store; to be used while this cache is open.
        """
        name = key_of(reader)
        if name not in self._files:
            self._files[name] = self._open(name, samples, reader)
        return PixelStore(self, self._files[name], samples, again=again)

    def keep(self, file: PixelFile, identity: Identity, pixels: NDArray[np.uint8]) -> int:
        """Keep a picture on disk if that can be.

        Args:
            file: Where.
            identity: State of its file when it was read.
            pixels: RGB, uint8, (height, width, 3).

        Returns:
            Number of its record, or -1.
        """
        with self._lock:
            if not file.writable or self._room is None or self.failure is not None:
                return -1
            try:
                if self._room.claim(pixels.nbytes + RECORD_BYTES, spare=self._files):
                    return file.append(identity, pixels)
            except OSError as error:
                self.failure = error.with_traceback(None)
            return -1

    def take_memory(self, size: int) -> bool:
        """Claim so many bytes of memory for a picture, if they are left."""
        with self._lock:
            if self._memory is None:
                self._memory = _spare_memory()
            if size > self._memory:
                return False
            self._memory -= size
            return True

    def _open(self, name: str, samples: Sequence[Sample], reader: Reader) -> PixelFile | None:
        """Open or make the folder of a key, without the garbage if that is most of it."""
        if self._folder is None:
            return None
        folder = self._folder / name
        if self._write:
            try:
                self._room = self._room or Room(self._folder, self._limit)
                paths = None
                if not self._room.has(estimate(samples, reader)):
                    numbers = (path_number(sample.path) for sample in samples)
                    paths = np.fromiter(numbers, dtype=np.uint64, count=len(samples))
                file = _open_tidy(folder, paths)
                self._room.measure()
            except OSError as error:
                self.failure = error.with_traceback(None)  # which would hold on to pictures
            else:
                with contextlib.suppress(OSError):
                    os.utime(folder / INDEX_NAME)  # says when it was last used
                return file
        with contextlib.suppress(OSError):
            return PixelFile(folder, write=False)
        return None


def _open_tidy(folder: Path, paths: NDArray[np.uint64] | None) -> PixelFile:
    """Open a folder to write; where less than half of it is worth keeping, keep only that.

    Args:
        folder: Folder of a key.
        paths: Pictures of other paths are garbage, as space is short. None: only earlier states of
            changed files are.

    Raises:
        OSError: If it cannot be opened.
    """
    file = PixelFile(folder, write=True)
    if not file.writable or 2 * file.live_bytes(paths) >= file.data_bytes:
        return file
    fresh = temporary_beside(folder)
    # Where there is no space for a copy, pictures are decoded again. Windows keeps what is open.
    with contextlib.suppress(OSError), contextlib.closing(PixelFile(fresh, write=True)) as target:
        file.copy_to(target, paths)
    file.close()
    with contextlib.suppress(OSError):
        drop(folder)
        fresh.rename(folder)
    shutil.rmtree(fresh, ignore_errors=True)
    return PixelFile(folder, write=True)


class PixelStore:
    """The decoded pictures of one set by their position; safe to use from several threads.

    Made by :meth:`DecodeCache.store`.

    Attributes:
        trouble: Why some pictures have to be decoded again and again, if that is so.
    """

    def __init__(
        self, cache: DecodeCache, file: PixelFile | None, samples: Sequence[Sample], *, again: bool
    ) -> None:
        self.trouble: Warned | None = None
        self._cache = cache
        self._file = file
        self._samples = samples
        self._again = again
        self._rows = np.full(len(samples), -1, dtype=np.int64)
        self._seen: dict[int, Identity] = {}
        self._pictures: dict[int, NDArray[np.uint8]] = {}

    def get(self, index: int) -> NDArray[np.uint8] | None:
        """Return a picture, or None if it is to be read from its file.

        A picture that was returned once stays the same as long as this store is used, whatever
        happens to its file; before, its file must be there and unchanged.

        Args:
            index: Position in the set.

        Returns:
            RGB, uint8, (height, width, 3), perhaps read-only.
        """
        picture = self._pictures.get(index)
        if picture is not None or self._file is None:
            return picture
        row = int(self._rows[index])
        if row < 0:
            row = self._find(index)
        if row >= 0:
            picture = self._file.pixels(row)
            if picture is None:  # damaged, and forgotten by now
                row = self._find(index)
        self._rows[index] = row
        return picture

    def has(self, index: int) -> bool:
        """Whether a picture is kept, without looking at its pixels."""
        return index in self._pictures or self._find(index) >= 0

    def put(self, index: int, pixels: NDArray[np.uint8]) -> None:
        """Keep a picture that :meth:`get` did not have.

        Args:
            index: Position in the set.
            pixels: As it was read from its file after :meth:`get`; RGB, uint8, (height, width, 3).
        """
        seen = self._seen.pop(index, None)
        # A file that changed while it was read may have given anything: not for later runs.
        if self._file is not None and seen is not None and self._now(index) == seen:
            self._rows[index] = self._cache.keep(self._file, seen, pixels)
            if self._rows[index] >= 0:
                return
        if not self._again:
            return
        if self._cache.take_memory(pixels.nbytes):
            self._pictures[index] = pixels
        elif self.trouble is None:
            self.trouble = self._explain()

    def _find(self, index: int) -> int:
        """Number of a picture's record; or -1, and its file's present state is remembered."""
        identity = self._now(index)
        if identity is None or self._file is None:
            return -1  # whoever reads the file will say what is wrong with it
        row = self._file.find(identity)
        if row < 0:
            self._seen[index] = identity
        return row

    def _now(self, index: int) -> Identity | None:
        return identify(self._samples[index].path)

    def _explain(self) -> Warned:
        failure = self._cache.failure
        if failure is None:
            return Warned(
                msg("Only a part of the decoded images can be kept: the others are opened again."),
                msg("Free some space on the project's drive to train faster."),
            )
        return Warned(
            msg(
                "Decoded images cannot be kept ({reason}): every epoch opens the files again.",
                reason=failure.strerror or str(failure),
            ),
            msg("Free some space on the project's drive to train faster."),
        )


def key_of(reader: Reader) -> str:
    """Name of a reader's folder: everything that decides the pixels of a file."""
    return f"{PIXEL_RULES}-pillow{PIL.__version__}-{reader.key}"


def _spare_memory() -> int:
    free = available_memory()
    return UNKNOWN_MEMORY if free is None else int(free * MEMORY_SHARE)
