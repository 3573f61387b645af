"""How much of the attention of each class lies inside the box, as a sortable table."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QObject, Qt
from typing_extensions import override

from effnet_studio.gui.models.class_report_table import Index
from effnet_studio.gui.text import decimal_text, percent_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.explain.shares import RegionShare

"""What looking everywhere alike would give, in [0, 1], where a bar can show it, else None."""

BAR_ROLE: Final = Qt.ItemDataRole.UserRole + 13
"""Length of the bar, in [0, 1]: the longest bar or line of the table fills the cell."""

MARK_ROLE: Final = Qt.ItemDataRole.UserRole + 14
"""Place of the line of chance, on the same scale."""

_FIELDS: Final = ("label", "share", "ratio")


class RegionShareTable(QAbstractTableModel):
    """One row for all images and one for each class: share inside, and how many times chance."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shares: list[RegionShare] = []
        self._rows: list[RegionShare] = []
        self._longest = 1.0
        self._sorted_by = (-1, Qt.SortOrder.AscendingOrder)

    def set_shares(self, shares: Sequence[RegionShare]) -> None:
        """Show other figures."""
        self.beginResetModel()
        self._shares = list(shares)
        self._longest = max((max(each.share, each.area) for each in shares), default=0.0) or 1.0
        self._sort()
        self.endResetModel()

    def row_of(self, label: str) -> int:
        """The row of a class; -1 if it has none."""
        return next((row for row, each in enumerate(self._rows) if each.label == label), -1)

    def retranslate(self) -> None:
        """Tell views that the words have changed."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(_FIELDS) - 1)
        if self._rows:
            last = self.index(len(self._rows) - 1, len(_FIELDS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(_FIELDS)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        column, row = index.column(), self._rows[index.row()]
        texts = (
            row.label or self.tr("All images"),
            percent_text(row.share),
            f"{decimal_text(row.ratio, 2)} ×",
        )
        if role == Qt.ItemDataRole.DisplayRole:
            return texts[column]
        side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
        answers: dict[int, object] = {
            BAR_ROLE: row.share / self._longest if column == 1 else None,
            MARK_ROLE: row.area / self._longest if column == 1 else None,
            Qt.ItemDataRole.ToolTipRole: self._hint(row),
            Qt.ItemDataRole.TextAlignmentRole: side | Qt.AlignmentFlag.AlignVCenter,
        }
        return answers.get(role)

    def _hint(self, row: RegionShare) -> str:
        return self.tr(
            "%n image(s); with others of this kind it would be between {low} and {high} (95 %). "
            "Looking everywhere alike would give {area}.",
            "",
            row.images,
        ).format(
            low=percent_text(row.low), high=percent_text(row.high), area=percent_text(row.area)
        )

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the classes; all images together stay on top.

        Args:
            column: Which; -1: in the order of the classes.
            order: Rising or falling.
        """
        self._sorted_by = (column, order)
        self.beginResetModel()
        self._sort()
        self.endResetModel()

    def _sort(self) -> None:
        column, order = self._sorted_by
        self._rows = list(self._shares)
        if column >= 0:
            falling = order is Qt.SortOrder.DescendingOrder
            field = attrgetter(_FIELDS[column])
            self._rows.sort(
                key=lambda row: row.label.casefold() if column == 0 else field(row),
                reverse=falling,
            )
        self._rows.sort(key=lambda row: bool(row.label))

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        titles = (self.tr("Answered as"), self.tr("Inside"), self.tr("Times chance"))
        hints = (
            self.tr("The class that the model answered"),
            self.tr("Share of the attention inside the box; the line is what chance would give"),
            self.tr("How many times as much as looking everywhere alike would give"),
        )
        if role == Qt.ItemDataRole.DisplayRole:
            return titles[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return hints[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None
