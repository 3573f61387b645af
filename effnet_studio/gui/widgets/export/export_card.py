"""A kind of file that can be made: what it is for, in plain words, and the button that makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_5, set_role

if TYPE_CHECKING:
    from effnet_studio.gui.theme import ThemeManager


class ExportCard(QFrame):
    """Icon, title, what it is for, and Export.

    Args:
        format_name: Value of the engine's ``ExportFormat``.
        icon: Name of the icon.
        theme: Tints the icon.
        parent: Qt's owner.
    """

    export_asked = Signal(str)
    """The format's name."""

    def __init__(
        self, format_name: str, icon: str, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._format = format_name
        self.setObjectName(f"export_card_{format_name}")
        set_role(self, "card")
        mark = QLabel(self)
        theme.set_icon(mark, icon, tone="accent_text", size=24)
        self._title = QLabel(self)
        set_role(self._title, "strong")
        self._text = QLabel(self)
        set_role(self._text, "muted")
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.button = named(QPushButton(self), f"export_{format_name}")
        set_role(self.button, "primary")
        self.button.clicked.connect(self._on_clicked)
        head = QHBoxLayout()
        head.setSpacing(SPACE_3)
        head.addWidget(mark)
        head.addWidget(self._title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_5, SPACE_4)
        column.setSpacing(SPACE_2)
        column.addLayout(head)
        column.addWidget(self._text)
        column.addStretch(1)
        column.addSpacing(SPACE_2)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.button)
        column.addLayout(row)

    def set_texts(self, title: str, text: str, button: str) -> None:
        """Set all texts."""
        self._title.setText(title)
        self._text.setText(text)
        self.button.setText(button)
        self.button.setAccessibleName(f"{button}: {title}")

    def _on_clicked(self) -> None:
        self.export_asked.emit(self._format)
