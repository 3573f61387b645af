"""The navigation at the left: the project, and the pages in the order of the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_1, SPACE_3, SPACE_4, SPACE_5, set_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.gui.page_stack import PageSpec
    from effnet_studio.gui.theme import ThemeManager

_WIDTH = 196


class Sidebar(QFrame):
    """A column of exclusive buttons; arrow keys move between them.

    Args:
        pages: In the order of the work.
        asides: The pages beside the work, at the foot.
        theme: Tints the icons.
        parent: Qt's owner.
    """

    page_chosen = Signal(str)

    def __init__(
        self,
        pages: Sequence[PageSpec],
        asides: Sequence[PageSpec],
        theme: ThemeManager,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        set_role(self, "sidebar")
        self.setFixedWidth(_WIDTH)
        self._theme = theme
        self._icons = {page.key: page.icon for page in (*pages, *asides)}
        self._project = named(QLabel(self), "project_name")
        set_role(self._project, "strong")
        self._project.setTextFormat(Qt.TextFormat.PlainText)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_3, SPACE_5, SPACE_3, SPACE_4)
        layout.setSpacing(SPACE_1)
        self._project.setContentsMargins(SPACE_3, 0, 0, 0)
        layout.addWidget(self._project)
        layout.addSpacing(SPACE_4)
        for page in pages:
            layout.addWidget(self._make_button(page.key))
        layout.addStretch(1)
        for page in asides:
            layout.addWidget(self._make_button(page.key))

    def _make_button(self, key: str) -> QPushButton:
        button = named(QPushButton(self), f"nav_{key}")
        button.setCheckable(True)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        set_role(button, "nav")
        self._theme.set_icon(button, self._icons[key])
        button.clicked.connect(self._on_clicked)
        self._group.addButton(button)
        self._buttons[key] = button
        return button

    def set_project(self, name: str) -> None:
        """Show the project's name, shortened if need be."""
        room = _WIDTH - 2 * SPACE_3 - 2 * SPACE_3
        metrics = self._project.fontMetrics()
        self._project.setText(metrics.elidedText(name, Qt.TextElideMode.ElideRight, room))
        self._project.setToolTip(name)

    def set_text(self, key: str, text: str) -> None:
        """Name a page."""
        self._buttons[key].setText(text)
        self._buttons[key].setAccessibleName(text)

    def set_current(self, key: str) -> None:
        """Mark the page shown."""
        self._buttons[key].setChecked(True)
        for each, button in self._buttons.items():
            tone = "accent_text" if each == key else "muted"
            self._theme.set_icon(button, self._icons[each], tone=tone)

    @Slot()
    def _on_clicked(self) -> None:
        self.page_chosen.emit(self.sender().objectName().removeprefix("nav_"))
