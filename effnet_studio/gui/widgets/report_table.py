"""A table of names and figures whose rows open something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

from effnet_studio.gui.models.class_report_table import SHARE_ROLE
from effnet_studio.gui.theme import set_role
from effnet_studio.gui.widgets.share_bar_delegate import ShareBarDelegate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.gui.theme import ThemeManager

_ROW_HEIGHT = 38


class ReportTable(QTableView):
    """Names share the free width, figures have fixed ones; sorted by a click on a heading.

    Args:
        name: Object name.
        model: Gives ``SHARE_ROLE`` and sorts itself.
        widths: Of the columns, pixels; 0 for a share of the free width.
        theme: Colours.
        parent: Qt's owner.
    """

    def __init__(
        self,
        name: str,
        model: QAbstractTableModel,
        widths: Sequence[int],
        theme: ThemeManager,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        set_role(self, "plain")
        self.setModel(model)
        self.setItemDelegate(ShareBarDelegate(theme, SHARE_ROLE, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSortingEnabled(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # else Tab never leaves the table
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setMinimumSectionSize(48)
        for column, width in enumerate(widths):
            if width:
                self.setColumnWidth(column, width)
            else:
                heads.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def sort(self, column: int, order: Qt.SortOrder) -> None:
        """Sort the rows; column -1: as the model has them."""
        self.sortByColumn(column, order)

    @override
    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:
        """Nothing is typed here; a scroll area around would go to the current row, far below."""
        return QWidget.inputMethodQuery(self, query)

    def index_at(self, row: int) -> QModelIndex:
        """First cell of a row, as shown."""
        return self.model().index(row, 0)

    def as_text(self) -> str:
        """The whole table as shown: cells divided by tabs, rows by line breaks."""
        model = self.model()
        columns = range(model.columnCount())
        lines = [[model.headerData(column, Qt.Orientation.Horizontal) for column in columns]]
        lines += [
            [model.index(row, column).data() for column in columns]
            for row in range(model.rowCount())
        ]
        return "".join("\t".join(map(str, line)) + "\n" for line in lines)
