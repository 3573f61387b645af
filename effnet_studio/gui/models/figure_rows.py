"""All figures of an evaluation as a table, each with the range in which it probably lies."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from effnet_studio.engine.evaluation.measures.figure_words import FIGURES
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.models.class_report_table import SHARE_ROLE
from effnet_studio.gui.models.comparisons import figure_text

if TYPE_CHECKING:
    from effnet_studio.engine.evaluation.evaluate import Evaluation
    from effnet_studio.engine.evaluation.measures.bootstrap import Interval
    from effnet_studio.engine.evaluation.measures.intervals import Intervals

Index = QModelIndex | QPersistentModelIndex

FIGURE_ROLE: Final = Qt.ItemDataRole.UserRole + 4
"""Name of the row's figure, as in ``figure_words.FIGURES``."""


class FigureRows(QAbstractTableModel):
    """One row for each figure: what it is called, its value, its 95 % interval.

    Args:
        parent: Qt's owner.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._evaluation: Evaluation | None = None
        self._intervals: Intervals | None = None
        self._names: tuple[str, ...] = ()

    def set_evaluation(self, evaluation: Evaluation | None) -> None:
        """Show other figures, whose intervals are not known yet.

        Args:
            evaluation: Has the figures; None for none.
        """
        self.beginResetModel()
        self._evaluation, self._intervals = evaluation, None
        names = FIGURES if evaluation is not None else ()
        self._names = tuple(name for name in names if getattr(evaluation, name) is not None)
        self.endResetModel()

    def set_intervals(self, intervals: Intervals) -> None:
        """Show how sure the figures are.

        Args:
            intervals: Of the evaluation that is shown.
        """
        self._intervals = intervals
        if self._names:
            self.dataChanged.emit(self.index(0, 2), self.index(len(self._names) - 1, 2))

    def retranslate(self) -> None:
        """Tell views that all texts have changed."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 2)
        if self._names:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._names) - 1, 2))

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._names)

    @override
    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 3

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self._evaluation is None:
            return None
        name, column = self._names[index.row()], index.column()
        value = float(getattr(self._evaluation, name))
        match role:
            case Qt.ItemDataRole.DisplayRole:
                if column == 0:
                    return translate_message(FIGURES[name].title)
                return figure_text(name, value) if column == 1 else self._range(name)
            case Qt.ItemDataRole.ToolTipRole:
                return translate_message(FIGURES[name].hint)
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        shares = column == 1 and FIGURES[name].share
        return {SHARE_ROLE: value if shares else None, FIGURE_ROLE: name}.get(role)

    def _range(self, name: str) -> str:
        if self._intervals is None:
            return "…"
        found: Interval = getattr(self._intervals, name)
        if not (math.isfinite(found.low) and math.isfinite(found.high)):
            return self.tr("too few images")
        return self.tr("{low} to {high}").format(
            low=figure_text(name, found.low), high=figure_text(name, found.high)
        )

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return (self.tr("Figure"), self.tr("Value"), self.tr("95 % interval"))[section]
            case Qt.ItemDataRole.ToolTipRole if section == 2:
                return self.tr(
                    "With other images of the same kind the figure would probably lie in this "
                    "range. The fewer images, the wider it is."
                )
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None
