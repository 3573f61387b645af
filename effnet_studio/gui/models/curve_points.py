"""The points of a class's curves as rows, made as they are scrolled into view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from effnet_studio.gui.text import count_text, percent_text, threshold_text

if TYPE_CHECKING:
    from effnet_studio.engine.evaluation.curves.curves import ThresholdCounts

Index = QModelIndex | QPersistentModelIndex

_COLUMNS: Final = 7


class CurvePointsTable(QAbstractTableModel):
    """One row for each threshold, the highest first.

    Args:
        parent: Qt's owner.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._counts: ThresholdCounts | None = None
        self._shares = np.empty((0, 3))

    def set_counts(self, counts: ThresholdCounts | None) -> None:
        """Show the curves of another class; None: of none."""
        self.beginResetModel()
        self._counts = counts
        if counts is None:
            self._shares = np.empty((0, 3))
        else:
            self._shares = np.stack(
                [counts.precision, counts.recall, counts.false_positive_rate], axis=1
            )
        self.endResetModel()

    def retranslate(self) -> None:
        """Tell views that the headings have changed."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, _COLUMNS - 1)

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shares)

    @override
    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else _COLUMNS

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        counts = self._counts
        if not index.isValid() or counts is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        row, column = index.row(), index.column()
        if column == 0:
            return threshold_text(float(counts.thresholds[row]))
        if column <= 3:
            share = float(self._shares[row, column - 1])
            return "–" if np.isnan(share) else percent_text(share)
        found, false = int(counts.found[row]), int(counts.false_alarms[row])
        return count_text((found, false, counts.positives - found)[column - 4])

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
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
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _headings(self) -> tuple[tuple[str, str], ...]:
        return (
            (self.tr("Threshold"), self.tr("What is at least as likely is taken for the class")),
            (self.tr("Precision"), self.tr("Of what is taken for the class, how much is right")),
            (self.tr("Recall"), self.tr("Of the images of the class, how many are found")),
            (
                self.tr("FPR"),
                self.tr("False positive rate: of the other images, how many are taken for it"),
            ),
            (self.tr("TP"), self.tr("True positives: images of the class that are taken for it")),
            (self.tr("FP"), self.tr("False positives: other images that are taken for it")),
            (self.tr("FN"), self.tr("False negatives: images of the class that are missed")),
        )
