"""The navigation at the left: the project, and the pages in the order of the work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5, set_role
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtGui import QResizeEvent

    from effnet_studio.gui.page_stack import PageSpec
    from effnet_studio.gui.theme import ThemeManager

_WIDTH = 196
FOOT_ROOM: Final = 150
"""Height that a note at the foot may need, pixels."""


class Sidebar(QFrame):
    """A column of exclusive buttons; arrow keys move between them.

    Args:
        pages: In the order of the work.
        asides: The pages beside the work, at the foot.
        theme: Tints the icons.
        parent: Qt's owner.
    """

    page_chosen = Signal(str)
    current_changed = Signal(str)
    """Key of the page shown now."""

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
        self._project = named(Label(self), "project_name")
        set_role(self._project, "strong")
        self._project.setTextFormat(Qt.TextFormat.PlainText)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._ticks: dict[str, QLabel] = {}
        self._current = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_3, SPACE_5, SPACE_3, SPACE_4)
        layout.setSpacing(SPACE_1)
        self._project.setIndent(SPACE_3)
        layout.addWidget(self._project)
        layout.addSpacing(SPACE_4)
        for page in pages:
            layout.addWidget(self._make_button(page.key))
        layout.addStretch(1)
        self._foot: QWidget | None = None
        self._foot_wanted = False
        self._foot_place = layout.count()
        for page in asides:
            layout.addWidget(self._make_button(page.key))

    def _make_button(self, key: str) -> QPushButton:
        button = named(QPushButton(self), f"nav_{key}")
        button.setCheckable(True)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        set_role(button, "nav")
        self._theme.set_icon(button, self._icons[key])
        button.clicked.connect(self._on_clicked)
        tick = named(Label(button), f"done_{key}")
        tick.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme.set_icon(tick, "check", tone="success", size=16)
        tick.hide()
        inside = QHBoxLayout(button)
        inside.setContentsMargins(0, 0, SPACE_3, 0)
        inside.addStretch(1)
        inside.addWidget(tick)
        self._ticks[key] = tick
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
        self._name(key)

    def _name(self, key: str) -> None:
        done = not self._ticks[key].isHidden()
        text = self._buttons[key].text()
        self._buttons[key].setAccessibleName(text)
        self._buttons[key].setAccessibleDescription(self.tr("Done") if done else "")

    def set_done(self, keys: Collection[str]) -> None:
        """Put a tick at the pages where the work is done."""
        for key, tick in self._ticks.items():
            tick.setHidden(key not in keys)
            self._name(key)

    def set_foot(self, widget: QWidget) -> None:
        """Put something above the pages beside the work; shown only where there is room for it."""
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(self._foot_place, widget)
            layout.insertSpacing(self._foot_place + 1, SPACE_2)
        self._foot = widget
        self._fit_foot()

    def want_foot(self, wanted: bool) -> None:  # noqa: FBT001 - a setter
        """Show what was put there, or not."""
        self._foot_wanted = wanted
        self._fit_foot()

    def _fit_foot(self) -> None:
        if self._foot is not None:
            rows = (button.sizeHint().height() + SPACE_1 for button in self._buttons.values())
            room = self.height() - self._project.sizeHint().height() - sum(rows)
            around = SPACE_5 + 2 * SPACE_4 + SPACE_2
            self._foot.setVisible(self._foot_wanted and room - around >= FOOT_ROOM)
            layout = self.layout()
            if layout is not None:
                layout.activate()  # else what has just been shown lies over the top for a moment

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_foot()

    def set_current(self, key: str) -> None:
        """Mark the page shown."""
        self._buttons[key].setChecked(True)
        if key != self._current:
            for each, tone in ((self._current, "muted"), (key, "accent_text")):
                if each:
                    self._theme.set_icon(self._buttons[each], self._icons[each], tone=tone)
            self._current = key
        self.current_changed.emit(key)

    @Slot()
    def _on_clicked(self) -> None:
        self.page_chosen.emit(self.sender().objectName().removeprefix("nav_"))
