"""The system's own notifications, by whatever this system offers."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QSystemTrayIcon

from effnet_studio.gui.icons import icon

if TYPE_CHECKING:
    from effnet_studio.gui.notices.desktop_bus import DesktopBus
    from effnet_studio.gui.theme import ThemeManager


class SystemNotifier(QObject):
    """Shows a line of news outside of the window; silent where the system offers no way.

    Linux desktops are asked over their session bus. Elsewhere, and where nobody answers there, an
    icon in the tray shows it; the icon goes when somebody comes back to the window.

    Args:
        theme: Colours the icon in the tray.
        parent: Qt's owner.
    """

    clicked = Signal()
    """The user clicked on the notification."""

    def __init__(self, theme: ThemeManager, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bus: DesktopBus | None = None
        self._tray: QSystemTrayIcon | None = None

    def notify(self, title: str, text: str = "") -> None:
        """Show news; returns at once.

        Args:
            title: One line.
            text: A second one; may be empty.
        """
        # Only now: the window does not wait for what most sessions never need.
        from effnet_studio.gui.notices.desktop_bus import DesktopBus, session_bus_path

        path = session_bus_path() if sys.platform == "linux" else ""
        if not path:
            self._show_in_tray(title, text)
            return
        if self._bus is None:
            self._bus = DesktopBus(path, self)
            self._bus.clicked.connect(self.clicked)
            self._bus.refused.connect(self._show_in_tray)
        self._bus.notify(title, text, self.tr("Show"))

    @Slot(str, str)
    def _show_in_tray(self, title: str, text: str) -> None:
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._icon(), self)
            self._tray.messageClicked.connect(self._on_clicked)
            app = QGuiApplication.instance()
            if isinstance(app, QGuiApplication):
                app.applicationStateChanged.connect(self._on_state_changed)
        self._tray.show()
        self._tray.showMessage(title, text or title, self._icon())

    def _icon(self) -> QIcon:
        return icon("bolt", self._theme.theme.accent, size=24)

    @Slot()
    def _on_clicked(self) -> None:
        self._hide_tray()
        self.clicked.emit()

    @Slot(object)
    def _on_state_changed(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self._hide_tray()

    def _hide_tray(self) -> None:
        if self._tray is not None:
            self._tray.hide()
