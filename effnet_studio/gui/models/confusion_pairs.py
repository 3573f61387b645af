"""Which classes are taken for which, most frequent first: the confusion matrix as a table."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from effnet_studio.gui.models.class_report_table import SHARE_ROLE
from effnet_studio.gui.text import count_text, percent_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

Index = QModelIndex | QPersistentModelIndex

CELL_ROLE: Final = Qt.ItemDataRole.UserRole + 3
"""Row and column of the pair in the matrix."""

_COLUMNS: Final = 4


class ConfusionPairs(QAbstractTableModel):
    """One row for each kind of error: true class, answer, how often, share of the true class."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pairs: list[tuple[int, int, int, float]] = []
        self._classes: tuple[str, ...] = ()
        self._sorted_by = (-1, Qt.SortOrder.AscendingOrder)

    def set_matrix(self, counts: NDArray[np.integer], classes: Sequence[str]) -> None:
        """Show another matrix.

        Args:
            counts: Integers, shape (classes, classes); rows are true classes.
            classes: Their names, in order.
        """
        self.beginResetModel()
        self._classes = tuple(classes)
        totals = counts.sum(axis=1)
        rows, columns = np.nonzero(counts)
        wrong = rows != columns
        rows, columns = rows[wrong], columns[wrong]
        found = counts[rows, columns]
        values = (rows, columns, found, found / totals[rows])
        self._pairs = list(zip(*(each.tolist() for each in values), strict=True))
        self._sort()
        self.endResetModel()

    def retranslate(self) -> None:
        """Tell views that the headings have changed."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, _COLUMNS - 1)

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._pairs)

    @override
    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else _COLUMNS

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column, count, share = self._pairs[index.row()]
        field = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            texts = (self._classes[row], self._classes[column], count_text(count))
            return texts[field] if field < len(texts) else percent_text(share)
        side = Qt.AlignmentFlag.AlignLeft if field < 2 else Qt.AlignmentFlag.AlignRight
        answers: dict[int, object] = {
            SHARE_ROLE: share if field == _COLUMNS - 1 else None,
            CELL_ROLE: (row, column),
            Qt.ItemDataRole.TextAlignmentRole: side | Qt.AlignmentFlag.AlignVCenter,
        }
        return answers.get(role)

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the rows here: a proxy would ask for every value many times.

        Args:
            column: Which; -1: most frequent first.
            order: Rising or falling.
        """
        self._sorted_by = (column, order)
        self.beginResetModel()
        self._sort()
        self.endResetModel()

    def _sort(self) -> None:
        column, order = self._sorted_by
        self._pairs.sort(key=lambda pair: (-pair[2], -pair[3]))
        falling = order is Qt.SortOrder.DescendingOrder
        names = self._classes
        if column == 0:
            self._pairs.sort(key=lambda pair: names[pair[0]].casefold(), reverse=falling)
        elif column == 1:
            self._pairs.sort(key=lambda pair: names[pair[1]].casefold(), reverse=falling)
        elif column > 1:
            self._pairs.sort(key=itemgetter(column), reverse=falling)

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        title, hint = self._headings()[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return title
        if role == Qt.ItemDataRole.ToolTipRole:
            return hint
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section < 2 else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _headings(self) -> tuple[tuple[str, str], ...]:
        return (
            (self.tr("True class"), self.tr("As your folders say")),
            (self.tr("Answer"), self.tr("What the model says instead")),
            (self.tr("Images"), self.tr("How many images are mixed up in this way")),
            (self.tr("Share"), self.tr("Of the images of the true class")),
        )
