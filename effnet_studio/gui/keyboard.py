"""Everything of the window for keyboards and screen readers: commands, shortcuts, roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

from effnet_studio.gui.accessible import install_roles
from effnet_studio.gui.command_source import CommandSource
from effnet_studio.gui.panes import PaneCycle
from effnet_studio.gui.widgets.command_palette import CommandPalette

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from effnet_studio.gui.main_window import MainWindow
    from effnet_studio.gui.models.commands import Command


class Keyboard(QObject):
    """Answers the actions ``find_command``, ``shortcuts``, ``next_part`` and ``previous_part``.

    Args:
        window: Owns this.
        parts: Of the window, in the order of reading, between which F6 moves.
    """

    def __init__(self, window: MainWindow, parts: Sequence[QWidget]) -> None:
        super().__init__(window)
        self._window = window
        install_roles()
        self._source = CommandSource(window)
        self.command_palette = CommandPalette(window.theme, window)
        self._panes = PaneCycle(parts, self)
        actions = window.actions_by_key
        actions["find_command"].triggered.connect(self.find_command)
        actions["shortcuts"].triggered.connect(self.show_shortcuts)
        actions["next_part"].triggered.connect(self._panes.go_on)
        actions["previous_part"].triggered.connect(self._panes.go_back)
        self.command_palette.command_chosen.connect(self._on_chosen)
        # Once the pages have their new texts too.
        self.command_palette.language_changed.connect(
            self._on_language_changed, Qt.ConnectionType.QueuedConnection
        )

    @Slot()
    def find_command(self) -> None:
        """Open the command palette, or close it again."""
        if self.command_palette.isVisible():
            self.command_palette.dismiss()
        else:
            recent = self._window.settings.recent_commands
            self.command_palette.open_with(self._source.commands(), recent)

    @Slot()
    def _on_language_changed(self) -> None:
        recent = self._window.settings.recent_commands
        self.command_palette.refill(self._source.commands(), recent)

    @Slot(object)
    def _on_chosen(self, command: Command) -> None:
        self._window.settings.remember_command(command.key)
        command.run()

    @Slot()
    def show_shortcuts(self) -> None:
        """Open the list of all keys, or come back to it."""
        from effnet_studio.gui.dialogs.shortcuts import ShortcutsDialog

        there = Qt.FindChildOption.FindDirectChildrenOnly
        for dialog in self._window.findChildren(ShortcutsDialog, options=there):
            if dialog.isVisible():
                dialog.raise_()
                dialog.activateWindow()
                return
        dialog = ShortcutsDialog(self._window.theme, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()
