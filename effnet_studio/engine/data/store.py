"""The index of the pictures, ``dataset.sqlite``: what an import found, and nothing of the pictures.

Each operation opens its own connection, so any thread may ask. SQLite's rollback journal makes
an import all or nothing: a kill or a full disk leaves the previous dataset. Paths are stored
relative to the dataset's folder, as bytes, because names need not be valid text.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from effnet_studio.engine.data.dataset import Dataset, Sample, Split
from effnet_studio.engine.data.problems import Problem, ProblemKind
from effnet_studio.engine.errors import DatasetError, ProjectError, StorageError
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from effnet_studio.engine.project import Project

SCHEMA = 1

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE classes (label INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE images (
    id INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE,
    label INTEGER NOT NULL REFERENCES classes (label),
    split TEXT NOT NULL CHECK (split IN ('train', 'val', 'test')),
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    format TEXT NOT NULL,
    mode TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL
);
CREATE TABLE problems (
    path BLOB NOT NULL, kind TEXT NOT NULL, message TEXT NOT NULL, hint TEXT
);
"""


@dataclass(frozen=True)
class StoredImage:
    """A decoded picture on its way into the index; fields as in :class:`.dataset.Sample`.

    Attributes:
        relative: Path below the dataset's folder, with ``/``.
        label: Index of its class.
        split: Its part.
        width: Upright, pixels.
        height: Upright, pixels.
        format: Told by the content.
        mode: Pillow's name of the pixel layout.
        bytes: Size of the file.
        mtime_ns: Time of its last change.
    """

    relative: str
    label: int
    split: Split
    width: int
    height: int
    format: str
    mode: str
    bytes: int
    mtime_ns: int


def is_empty(project: Project) -> bool:
    """Whether nothing was imported yet."""
    if not project.database_path.exists():
        return True
    with connected(project) as database:
        if database.execute("PRAGMA user_version").fetchone()[0] == 0:
            return True  # a first import that was cut short
        return database.execute("SELECT 1 FROM images LIMIT 1").fetchone() is None


def load_dataset(project: Project, *, check_folder: bool = True) -> Dataset:
    """Read the imported dataset.

    Args:
        project: An open project.
        check_folder: Make sure that the folder of the pictures is still there.

    Returns:
        The dataset; samples are ordered by path.

    Raises:
        DatasetError: If nothing was imported yet, or the folder is gone.
        ProjectError: If the index is damaged.
    """
    folder = dataset_folder(project)
    if check_folder and not folder.is_dir():
        raise DatasetError(
            msg("The folder of the images is not there any more: {folder}.", folder=str(folder)),
            hint=msg("Connect its drive or put it back, or import the images from a new place."),
            path=folder,
        )
    with connected(project) as database:
        classes = tuple(
            name for (name,) in database.execute("SELECT name FROM classes ORDER BY label")
        )
        rows = database.execute(
            "SELECT id, path, label, split, width, height FROM images ORDER BY path"
        )
        samples = tuple(
            Sample(row[0], folder / os.fsdecode(row[1]), row[2], row[3], row[4], row[5])
            for row in rows
        )
        version = str(_meta(database, "version"))
    return Dataset(classes, samples, version)


def dataset_folder(project: Project) -> Path:
    """The folder the pictures were imported from, absolute.

    Raises:
        DatasetError: If nothing was imported yet.
    """
    if not is_empty(project):
        with connected(project) as database:
            return Path(os.fsdecode(cast("bytes", _meta(database, "folder"))))
    raise DatasetError(
        msg("The project {name} has no images yet.", name=project.name),
        hint=msg("Import a folder with one sub-folder for each class."),
        path=project.root,
    )


def load_problems(
    project: Project, kinds: Iterable[ProblemKind] = ("unreadable", "warning")
) -> tuple[Problem, ...]:
    """Read what the import had to say.

    Args:
        project: An open project.
        kinds: Kinds of remarks wanted.

    Returns:
        The remarks, ordered by kind as wanted and by path; empty when nothing was imported yet.
    """
    if is_empty(project):
        return ()
    with connected(project) as database:
        return tuple(
            Problem(
                Path(os.fsdecode(path)),
                _message(message),
                None if hint is None else _message(hint),
                kind,
            )
            for wanted in kinds
            for path, kind, message, hint in database.execute(
                "SELECT path, kind, message, hint FROM problems WHERE kind = ? ORDER BY path",
                (wanted,),
            )
        )


def replace_dataset(
    project: Project,
    *,
    folder: Path,
    classes: tuple[str, ...],
    images: Iterable[StoredImage],
    problems: Iterable[Problem],
    version: str,
) -> None:
    """Put a new dataset in the place of the previous one, all or nothing.

    Args:
        project: Writable.
        folder: The pictures' folder, absolute.
        classes: Names in the order of their labels.
        images: Decoded pictures. Those that were there before keep their number.
        problems: Remarks.
        version: The dataset's version.

    Raises:
        StorageError: If the disk is full or cannot be written.
        ProjectError: If the project is read-only.
    """
    project.require_writable()
    with connected(project, write=True) as database:
        same_folder = _meta(database, "folder") == os.fsencode(folder)
        known = dict(database.execute("SELECT path, id FROM images")) if same_folder else {}
        next_id = int(cast("int", _meta(database, "next_id") or 1))
        for table in ("images", "classes", "problems"):
            database.execute(f"DELETE FROM {table}")  # noqa: S608 - three names from above
        database.executemany("INSERT INTO classes VALUES (?, ?)", enumerate(classes))
        for image in images:
            path = os.fsencode(image.relative)
            number = known.get(path)
            if number is None:
                number, next_id = next_id, next_id + 1
            database.execute(
                "INSERT INTO images VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    number,
                    path,
                    image.label,
                    image.split,
                    image.width,
                    image.height,
                    image.format,
                    image.mode,
                    image.bytes,
                    image.mtime_ns,
                ),
            )
        database.executemany(
            "INSERT INTO problems VALUES (?, ?, ?, ?)",
            (
                (
                    os.fsencode(problem.path),
                    problem.kind,
                    _json(problem.message),
                    None if problem.hint is None else _json(problem.hint),
                )
                for problem in problems
            ),
        )
        values = {"folder": os.fsencode(folder), "version": version, "next_id": next_id}
        database.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())


@contextlib.contextmanager
def connected(project: Project, *, write: bool = False) -> Iterator[sqlite3.Connection]:
    """Open the index for one operation, a transaction when it is for writing.

    Args:
        project: An open project.
        write: Begin a transaction; it is committed at the end and rolled back on any error. The
            tables are made when they are missing.

    Yields:
        The connection.

    Raises:
        StorageError: If the disk is full or cannot be written.
        ProjectError: If the index is damaged or of a newer version.
    """
    path = project.database_path
    mode: Literal["ro", "rw", "rwc"] = "rwc" if write else "ro" if project.read_only else "rw"
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.as_uri()}?mode={mode}", uri=True, timeout=30)
        ) as database:
            database.isolation_level = None
            version = database.execute("PRAGMA user_version").fetchone()[0]
            if version > SCHEMA:
                raise ProjectError(
                    msg("The index {path} was made by a newer version.", path=str(path)),
                    hint=msg("Update EffNet Studio to open it; nothing was changed."),
                    path=path,
                )
            if not write:
                yield database
                return
            database.execute("BEGIN IMMEDIATE")
            try:
                if version == 0:
                    for statement in _TABLES.split(";"):
                        database.execute(statement)
                    database.execute(f"PRAGMA user_version = {SCHEMA}")
                yield database
                database.execute("COMMIT")
            finally:
                if database.in_transaction:
                    database.execute("ROLLBACK")
    except sqlite3.Error as error:
        raise _in_words(error, path) from error


def _in_words(error: sqlite3.Error, path: Path) -> StorageError | ProjectError:
    text = str(error)
    if "full" in text or "disk I/O" in text or "readonly" in text or "unable to open" in text:
        return StorageError(
            msg(
                "The index {path} cannot be written or read: {reason}.", path=str(path), reason=text
            ),
            hint=msg("Check the free space and your permission; the previous dataset is kept."),
            path=path,
        )
    if "locked" in text:
        return StorageError(
            msg("The index {path} is in use by another program.", path=str(path)),
            hint=msg("Try again in a moment."),
            path=path,
        )
    return ProjectError(
        msg("The index {path} is damaged: {reason}.", path=str(path), reason=text),
        hint=msg("Delete this file and import the folder again; trained models are not concerned."),
        path=path,
    )


def _meta(database: sqlite3.Connection, key: str) -> object:
    row = database.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return None if row is None else row[0]


def _json(message: Message) -> str:
    return json.dumps([message.template, message.details])


def _message(text: str) -> Message:
    template, details = json.loads(text)
    return Message(template, tuple((key, value) for key, value in details))
