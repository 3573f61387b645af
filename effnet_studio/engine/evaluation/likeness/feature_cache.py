"""Vectors of pictures in the project's cache, so that only new and changed pictures are computed.

The file may be deleted at any time. It holds the vectors of one describer, such as one run's
backbone, and the last map that was made.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from effnet_studio.engine.atomic import storage_errors
from effnet_studio.engine.data.store import read_message, write_message
from effnet_studio.engine.errors import StorageError
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.project import Project

_VERSION: Final = 1
MAP: Final = "map"
"""Vectors by which images are laid out, and found alike."""

LABELS: Final = "labels"
"""Vectors by which labels are judged."""

_MOST: Final = 65_504.0
"""Largest number of half precision."""

_BLOCK: Final = 2048
"""Vectors read at a time: 10 MB of those of EfficientNet-B0."""

_TABLES: Final = """
PRAGMA page_size = 16384;
BEGIN IMMEDIATE;
CREATE TABLE features (
    picture INTEGER PRIMARY KEY, bytes INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    vector BLOB NOT NULL
);
CREATE TABLE describer (key TEXT NOT NULL);
CREATE TABLE map (
    key TEXT, ids BLOB NOT NULL, xy BLOB NOT NULL, source TEXT NOT NULL
);
PRAGMA user_version = {version};
COMMIT
"""
"""``map`` has one row at most; its ``key`` is that of the describer while its vectors are the same.
"""


class KeptMap(NamedTuple):
    """A map as it was made.

    Attributes:
        key: Of the describer; None if vectors have changed since.
        ids: int64, (n,): the pictures.
        xy: float32, (n, 2): their places.
        source: What the map was made from.
    """

    key: str | None
    ids: NDArray[np.int64]
    xy: NDArray[np.float32]
    source: Message


class FeatureCache:
    """An open cache; made by :func:`opened`.

    Args:
        database: Has the tables.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def begin(self, key: str) -> None:
        """Drop the vectors of any other describer than this one."""
        row = self._database.execute("SELECT key FROM describer").fetchone()
        if row is None or row[0] != key:
            with self._transaction():
                self._database.execute("DELETE FROM features")
                self._database.execute("DELETE FROM describer")
                self._database.execute("INSERT INTO describer VALUES (?)", (key,))

    def missing(self, index: Index, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Find pictures that are new, or whose file has changed.

        Args:
            index: The pictures.
            rows: int64, (n,): which of its rows to look at.

        Returns:
            int64, (m,): those of ``rows``, in order.
        """
        found = self._database.execute("SELECT picture, bytes, mtime_ns FROM features").fetchall()
        if not found:
            return rows
        known = np.array(found, dtype=np.int64)
        wanted = np.stack([index.ids, index.bytes, index.mtimes_ns], axis=1)[rows]
        places = np.searchsorted(known[:, 0], wanted[:, 0]).clip(max=len(known) - 1)
        missing: NDArray[np.int64] = rows[(known[places] != wanted).any(axis=1)]
        return missing

    def keep(self, index: Index, rows: NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        """Add vectors, or put them in the place of those of changed files; a map is then stale.

        Args:
            index: The pictures.
            rows: int64, (m,): which of its rows.
            vectors: float32, (m, d), of about length 1; kept in half precision.
        """
        halves = vectors.clip(-_MOST, _MOST).astype(np.float16)
        with self._transaction():
            self._database.execute("UPDATE map SET key = NULL")
            self._database.executemany(
                "INSERT OR REPLACE INTO features VALUES (?, ?, ?, ?)",
                zip(
                    index.ids[rows].tolist(),
                    index.bytes[rows].tolist(),
                    index.mtimes_ns[rows].tolist(),
                    [half.tobytes() for half in halves],
                    strict=True,
                ),
            )

    def known(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Those pictures whose vectors are there, int64 (m,), ascending."""
        found = self._database.execute("SELECT picture FROM features").fetchall()
        known: NDArray[np.int64] = np.array(found, dtype=np.int64).reshape(-1)
        return known[np.isin(known, ids)]

    def blocks(self, ids: NDArray[np.int64]) -> Iterator[NDArray[np.float32]]:
        """The vectors of pictures, block by block.

        Args:
            ids: int64, (n,), ascending: pictures whose vectors are there.

        Yields:
            float32, (m, d), in the order of ``ids``.
        """
        query = (
            "SELECT picture, vector FROM features WHERE picture BETWEEN ? AND ? ORDER BY picture"
        )
        for start in range(0, len(ids), _BLOCK):
            wanted = ids[start : start + _BLOCK]
            ends = (int(wanted[0]), int(wanted[-1]))
            there, raw = zip(*self._database.execute(query, ends), strict=True)
            halves = np.frombuffer(b"".join(raw), dtype=np.float16).reshape(len(there), -1)
            yield halves[np.isin(there, wanted)].astype(np.float32)

    def keep_map(
        self, key: str, ids: NDArray[np.int64], xy: NDArray[np.float32], source: Message
    ) -> None:
        """Put another map in the place of the last one.

        Args:
            key: Of the describer.
            ids: int64, (n,): the pictures.
            xy: float32, (n, 2): their places.
            source: What the map was made from.
        """
        with self._transaction():
            self._database.execute("DELETE FROM map")
            self._database.execute(
                "INSERT INTO map VALUES (?, ?, ?, ?)",
                (key, ids.tobytes(), xy.tobytes(), write_message(source)),
            )

    def last_map(self) -> KeptMap | None:
        """What :meth:`keep_map` was given last, or None."""
        row = self._database.execute("SELECT key, ids, xy, source FROM map").fetchone()
        if row is None:
            return None
        key, ids, xy, source = row
        return KeptMap(
            key,
            np.frombuffer(ids, dtype=np.int64),
            np.frombuffer(xy, dtype=np.float32).reshape(-1, 2),
            read_message(source),
        )

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._database.execute("COMMIT")
        finally:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")


@contextlib.contextmanager
def opened(project: Project, name: str = MAP) -> Iterator[FeatureCache]:
    """Open a cache of a project; a damaged one is thrown away.

    Args:
        project: An open project. For one that cannot be written, a temporary copy is opened.
        name: Which cache, as for :func:`cache_file`.

    Yields:
        The cache.

    Raises:
        StorageError: If it cannot be written, as when the disk is full, or turns out damaged.
    """
    file = cache_file(project, name)
    try:
        with contextlib.closing(_connect(project, file)) as database:
            yield FeatureCache(database)
    except sqlite3.ProgrammingError:
        raise  # our own mistake
    except sqlite3.OperationalError as error:
        raise StorageError(
            msg(
                "The cache {path} cannot be written or read: {reason}.",
                path=str(file),
                reason=str(error),
            ),
            hint=msg("Check the free space and your permission. The file may be deleted."),
            path=file,
        ) from error
    except sqlite3.DatabaseError as error:
        _throw_away(project, file)
        raise StorageError(
            msg("The cache {path} was damaged and has been emptied.", path=str(file)),
            hint=msg("Nothing is lost but time: make the map again."),
            path=file,
        ) from error


def cache_file(project: Project, name: str = MAP) -> Path:
    """Where the vectors are kept.

    Args:
        project: The open project.
        name: What they are for: another describer's vectors would drive them out of one file.
    """
    return project.cache_dir / f"{name}.sqlite"


def _connect(project: Project, file: Path) -> sqlite3.Connection:
    if project.read_only:
        return _temporary_copy(file)
    with storage_errors(file):
        file.parent.mkdir(exist_ok=True)
    try:
        return _prepared(sqlite3.connect(file, timeout=30))
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        _throw_away(project, file)
        return _prepared(sqlite3.connect(file, timeout=30))


def _temporary_copy(file: Path) -> sqlite3.Connection:
    """What is there, in a file without a name that vanishes with the connection."""
    database = sqlite3.connect("")
    if file.exists():
        with (
            contextlib.suppress(sqlite3.DatabaseError),
            contextlib.closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as there,
        ):
            there.backup(database)
    return _prepared(database)


def _prepared(database: sqlite3.Connection) -> sqlite3.Connection:
    """With the tables of this version."""
    try:
        database.isolation_level = None
        # A power cut may spoil the file, which is then thrown away; a kill may not.
        database.execute("PRAGMA synchronous = OFF")
        version = int(database.execute("PRAGMA user_version").fetchone()[0])
        if version != _VERSION:
            if version:
                raise sqlite3.DatabaseError("another version")
            for statement in _TABLES.format(version=_VERSION).split(";"):
                database.execute(statement)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _throw_away(project: Project, file: Path) -> None:
    if not project.read_only:
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)
