"""Brings whoever asks to the right page of the guide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QWhatsThisClickedEvent
from typing_extensions import override

from effnet_studio.guide.library import FIRST, Guide

if TYPE_CHECKING:
    from effnet_studio.gui.main_window import MainWindow

GUIDE: Final = "guide"
"""Key of the guide among the pages of the window."""


class HelpDesk(QObject):
    """Answers F1 by the page that is shown, and help marks by the page they name.

    Args:
        window: The main window, with its pages and actions.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._shown = ""
        window.installEventFilter(self)
        window.stack.currentChanged.connect(self._on_page_changed)
        window.actions_by_key[GUIDE].triggered.connect(self._on_help)

    def open(self, page: str) -> None:
        """Show a page of the guide.

        Args:
            page: Its key in the guide.
        """
        from effnet_studio.gui.pages.guide import GuidePage

        self._window.show_page(GUIDE)
        shown = self._window.page(GUIDE)
        if isinstance(shown, GuidePage):
            shown.open(page)

    @Slot()
    def _on_page_changed(self) -> None:
        if self._window.current_key != GUIDE:
            self._shown = self._window.current_key

    @Slot()
    def _on_help(self) -> None:
        self.open(self._shown if Guide().has(self._shown) else FIRST)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WhatsThisClicked and isinstance(
            event, QWhatsThisClickedEvent
        ):
            self.open(event.href())
            return True
        return super().eventFilter(watched, event)
