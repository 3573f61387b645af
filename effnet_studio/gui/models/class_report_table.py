"""How well each class is recognised, as a sortable table."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from effnet_studio.gui.text import count_text, percent_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.evaluation.measures.intervals import Intervals
    from effnet_studio.engine.evaluation.measures.metrics import ClassReport

Index = QModelIndex | QPersistentModelIndex

SHARE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""The cell's value in [0, 1] where a bar can show it, else None."""
LABEL_ROLE: Final = Qt.ItemDataRole.UserRole + 2
"""Index of the row's class."""

_FIELDS: Final = ("label", "recall", "precision", "f1", "support")


class ClassReportTable(QAbstractTableModel):
    """One row for each class: found (recall), trusted (precision), F1, images."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[int, ClassReport]] = []
        self._intervals: Intervals | None = None
        self._sorted_by = (-1, Qt.SortOrder.AscendingOrder)

    def set_reports(self, reports: Sequence[ClassReport]) -> None:
        """Show other classes."""
        self.beginResetModel()
        self._rows, self._intervals = list(enumerate(reports)), None
        self._sort()
        self.endResetModel()

    def set_intervals(self, intervals: Intervals) -> None:
        """Say in tool-tips how sure the shares are.

        Args:
            intervals: Of the classes that are shown.
        """
        self._intervals = intervals

    def retranslate(self) -> None:
        """Tell views that the headings have changed."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(_FIELDS) - 1)

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
        field = _FIELDS[index.column()]
        label, report = self._rows[index.row()]
        value = getattr(report, field)
        share = field in {"recall", "precision", "f1"}
        if role == Qt.ItemDataRole.DisplayRole:
            if field == "label":
                return value
            return percent_text(value) if share else count_text(value)
        side = Qt.AlignmentFlag.AlignLeft if field == "label" else Qt.AlignmentFlag.AlignRight
        answers: dict[int, object] = {
            SHARE_ROLE: float(value) if share else None,
            LABEL_ROLE: label,
            Qt.ItemDataRole.ToolTipRole: self._range(field, label) if share else None,
            Qt.ItemDataRole.TextAlignmentRole: side | Qt.AlignmentFlag.AlignVCenter,
        }
        return answers.get(role)

    def _range(self, field: str, label: int) -> str | None:
        if self._intervals is None:
            return None
        low, high = getattr(self._intervals, field)[label].tolist()
        return self.tr("Probably between {low} and {high} (95 % interval)").format(
            low=percent_text(low), high=percent_text(high)
        )

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the rows.

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
        self._rows.sort(key=itemgetter(0))
        if column == 0:
            self._rows.sort(key=lambda row: row[1].label.casefold())
        elif column > 0:
            self._rows.sort(key=lambda row: getattr(row[1], _FIELDS[column]))
        if order is Qt.SortOrder.DescendingOrder:
            self._rows.reverse()

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
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _headings(self) -> tuple[tuple[str, str], ...]:
        return (
            (self.tr("Class"), self.tr("Kind of thing, as your folders are named")),
            (
                self.tr("Recall"),
                self.tr("Of the images of this class, how many the model recognised"),
            ),
            (
                self.tr("Precision"),
                self.tr("When the model names this class, how often it is right"),
            ),
            (self.tr("F1"), self.tr("Harmonic mean of recall and precision")),
            (self.tr("Images"), self.tr("Images of this class that were checked")),
        )
