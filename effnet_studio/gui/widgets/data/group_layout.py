"""Where pictures in groups lie: arithmetic on arrays, the same for ten groups and a million."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class GroupLayout:
    """Groups one below the other, each a heading and lines of cells of one size.

    Args:
        starts: int64, (g + 1,): the first place of each group, and the number of places at the end.
        columns: Cells in a line, 1 or more.
        cell: Width and height of a cell, pixels.
        heading: Height of what stands above each group, pixels; 0 for nothing.
        gap: Free room below each group, pixels.
    """

    def __init__(
        self,
        starts: NDArray[np.int64],
        *,
        columns: int,
        cell: tuple[int, int],
        heading: int,
        gap: int,
    ) -> None:
        self._starts = starts
        self.columns = columns
        self._width, self._line = cell
        self.heading = heading
        sizes = np.diff(starts)
        self._lines = -(-sizes // columns)
        heights = heading + self._lines * self._line + gap
        self._tops = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(heights)])

    @property
    def height(self) -> int:
        """Of everything, pixels."""
        return int(self._tops[-1])

    @property
    def groups(self) -> int:
        """How many groups there are."""
        return len(self._starts) - 1

    @property
    def places(self) -> int:
        """How many cells there are."""
        return int(self._starts[-1])

    def group_of(self, place: int) -> int:
        """The group a cell belongs to."""
        return int(np.searchsorted(self._starts, place, side="right")) - 1

    def first_of(self, group: int) -> int:
        """The first cell of a group; of the group behind the last, the number of cells."""
        return int(self._starts[group])

    def top_of(self, group: int) -> int:
        """Where a group begins, pixels from the top."""
        return int(self._tops[group])

    def corner(self, place: int) -> tuple[int, int]:
        """The upper left corner of a cell, pixels."""
        group = self.group_of(place)
        line, column = divmod(place - self.first_of(group), self.columns)
        return column * self._width, self.top_of(group) + self.heading + line * self._line

    def group_at(self, y: int) -> int:
        """The group at a height, pixels from the top; the last for what is below it."""
        group = int(np.searchsorted(self._tops, y, side="right")) - 1
        return min(max(group, 0), self.groups - 1)

    def heading_at(self, y: int) -> int:
        """The group whose heading is at a height; -1 for none."""
        if not 0 <= y < self.height or not self.heading:
            return -1
        group = self.group_at(y)
        return group if y - self.top_of(group) < self.heading else -1

    def place_at(self, x: int, y: int) -> int:
        """The cell at a point; -1 for none."""
        if not (0 <= y < self.height and 0 <= x < self.columns * self._width):
            return -1
        group = self.group_at(y)
        line = (y - self.top_of(group) - self.heading) // self._line
        place = self.first_of(group) + line * self.columns + x // self._width
        return place if line >= 0 and place < self.first_of(group + 1) else -1

    def groups_between(self, top: int, bottom: int) -> range:
        """The groups that are seen between two heights, pixels."""
        if not self.groups:
            return range(0)
        return range(self.group_at(top), self.group_at(bottom) + 1)

    def places_between(self, top: int, bottom: int) -> Iterator[int]:
        """The cells that are seen between two heights, pixels."""
        for group in self.groups_between(top, bottom):
            above = self.top_of(group) + self.heading
            first = max(0, (top - above) // self._line)
            last = min(int(self._lines[group]) - 1, (bottom - above) // self._line)
            start = self.first_of(group)
            begin, end = start + first * self.columns, start + (last + 1) * self.columns
            yield from range(begin, min(end, self.first_of(group + 1)))

    def above(self, place: int) -> int:
        """The cell above, at the end of the group before if need be; itself in the first line."""
        group = self.group_of(place)
        line, column = divmod(place - self.first_of(group), self.columns)
        if line:
            return place - self.columns
        if not group:
            return place
        before = self.first_of(group - 1)
        start = before + (int(self._lines[group - 1]) - 1) * self.columns
        return min(start + column, self.first_of(group) - 1)

    def below(self, place: int) -> int:
        """The cell below, in the next group if need be; itself in the last line."""
        group = self.group_of(place)
        line, column = divmod(place - self.first_of(group), self.columns)
        end = self.first_of(group + 1)
        if line + 1 < int(self._lines[group]):
            return min(place + self.columns, end - 1)
        if group + 1 == self.groups:
            return place
        return min(end + column, self.first_of(group + 2) - 1)
