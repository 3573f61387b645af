"""How well each class is told from the rest, as a table that can be sorted and searched."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from effnet_studio.gui.models.class_report_table import LABEL_ROLE, SHARE_ROLE
from effnet_studio.gui.text import area_text, count_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.evaluation.curves.class_curves import ClassCurves
    from effnet_studio.engine.evaluation.curves.curve_intervals import CurveIntervals

Index = QModelIndex | QPersistentModelIndex

LABEL, AUC, PRECISION, IMAGES = range(4)
"""The columns."""


@dataclass(frozen=True)
class _Row:
    label: int
    name: str
    figures: tuple[float, float]
    images: int


class ClassCurvesTable(QAbstractTableModel):
    """One row for each class: area under the ROC curve, average precision, images.

    Args:
        parent: Qt's owner.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[_Row] = []
        self._rows: list[_Row] = []
        self._intervals: CurveIntervals | None = None
        self._brief = False
        self._pattern = ""
        self._sorted_by = (PRECISION, Qt.SortOrder.AscendingOrder)

    def set_curves(self, classes: Sequence[str], curves: ClassCurves) -> None:
        """Show other classes.

        Args:
            classes: Their names.
            curves: Their figures.
        """
        self.beginResetModel()
        self._intervals = None
        figures = zip(curves.roc_auc, curves.average_precision, strict=True)
        self._all = [
            _Row(label, name, (float(area), float(steps)), int(images))
            for label, (name, (area, steps), images) in enumerate(
                zip(classes, figures, curves.positives, strict=True)
            )
        ]
        self._fill()
        self.endResetModel()

    def set_intervals(self, intervals: CurveIntervals) -> None:
        """Add how far the figures may be off."""
        self._intervals = intervals
        if self._rows:
            self.dataChanged.emit(self.index(0, AUC), self.index(len(self._rows) - 1, PRECISION))

    def set_brief(self, *, brief: bool) -> None:
        """Leave the intervals to the tool-tips, where there is little room."""
        if brief != self._brief:
            self._brief = brief
            self.retranslate()

    def set_pattern(self, pattern: str) -> None:
        """Show only classes whose names have this in them, whatever its case."""
        self._rearrange(pattern.strip().casefold(), self._sorted_by)

    def retranslate(self) -> None:
        """Tell views that headings and numbers read differently."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, IMAGES)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, IMAGES))

    def row_of(self, label: int) -> int:
        """Row of a class as shown; -1 if it is not shown."""
        return next((row for row, each in enumerate(self._rows) if each.label == label), -1)

    # -- for views ---------------------------------------------------------------------------------

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else IMAGES + 1

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        figure = row.figures[column - AUC] if column in {AUC, PRECISION} else math.nan
        side = Qt.AlignmentFlag.AlignLeft if column == LABEL else Qt.AlignmentFlag.AlignRight
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._hint(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return side | Qt.AlignmentFlag.AlignVCenter
        answers: dict[int, object] = {
            SHARE_ROLE: None if math.isnan(figure) else figure,
            LABEL_ROLE: row.label,
        }
        return answers.get(role)

    def _text(self, row: _Row, column: int) -> str:
        if column == LABEL:
            return row.name
        if column == IMAGES:
            return count_text(row.images)
        text = area_text(row.figures[column - AUC])
        ends = self._ends(row, column)
        if ends is None or self._brief:
            return text
        return f"{text} ({area_text(ends[0], 2)}–{area_text(ends[1], 2)})"

    def _ends(self, row: _Row, column: int) -> tuple[float, float] | None:
        """The 95 % interval of a figure; None if it has none."""
        if self._intervals is None:
            return None
        found = self._intervals
        both = found.roc_auc if column == AUC else found.average_precision
        low, high = (float(end) for end in both[row.label])
        return None if math.isnan(low) else (low, high)

    def _hint(self, row: _Row, column: int) -> str | None:
        """Why a figure or its interval is missing, or what the interval says."""
        if column in {LABEL, IMAGES}:
            return row.name if column == LABEL else None
        figure, ends = row.figures[column - AUC], self._ends(row, column)
        if math.isnan(figure):
            return (
                self.tr("There are no images of other classes to tell it from.")
                if row.images
                else self.tr("There are no images of this class, so there is nothing to tell.")
            )
        if ends is not None:
            return self.tr(
                "95 % interval: {low} to {high}. So far chance may have moved it, with this number "
                "of images."
            ).format(low=area_text(ends[0]), high=area_text(ends[1]))
        if self._intervals is None:
            return None
        return (
            self.tr("Without a single mistake, nobody can tell how much of it is chance.")
            if figure in {0.0, 1.0}
            else self.tr("Too few images to tell how far this may be off.")
        )

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the rows; classes without the figure come last, whatever the order.

        Args:
            column: Which; -1: in the order of the classes.
            order: Rising or falling.
        """
        self._rearrange(self._pattern, (column, order))

    def _rearrange(self, pattern: str, sorted_by: tuple[int, Qt.SortOrder]) -> None:
        """Change what is shown where; what was chosen stays so if it is still there."""
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        labels = [self._rows[index.row()].label for index in kept]
        self._pattern, self._sorted_by = pattern, sorted_by
        self._fill()
        rows = {each.label: row for row, each in enumerate(self._rows)}
        moved = [
            self.index(rows[label], index.column()) if label in rows else QModelIndex()
            for label, index in zip(labels, kept, strict=True)
        ]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    def _fill(self) -> None:
        rows = [row for row in self._all if self._pattern in row.name.casefold()]
        column, order = self._sorted_by
        falling = order is Qt.SortOrder.DescendingOrder
        if column == LABEL:
            rows.sort(key=lambda row: row.name.casefold(), reverse=falling)
        elif column == IMAGES:
            rows.sort(key=lambda row: row.images, reverse=falling)
        elif column >= AUC:
            rows.sort(key=lambda row: row.figures[column - AUC], reverse=falling)
            rows.sort(key=lambda row: math.isnan(row.figures[column - AUC]))
        elif falling:
            rows.reverse()
        self._rows = rows

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
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title
            case Qt.ItemDataRole.ToolTipRole:
                return hint
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _headings(self) -> tuple[tuple[str, str], ...]:
        return (
            (self.tr("Class"), self.tr("Kind of thing, as your folders are named")),
            (
                self.tr("AUC"),
                self.tr(
                    "Area under the ROC curve: of an image of the class and another one, how often "
                    "the first gets the higher score. 0.5 is guessing. In brackets: 95 % interval."
                ),
            ),
            (
                self.tr("Average precision"),
                self.tr(
                    "Mean precision while one image of the class after the other is found. "
                    "Guessing gives the share of the class. In brackets: 95 % interval."
                ),
            ),
            (self.tr("Images"), self.tr("Images of this class that were checked")),
        )
