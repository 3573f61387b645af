"""What a finding's remedies would change: pure functions of the index, as the findings are.

:mod:`~.mending` makes edits of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.data.checks.row_groups import (
    RowGroups,
    families,
    group_rows,
    rows_in_groups,
)
from effnet_studio.engine.data.dataset import SPLITS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from effnet_studio.engine.data.checks.findings import Finding
    from effnet_studio.engine.data.index import Index


def to_exclude(index: Index, finding: Finding) -> list[int]:
    """Which pictures go when one of each group is kept: the one with most pixels stays.

    Args:
        index: The pictures.
        finding: One whose pictures show the same, group by group.

    Returns:
        Numbers of the pictures to leave out.
    """
    groups = rows_in_groups(index, finding.groups)
    going = np.ones(len(groups.rows), dtype=bool)
    going[_best(index, groups)] = False
    ids: list[int] = index.ids[groups.rows[going]].tolist()
    return ids


def to_keep(index: Index, finding: Finding) -> list[int]:
    """The pictures that :func:`to_exclude` lets stay, one of each group."""
    groups = rows_in_groups(index, finding.groups)
    ids: list[int] = index.ids[groups.rows[_best(index, groups)]].tolist()
    return ids


def _best(index: Index, groups: RowGroups) -> NDArray[np.int64]:
    """Place of the best member of each group."""
    rows = groups.rows
    pixels = index.widths[rows].astype(np.int64) * index.heights[rows]
    # Of equals stays the one that is learned from, then the larger file, then the first.
    order = np.lexsort((-index.bytes[rows], index.splits[rows], -pixels, groups.group_of))
    best: NDArray[np.int64] = order[groups.starts[:-1]]
    return best


def to_move(index: Index, finding: Finding) -> dict[str, list[int]]:
    """Which pictures change their part so that each group is on one side.

    A family moves as a whole: with the pictures of a group those that show the same as one of
    them, else a copy would be put on one side and torn from its series. Most of them decide; of
    equals the training part, so that no validation picture has been learned from.

    Args:
        index: The pictures.
        finding: One whose pictures show the same, group by group.

    Returns:
        Part to the numbers of the pictures that go there.
    """
    chosen = rows_in_groups(index, finding.groups).rows
    rows = np.flatnonzero(~index.excluded)
    numbers = families(index, rows)
    concerned = np.isin(numbers, numbers[chosen]) & (numbers >= 0)
    groups = group_rows(numbers, np.flatnonzero(concerned))
    splits = index.splits[groups.rows]
    counts = np.zeros((len(groups), len(SPLITS)), dtype=np.int64)
    np.add.at(counts, (groups.group_of, splits), 1)
    sides = np.repeat(counts.argmax(axis=1), groups.sizes)
    moves: dict[str, list[int]] = {}
    for side, part in enumerate(SPLITS):
        moved = index.ids[groups.rows[(sides == side) & (splits != side)]].tolist()
        if moved:
            moves[part] = moved
    return moves


def to_relabel(index: Index, finding: Finding) -> tuple[dict[str, list[int]], list[int]]:
    """Which pictures get the class that most of their group have.

    Args:
        index: The pictures.
        finding: One whose pictures show the same, group by group.

    Returns:
        Class name to the numbers of the pictures that get it; and the pictures of groups in which
        no class has a majority: nobody but the user can tell, so they are best left out.
    """
    classes: dict[str, list[int]] = {}
    unclear: list[int] = []
    for rows in rows_in_groups(index, finding.groups).members():
        most = majority(index.classes[rows])
        if most is None:
            unclear += index.ids[rows].tolist()
            continue
        moved = index.ids[rows[index.classes[rows] != most]].tolist()
        if moved:
            classes.setdefault(index.class_names[most], []).extend(moved)
    return classes, unclear


def majority(classes: NDArray[np.int64]) -> int | None:
    """The class that more have than any other.

    Args:
        classes: int64, (n,), at least one: numbers of classes.

    Returns:
        Its number; None where two are equal.
    """
    values, counts = np.unique(classes, return_counts=True)
    most = np.flatnonzero(counts == counts.max())
    return int(values[most[0]]) if len(most) == 1 else None
