"""A small question mark beside a word: says in a sentence what it is, and opens its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal, Slot
from PySide6.QtGui import QWhatsThisClickedEvent
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QToolButton, QWidget
from typing_extensions import override

from effnet_studio.gui.i18n import current_language
from effnet_studio.gui.theme import SPACE_1, set_role
from effnet_studio.guide.library import Guide

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.gui.theme import ThemeManager

SIZE: Final = 16
PAGE_PROPERTY: Final = "help_page"
"""Property of a control: key of the page that F1 opens while it has the focus."""


class HelpMark(QToolButton):
    """Pressing it sends the key of a page of the guide to the main window.

    It travels as Qt's own event for a link in a help text, so that no widget in between needs to
    know of it; :class:`~effnet_studio.gui.help_desk.HelpDesk` takes it.

    Args:
        page: Key of the page of the guide, such as ``"concept-freezing"``.
        theme: Tints the icon.
        parent: Qt's owner.
    """

    asked = Signal(str)
    """Key of the page."""

    def __init__(self, page: str, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"help_{page}")
        self._page = page
        self._pages: tuple[str, ...] = ()
        set_role(self, "help")
        theme.set_icon(self, "help", size=SIZE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._on_clicked)
        self._retranslate()

    @property
    def page(self) -> str:
        """Key of the page it opens."""
        return self._page

    def follow(self, tabs: QTabBar, pages: Sequence[str]) -> None:
        """Open the page of the tab that is shown.

        Args:
            tabs: The bar.
            pages: Keys, in the order of the tabs.
        """
        self._pages = tuple(pages)
        tabs.currentChanged.connect(self._on_tab)
        self._on_tab(tabs.currentIndex())

    @Slot(int)
    def _on_tab(self, place: int) -> None:
        if 0 <= place < len(self._pages):
            self._page = self._pages[place]
            self._retranslate()

    @Slot()
    def _on_clicked(self) -> None:
        self.asked.emit(self._page)
        window = self.window()
        while (above := window.parentWidget()) is not None:
            window = above.window()  # a dialog stands over the main window
        QCoreApplication.sendEvent(window, QWhatsThisClickedEvent(self._page))

    def _retranslate(self) -> None:
        page = Guide().page(self._page, current_language())
        title, summary = (page.title, page.summary) if page else (self.tr("Guide"), "")
        self.setToolTip(summary or title)
        self.setAccessibleName(self.tr("What is this? {title}").format(title=title))
        self.setAccessibleDescription(summary)

    @override
    def changeEvent(self, arg__1: QEvent) -> None:
        super().changeEvent(arg__1)
        if arg__1.type() == QEvent.Type.LanguageChange:
            self._retranslate()


def help_row(subject: QWidget, mark: HelpMark) -> QHBoxLayout:
    """Put a mark right behind what it explains.

    Args:
        subject: A title or a bar of tabs.
        mark: Its mark.

    Returns:
        A row with both, and free room behind them.
    """
    if subject.focusPolicy() != Qt.FocusPolicy.NoFocus:
        QWidget.setTabOrder(subject, mark)
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SPACE_1)
    row.addWidget(subject)
    row.addWidget(mark)
    row.addStretch(1)
    return row
