"""Versions of a dataset: what a training saw, to the file, and what has changed since."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.data.dataset import SPLITS
from effnet_studio.engine.data.schema import connected
from effnet_studio.engine.data.store import load_index
from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Collection

    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.data.index import Index
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

    def among(self, paths: Collection[str]) -> VersionDiff:
        """What of it concerns some files.

        Args:
            paths: The files, absolute.
        """
        return VersionDiff(
            added=tuple(path for path in self.added if path in paths),
            removed=tuple(path for path in self.removed if path in paths),
            relabelled=tuple(each for each in self.relabelled if each.path in paths),
            moved=tuple(each for each in self.moved if each.path in paths),
        )


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


def dataset_of(project: Project, version: str) -> Dataset:
    """Put a remembered version of the dataset together again, whatever was edited since.

    Args:
        project: An open project.
        version: Of a dataset, such as a run's ``dataset_version``.

    Returns:
        The dataset as it was: same pictures, classes, parts and files, hence the same version.

    Raises:
        DatasetError: If that version was not remembered, some of its pictures are gone, or files
            were changed on the disk since.
        ProjectError: If the index is damaged.
    """
    content = load_version(project, version)
    index = load_index(project)
    past, missing = _rewound(index, content)
    if missing:
        raise DatasetError(
            msg(
                "Images of that version that are not in the project any more: {count}.",
                count=missing,
            ),
            hint=msg("Put them back and look for changes, or train on today's images."),
            path=project.root,
        )
    dataset = past.dataset()
    if dataset.version != version:
        raise DatasetError(
            msg("Some image files were changed on the disk since that version."),
            hint=msg("Put the old files back and look for changes, or train on today's images."),
            path=project.root,
        )
    return dataset


def _rewound(index: Index, content: Content) -> tuple[Index, int]:
    """An index with the classes and parts of a version, and how many pictures it lacks."""
    names = sorted({label for label, _ in content.values()})
    numbers = {name: number for number, name in enumerate(names)}
    classes, splits = index.classes.copy(), index.splits.copy()
    excluded = np.ones(len(index), dtype=np.bool_)
    found = 0
    for row in range(len(index)):
        entry = content.get(str(index.path(row)))
        if entry is not None:
            found += 1
            excluded[row] = False
            classes[row] = numbers[entry[0]]
            splits[row] = SPLITS.index(entry[1])
    past = replace(
        index,
        class_names=dict(enumerate(names)),
        classes=classes,
        splits=splits,
        excluded=excluded,
    )
    return past, len(content) - found


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
