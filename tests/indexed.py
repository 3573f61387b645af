"""An index made from a folder of pictures without an import: for what needs nothing else of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.data.index import Index

if TYPE_CHECKING:
    from pathlib import Path


def index_of(root: Path) -> Index:
    """Index every file in the sub-folders of a folder, each of which is a class.

    Args:
        root: The folder.

    Returns:
        Classes are numbered from 1 by name, pictures from 10 by path; every fourth picture is for
        validation.
    """
    files = sorted(path for path in root.glob("*/*") if path.is_file())
    names = sorted({file.parent.name for file in files})
    count = len(files)
    nothing = np.full(count, np.nan, dtype=np.float32)
    states = [file.stat() for file in files]
    return Index(
        class_names=dict(enumerate(names, start=1)),
        roots={1: root},
        paths=[file.relative_to(root).as_posix() for file in files],
        ids=np.arange(10, 10 + count),
        sources=np.ones(count, dtype=np.int32),
        classes=np.array([1 + names.index(file.parent.name) for file in files], dtype=np.int64),
        splits=(np.arange(count) % 4 == 3).astype(np.uint8),
        excluded=np.zeros(count, dtype=bool),
        widths=np.full(count, 64, dtype=np.int32),
        heights=np.full(count, 48, dtype=np.int32),
        bytes=np.array([state.st_size for state in states], dtype=np.int64),
        mtimes_ns=np.array([state.st_mtime_ns for state in states], dtype=np.int64),
        brightness=nothing,
        contrast=nothing,
        sharpness=nothing,
        saturation=nothing,
        duplicates=np.full(count, -1, dtype=np.int64),
        bursts=np.full(count, -1, dtype=np.int64),
    )
