"""Brings whoever asks to the right page of the guide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QWhatsThisClickedEvent
from typing_extensions import override

from effnet_studio.gui.widgets.help_mark import PAGE_PROPERTY
from effnet_studio.guide.library import FIRST, Guide

if TYPE_CHECKING:
    from effnet_studio.gui.main_window import MainWindow
    from effnet_studio.gui.pages.base import Page

GUIDE: Final = "guide"
"""Key of the guide among the pages of the window."""


class HelpDesk(QObject):
    """Answers F1 by the page about what is shown, and help marks by the page they name.

    Args:
        window: The main window, with its pages and actions; it shows pages by its actions only
            afterwards, when nobody can tell any more where the focus was.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._wanted = ""
        window.installEventFilter(self)
        window.stack.page_made.connect(self._tell)
        window.actions_by_key[GUIDE].triggered.connect(self._on_help)

    def open(self, page: str) -> None:
        """Show a page of the guide.

        Args:
            page: Its key in the guide.
        """
        self._wanted = page
        self._window.show_page(GUIDE)
        self._tell(self._window.stack.made_pages().get(GUIDE))

    @Slot(object)
    def _tell(self, made: Page | None) -> None:
        """Have the page that was asked for opened, once the guide itself has been made."""
        if not self._wanted or made is None or made.key != GUIDE:
            return
        from effnet_studio.gui.pages.guide import GuidePage

        if isinstance(made, GuidePage):
            made.open(self._wanted)
        self._wanted = ""

    @Slot()
    def _on_help(self) -> None:
        shown = self._window.current_key
        if shown == GUIDE:
            return
        focused = self._window.focusWidget()
        about = focused.property(PAGE_PROPERTY) if focused is not None else None
        self.open(next((key for key in (about, shown) if key and Guide().has(key)), FIRST))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WhatsThisClicked and isinstance(
            event, QWhatsThisClickedEvent
        ):
            self.open(event.href())
            return True
        return super().eventFilter(watched, event)
