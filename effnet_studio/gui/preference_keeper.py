"""Lets each preference count the moment it is chosen, wherever that was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from effnet_studio.gui.motion import MotionKeeper
from effnet_studio.gui.network import apply_cache_folder, apply_network
from effnet_studio.gui.readable_language import install_readable_language
from effnet_studio.gui.turns import TurnTimer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QApplication

    from effnet_studio.gui.settings import Settings
    from effnet_studio.gui.theme import ThemeManager


class PreferenceKeeper(QObject):
    """Carries the settings out, and keeps the menus of the same choices in step with them.

    Args:
        app: For switching languages.
        settings: What the user chose.
        theme: Shows the chosen colours.
        actions: The window's, by key; ``theme_dark`` is a choice of the preference ``theme``.
        parent: Qt's owner.
    """

    failed = Signal(object)
    """A choice could not be carried out: a ``StudioError``."""

    _IN_MENUS = ("theme", "language")

    def __init__(
        self,
        app: QApplication,
        settings: Settings,
        theme: ThemeManager,
        actions: Mapping[str, QAction],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._app = app
        self._settings = settings
        self._theme = theme
        self._actions = actions
        for key, action in actions.items():
            if key.partition("_")[0] in self._IN_MENUS:
                action.triggered.connect(self._on_chosen_in_menu)
        for key in self._IN_MENUS:
            self._tick(key)
        self._latest = self._waiting = ""
        self._turn = TurnTimer(self)
        self._turn.timeout.connect(self._on_next_turn)
        settings.changed.connect(self._on_changed)
        MotionKeeper(app, settings, self)

    @Slot()
    def _on_chosen_in_menu(self) -> None:
        name = self.sender().objectName().removeprefix("action_")
        key, _, choice = name.partition("_")
        self._settings.set_value(key, choice)

    @Slot(str)
    def _on_changed(self, key: str) -> None:
        """Carry a choice out at once.

        Where colours and language change together, as they do when all is reset, the second waits
        for the next turn of the event loop: each has every text of the page in view drawn anew.
        """
        if key not in self._IN_MENUS:
            self._carry_out(key)
            return
        self._tick(key)
        if self._turn.isActive() and key != self._latest:
            self._waiting = key
        else:
            self._carry_out_alone(key)

    @Slot()
    def _on_next_turn(self) -> None:
        if self._waiting:
            key, self._waiting = self._waiting, ""
            self._carry_out_alone(key)

    def _carry_out_alone(self, key: str) -> None:
        self._latest = key
        self._carry_out(key)
        self._turn.start()

    def _carry_out(self, key: str) -> None:
        if key == "theme":
            self._theme.set_mode(self._settings.theme_mode)
        elif key == "language":
            unreadable = install_readable_language(self._app, self._settings.language)
            if unreadable is not None:
                self.failed.emit(unreadable)
        elif key in {"proxy", "mirror"}:
            apply_network(self._settings)
        elif key == "cache_folder":
            apply_cache_folder(self._settings)

    def _tick(self, key: str) -> None:
        self._actions[f"{key}_{self._settings.value(key)}"].setChecked(True)
