"""The files an import could not use, with reasons and remedies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.models.problems import ProblemModel
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_2, SPACE_4, set_role
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

    from effnet_studio.engine.data.problems import Problem
    from effnet_studio.gui.theme import ThemeManager


_ROW: Final = 44
"""Least height of a row, pixels."""
_PADDING: Final = 32
"""Of a cell, left and right, pixels; rather too much than too little."""
_MEASURED: Final = 500
"""So many rows get the height of their texts; more would take too long."""


class _Table(QTableView):
    """Three columns that keep their shares of the width, and rows as high as their texts."""

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Measure columns and rows anew."""
        room = self.viewport().width()
        self.setColumnWidth(0, room * 28 // 100)
        self.setColumnWidth(1, room * 36 // 100)
        rows = self.model().rowCount()
        if rows <= _MEASURED:
            for row in range(rows):
                self.setRowHeight(row, self._height(row))

    def _height(self, row: int) -> int:
        """What the longest text of a row takes; Qt's own measure forgets the style's padding."""
        model, metrics = self.model(), self.fontMetrics()
        flags = Qt.TextFlag.TextWordWrap.value
        heights = [
            metrics.boundingRect(
                QRect(0, 0, max(1, self.columnWidth(column) - _PADDING), 10**4),
                flags,
                str(model.index(row, column).data()),
            ).height()
            for column in range(model.columnCount())
        ]
        return max(_ROW, max(heights) + SPACE_4)


class ProblemList(QWidget):
    """A table of files, reasons and hints, and a button that copies it.

    Args:
        theme: Tints the icon.
        parent: Qt's owner.
    """

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problem_list")
        self._problems = ProblemModel(self)
        self._note = Label(self)
        set_role(self._note, "muted")
        self._note.setWordWrap(True)
        self._copy = named(QPushButton(self), "problems_copy")
        theme.set_icon(self._copy, "copy", size=16)
        self._copy.clicked.connect(self._on_copy)
        self.table = named(_Table(self), "problem_table")
        self.table.setModel(self._problems)
        self.table.setTabKeyNavigation(False)  # else Tab never leaves the table
        set_role(self.table, "plain")
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        self.table.verticalHeader().setMinimumSectionSize(_ROW)
        self.table.verticalHeader().setDefaultSectionSize(64)
        top = QHBoxLayout()
        top.addWidget(self._note, 1)
        top.addWidget(self._copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_2)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        self._retranslate()

    def set_problems(self, problems: Sequence[Problem], folder: Path | None) -> None:
        """Show other remarks."""
        self._problems.set_problems(problems, folder)
        self.table.fit()

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._problems.as_text())
        self._copy.setText(self.tr("Copied"))

    def _retranslate(self) -> None:
        self._note.setText(
            self.tr("These are not used. Your files are as they were; nothing was changed.")
        )
        self.table.fit()
        self._copy.setText(self.tr("Copy list"))
        self.table.setAccessibleName(self.tr("Files that cannot be used"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
