"""Folders and how many images each gets or got."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

from effnet_studio.gui.models.rows_table import Column, RowsTableModel
from effnet_studio.gui.text import count_text

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROW: Final = 28
_NUMBERS: Final = 120
_LEAST: Final = 72
"""Height of the heading and a row, pixels."""


class FolderTable(QTableView):
    """Scrolls with a thousand classes; keeps its place while the numbers change.

    Args:
        name: Object name.
        parent: Qt's owner.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._counts: Sequence[tuple[str, int]] = ()
        self._rows = RowsTableModel(self)
        self.setModel(self._rows)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)  # else Tab never leaves the table
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(_LEAST)
        rows, heads = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(_ROW)
        heads.setHighlightSections(False)
        self._retranslate()

    def set_counts(self, counts: Sequence[tuple[str, int]]) -> None:
        """Show other numbers.

        Args:
            counts: Names of folders, and images in each.
        """
        self._counts = counts
        columns = (Column(self.tr("Folder"), number=False), Column(self.tr("Images")))
        self._rows.set_table(columns, [(name, count_text(images)) for name, images in counts])
        heads = self.horizontalHeader()
        heads.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        heads.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        heads.resizeSection(1, _NUMBERS)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Images in each folder"))
        self.set_counts(self._counts)
