"""A row of figures, each with what it is above and what it is compared with below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from effnet_studio.gui.theme import SPACE_1, SPACE_4, set_role
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

Figure = tuple[str, str, str, str]
"""Caption, figure, note, and tool-tip."""


class FigureCells(QWidget):
    """So many figures side by side.

    Args:
        count: How many.
        parent: Qt's owner.
    """

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells = [(Label(self), Label(self), Label(self)) for _ in range(count)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_4)
        for caption, figure, note in self._cells:
            set_role(caption, "caption")
            set_role(figure, "strong")
            set_role(note, "caption")
            cell = QVBoxLayout()
            cell.setSpacing(SPACE_1)
            for label in (caption, figure, note):
                label.setWordWrap(label is not figure)
                cell.addWidget(label)
            cell.addStretch(1)
            row.addLayout(cell, 1)

    def set_figures(self, figures: Sequence[Figure]) -> None:
        """Show other figures, as many as there are cells."""
        for labels, (caption, figure, note, hint) in zip(self._cells, figures, strict=True):
            for label, text in zip(labels, (caption, figure, note), strict=True):
                label.setText(text)
                label.setToolTip(hint)
            labels[1].setAccessibleName(f"{caption}: {figure} {note}".rstrip())
