"""The head of a page: title, one line of explanation, and actions at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from effnet_studio.gui.names import named
from effnet_studio.gui.theme import CONTROL_HEIGHT, SPACE_2, set_role
from effnet_studio.gui.widgets.label import Label


class PageHeader(QWidget):
    """Title and subtitle at the left; ``add_action`` puts widgets at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page_header")
        self._title = named(Label(self), "page_title")
        self._subtitle = named(Label(self), "page_subtitle")
        self._subtitle.setWordWrap(True)
        self._subtitle.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        set_role(self._title, "title")
        set_role(self._subtitle, "muted")
        self._first = QHBoxLayout()
        self._first.setSpacing(SPACE_2)
        self._first.addWidget(self._title)
        self._first.addStretch(1)
        self._first.addStrut(CONTROL_HEIGHT)  # what is below stays where it is without actions
        self._actions = QHBoxLayout()
        self._actions.setSpacing(SPACE_2)
        self._first.addLayout(self._actions)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._first)
        layout.addWidget(self._subtitle)  # across the whole page: beside many actions it is narrow

    def set_texts(self, title: str, subtitle: str = "") -> None:
        """Set both lines; an empty subtitle takes no room."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def set_help(self, mark: QWidget) -> None:
        """Put a help mark behind the title."""
        self._first.insertWidget(1, mark)

    def add_action(self, widget: QWidget) -> None:
        """Put a button or combo box at the right."""
        self._actions.addWidget(widget)
