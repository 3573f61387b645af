"""What ``dataset.sqlite`` knows of the project's pictures: read here, written by imports and edits.

An import says what it found with :func:`replace_contents`, in one transaction; what people decided
(:mod:`.edits`) outlives it.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine.data.dataset import Dataset
from effnet_studio.engine.data.index import Index
from effnet_studio.engine.data.problems import Problem, ProblemKind
from effnet_studio.engine.data.schema import connected
from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from effnet_studio.engine.project import Project

_CHUNK: Final = 20_000
"""Rows turned into columns at a time."""

_COLUMNS: Final = (
    ("ids", "id", np.int64),
    ("sources", "source", np.int32),
    ("classes", "class", np.int64),
    ("splits", "CASE split WHEN 'train' THEN 0 WHEN 'val' THEN 1 ELSE 2 END", np.uint8),
    ("excluded", "excluded", np.bool_),
    ("widths", "width", np.int32),
    ("heights", "height", np.int32),
    ("bytes", "bytes", np.int64),
    ("mtimes_ns", "mtime_ns", np.int64),
    ("brightness", "ifnull(brightness, 'nan')", np.float32),
    ("contrast", "ifnull(contrast, 'nan')", np.float32),
    ("sharpness", "ifnull(sharpness, 'nan')", np.float32),
    ("saturation", "ifnull(saturation, 'nan')", np.float32),
    ("duplicates", "ifnull(duplicate, -1)", np.int64),
    ("bursts", "ifnull(burst, -1)", np.int64),
)
"""Field of :class:`~.index.Index`, where it stands in the database, and its type."""


@dataclass(frozen=True)
class Source:
    """A folder that pictures come from.

    Attributes:
        id: Number.
        root: The folder, absolute.
        settings: How it was read, such as the kind of layout; plain JSON values.
    """

    id: int
    root: Path
    settings: dict[str, object]


def is_empty(project: Project) -> bool:
    """Whether there are no pictures, as before the first import."""
    if not project.database_path.exists():
        return True
    with connected(project) as database:
        if database.execute("PRAGMA user_version").fetchone()[0] == 0:
            return True  # a first import that was cut short
        return database.execute("SELECT 1 FROM present LIMIT 1").fetchone() is None


def load_sources(project: Project) -> tuple[Source, ...]:
    """The folders that the pictures come from, oldest first; none when nothing was imported."""
    if is_empty(project):
        return ()
    with connected(project) as database:
        return read_sources(database)


def read_sources(database: sqlite3.Connection) -> tuple[Source, ...]:
    """As :func:`load_sources`, within an operation."""
    query = "SELECT id, root, settings FROM sources WHERE active = 1 ORDER BY id"
    return tuple(
        Source(number, Path(os.fsdecode(root)), json.loads(settings))
        for number, root, settings in database.execute(query)
    )


def load_index(project: Project, *, check_folder: bool = True) -> Index:
    """Read every picture as columns, those left out by the user too.

    Args:
        project: An open project.
        check_folder: Make sure that the folders of the pictures are still there.

    Returns:
        The columns.

    Raises:
        DatasetError: If nothing was imported yet, or a folder is gone.
        ProjectError: If the index is damaged.
    """
    if is_empty(project):
        raise DatasetError(
            msg("The project {name} has no images yet.", name=project.name),
            hint=msg("Import a folder with one sub-folder for each class."),
            path=project.root,
        )
    with connected(project) as database:
        roots = {source.id: source.root for source in read_sources(database)}
        if check_folder:
            _check_folders(roots.values())
        return read_index(database, roots)


def read_index(database: sqlite3.Connection, roots: dict[int, Path] | None = None) -> Index:
    """As :func:`load_index`, within an operation and without looking at the folders."""
    if roots is None:
        roots = {source.id: source.root for source in read_sources(database)}
    names = dict(database.execute("SELECT id, name FROM classes WHERE name IS NOT NULL"))
    columns = ", ".join(column for _, column, _ in _COLUMNS)
    rows = database.execute(f"SELECT path, {columns} FROM present ORDER BY source, path")  # noqa: S608
    paths: list[str] = []
    parts: dict[str, list[NDArray[np.generic]]] = {name: [] for name, _, _ in _COLUMNS}
    while chunk := rows.fetchmany(_CHUNK):
        raw, *values = zip(*chunk, strict=True)
        paths.extend(map(os.fsdecode, raw))
        for (name, _, dtype), column in zip(_COLUMNS, values, strict=True):
            parts[name].append(np.array(column).astype(dtype))
    whole = {
        name: np.concatenate(parts[name]) if parts[name] else np.empty(0, dtype=dtype)
        for name, _, dtype in _COLUMNS
    }
    return Index(names, roots, paths, **whole)  # type: ignore[arg-type] # by the table above


def load_dataset(project: Project, *, check_folder: bool = True) -> Dataset:
    """Read what is trained on.

    Args:
        project: An open project.
        check_folder: Make sure that the folders of the pictures are still there.

    Returns:
        The dataset; samples are ordered by path.

    Raises:
        DatasetError: If nothing was imported yet, or a folder is gone.
        ProjectError: If the index is damaged.
    """
    return load_index(project, check_folder=check_folder).dataset()


def dataset_folder(project: Project) -> Path:
    """The folder the pictures were imported from, absolute; the first where there are several.

    Raises:
        DatasetError: If nothing was imported yet.
    """
    sources = load_sources(project)
    if sources:
        return sources[0].root
    raise DatasetError(
        msg("The project {name} has no images yet.", name=project.name),
        hint=msg("Import a folder with one sub-folder for each class."),
        path=project.root,
    )


def load_problems(
    project: Project, kinds: Iterable[ProblemKind] = ("unreadable", "warning")
) -> tuple[Problem, ...]:
    """Read what the imports had to say.

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
                read_message(message),
                None if hint is None else read_message(hint),
                kind,
            )
            for wanted in kinds
            for path, kind, message, hint in database.execute(
                "SELECT path, kind, message, hint FROM problems WHERE kind = ? ORDER BY path",
                (wanted,),
            )
        )


def write_problems(database: sqlite3.Connection, source: Path, problems: Sequence[Problem]) -> None:
    """Put other remarks in the place of those about a folder.

    Args:
        database: In a transaction.
        source: The folder, absolute; remarks on files below it are replaced.
        problems: The remarks.
    """
    root = os.fsencode(source)
    below = root.rstrip(b"/\\") + os.sep.encode()
    database.execute(
        "DELETE FROM problems WHERE path = ? OR substr(path, 1, ?) = ?", (root, len(below), below)
    )
    database.executemany(
        "INSERT INTO problems VALUES (?, ?, ?, ?)",
        (
            (
                os.fsencode(problem.path),
                problem.kind,
                write_message(problem.message),
                None if problem.hint is None else write_message(problem.hint),
            )
            for problem in problems
        ),
    )


def write_message(message: Message) -> str:
    """A message as JSON, with the messages inside it."""
    return json.dumps(_plain(message), ensure_ascii=False)


def read_message(text: str) -> Message:
    """A message from :func:`write_message`."""
    return _message(json.loads(text))


def _plain(value: object) -> object:
    if isinstance(value, Message):
        return [value.template, [[name, _plain(detail)] for name, detail in value.details]]
    if isinstance(value, tuple):
        return {"list": [_plain(each) for each in value]}
    return value


def _message(value: list[object]) -> Message:
    template, details = value
    assert isinstance(template, str)  # noqa: S101 - written by _plain
    assert isinstance(details, list)  # noqa: S101
    return Message(template, tuple((name, _detail(detail)) for name, detail in details))


def _detail(value: object) -> object:
    if isinstance(value, list):
        return _message(value)
    if isinstance(value, dict):
        return tuple(_detail(each) for each in value["list"])
    return value


def _check_folders(roots: Iterable[Path]) -> None:
    for root in roots:
        if not root.is_dir():
            raise DatasetError(
                msg("The folder of the images is not there any more: {folder}.", folder=str(root)),
                hint=msg(
                    "Connect its drive or put it back, or import the images from a new place."
                ),
                path=root,
            )
