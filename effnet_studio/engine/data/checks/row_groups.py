"""Rows of the index in groups, as flat arrays: a hundred thousand groups are handled at once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from effnet_studio.engine.data.index import Index


@dataclass(frozen=True, eq=False)
class RowGroups:
    """Groups of rows, one behind the other; none is empty.

    Attributes:
        rows: int64, (m,): the members, group by group.
        starts: int64, (g + 1,): where each group begins in :attr:`rows`, and its length at the end.
    """

    rows: NDArray[np.int64]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Number of members of each; int64, (g,)."""
        return np.diff(self.starts)

    @property
    def group_of(self) -> NDArray[np.int64]:
        """The group of each member; int64, (m,)."""
        return np.repeat(np.arange(len(self)), self.sizes)

    def differ(self, column: NDArray[Any]) -> NDArray[np.bool_]:
        """Whether the members of each group have more than one value.

        Args:
            column: (n,): a value for each row of the index.

        Returns:
            bool, (g,).
        """
        if not len(self):
            return np.zeros(0, dtype=bool)
        values = column[self.rows]
        least = np.minimum.reduceat(values, self.starts[:-1])
        most = np.maximum.reduceat(values, self.starts[:-1])
        result: NDArray[np.bool_] = least != most
        return result

    def where(self, wanted: NDArray[np.bool_]) -> RowGroups:
        """Only some of the groups.

        Args:
            wanted: bool, (g,).

        Returns:
            Those that are wanted, in order.
        """
        return RowGroups(self.rows[np.repeat(wanted, self.sizes)], _starts(self.sizes[wanted]))

    def members(self) -> list[NDArray[np.int64]]:
        """The rows of each group; int64, (size,)."""
        return np.split(self.rows, self.starts[1:-1]) if len(self) else []

    def split(self, column: NDArray[np.int64]) -> tuple[tuple[int, ...], ...]:
        """A column's values, group by group, such as the numbers of the pictures."""
        values, starts = column[self.rows].tolist(), self.starts.tolist()
        return tuple(tuple(values[start:end]) for start, end in pairwise(starts))


def group_rows(numbers: NDArray[np.int64], rows: NDArray[np.int64], *, least: int = 2) -> RowGroups:
    """Put rows together by the number of their group.

    Args:
        numbers: int64, (n,): group of each row of the index; negative for none.
        rows: int64, (m,): which rows count, ascending.
        least: Members from which a group counts, 1 or more.

    Returns:
        The groups, ordered by number; their rows ascend.
    """
    inside = rows[numbers[rows] >= 0]
    ordered = inside[np.argsort(numbers[inside], kind="stable")]
    _, sizes = np.unique(numbers[ordered], return_counts=True)
    groups = RowGroups(ordered, _starts(sizes))
    return groups.where(groups.sizes >= least)


def rows_in_groups(index: Index, groups: Sequence[Sequence[int]]) -> RowGroups:
    """Find the rows of pictures that are given in groups, by their numbers.

    Args:
        index: The pictures.
        groups: Numbers of pictures. Unknown ones, and those left out by now, are passed over.

    Returns:
        The groups in their order; one of which nothing is left is not among them.
    """
    ids = np.fromiter(chain.from_iterable(groups), dtype=np.int64)
    group_of = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    known = np.isin(ids, index.ids[~index.excluded])
    rows = index.rows_of(ids[known].tolist())
    _, sizes = np.unique(group_of[known], return_counts=True)
    return RowGroups(rows, _starts(sizes))


def families(index: Index, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number the families: copies and series that share a picture are one.

    Args:
        index: The pictures.
        rows: int64, (m,): which of them count.

    Returns:
        int64, (n,): the family of each row of the index; -1 for rows in no group, and for those
        that do not count.
    """
    copies, series = _dense(index.duplicates, rows), _dense(index.bursts, rows)
    offset = int(copies.max(initial=-1)) + 1
    series[series >= 0] += offset
    both = (copies >= 0) & (series >= 0)
    pairs = np.unique(np.stack([copies[both], series[both]], axis=1), axis=0)
    tops = _components(int(series.max(initial=offset - 1)) + 1, pairs)
    numbers = np.where(copies >= 0, copies, series)
    numbers[numbers >= 0] = tops[numbers[numbers >= 0]]
    return numbers


def _dense(column: NDArray[np.int64], rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Groups counted from 0, of the rows that count; -1 for all others."""
    numbers = np.full(len(column), -1, dtype=np.int64)
    inside = rows[column[rows] >= 0]
    _, numbers[inside] = np.unique(column[inside], return_inverse=True)
    return numbers


def _components(nodes: int, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """The least node that each can be reached from, by pairs of nodes (m, 2)."""
    parents = list(range(nodes))

    def top(node: int) -> int:
        while parents[node] != node:
            parents[node] = parents[parents[node]]
            node = parents[node]
        return node

    for first, second in pairs.tolist():
        one, other = top(first), top(second)
        parents[max(one, other)] = min(one, other)
    joined = np.unique(pairs)
    tops = np.arange(nodes, dtype=np.int64)
    tops[joined] = [top(node) for node in joined.tolist()]
    return tops


def _starts(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)])
