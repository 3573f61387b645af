"""A place that asks for a folder: dashed frame, picture, sentence and buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_5, SPACE_6, repolish, set_role

if TYPE_CHECKING:
    from effnet_studio.gui.theme import ThemeManager


class DropArea(QFrame):
    """Shows where things can be dropped; the window itself takes the drop, wherever it lands.

    Args:
        theme: Tints the icons.
        icon: Name of the picture.
        parent: Qt's owner.
    """

    def __init__(self, theme: ThemeManager, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drop_area")
        set_role(self, "drop")
        self._theme = theme
        mark = QLabel(self)
        mark.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        theme.set_icon(mark, icon, tone="accent_text", size=40)
        self._title = named(QLabel(self), "drop_title")
        self._text = named(QLabel(self), "drop_text")
        set_role(self._title, "strong")
        set_role(self._text, "muted")
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(SPACE_2)
        self._buttons.addStretch(1)
        self._buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_5, SPACE_6, SPACE_5, SPACE_6)
        layout.setSpacing(SPACE_3)
        layout.addStretch(1)
        layout.addWidget(mark)
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        layout.addSpacing(SPACE_4)
        layout.addLayout(self._buttons)
        layout.addStretch(1)

    def add_button(self, name: str, icon: str, *, primary: bool = False) -> QPushButton:
        """Add a button at the right of those there are.

        Args:
            name: Its object name.
            icon: Its icon.
            primary: Whether it is the one main action.

        Returns:
            The button, without text yet.
        """
        button = named(QPushButton(self), name)
        if primary:
            set_role(button, "primary")
        self._theme.set_icon(button, icon, tone="on_accent" if primary else "muted")
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        return button

    def set_texts(self, title: str, text: str) -> None:
        """Set both lines."""
        self._title.setText(title)
        self._text.setText(text)
        self.setAccessibleName(title)

    def set_active(self, active: bool) -> None:  # noqa: FBT001 - a setter
        """Light up while something is dragged over the window."""
        self.setProperty("active", active)
        repolish(self)
