"""Which published weights files are on this disk, whole, unfinished or damaged."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from effnet_studio import paths
from effnet_studio.engine.models.catalog import CATALOG, get_spec
from effnet_studio.engine.models.download import file_matches
from effnet_studio.engine.models.published import PublishedFile, published_file
from effnet_studio.engine.models.weights import weights_folders

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.models.spec import ModelSpec

WeightsState = Literal["here", "missing", "unfinished", "damaged"]
"""``here``: whole, as far as was looked; ``unfinished``: a download can go on; ``damaged``: the
checksum differs."""


@dataclass(frozen=True)
class ShelfEntry:
    """What this disk has of one architecture's published weights.

    Attributes:
        file: What is published.
        title: Of the architecture, for people.
        state: What was found.
        path: The file, where ``here`` or ``damaged``; the unfinished download; None if missing.
        size: Its bytes; 0 if missing.
    """

    file: PublishedFile
    title: str
    state: WeightsState
    path: Path | None
    size: int


def look(
    names: Iterable[str] | None = None,
    *,
    verify: bool = False,
    cancel: CancelToken | None = None,
) -> tuple[ShelfEntry, ...]:
    """Look which weights are on this disk: in the app's cache, else in PyTorch's.

    Args:
        names: Catalog names; None: all.
        verify: Read every file and compare its checksum, about a second for a gigabyte; without
            it a damaged file counts as ``here``.
        cancel: Stops between two files.

    Returns:
        One entry for each architecture, in the order given.

    Raises:
        ModelError: If a name is not in the catalog.
        Cancelled: If stopped.
    """
    entries = []
    for spec in [get_spec(name) for name in (CATALOG if names is None else names)]:
        if cancel is not None:
            cancel.check()
        entries.append(_entry(spec, verify=verify))
    return tuple(entries)


def _entry(spec: ModelSpec, *, verify: bool) -> ShelfEntry:
    file = published_file(spec)
    damaged: Path | None = None
    for folder in weights_folders():
        path = folder / file.name
        if not path.is_file():
            continue
        if not verify or file_matches(path, file.sha256_prefix):
            return ShelfEntry(file, spec.title, "here", path, _size(path))
        damaged = damaged or path
    if damaged is not None:
        return ShelfEntry(file, spec.title, "damaged", damaged, _size(damaged))
    part = paths.weights_dir() / f"{file.name}.part"
    if part.is_file():
        return ShelfEntry(file, spec.title, "unfinished", part, _size(part))
    return ShelfEntry(file, spec.title, "missing", None, 0)


def _size(path: Path) -> int:
    with contextlib.suppress(OSError):
        return path.stat().st_size
    return 0
