"""The judged images as a table: a click on a heading sorts, the arrow keys move."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

from effnet_studio.gui.models.results import Order
from effnet_studio.gui.models.results_table import SHARE_ROLE, Column, ResultsTable
from effnet_studio.gui.theme import set_role
from effnet_studio.gui.widgets.share_bar_delegate import ShareBarDelegate

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from effnet_studio.gui.theme import ThemeManager

_ROW: Final = 52
_PICTURE: Final = 44
_WIDTHS: Final = {Column.CONFIDENCE: 108, Column.MARGIN: 84}
_MOST_REVIEW: Final = 150
"""Most that what people said takes, pixels."""
_NARROW_CONFIDENCE: Final = 88
_ROOMY: Final = 620
"""Tables narrower than this (pixels) leave out what is said by the panel beside them too."""
_NAMES: Final = 38
"""Least of a narrow table's width for the names, per cent."""
_NAME_SHARE: Final = 40
"""Of a wide table's room beside its figures for the names, per cent."""
_SHARED: Final = (Column.ANSWER, Column.SECOND)
"""They share what the other columns leave."""
_SPARED: Final = (Column.SECOND, Column.MARGIN, Column.REVIEW)


class ResultsTableView(QTableView):
    """One image a row; the current row is the image to look at.

    Args:
        model: The rows.
        theme: Colours.
        parent: Qt's owner.
    """

    row_chosen = Signal(int)
    """The row that became current by click or key."""
    order_asked = Signal(object)
    """The :class:`~.results.Order` that goes with a heading."""

    def __init__(self, model: ResultsTable, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("results_table")
        set_role(self, "plain")
        self._order = Order.GIVEN
        self.setModel(model)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setIconSize(QSize(_PICTURE, _PICTURE))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)  # else Tab never leaves the table
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegateForColumn(Column.CONFIDENCE, ShareBarDelegate(theme, SHARE_ROLE, self))
        rows, heads = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(_ROW)
        heads.setHighlightSections(False)
        heads.setSectionsClickable(True)
        heads.setResizeContentsPrecision(0)  # the rows in view, whenever some of thousands arrive
        for column in Column:
            mode = QHeaderView.ResizeMode.Fixed
            heads.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Stretch if column in _SHARED else mode
            )
            if column in _WIDTHS:
                heads.resizeSection(column, _WIDTHS[column])
        heads.sectionClicked.connect(self._on_heading)
        model.modelReset.connect(self._on_rows)
        model.rowsInserted.connect(self._on_rows)
        model.reviewed.connect(self._on_rows)
        self.selectionModel().currentRowChanged.connect(self._on_current)

    def set_order(self, order: Order) -> None:
        """Mark the heading that goes with an order."""
        self._order = order
        down = Qt.SortOrder.DescendingOrder
        marks = {
            Order.UNSURE: (Column.CONFIDENCE, Qt.SortOrder.AscendingOrder),
            Order.SURE: (Column.CONFIDENCE, down),
            Order.CLOSE: (Column.MARGIN, Qt.SortOrder.AscendingOrder),
            Order.CLASS: (Column.ANSWER, Qt.SortOrder.AscendingOrder),
            Order.NAME: (Column.NAME, Qt.SortOrder.AscendingOrder),
        }
        heads = self.horizontalHeader()
        heads.setSortIndicatorShown(order in marks)
        if order in marks:
            heads.setSortIndicator(*marks[order])

    @Slot(int)
    def _on_heading(self, section: int) -> None:
        """A second click turns the order round, or takes it back."""
        orders = {
            Column.NAME: Order.NAME,
            Column.ANSWER: Order.CLASS,
            Column.CONFIDENCE: Order.SURE if self._order is Order.UNSURE else Order.UNSURE,
            Column.MARGIN: Order.CLOSE,
        }
        order = orders.get(Column(section))
        if order is not None:
            self.order_asked.emit(Order.GIVEN if order is self._order else order)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.row_chosen.emit(current.row())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = event.size().width() < _ROOMY
        for column in _SPARED:
            self.setColumnHidden(column, narrow)
        slim = _NARROW_CONFIDENCE if narrow else _WIDTHS[Column.CONFIDENCE]
        self.horizontalHeader().resizeSection(Column.CONFIDENCE, slim)
        self._fit_names(event.size().width())
        super().resizeEvent(event)

    @Slot()
    def _on_rows(self) -> None:
        self._fit_names(self.viewport().width())

    def _fit_names(self, width: int) -> None:
        """Give names most of a wide table, and in a narrow one what the answers on view leave.

        Names give up their middle first, which tells least; but some of them must be left.
        """
        heads, review = self.horizontalHeader(), Column.REVIEW
        if not self.isColumnHidden(review):
            said = max(heads.sectionSizeHint(review), self.sizeHintForColumn(review))
            heads.resizeSection(review, min(said, _MOST_REVIEW))
            taken = sum(heads.sectionSize(column) for column in (*_WIDTHS, review))
            heads.resizeSection(Column.NAME, (width - taken) * _NAME_SHARE // 100)
            return
        left = width - _NARROW_CONFIDENCE - self.sizeHintForColumn(Column.ANSWER)
        heads.resizeSection(Column.NAME, min(max(left, width * _NAMES // 100), width // 2))
