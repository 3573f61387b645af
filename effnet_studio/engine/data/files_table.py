"""Facts about files in the index: written while a scan runs, so that the next one need not repeat.

What is written here changes no dataset; :mod:`.assemble` does that, in one step, at the end.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.data.files.fingerprint import SIGNATURE_SIDE
from effnet_studio.engine.data.problems import Problem
from effnet_studio.engine.data.schema import connected
from effnet_studio.engine.data.store import read_message, write_message

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.data.files.examine import Examined
    from effnet_studio.engine.data.sources.scan import FoundFile
    from effnet_studio.engine.project import Project

_CHUNK = 20_000
"""Rows read at a time."""

_UPSERT = """
INSERT INTO files (source, path, bytes, mtime_ns, width, height, format, mode, content, dhash,
    signature, brightness, contrast, sharpness, saturation, taken, camera, message, hint)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (source, path) DO UPDATE SET bytes = excluded.bytes, mtime_ns = excluded.mtime_ns,
    width = excluded.width, height = excluded.height, format = excluded.format,
    mode = excluded.mode, content = excluded.content, dhash = excluded.dhash,
    signature = excluded.signature, brightness = excluded.brightness,
    contrast = excluded.contrast, sharpness = excluded.sharpness,
    saturation = excluded.saturation, taken = excluded.taken, camera = excluded.camera,
    message = excluded.message, hint = excluded.hint
"""


@dataclass(frozen=True, slots=True)
class Known:
    """A file as the last scan saw it.

    Attributes:
        id: Its number.
        bytes: Size.
        mtime_ns: Time of its last change.
        readable: Whether it could be decoded.
    """

    id: int
    bytes: int
    mtime_ns: int
    readable: bool


def open_source(project: Project, root: Path) -> int:
    """Number of a folder among the sources; a new one is not used until a dataset needs it."""
    with connected(project, write=True) as database:
        raw = os.fsencode(root)
        database.execute("INSERT OR IGNORE INTO sources (root, active) VALUES (?, 0)", (raw,))
        row = database.execute("SELECT id FROM sources WHERE root = ?", (raw,)).fetchone()
        return int(row[0])


def known_files(database: sqlite3.Connection, source: int) -> dict[str, Known]:
    """What earlier scans found out about a source's files, by path."""
    rows = database.execute(
        "SELECT path, id, bytes, mtime_ns, message IS NULL FROM files WHERE source = ?", (source,)
    )
    return {
        os.fsdecode(path): Known(number, size, mtime, bool(readable))
        for path, number, size, mtime, readable in rows
    }


def unknown_files(project: Project, source: int, files: Sequence[FoundFile]) -> list[FoundFile]:
    """Those that are new or changed since they were last examined, and those that failed then.

    Args:
        project: An open project.
        source: Number of the source.
        files: What is there now.

    Returns:
        The files to examine, in order.
    """
    with connected(project) as database:
        known = known_files(database, source)

    def is_known(file: FoundFile) -> bool:
        before = known.get(file.relative)
        return (
            before is not None
            and before.readable
            and (before.bytes, before.mtime_ns) == (file.bytes, file.mtime_ns)
        )

    return [file for file in files if not is_known(file)]


def keep_outcomes(
    project: Project, source: int, outcomes: Iterable[tuple[FoundFile, Examined | Problem]]
) -> None:
    """Write what an examination found out.

    Args:
        project: Writable.
        source: Number of the source.
        outcomes: Files with what was found, or why they cannot be used.

    Raises:
        StorageError: If the index cannot be written.
    """
    with connected(project, write=True) as database:
        database.executemany(_UPSERT, (_row(source, file, outcome) for file, outcome in outcomes))


def _row(source: int, file: FoundFile, outcome: Examined | Problem) -> tuple[object, ...]:
    path = os.fsencode(file.relative)
    if isinstance(outcome, Problem):
        hint = None if outcome.hint is None else write_message(outcome.hint)
        nothing = (None,) * 12
        message = write_message(outcome.message)
        return (source, path, file.bytes, file.mtime_ns, *nothing, "", message, hint)
    info, looks = outcome.info, outcome.fingerprint
    return (
        *(source, path, info.bytes, outcome.mtime_ns),
        *(info.width, info.height, info.format, info.mode, outcome.content),
        # SQLite's integers are signed.
        looks.dhash - (1 << 64) if looks.dhash >= 1 << 63 else looks.dhash,
        *(looks.signature, looks.brightness, looks.contrast, looks.sharpness, looks.saturation),
        *(outcome.taken, outcome.camera, None, None),
    )


def load_failures(
    database: sqlite3.Connection, source: int
) -> dict[str, tuple[int, str, str | None]]:
    """Files of a source that cannot be used: path to number, message and hint as JSON."""
    query = "SELECT path, id, message, hint FROM files WHERE source = ? AND message IS NOT NULL"
    return {
        os.fsdecode(path): (number, message, hint)
        for path, number, message, hint in database.execute(query, (source,))
    }


def failure(root: Path, relative: str, message: str, hint: str | None) -> Problem:
    """The remark on a file from :func:`load_failures`."""
    return Problem(
        root / relative, read_message(message), None if hint is None else read_message(hint)
    )


@dataclass(frozen=True, eq=False)
class Looks:
    """What comparing needs of every picture, as columns.

    Attributes:
        ids: int64, (n,): numbers of the files.
        names: Source and path, so that files of two folders never seem neighbours.
        content: Hash of each file's bytes.
        dhash: uint64, (n,).
        signatures: uint8, (n, 256).
        taken: float64, (n,): seconds, NaN where unknown.
    """

    ids: NDArray[np.int64]
    names: list[str]
    content: list[bytes]
    dhash: NDArray[np.uint64]
    signatures: NDArray[np.uint8]
    taken: NDArray[np.float64]


def load_looks(database: sqlite3.Connection, ids: NDArray[np.int64]) -> Looks:
    """Read what comparing needs.

    Args:
        database: Open.
        ids: int64, (n,): numbers of files that were examined.

    Returns:
        Columns in the order of path, without files of which nothing is known.
    """
    database.execute("CREATE TEMP TABLE IF NOT EXISTS wanted (id INTEGER PRIMARY KEY)")
    database.execute("DELETE FROM wanted")
    database.executemany("INSERT INTO wanted VALUES (?)", ((number,) for number in ids.tolist()))
    rows = database.execute(
        "SELECT id, source, path, content, dhash, signature, taken FROM files JOIN wanted "
        "USING (id) WHERE signature IS NOT NULL ORDER BY source, path"
    )
    # Piece by piece: a million rows at once would take half a gigabyte more.
    numbers = np.empty(len(ids), dtype=np.int64)
    dhash = np.empty(len(ids), dtype=np.int64)
    signatures = np.empty((len(ids), SIGNATURE_SIDE**2), dtype=np.uint8)
    taken = np.full(len(ids), np.nan)
    names: list[str] = []
    content: list[bytes] = []
    while chunk := rows.fetchmany(_CHUNK):
        place = slice(len(names), len(names) + len(chunk))
        numbers[place] = [row[0] for row in chunk]
        names += [f"{row[1]}/{os.fsdecode(row[2])}" for row in chunk]
        content += [row[3] for row in chunk]
        dhash[place] = [row[4] for row in chunk]
        joined = b"".join(row[5] for row in chunk)
        signatures[place] = np.frombuffer(joined, dtype=np.uint8).reshape(len(chunk), -1)
        taken[place] = [np.nan if row[6] is None else row[6] for row in chunk]
    database.execute("DROP TABLE wanted")
    found = len(names)
    return Looks(
        ids=numbers[:found],
        names=names,
        content=content,
        dhash=dhash[:found].view(np.uint64),
        signatures=signatures[:found],
        taken=taken[:found],
    )


def read_settings(database: sqlite3.Connection, source: int) -> dict[str, object]:
    """How a source was read the last time."""
    row = database.execute("SELECT settings FROM sources WHERE id = ?", (source,)).fetchone()
    settings: dict[str, object] = {} if row is None else json.loads(row[0])
    return settings
