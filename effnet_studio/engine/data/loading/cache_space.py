"""The room that decoded pictures take in a project's cache, and how it is kept in bounds."""

from __future__ import annotations

import contextlib
import shutil
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np

from effnet_studio.engine.atomic import TEMPORARY_PREFIX
from effnet_studio.engine.data.loading.pixel_file import (
    INDEX_NAME,
    RECORD_BYTES,
    count_pictures,
    is_written,
)
from effnet_studio.engine.errors import StorageError
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.data.dataset import Sample
    from effnet_studio.engine.data.loading.loader import Reader

PIXELS = "pixels"
"""Folder in a project's cache that holds a folder for each way of reading pictures."""

VIEWS = "views"
"""Folder in a project's cache that holds what frozen stages gave for its pictures."""

MAX_BYTES = 20 * 2**30
"""Most that a project's cache takes unless asked for more; less where the disk is small."""

DISK_SHARE = 0.25
"""Share of the disk's free bytes, those of the cache included, that it takes at most."""

_RECOUNT = 2**28
"""Bytes after which the cache is measured again, as other processes may add to it as well."""


@runtime_checkable
class Measured(Protocol):
    """Samples that tell their sizes without being made one by one."""

    def sizes(self) -> NDArray[np.int64]:
        """Height and width of each, shape (n, 2)."""


@dataclass(frozen=True, slots=True)
class CacheUsage:
    """What the cache of a project holds.

    Attributes:
        bytes: On disk, with what frozen stages gave for them.
        pictures: Each counted once for every way of reading.
        keys: Ways of reading.
    """

    bytes: int = 0
    pictures: int = 0
    keys: int = 0


def estimate(samples: Sequence[Sample], reader: Reader) -> int:
    """How much the pictures of a set take on disk, without opening any.

    Args:
        samples: The set; at once if it is :class:`Measured`.
        reader: How its files are read.

    Returns:
        Bytes.
    """
    if isinstance(samples, Measured):
        sizes = samples.sizes()
    else:
        flat = [side for sample in samples for side in (sample.height, sample.width)]
        sizes = np.array(flat, dtype=np.int64).reshape(-1, 2)
    return int(3 * reader.shapes(sizes).prod(axis=1).sum()) + RECORD_BYTES * len(samples)


class Room:
    """The bytes that may still be written, and those that can be had by dropping old keys.

    Args:
        folder: Holds the folders of the keys.
        limit: Most bytes in it; None: :func:`default_limit`.

    Raises:
        OSError: If the disk does not tell its size.
    """

    def __init__(self, folder: Path, limit: int | None) -> None:
        self._folder = folder
        self._limit = default_limit(folder.parent) if limit is None else limit
        self._oldest: list[Path] | None = None
        self._uncounted = 0
        self.measure()

    def measure(self) -> None:
        """Look how much is used, by other processes too."""
        self._used = bytes_below(self._folder)

    def has(self, size: int) -> bool:
        """Whether so many bytes are free without dropping anything."""
        return self._used + size <= self._limit

    def claim(self, size: int, *, spare: Container[str]) -> bool:
        """Count so many bytes as used, and drop what was used longest ago if need be.

        Args:
            size: Bytes.
            spare: Names of keys that must stay.

        Returns:
            Whether there is room.
        """
        self._uncounted += size
        if self._uncounted > _RECOUNT:
            self._uncounted = 0
            self.measure()
        while not self.has(size):
            if self._oldest is None:
                self._oldest = sorted(keys(self._folder), key=last_use, reverse=True)
            if not self._oldest:
                return False
            candidate = self._oldest.pop()
            if candidate.name not in spare and not is_written(candidate):
                with contextlib.suppress(OSError):  # Windows keeps what somebody reads
                    drop(candidate)
                self.measure()
        self._used += size
        return True


def default_limit(cache_dir: Path) -> int:
    """Most bytes that decoded pictures take in a project's cache.

    Args:
        cache_dir: The project's cache; need not exist.

    Returns:
        :data:`MAX_BYTES`, or :data:`DISK_SHARE` of what would be free without them if that is less.

    Raises:
        OSError: If the disk does not tell.
    """
    there = next(folder for folder in (cache_dir, *cache_dir.absolute().parents) if folder.exists())
    free = shutil.disk_usage(there).free + bytes_below(cache_dir / PIXELS)
    return min(MAX_BYTES, int(free * DISK_SHARE))


def usage(cache_dir: Path) -> CacheUsage:
    """What the cache of a project holds.

    Args:
        cache_dir: The project's cache; need not exist.

    Returns:
        Zeros where there is nothing.
    """
    found, pictures = keys(cache_dir / PIXELS), 0
    for key in found:
        with contextlib.suppress(OSError):
            pictures += count_pictures(key)
    size = sum(bytes_below(cache_dir / folder) for folder in (PIXELS, VIEWS))
    return CacheUsage(size, pictures, len(found))


def clear(cache_dir: Path) -> None:
    """Delete decoded pictures and what frozen stages gave, also while somebody reads or writes.

    Whoever has them open keeps what he has, and on Linux and macOS its space until he ends. On
    Windows what is open cannot be deleted.

    Args:
        cache_dir: The project's cache; need not exist.

    Raises:
        StorageError: If some could not be deleted.
    """
    refused: Path | None = None
    for key in (*keys(cache_dir / PIXELS), *keys(cache_dir / VIEWS)):
        try:
            drop(key)
        except FileNotFoundError:
            continue  # somebody else was quicker
        except OSError:
            refused = key
    if refused is not None:
        raise StorageError(
            msg("{path} cannot be deleted while it is in use.", path=str(refused)),
            hint=msg("Let the training end, or close the other window, and try again."),
            path=refused,
        )


def drop(key: Path) -> None:
    """Delete the folder of a key in one step, so that nobody finds half of it.

    Args:
        key: The folder.

    Raises:
        OSError: If it is gone or, on Windows, open.
    """
    doomed = temporary_beside(key)
    key.rename(doomed)
    shutil.rmtree(doomed, ignore_errors=True)


def temporary_beside(key: Path) -> Path:
    """A new name on the same drive, where a project tidies up what a crash leaves behind."""
    return key.parents[1] / f"{TEMPORARY_PREFIX}{uuid.uuid4().hex}"


def keys(folder: Path) -> list[Path]:
    """The folders of the keys, in no order; none where there is nothing."""
    with contextlib.suppress(OSError):
        return [key for key in folder.iterdir() if key.is_dir()]
    return []


def last_use(key: Path) -> float:
    """When a key was last opened or added to, seconds since 1970; 0 if it does not tell."""
    with contextlib.suppress(OSError):
        return (key / INDEX_NAME).stat().st_mtime
    return 0.0


def bytes_below(folder: Path) -> int:
    """Bytes of all files in a folder and those below."""
    total = 0
    for file in folder.rglob("*"):
        with contextlib.suppress(OSError):
            total += file.stat().st_size if file.is_file() else 0
    return total
