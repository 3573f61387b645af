"""Groups of images with how many of them are right, as a sortable table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.text import count_text, percent_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.evaluation.measures.significance import Share
    from effnet_studio.engine.evaluation.slices.slices import Slice

Index = QModelIndex | QPersistentModelIndex

RIGHT_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""The ``significance.Share`` of a cell, else None."""
SLICE_ROLE: Final = Qt.ItemDataRole.UserRole + 2
"""The row's :class:`~effnet_studio.engine.evaluation.slices.slices.Slice`."""

_COLUMNS: Final = 3


class SliceTable(QAbstractTableModel):
    """One row for each group: which images, how many are right, how many there are."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._slices: list[Slice] = []
        self._rows: list[Slice] = []
        self._sorted_by = (-1, Qt.SortOrder.AscendingOrder)

    def set_slices(self, slices: Sequence[Slice]) -> None:
        """Show other groups, in their order until a column is sorted by."""
        self.beginResetModel()
        self._slices = list(slices)
        self._sort()
        self.endResetModel()

    def retranslate(self) -> None:
        """Tell views that the texts have changed."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, _COLUMNS - 1)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else _COLUMNS

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        name = slice_name(row)
        texts = (translate_message(row.label), share_text(row.right), count_text(row.right.images))
        side = Qt.AlignmentFlag.AlignRight if column == 2 else Qt.AlignmentFlag.AlignLeft
        answers: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: texts[column],
            Qt.ItemDataRole.ToolTipRole: name if column == 0 else None,
            Qt.ItemDataRole.TextAlignmentRole: side | Qt.AlignmentFlag.AlignVCenter,
            RIGHT_ROLE: row.right if column == 1 else None,
            SLICE_ROLE: row,
        }
        return answers.get(role)

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the rows.

        Args:
            column: Which; -1: in the order of the values, such as from dark to bright.
            order: Rising or falling.
        """
        self._sorted_by = (column, order)
        self.beginResetModel()
        self._sort()
        self.endResetModel()

    def _sort(self) -> None:
        column, order = self._sorted_by
        self._rows = list(self._slices)
        if column == 0:
            self._rows.sort(key=lambda row: translate_message(row.label).casefold())
        elif column == 1:
            self._rows.sort(key=lambda row: row.right.value)
        elif column == 2:
            self._rows.sort(key=lambda row: row.right.images)
        if column >= 0 and order is Qt.SortOrder.DescendingOrder:
            self._rows.reverse()

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        titles = (self.tr("Images"), self.tr("Right"), self.tr("Count"))
        hints = (
            self.tr("Which images are in the group"),
            self.tr(
                "Share of them that was recognised, and between which two the true share is in 95"
                " of 100 cases; the line is the share of all images"
            ),
            self.tr("How many images are in the group"),
        )
        side = Qt.AlignmentFlag.AlignRight if section == 2 else Qt.AlignmentFlag.AlignLeft
        answers: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: titles[section],
            Qt.ItemDataRole.ToolTipRole: hints[section],
            Qt.ItemDataRole.TextAlignmentRole: side | Qt.AlignmentFlag.AlignVCenter,
        }
        return answers.get(role)


def slice_name(found: Slice) -> str:
    """Which images a group has, as the beginning of a line."""
    name = translate_message(found.name)
    return name[:1].upper() + name[1:]


def share_text(share: Share) -> str:
    """A share with the two ends of its interval, such as ``"71 % (62 – 79)"``."""
    low, high = (percent_text(end, 0).removesuffix(" %") for end in (share.low, share.high))
    return f"{percent_text(share.value, 0)} ({low} – {high})" if share.images else "–"
