"""Decoded pictures one behind the other in a file, with an index, read through a memory map.

A folder holds three files. ``pixels.bin`` is uint8, each picture in its own shape. ``index.bin``
has a record of fixed length for each picture, written after its bytes; the last record of a path
counts. ``writer.lock`` is locked by the one process that may add pictures, and freed by the system
when that process ends, however it ends.

No file is ever made shorter, and no picture is moved or written over, so a map stays valid whatever
happens beside it: a file that is deleted on Linux or macOS lives on as long as it is mapped, and
Windows refuses to delete it. Whether bytes and record belong together after a crash, a power cut or
on a damaged drive is told by a checksum over both. It is looked at once for each opening, which
takes 45 µs for a picture of 300 KB, where varying it takes 1,000.
"""

from __future__ import annotations

import contextlib
import errno
import mmap
import os
import struct
import sys
import threading
import zlib
from hashlib import blake2b
from typing import IO, TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

DATA_NAME = "pixels.bin"
INDEX_NAME = "index.bin"
LOCK_NAME = "writer.lock"

_RECORD = struct.Struct("<QQqQIII")
_COLUMNS = np.dtype(
    [
        ("path", "<u8"),
        ("size", "<u8"),
        ("mtime_ns", "<i8"),
        ("offset", "<u8"),
        ("height", "<u4"),
        ("width", "<u4"),
        ("checksum", "<u4"),
    ]
)
_CHECKSUM = struct.Struct("<I")

RECORD_BYTES = _RECORD.size
"""What a picture takes beside its pixels."""


class Identity(NamedTuple):
    """What tells one state of a file from another.

    Attributes:
        path: :func:`path_number` of the file.
        size: Bytes.
        mtime_ns: Time of the last change.
    """

    path: int
    size: int
    mtime_ns: int


def path_number(path: Path) -> int:
    """A hash of a path's bytes, 64 bits.

    Two of a million paths share one with a probability of 3e-8, and are mistaken for each other
    only if size and time agree as well.
    """
    return int.from_bytes(blake2b(os.fsencode(path), digest_size=8).digest(), "little")


def identify(path: Path) -> Identity | None:
    """The present state of a file; None if it cannot be reached."""
    try:
        status = path.stat()
    except OSError:
        return None
    return Identity(path_number(path), status.st_size, status.st_mtime_ns)


class PixelFile:
    """The pictures in one folder; safe to use from several threads.

    Args:
        folder: Made if it may be written.
        write: Whether to add pictures, if no other process does.

    Attributes:
        writable: Whether pictures can be added here.

    Raises:
        OSError: If the files cannot be opened (or made).
    """

    def __init__(self, folder: Path, *, write: bool) -> None:
        self._lock = threading.Lock()
        self._records = bytearray()
        self._checked = bytearray()
        self._rows: dict[int, int] = {}
        self._map: mmap.mmap | None = None
        with contextlib.ExitStack() as stack:
            owned = _take(folder, stack) if write else None
            self.writable = owned is not None
            mode = "rb"
            if self.writable:
                mode = "r+b"
                for name in (DATA_NAME, INDEX_NAME):
                    (folder / name).touch()
            self._data = stack.enter_context((folder / DATA_NAME).open(mode, buffering=0))
            self._index = stack.enter_context((folder / INDEX_NAME).open(mode, buffering=0))
            if owned is not None and not _is_at(owned, folder / LOCK_NAME):
                self.writable = False  # the folder was deleted and made anew in between
            self._end = self._data.seek(0, os.SEEK_END)
            self._load()
            self._open = stack.pop_all()

    @property
    def data_bytes(self) -> int:
        """Bytes of pixels, those that nobody asks for any more included."""
        return self._end

    def close(self) -> None:
        """Let others write. Pictures that were handed out stay valid."""
        self.writable = False
        self._map = None
        self._open.close()

    def find(self, identity: Identity) -> int:
        """Where a picture is.

        Returns:
            Number of its record, or -1 if this state of the file has not been kept.
        """
        row = self._match(identity)
        if row < 0 and not self.writable:
            with self._lock, contextlib.suppress(OSError):
                self._load()  # another process may be adding pictures
            row = self._match(identity)
        return row

    def pixels(self, row: int) -> NDArray[np.uint8] | None:
        """A picture, as it lies in the file.

        Args:
            row: Number of its record.

        Returns:
            RGB, uint8, (height, width, 3), read-only; None if it is damaged.
        """
        path, _, _, offset, height, width, checksum = self._record(row)
        length = 3 * height * width
        view = self._view(offset + length) if length else None
        if view is not None:
            pixels = np.frombuffer(view, dtype=np.uint8, count=length, offset=offset)
            if self._checked[row] or checksum == zlib.crc32(pixels.data, self._head_checksum(row)):
                self._checked[row] = 1
                return pixels.reshape(height, width, 3)
        with self._lock:
            if self._rows.get(path) == row:
                del self._rows[path]
        return None

    def append(self, identity: Identity, pixels: NDArray[np.uint8]) -> int:
        """Add a picture.

        Args:
            identity: State of the file when it was read.
            pixels: RGB, uint8, (height, width, 3).

        Returns:
            Number of its record.

        Raises:
            OSError: If it cannot be written; what was there before is not harmed.
        """
        data = np.ascontiguousarray(pixels).data.cast("B")
        height, width, _ = pixels.shape
        with self._lock:
            row = len(self._checked)
            head = _RECORD.pack(*identity, self._end, height, width, 0)[: -_CHECKSUM.size]
            record = head + _CHECKSUM.pack(zlib.crc32(data, zlib.crc32(head)))
            _write(self._data, self._end, data)
            _write(self._index, row * RECORD_BYTES, memoryview(record))
            self._end += len(data)
            self._add(record)
        return row

    def live_bytes(self, paths: NDArray[np.uint64] | None = None) -> int:
        """How many bytes of pixels can still be asked for.

        Args:
            paths: Count only pictures of these :func:`path_number`; None for all.

        Returns:
            Bytes of the newest state of each picture, as far as they lie within the file.
        """
        newest = self._newest(paths)[1]
        lengths = 3.0 * newest["height"] * newest["width"]
        whole = newest["offset"] + lengths <= self._end
        return int(lengths[whole].sum())

    def copy_to(self, target: PixelFile, paths: NDArray[np.uint64] | None = None) -> None:
        """Copy what :meth:`live_bytes` counts and is not damaged, in the order of the file.

        Args:
            target: A writable file.
            paths: As for :meth:`live_bytes`.

        Raises:
            OSError: If it cannot be written.
        """
        for row in np.sort(self._newest(paths)[0]).tolist():
            pixels = self.pixels(row)
            if pixels is not None:
                target.append(Identity(*self._record(row)[:3]), pixels)

    def _newest(
        self, paths: NDArray[np.uint64] | None
    ) -> tuple[NDArray[np.int64], NDArray[np.void]]:
        """Numbers and content of the last record of each of these paths."""
        with self._lock:
            records = np.frombuffer(bytes(self._records), dtype=_COLUMNS)
            rows = np.fromiter(self._rows.values(), dtype=np.int64, count=len(self._rows))
        if paths is not None:
            rows = rows[np.isin(records["path"][rows], paths)]
        return rows, records[rows]

    def _match(self, identity: Identity) -> int:
        row = self._rows.get(identity.path, -1)
        return row if row >= 0 and self._record(row)[:3] == identity else -1

    def _record(self, row: int) -> tuple[int, int, int, int, int, int, int]:
        record: tuple[int, int, int, int, int, int, int]
        record = _RECORD.unpack_from(self._records, row * RECORD_BYTES)
        return record

    def _head_checksum(self, row: int) -> int:
        start = row * RECORD_BYTES
        return zlib.crc32(self._records[start : start + RECORD_BYTES - _CHECKSUM.size])

    def _view(self, end: int) -> mmap.mmap | None:
        """The map, made anew if it does not reach so far; None if the file does not either."""
        view = self._map
        if view is not None and len(view) >= end:
            return view
        with self._lock, contextlib.suppress(OSError, ValueError):
            size = os.fstat(self._data.fileno()).st_size
            if size >= end:
                self._map = mmap.mmap(self._data.fileno(), size, access=mmap.ACCESS_READ)
                return self._map
        return None

    def _load(self) -> None:
        """Read the records that have come since; a half one at the end is none."""
        self._index.seek(len(self._records))
        fresh = self._index.read()
        self._add(fresh[: len(fresh) // RECORD_BYTES * RECORD_BYTES])

    def _add(self, records: bytes) -> None:
        paths = np.frombuffer(records, dtype=_COLUMNS)["path"].tolist()
        first = len(self._checked)
        self._records += records
        self._checked += bytes(len(paths))
        self._rows.update(zip(paths, range(first, first + len(paths)), strict=True))


def count_pictures(folder: Path) -> int:
    """Number of pictures in a folder, each counted once however often its file has changed.

    Raises:
        OSError: If the index cannot be read.
    """
    content = (folder / INDEX_NAME).read_bytes()
    records = np.frombuffer(content, dtype=_COLUMNS, count=len(content) // RECORD_BYTES)
    return len(np.unique(records["path"]))


def is_written(folder: Path) -> bool:
    """Whether a living process adds pictures to a folder."""
    with contextlib.ExitStack() as stack, contextlib.suppress(OSError):
        if (folder / LOCK_NAME).exists():
            return _take(folder, stack) is None
    return False


def _take(folder: Path, stack: contextlib.ExitStack) -> IO[bytes] | None:
    """Become the one writer of a folder until the stack closes; None if there is another."""
    folder.mkdir(parents=True, exist_ok=True)
    stream = (folder / LOCK_NAME).open("a+b")
    try:
        _lock_stream(stream.fileno())
    except OSError:  # taken, or a drive without locks, where nobody could tell
        stream.close()
        return None
    return stack.enter_context(stream)


def _is_at(stream: IO[bytes], path: Path) -> bool:
    """Whether an open file is still the one at a path."""
    return os.path.samestat(os.fstat(stream.fileno()), path.stat())


def _write(stream: IO[bytes], offset: int, data: memoryview) -> None:
    stream.seek(offset)
    if stream.write(data) != len(data):  # the disk filled up in the middle
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


if sys.platform == "win32":
    import msvcrt

    def _lock_stream(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock_stream(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
