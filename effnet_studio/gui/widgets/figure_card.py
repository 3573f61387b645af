"""A card with one large figure and what it means."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, set_role, set_tone


class FigureCard(QFrame):
    """Caption above, figure below, a caution beside it.

    Args:
        name: Object name; the figure's label is ``NAME_figure``.
        parent: Qt's owner.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        set_role(self, "card")
        self._caption = QLabel(self)
        set_role(self._caption, "caption")
        self._figure = named(QLabel(self), f"{name}_figure")
        set_role(self._figure, "figure")
        self._note = named(QLabel(self), f"{name}_note")
        set_role(self._note, "caption")
        set_tone(self._note, "warning")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_1)
        lower = QHBoxLayout()
        lower.setSpacing(SPACE_2)
        lower.addWidget(self._figure)
        lower.addWidget(self._note, 1, Qt.AlignmentFlag.AlignBottom)
        column.addWidget(self._caption)
        column.addLayout(lower)

    def set_texts(self, caption: str, figure: str, hint: str = "", *, note: str = "") -> None:
        """Set all texts.

        Args:
            caption: What the figure is.
            figure: The figure, as people write it.
            hint: Tool-tip.
            note: A caution beside the figure.
        """
        self._caption.setText(caption)
        self._figure.setText(figure)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.setToolTip(hint)
        self.setAccessibleName(f"{caption}: {figure} {note}".rstrip())
