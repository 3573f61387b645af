"""What people change in a dataset: an edit log with undo and redo that survives a restart.

Each entry keeps what it changed, before and after: for pictures their class, part and whether they
are left out; for classes their names; and to which class a folder's pictures belong. The files
themselves are never touched. An edit is one transaction: it happens whole or not at all.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal

from effnet_studio.engine.data.schema import connected
from effnet_studio.engine.data.store import read_message, write_message
from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from effnet_studio.engine.data.dataset import Split
    from effnet_studio.engine.project import Project

Column = Literal["class", "split", "excluded"]

_COLUMNS: Final[tuple[Column, ...]] = ("class", "split", "excluded")
_CHUNK: Final = 500
"""Pictures asked for in one statement; SQLite's own limit is far above."""


@dataclass(frozen=True)
class Edit:
    """An entry of the log.

    Attributes:
        id: Number; later entries have higher ones.
        made: When, ISO 8601.
        title: What was done.
        undone: Whether it was taken back.
    """

    id: int
    made: str
    title: Message
    undone: bool


@dataclass
class Changes:
    """Values before and after.

    Attributes:
        images: By column: (picture, before, after) of each picture that changes.
        classes: (class, name before, name after); no name: there is no such class.
        folders: (name found, class before, class after).
    """

    images: dict[Column, list[tuple[int, object, object]]] = field(default_factory=dict)
    classes: list[tuple[int, str | None, str | None]] = field(default_factory=list)
    folders: list[tuple[str, int, int]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(any(self.images.values()) or self.classes or self.folders)


def relabel(project: Project, ids: Iterable[int], name: str) -> Edit | None:
    """Give pictures another class.

    Args:
        project: Writable.
        ids: Numbers of the pictures.
        name: Of the class; made when there is none of that name.

    Returns:
        The log's entry, or None when nothing changed.

    Raises:
        DatasetError: If the name is empty.
        ProjectError: If the project is read-only.
        StorageError: If the index cannot be written.
    """
    with _Editing(project) as editing:
        number = editing.class_named(_checked(name), make=True)
        editing.set_images(ids, "class", number)
        count = len(editing.changes.images.get("class", ()))
        return editing.finish(msg("Images given the class {name}: {count}", count=count, name=name))


def exclude(project: Project, ids: Iterable[int], *, excluded: bool = True) -> Edit | None:
    """Leave pictures out of the dataset, or take them in again; otherwise as :func:`relabel`."""
    with _Editing(project) as editing:
        editing.set_images(ids, "excluded", int(excluded))
        count = len(editing.changes.images.get("excluded", ()))
        return editing.finish(
            msg("Images left out: {count}", count=count)
            if excluded
            else msg("Images taken in again: {count}", count=count)
        )


def set_split(project: Project, ids: Iterable[int], split: Split) -> Edit | None:
    """Move pictures to another part; otherwise as :func:`relabel`."""
    with _Editing(project) as editing:
        editing.set_images(ids, "split", split)
        count = len(editing.changes.images.get("split", ()))
        titles = {
            "train": msg("Images moved to training: {count}", count=count),
            "val": msg("Images moved to validation: {count}", count=count),
            "test": msg("Images moved to test: {count}", count=count),
        }
        return editing.finish(titles[split])


def change_images(
    project: Project,
    title: Message,
    *,
    classes: Mapping[str, Iterable[int]] | None = None,
    splits: Mapping[Split, Iterable[int]] | None = None,
    excluded: Iterable[int] = (),
) -> Edit | None:
    """Change several things at once, as one entry of the log.

    Args:
        project: Writable.
        title: What the log calls it.
        classes: Class name to the pictures that get it; classes are made if need be.
        splits: Part to the pictures that go there.
        excluded: Pictures that are left out.

    Returns:
        The log's entry, or None when nothing changed.

    Raises:
        ProjectError: If the project is read-only.
        StorageError: If the index cannot be written.
    """
    with _Editing(project) as editing:
        for name, ids in (classes or {}).items():
            editing.set_images(ids, "class", editing.class_named(_checked(name), make=True))
        for split, ids in (splits or {}).items():
            editing.set_images(ids, "split", split)
        editing.set_images(excluded, "excluded", 1)
        return editing.finish(title)


def add_class(project: Project, name: str) -> Edit | None:
    """Make a class without pictures; nothing happens when there is one of that name."""
    with _Editing(project) as editing:
        editing.class_named(_checked(name), make=True)
        return editing.finish(msg("New class {name}", name=name))


def rename_class(project: Project, old: str, new: str) -> Edit | None:
    """Rename a class; when there is another of the new name, the two become one.

    Args:
        project: Writable.
        old: Its name.
        new: The name it gets.

    Returns:
        The log's entry, or None when the names are the same.

    Raises:
        DatasetError: If there is no class of the old name, or the new one is empty.
        ProjectError: If the project is read-only.
        StorageError: If the index cannot be written.
    """
    with _Editing(project) as editing:
        if old == _checked(new):
            return None
        number, other = editing.class_named(old), editing.find_class(new)
        if other is not None:
            return _merged(editing, [old], new)
        editing.changes.classes.append((number, old, new))
        return editing.finish(msg("Class {old} renamed to {new}", old=old, new=new))


def merge_classes(project: Project, names: Sequence[str], into: str) -> Edit | None:
    """Make several classes one.

    Args:
        project: Writable.
        names: The classes that end; ``into`` may be among them.
        into: The class that gets their pictures; made when there is none of that name.

    Returns:
        The log's entry, or None when nothing changed.

    Raises:
        DatasetError: If there is no class of one of the names.
        ProjectError: If the project is read-only.
        StorageError: If the index cannot be written.
    """
    with _Editing(project) as editing:
        editing.class_named(_checked(into), make=True)
        return _merged(editing, [name for name in names if name != into], into)


def _merged(editing: _Editing, names: Sequence[str], into: str) -> Edit | None:
    target = editing.class_named(into)
    for name in names:
        number = editing.class_named(name)
        editing.move_class(number, target)
        editing.changes.classes.append((number, name, None))
    title = msg("{names} merged into {into}", names=", ".join(names), into=into)
    return editing.finish(title)


def undo(project: Project) -> Edit | None:
    """Take the last edit back.

    Returns:
        The entry, or None when there is nothing to take back.

    Raises:
        ProjectError: If the project is read-only.
        StorageError: If the index cannot be written.
    """
    return _travel(project, "SELECT * FROM edits WHERE undone = 0 ORDER BY id DESC", back=True)


def redo(project: Project) -> Edit | None:
    """Do the edit again that was taken back last; otherwise as :func:`undo`."""
    return _travel(project, "SELECT * FROM edits WHERE undone = 1 ORDER BY id", back=False)


def _travel(project: Project, query: str, *, back: bool) -> Edit | None:
    project.require_writable()
    with connected(project, write=True) as database:
        row = database.execute(f"{query} LIMIT 1").fetchone()
        if row is None:
            return None
        _apply(database, _unpacked(row[4]), back=back)
        database.execute("UPDATE edits SET undone = ? WHERE id = ?", (int(back), row[0]))
        return Edit(row[0], row[1], read_message(row[2]), undone=back)


def history(project: Project) -> tuple[Edit, ...]:
    """The log, oldest entry first; entries taken back stand at the end."""
    if not project.database_path.exists():
        return ()
    with connected(project) as database:
        if database.execute("PRAGMA user_version").fetchone()[0] == 0:
            return ()
        query = "SELECT id, made, title, undone FROM edits ORDER BY id"
        return tuple(
            Edit(number, made, read_message(title), undone=bool(undone))
            for number, made, title, undone in database.execute(query)
        )


class _Editing:
    """Collects the changes of one edit in a transaction; a context manager.

    Args:
        project: Writable.
    """

    def __init__(self, project: Project) -> None:
        project.require_writable()
        self.changes = Changes()
        self._made: dict[str, int] = {}
        self._connection = connected(project, write=True)

    def __enter__(self) -> _Editing:
        self._database = self._connection.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._connection.__exit__(*error)  # type: ignore[arg-type] # handed on as they came

    def find_class(self, name: str) -> int | None:
        """Number of a class by its name."""
        row = self._database.execute("SELECT id FROM classes WHERE name = ?", (name,)).fetchone()
        return self._made.get(name) if row is None else int(row[0])

    def class_named(self, name: str, *, make: bool = False) -> int:
        """Number of a class by its name, which is made if need be."""
        number = self.find_class(name)
        if number is not None:
            return number
        if not make:
            raise DatasetError(
                msg("There is no class {name}.", name=name),
                hint=msg("It may have been renamed or merged meanwhile."),
            )
        row = self._database.execute("INSERT INTO classes (name) VALUES (NULL)")
        number = self._made[name] = int(row.lastrowid or 0)
        self.changes.classes.append((number, None, name))
        return number

    def set_images(self, ids: Iterable[int], column: Column, value: object) -> None:
        """Plan a value for pictures; those that have it already are passed over."""
        wanted = list(dict.fromkeys(int(number) for number in ids))
        planned = self.changes.images.setdefault(column, [])
        for start in range(0, len(wanted), _CHUNK):
            part = wanted[start : start + _CHUNK]
            places = ",".join("?" * len(part))
            rows = self._database.execute(
                f"SELECT id, {column} FROM images WHERE id IN ({places}) AND {column} != ?",  # noqa: S608
                (*part, value),
            )
            planned.extend((number, before, value) for number, before in rows)

    def move_class(self, number: int, target: int) -> None:
        """Plan that all pictures of a class, and those still to come, belong to another."""
        query = "SELECT id FROM images WHERE class = ?"
        self.set_images(
            (row[0] for row in self._database.execute(query, (number,)).fetchall()), "class", target
        )
        found = self._database.execute("SELECT found FROM folders WHERE class = ?", (number,))
        self.changes.folders.extend((name, number, target) for (name,) in found)

    def finish(self, title: Message) -> Edit | None:
        """Carry the changes out and write them into the log; entries taken back are dropped."""
        if not self.changes:
            return None
        made = datetime.now(UTC).isoformat(timespec="seconds")
        self._database.execute("DELETE FROM edits WHERE undone = 1")
        _apply(self._database, self.changes, back=False)
        row = self._database.execute(
            "INSERT INTO edits (made, title, changes) VALUES (?, ?, ?)",
            (made, write_message(title), _packed(self.changes)),
        )
        return Edit(int(row.lastrowid or 0), made, title, undone=False)


def _apply(database: sqlite3.Connection, changes: Changes, *, back: bool) -> None:
    """Set what changes to its values after, or before when going back."""
    side = 1 if back else 2
    # Names are unique: those that end are cleared before those that begin are set.
    database.executemany(
        "UPDATE classes SET name = NULL WHERE id = ?", ((row[0],) for row in changes.classes)
    )
    database.executemany(
        "UPDATE classes SET name = ? WHERE id = ?",
        ((row[side], row[0]) for row in changes.classes),
    )
    database.executemany(
        "UPDATE folders SET class = ? WHERE found = ?",
        ((row[side], row[0]) for row in changes.folders),
    )
    for column in _COLUMNS:
        database.executemany(
            f"UPDATE images SET {column} = ? WHERE id = ?",  # noqa: S608 - one of three names
            ((row[side], row[0]) for row in changes.images.get(column, ())),
        )


def _packed(changes: Changes) -> bytes:
    content = {
        "images": changes.images,
        "classes": changes.classes,
        "folders": changes.folders,
    }
    return zlib.compress(json.dumps(content, separators=(",", ":")).encode())


def _unpacked(packed: bytes) -> Changes:
    content = json.loads(zlib.decompress(packed))
    return Changes(content["images"], content["classes"], content["folders"])


def _checked(name: str) -> str:
    if not name.strip():
        raise DatasetError(
            msg("A class needs a name."), hint=msg("Write at least one letter or digit.")
        )
    return name
