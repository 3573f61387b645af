"""The menus of the window, made of the table of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup

from effnet_studio.gui import actions as table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QMenu, QMenuBar


class Menus(QObject):
    """Fills a menu bar in the order of the table.

    Args:
        bar: The window's.
        actions: By key.
    """

    def __init__(self, bar: QMenuBar, actions: Mapping[str, QAction]) -> None:
        super().__init__(bar)
        self._actions = actions
        self._menus: dict[str, QMenu] = {}
        groups: dict[str, QActionGroup] = {}
        for row in table.ACTIONS:
            if row.menu not in self._menus:
                above = self._menus.get(table.PARENTS.get(row.menu, ""))
                self._menus[row.menu] = (above or bar).addMenu("")
            if not row.key:
                self._menus[row.menu].addSeparator()
                continue
            action = actions[row.key]
            self._menus[row.menu].addAction(action)
            if row.group:
                groups.setdefault(row.group, QActionGroup(self)).addAction(action)

    def retranslate(self) -> None:
        """Set the titles of the menus and the texts of all actions anew."""
        table.retranslate(self._actions)
        for key, menu in self._menus.items():
            menu.setTitle(table.menu_text(key))
