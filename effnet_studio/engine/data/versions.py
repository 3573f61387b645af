"""Versions of a dataset: what a training saw, to the file, and what has changed since."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from effnet_studio.engine.data.schema import connected
from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.project import Project


@dataclass(frozen=True)
class Relabelled:
    """A picture whose class or part differs between two versions.

    Attributes:
        path: The file, absolute.
        before: Class, or part.
        after: The same in the other version.
    """

    path: str
    before: str
    after: str


@dataclass(frozen=True)
class VersionDiff:
    """How a version differs from an earlier one.

    Attributes:
        added: Files that only the later one has.
        removed: Files that only the earlier one has.
        relabelled: Pictures with another class.
        moved: Pictures in another part.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    relabelled: tuple[Relabelled, ...]
    moved: tuple[Relabelled, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.relabelled or self.moved)


Content = dict[str, list[str]]
"""Path to class and part."""


def keep_version(project: Project, dataset: Dataset) -> None:
    """Remember a dataset as it is, so that later ones can be compared with it.

    Args:
        project: Writable.
        dataset: The project's; nothing happens when its version is known already.

    Raises:
        StorageError: If the index cannot be written.
    """
    with connected(project, write=True) as database:
        query = "SELECT 1 FROM versions WHERE version = ?"
        if database.execute(query, (dataset.version,)).fetchone() is not None:
            return
        packed = zlib.compress(json.dumps(content_of(dataset), separators=(",", ":")).encode())
        made = datetime.now(UTC).isoformat(timespec="seconds")
        database.execute("INSERT INTO versions VALUES (?, ?, ?)", (dataset.version, made, packed))


def content_of(dataset: Dataset) -> Content:
    """What a version says of every picture.

    Args:
        dataset: Any.

    Returns:
        Path to class and part. Bytes in a name that are no valid text stay lone surrogates.
    """
    return {
        str(sample.path): [dataset.classes[sample.label], sample.split]
        for sample in dataset.samples
    }


def load_version(project: Project, version: str) -> Content:
    """What a remembered version says of every picture.

    Args:
        project: An open project.
        version: Of a dataset, such as a run's ``dataset_version``.

    Returns:
        As :func:`content_of`.

    Raises:
        DatasetError: If that version was not remembered.
    """
    row = None
    if project.database_path.exists():
        with connected(project) as database:
            query = "SELECT content FROM versions WHERE version = ?"
            row = database.execute(query, (version,)).fetchone()
    if row is None:
        raise DatasetError(
            msg("The project does not remember the version {version}.", version=version[:8]),
            hint=msg("Versions are remembered from the first training on."),
            path=project.root,
        )
    content: Content = json.loads(zlib.decompress(row[0]))
    return content


def compare(before: Content, after: Content) -> VersionDiff:
    """Tell two versions apart.

    Args:
        before: The earlier one.
        after: The later one.

    Returns:
        The differences, ordered by path.
    """
    both = sorted(before.keys() & after.keys())
    changed = [
        [
            Relabelled(path, before[path][place], after[path][place])
            for path in both
            if before[path][place] != after[path][place]
        ]
        for place in (0, 1)
    ]
    return VersionDiff(
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        relabelled=tuple(changed[0]),
        moved=tuple(changed[1]),
    )
