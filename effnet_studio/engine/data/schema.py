"""The database ``dataset.sqlite``: its tables, how it is opened, and what its errors mean.

``files`` holds facts about files, which a scan can find out again; ``images`` holds what the
dataset says of them (class, part, whether they are left out), which only people know. Rows of
``images`` are never deleted, so that every entry of the edit log can be undone and redone; a file
that is gone, or whose folder is not used any more, is marked.

Paths are stored relative to their source's folder, as bytes, because names need not be valid text.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Literal

from effnet_studio.engine.errors import ProjectError, StorageError
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from effnet_studio.engine.project import Project

SCHEMA = 2

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    root BLOB NOT NULL UNIQUE,
    active INTEGER NOT NULL DEFAULT 1,
    settings TEXT NOT NULL DEFAULT '{}'
);
CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES sources (id),
    path BLOB NOT NULL,
    bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    width INTEGER,
    height INTEGER,
    format TEXT,
    mode TEXT,
    content BLOB,
    dhash INTEGER,
    signature BLOB,
    brightness REAL,
    contrast REAL,
    sharpness REAL,
    saturation REAL,
    taken REAL,
    camera TEXT,
    message TEXT,
    hint TEXT,
    UNIQUE (source, path)
);
CREATE TABLE classes (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
CREATE TABLE folders (found TEXT PRIMARY KEY, class INTEGER NOT NULL REFERENCES classes (id));
CREATE TABLE images (
    id INTEGER PRIMARY KEY REFERENCES files (id),
    found_class TEXT NOT NULL,
    found_split TEXT,
    class INTEGER NOT NULL REFERENCES classes (id),
    split TEXT NOT NULL CHECK (split IN ('train', 'val', 'test')),
    excluded INTEGER NOT NULL DEFAULT 0,
    gone INTEGER NOT NULL DEFAULT 0,
    duplicate INTEGER,
    burst INTEGER
);
CREATE VIEW present AS SELECT
    i.id, i.found_class, i.found_split, i.class, i.split, i.excluded, i.duplicate, i.burst,
    f.source, f.path, f.bytes, f.mtime_ns, f.width, f.height, f.brightness, f.contrast,
    f.sharpness, f.saturation
    FROM images i JOIN files f USING (id) JOIN sources s ON s.id = f.source
    WHERE i.gone = 0 AND s.active = 1;
CREATE TABLE problems (
    path BLOB NOT NULL, kind TEXT NOT NULL, message TEXT NOT NULL, hint TEXT
);
CREATE TABLE edits (
    id INTEGER PRIMARY KEY,
    made TEXT NOT NULL,
    title TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0,
    changes BLOB NOT NULL
);
CREATE TABLE versions (version TEXT PRIMARY KEY, made TEXT NOT NULL, content BLOB NOT NULL)
"""
"""``files.message`` tells why a file cannot be used; then it has no row in ``images``.

``images.found_class`` and ``found_split`` are what the folders or a table said;
``folders`` says to which class such a name belongs now. ``duplicate`` and ``burst`` number the
groups a picture belongs to. A class without a name was merged away or undone. The view ``present``
has the pictures whose files are there, of sources that are used.
"""

_MIGRATION = """
ALTER TABLE images RENAME TO old_images;
ALTER TABLE classes RENAME TO old_classes;
ALTER TABLE meta RENAME TO old_meta;
ALTER TABLE problems RENAME TO old_problems;
{tables};
INSERT INTO sources (id, root) SELECT 1, value FROM old_meta WHERE key = 'folder';
INSERT INTO meta SELECT key, value FROM old_meta WHERE key = 'version';
INSERT INTO classes SELECT label + 1, name FROM old_classes;
INSERT INTO folders SELECT name, id FROM classes;
INSERT INTO files (id, source, path, bytes, mtime_ns, width, height, format, mode)
    SELECT id, 1, path, bytes, -1, width, height, format, mode FROM old_images;
INSERT INTO images (id, found_class, class, split)
    SELECT i.id, c.name, c.label + 1, i.split FROM old_images i JOIN old_classes c USING (label);
INSERT INTO problems SELECT * FROM old_problems;
DROP TABLE old_images; DROP TABLE old_classes; DROP TABLE old_meta; DROP TABLE old_problems
"""
"""From version 1. A time of -1 has every file examined again at the next scan."""


@contextlib.contextmanager
def connected(project: Project, *, write: bool = False) -> Iterator[sqlite3.Connection]:
    """Open the index for one operation, a transaction when it is for writing.

    Each operation opens its own connection, so any thread may ask. SQLite's rollback journal makes
    a transaction all or nothing: a kill or a full disk leaves what was there before.

    Args:
        project: An open project.
        write: Begin a transaction; it is committed at the end and rolled back on any error. The
            tables are made when they are missing.

    Yields:
        The connection.

    Raises:
        StorageError: If the disk is full or cannot be written.
        ProjectError: If the index is damaged or of another version that cannot be read.
    """
    if write:
        project.require_writable()
    path = project.database_path
    mode: Literal["ro", "rw", "rwc"] = "rwc" if write else "ro" if project.read_only else "rw"
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.as_uri()}?mode={mode}", uri=True, timeout=30)
        ) as database:
            database.isolation_level = None
            version = _version(database, path)
            if not write and version in {0, SCHEMA}:
                yield database
                return
            if project.read_only:
                raise _too_old(path)
            with _transaction(database):
                # Asked again: another thread may have changed it while this one waited.
                _bring_up_to_date(database, _version(database, path))
                if write:
                    yield database
            if not write:
                yield database
    except sqlite3.ProgrammingError:
        raise  # our own mistake
    except sqlite3.Error as error:
        raise in_words(error, path) from error


@contextlib.contextmanager
def _transaction(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    finally:
        if database.in_transaction:
            database.execute("ROLLBACK")


def _bring_up_to_date(database: sqlite3.Connection, version: int) -> None:
    if version == SCHEMA:
        return
    script = _TABLES if version == 0 else _MIGRATION.format(tables=_TABLES)
    for statement in script.split(";"):
        database.execute(statement)
    database.execute(f"PRAGMA user_version = {SCHEMA}")


def _version(database: sqlite3.Connection, path: Path) -> int:
    version = int(database.execute("PRAGMA user_version").fetchone()[0])
    if version > SCHEMA:
        raise ProjectError(
            msg("The index {path} was made by a newer version.", path=str(path)),
            hint=msg("Update EffNet Studio to open it; nothing was changed."),
            path=path,
        )
    return version


def _too_old(path: Path) -> ProjectError:
    return ProjectError(
        msg("The index {path} was made by an older version.", path=str(path)),
        hint=msg("Open the project once where it may be written; it is brought up to date then."),
        path=path,
    )


def in_words(error: sqlite3.Error, path: Path) -> StorageError | ProjectError:
    """Say what an error of the database means for its user.

    Args:
        error: What SQLite raised.
        path: The database.

    Returns:
        The error to raise.
    """
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
