"""A card with one large figure and what it means."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_1, SPACE_3, SPACE_4, set_role


class FigureCard(QFrame):
    """Caption above, figure below.

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
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_1)
        column.addWidget(self._caption)
        column.addWidget(self._figure)

    def set_texts(self, caption: str, figure: str, hint: str = "") -> None:
        """Set all texts.

        Args:
            caption: What the figure is.
            figure: The figure, as people write it.
            hint: Tool-tip.
        """
        self._caption.setText(caption)
        self._figure.setText(figure)
        self.setToolTip(hint)
        self.setAccessibleName(f"{caption}: {figure}")
