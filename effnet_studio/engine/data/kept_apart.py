"""A share of the images that are learned from, kept apart for a last check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.data import edits
from effnet_studio.engine.data.checks.row_groups import families
from effnet_studio.engine.data.dataset import SPLITS
from effnet_studio.engine.data.split import Member, draw_splits
from effnet_studio.engine.data.store import load_index
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from effnet_studio.engine.data.edits import Edit
    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.project import Project

_LEAST = 1e-9
"""Validation share wished for: those that validate stay, and none are added."""


def keep_for_test(project: Project, share: float, *, seed: int = 0) -> Edit | None:
    """Move training images to the test part, the same share of each class, as one edit.

    Images that validate stay where they are; copies and series are not torn apart; of each class
    at least one image is still learned from.

    Args:
        project: Writable.
        share: Of all images of a class that its test part is to have, in (0, 1).
        seed: Makes the draw repeatable.

    Returns:
        The log's entry, or None when nothing had to move.

    Raises:
        DatasetError: If the share is impossible.
        ProjectError: If the project is read-only.
        StorageError: If the index cannot be written.
    """
    moved = chosen_for_test(load_index(project, check_folder=False), share, seed=seed)
    title = msg("Images kept apart for a last check: {count}", count=len(moved))
    return edits.change_images(project, title, splits={"test": moved})


def chosen_for_test(index: Index, share: float, *, seed: int = 0) -> list[int]:
    """Draw the images that :func:`keep_for_test` moves; arguments and errors are its own.

    Args:
        index: All images; those that are left out stay where they are.
        share: Of each class.
        seed: Makes the draw repeatable.

    Returns:
        Their numbers.
    """
    rows = np.flatnonzero(~index.excluded)
    groups = families(index, rows)
    members = []
    for row in rows.tolist():
        part = SPLITS[index.splits[row]]
        name = index.class_names[int(index.classes[row])]
        given = None if part == "train" else part
        members.append(Member(str(index.path(row)), name, given, int(groups[row])))
    drawn = draw_splits(members, val=_LEAST, test=share, seed=seed)
    return [
        int(index.ids[row])
        for row, member, part in zip(rows.tolist(), members, drawn, strict=True)
        if member.split is None and part == "test"
    ]
