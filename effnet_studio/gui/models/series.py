"""Numbers that grow while a job runs, and the table that shows the same numbers as a plot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from effnet_studio.gui.text import figure_text, percent_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

Index = QModelIndex | QPersistentModelIndex


class Series:
    """A growing list of points, appended in constant amortised time."""

    def __init__(self) -> None:
        self._points = np.empty((2, 64), dtype=np.float64)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def append(self, x: float, y: float) -> None:
        """Add one point at the end."""
        if self._count == self._points.shape[1]:
            grown = np.empty((2, 2 * self._count), dtype=np.float64)
            grown[:, : self._count] = self._points
            self._points = grown
        self._points[0, self._count] = x
        self._points[1, self._count] = y
        self._count += 1

    def clear(self) -> None:
        """Forget all points; the memory is kept for the next run."""
        self._count = 0

    @property
    def x(self) -> NDArray[np.float64]:
        """Horizontal positions, float64 (n,); a view that later appends leave untouched."""
        return self._points[0, : self._count]

    @property
    def y(self) -> NDArray[np.float64]:
        """Values, float64 (n,); a view that later appends leave untouched."""
        return self._points[1, : self._count]

    def nearest(self, x: float) -> tuple[float, float] | None:
        """Find the point closest to a horizontal position.

        Args:
            x: Where to look. The points must have been appended in rising order.

        Returns:
            The point's x and y, or None when there are no points.
        """
        if not self._count:
            return None
        right = int(np.searchsorted(self.x, x))
        candidates = [index for index in (right - 1, right) if 0 <= index < self._count]
        best = min(candidates, key=lambda index: abs(self.x[index] - x))
        return float(self.x[best]), float(self.y[best])


def join(series: Sequence[Series]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Line several series up on their common horizontal axis.

    Args:
        series: What to join.

    Returns:
        All positions in rising order without repeats, float64 (n,), and the values,
        float64 (n, len(series)), NaN where a series has no point.
    """
    if not series:
        return np.empty(0), np.empty((0, 0))
    positions = np.unique(np.concatenate([one.x for one in series]))
    values = np.full((len(positions), len(series)), np.nan)
    for column, one in enumerate(series):
        values[np.searchsorted(positions, one.x), column] = one.y
    return positions, values


class SeriesTableModel(QAbstractTableModel):
    """The points of a plot as rows: one column for the axis, one for each series.

    Args:
        series: By key, in the order of the columns.
        parent: Qt's owner.
        percent: Whether values are shares, written as the plot writes them.
    """

    def __init__(
        self,
        series: Mapping[str, Series],
        parent: QAbstractTableModel | None = None,
        *,
        percent: bool = False,
    ) -> None:
        super().__init__(parent)
        self._percent = percent
        self._series = series
        self._headers: list[str] = []
        self._positions, self._values = join([])

    def set_headers(self, headers: Sequence[str]) -> None:
        """Name the axis and the series, in that order."""
        self._headers = list(headers)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(0, len(headers) - 1))

    def refresh(self) -> None:
        """Take over what was appended since the last time."""
        self.beginResetModel()
        self._positions, self._values = join(list(self._series.values()))
        self.endResetModel()

    def texts(self, rows: Sequence[int]) -> Iterator[list[str]]:
        """Read rows as text, each when it is asked for, all from the table as it is now.

        Args:
            rows: Which.

        Returns:
            Their cells.
        """
        positions, values = self._positions, self._values  # a refresh makes new ones
        return (
            [figure_text(positions[row], 6), *map(self._value_text, values[row])] for row in rows
        )

    def _value_text(self, value: float) -> str:
        if np.isnan(value):
            return ""
        return percent_text(float(value)) if self._percent else figure_text(value, 4)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._positions)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1 + self._values.shape[1]

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if index.column() == 0:
            return figure_text(self._positions[index.row()], 6)
        return self._value_text(self._values[index.row(), index.column() - 1])

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return section + 1
        return self._headers[section] if section < len(self._headers) else ""
