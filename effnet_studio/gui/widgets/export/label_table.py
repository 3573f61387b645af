"""A few rows of figures below headings, as labels: no scroll bars, nothing to select but text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_1, SPACE_4, set_role
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence


class LabelTable(QWidget):
    """The first column names the rows and stands left, the others stand right.

    Args:
        name: Object name.
        parent: Qt's owner.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._labels: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE_4)
        self._grid.setVerticalSpacing(SPACE_1)

    def set_table(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show other headings and rows; of each as many as before, or it is laid out anew."""
        texts = [*heads, *(cell for row in rows for cell in row)]
        if len(texts) != len(self._labels):
            self._lay_out(len(heads), len(rows))
        for label, text in zip(self._labels, texts, strict=True):
            label.setText(text)
        for number, row in enumerate(rows, start=1):
            for column in range(1, len(heads)):
                label = self._labels[number * len(heads) + column]
                label.setAccessibleName(f"{row[0]}, {heads[column]}: {row[column]}")

    def _lay_out(self, columns: int, rows: int) -> None:
        for label in self._labels:
            self._grid.removeWidget(label)
            label.deleteLater()
        self._labels = []
        for place in range(columns * (rows + 1)):
            row, column = divmod(place, columns)
            label = named(Label(self), f"{self.objectName()}_{row}_{column}")
            set_role(label, "" if row else "caption")
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            if row:
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                place_in_cell = side | Qt.AlignmentFlag.AlignVCenter
            else:  # a heading breaks where the figures below need less room than its words
                label.setWordWrap(True)
                label.setAlignment(side)
                place_in_cell = side | Qt.AlignmentFlag.AlignBottom
            self._grid.addWidget(label, row, column, place_in_cell)
            self._labels.append(label)
        self._grid.setColumnStretch(columns, 1)
