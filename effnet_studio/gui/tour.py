"""The quiet tour: ticks in the sidebar and a note at its foot, until the user has had enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from effnet_studio.gui.models.tour import Journey, done_steps
from effnet_studio.gui.tour_keeper import TourKeeper
from effnet_studio.gui.widgets.tour_card import TourCard

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from effnet_studio.gui.session import Session
    from effnet_studio.gui.settings import Settings
    from effnet_studio.gui.theme import ThemeManager
    from effnet_studio.gui.widgets.sidebar import Sidebar


class Tour(QObject):
    """Shows the way where the sidebar has room; never takes the focus; switched off for good.

    Args:
        session: The open project.
        settings: Remembers whether the user wants to be guided.
        theme: Tints the icons.
        sidebar: Shows ticks and the note.
        action: Of the Help menu; switches the tour on and off.
    """

    def __init__(
        self,
        session: Session,
        settings: Settings,
        theme: ThemeManager,
        *,
        sidebar: Sidebar,
        action: QAction,
    ) -> None:
        super().__init__(sidebar)
        self._settings = settings
        self._sidebar = sidebar
        self._action = action
        self._keeper = TourKeeper(session, settings, self)
        self.card = TourCard(theme, sidebar)
        sidebar.set_foot(self.card)
        self.card.page_asked.connect(sidebar.page_chosen)
        self.card.dismissed.connect(self._on_dismissed)
        sidebar.current_changed.connect(self.card.set_page)
        self._keeper.changed.connect(self._show)
        action.setChecked(settings.tour)
        action.toggled.connect(self._on_toggled)
        settings.changed.connect(self._on_preference_changed)
        self._show(self._keeper.journey)

    @Slot()
    def _on_dismissed(self) -> None:
        self._action.setChecked(False)

    @Slot(bool)
    def _on_toggled(self, wanted: bool) -> None:  # noqa: FBT001 - Qt's signature
        self._settings.set_value("tour", wanted)

    @Slot(str)
    def _on_preference_changed(self, key: str) -> None:
        if key == "tour":
            self._action.setChecked(self._settings.tour)
            self._show(self._keeper.journey)

    @Slot(object)
    def _show(self, journey: Journey) -> None:
        wanted = self._settings.tour
        self._sidebar.want_foot(wanted)
        self._sidebar.set_done({step.value for step in done_steps(journey)} if wanted else set())
        self.card.set_journey(journey)
