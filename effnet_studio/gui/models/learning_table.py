"""What more images of each class would give, as a sortable table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from effnet_studio.engine.evaluation.learning.learning_advice import (
    LEAST_CHECKED,
    TYPICAL,
    Verdict,
)
from effnet_studio.gui.models.class_report_table import LABEL_ROLE, SHARE_ROLE
from effnet_studio.gui.text import count_text, decimal_text, percent_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.evaluation.learning.learning_advice import Outlook

Index = QModelIndex | QPersistentModelIndex

_COLUMNS: Final = 5
_GAIN: Final = 4


class LearningTable(QAbstractTableModel):
    """One row for each class: images and recall now, recall with more, and the gain."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, Outlook]] = []
        self._sorted_by = (4, Qt.SortOrder.DescendingOrder)

    def set_outlooks(self, classes: Sequence[str], outlooks: Sequence[Outlook]) -> None:
        """Show other classes."""
        self.beginResetModel()
        self._rows = list(zip(classes, outlooks, strict=True))
        self._sort()
        self.endResetModel()

    def row_of(self, column: int) -> int:
        """Where a class is shown."""
        return next(row for row, (_, each) in enumerate(self._rows) if each.column == column)

    def retranslate(self) -> None:
        """Tell views that the texts have changed."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, _COLUMNS - 1)
        if self._rows:
            last = self.index(len(self._rows) - 1, _COLUMNS - 1)
            self.dataChanged.emit(self.index(0, 0), last)

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
        label, found = self._rows[index.row()]
        column = index.column()
        checked = found.now.images > 0
        side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
        answers: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: self._texts(label, found)[column],
            Qt.ItemDataRole.ToolTipRole: self._hint(label, found, column),
            Qt.ItemDataRole.TextAlignmentRole: side | Qt.AlignmentFlag.AlignVCenter,
            SHARE_ROLE: found.now.value if column == 2 and checked else None,
            LABEL_ROLE: found.column,
        }
        return answers.get(role)

    def _texts(self, label: str, found: Outlook) -> tuple[str, ...]:
        now = percent_text(found.now.value, 0) if found.now.images else "–"
        if found.now.images < LEAST_CHECKED:
            return label, count_text(found.images), now, "–", "–"
        low, high = (percent_text(end, 0).removesuffix(" %") for end in (found.low, found.high))
        then = f"{percent_text(found.expected, 0)} ({low} – {high})"
        sure = found.verdict is not Verdict.UNKNOWN
        points = max(0, found.points)
        gain = f"{'+' if points else ''}{count_text(points)}" if sure else self.tr("unsure")
        return label, count_text(found.images), now, then, gain

    def _hint(self, label: str, found: Outlook, column: int) -> str | None:
        if column == 0:
            return label
        if column > 2 and found.now.images < LEAST_CHECKED:
            return self.tr(
                "Too few validation images of this class to tell: %n", "", found.now.images
            )
        if column == 2:
            return self.tr("On %n validation image(s)", "", found.now.images)
        if column == _GAIN:
            unsure = found.verdict is Verdict.UNKNOWN
            words = (
                self.tr(
                    "Between {low} and {high} more right answers in 100: too uncertain to count on"
                )
                if unsure
                else self.tr("Between {low} and {high} more right answers in 100")
            )
            return words.format(
                low=decimal_text(100 * found.gain_low, 0),
                high=decimal_text(100 * found.gain_high, 0),
            )
        return None

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
        self._rows.sort(key=lambda row: row[1].column)
        if column == 0:
            self._rows.sort(key=lambda row: row[0].casefold())
        elif column == _GAIN:
            self._rows.sort(key=lambda row: _promised(row[1]))
        elif column > 0:
            self._rows.sort(key=lambda row: _value(row[1], column))
        if column >= 0 and order is Qt.SortOrder.DescendingOrder:
            self._rows.reverse()

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        title, hint = self._headings()[section]
        side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
        answers: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: title,
            Qt.ItemDataRole.ToolTipRole: hint,
            Qt.ItemDataRole.TextAlignmentRole: side | Qt.AlignmentFlag.AlignVCenter,
        }
        return answers.get(role)

    def _headings(self) -> tuple[tuple[str, str], ...]:
        return (
            (self.tr("Class"), self.tr("Kind of thing, as your folders are named")),
            (self.tr("Images"), self.tr("Training images of this class")),
            (
                self.tr("Recall"),
                self.tr("Of the validation images of this class, how many are recognised now"),
            ),
            (
                self.tr("With {count} more").format(count=TYPICAL),
                self.tr(
                    "The same with more training images of each class, and in brackets between"
                    " which two it would be in 95 of 100 trainings"
                ),
            ),
            (self.tr("Gain"), self.tr("More right answers in 100")),
        )


def _value(found: Outlook, column: int) -> float:
    """What a column is sorted by; classes of which nothing can be said come last."""
    known = found.now.images >= LEAST_CHECKED
    values = (0.0, float(found.images), found.now.value, found.expected)
    return values[column] if known or column < 3 else -1.0


def _promised(found: Outlook) -> tuple[int, int, float]:
    """What gains are sorted by: what the advice can be sure of is above what it cannot."""
    if found.now.images < LEAST_CHECKED:
        return -1, 0, 0.0
    sure = found.verdict is not Verdict.UNKNOWN
    return int(sure), found.points, found.gain_low + found.gain
