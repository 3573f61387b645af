"""A place that asks for a folder: dashed frame, picture, sentence and buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from effnet_studio.gui.names import named
from effnet_studio.gui.theme import (
    SPACE_1,
    SPACE_2,
    SPACE_3,
    SPACE_4,
    SPACE_5,
    SPACE_6,
    repolish,
    set_role,
)
from effnet_studio.gui.widgets.label import Label

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
        self._compact = False
        mark = Label(self)
        mark.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        theme.set_icon(mark, icon, tone="accent_text", size=40)
        self._title = named(Label(self), "drop_title")
        self._text = named(Label(self), "drop_text")
        set_role(self._title, "strong")
        set_role(self._text, "muted")
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
        self._note = named(Label(self), "drop_note")
        set_role(self._note, "caption")
        self._note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._note.setWordWrap(True)
        self._note.hide()
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(SPACE_2)
        self._buttons.addStretch(1)
        self._buttons.addStretch(1)
        layout = QVBoxLayout(self)
        self._layout = layout
        layout.setContentsMargins(SPACE_5, SPACE_6, SPACE_5, SPACE_6)
        layout.setSpacing(SPACE_3)
        layout.addStretch(1)
        layout.addWidget(mark)
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        self._gap = QSpacerItem(0, SPACE_4)
        layout.addSpacerItem(self._gap)
        layout.addLayout(self._buttons)
        layout.addWidget(self._note)
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

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001 - a setter
        """Take less room, for the sake of what stands below; the note goes."""
        edge = SPACE_4 if compact else SPACE_6
        self._layout.setContentsMargins(SPACE_5, edge, SPACE_5, edge)
        self._layout.setSpacing(SPACE_2 if compact else SPACE_3)
        self._gap.changeSize(0, SPACE_1 if compact else SPACE_4)
        self._compact = compact
        self.set_note(self._note.text())

    def set_note(self, text: str) -> None:
        """Add a line below the buttons."""
        self._note.setText(text)
        self._note.setHidden(self._compact or not text)

    def set_texts(self, title: str, text: str) -> None:
        """Set both lines."""
        self._title.setText(title)
        self._text.setText(text)
        self.setAccessibleName(title)

    def set_active(self, active: bool) -> None:  # noqa: FBT001 - a setter
        """Light up while something is dragged over the window."""
        self.setProperty("active", active)
        repolish(self)
