"""A table of texts that is as high as its rows, for pages that scroll as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt, Slot
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget
from typing_extensions import override

from effnet_studio.gui.models.rows_table import RowsTableModel
from effnet_studio.gui.theme import set_role
from effnet_studio.gui.widgets.measured_table import MeasuredTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent, QWheelEvent

    from effnet_studio.gui.models.rows_table import Column


_PADDING: Final = 8
"""Of a cell in the style, with what Qt adds, pixels."""


class FullTable(MeasuredTable):
    """Rows are as high as their texts, the table as high as its rows.

    Args:
        name: Object name.
        stretched: Column that gets the free width; the others get what they need.
        parent: Qt's owner.
    """

    def __init__(self, name: str, stretched: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        set_role(self, "plain")
        self._rows = RowsTableModel(self)
        self.setModel(self._rows)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)  # else Tab never leaves the table
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows, heads = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        heads.setHighlightSections(False)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        heads.setStretchLastSection(False)
        self._stretched = stretched
        rows.sectionResized.connect(self._fit)

    def set_table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        """Show another table."""
        self._rows.set_table(columns, rows)
        heads = self.horizontalHeader()
        heads.setSectionResizeMode(self._stretched, QHeaderView.ResizeMode.Stretch)
        self.resizeRowsToContents()
        self._fit()

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The cells."""
        return self._rows.rows

    @Slot()
    def _fit(self) -> None:
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + self.verticalHeader().length() + 4)

    @override
    def sizeHintForRow(self, row: int) -> int:
        """As high as the text wraps in what the style's padding leaves: Qt leaves that out."""
        metrics, column = self.fontMetrics(), self._stretched
        # The texts of the others do not wrap: one of them is as high as all.
        usual = self.sizeHintForIndex(self._rows.index(row, int(column == 0))).height()
        room = QRect(0, 0, max(1, self.columnWidth(column) - 2 * _PADDING), 10_000)
        text = str(self._rows.index(row, column).data() or "")
        height = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text).height()
        return max(usual, height + 2 * _PADDING)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resizeRowsToContents()
        self._fit()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page around it scrolls
