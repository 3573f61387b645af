"""What pages beside the work have in common: settings, help, the report on this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QToolButton, QWidget
from typing_extensions import override

from effnet_studio.gui.names import named
from effnet_studio.gui.pages.base import Page
from effnet_studio.gui.theme import set_role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from effnet_studio.gui.session import Session
    from effnet_studio.gui.settings import Settings
    from effnet_studio.gui.theme import ThemeManager


class AsidePage(Page):
    """A page that is open with and without a project; Esc leads back to the page before.

    Args:
        session: The open project, if any.
        theme: Colours and icons.
        settings: What is remembered between starts.
        parent: Qt's owner.
        in_steps: As for other pages.
    """

    left = Signal()
    """The user is done here."""
    action_asked = Signal(str)
    """Key of an action of the window, such as ``"weights"``, that a button here stands for."""

    def __init__(
        self,
        session: Session,
        theme: ThemeManager,
        settings: Settings,
        parent: QWidget | None = None,
        *,
        in_steps: bool = False,
    ) -> None:
        self.settings = settings
        super().__init__(session, theme, parent, in_steps=in_steps)

    @override
    def _make(self) -> Iterator[None]:
        yield from super()._make()
        self._back = named(QToolButton(self), "aside_back")
        set_role(self._back, "ghost")
        self.theme.set_icon(self._back, "close")
        self._back.clicked.connect(self.left)
        self.header.add_action(self._back)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.left)
        self._name_back()

    def _name_back(self) -> None:
        self._back.setToolTip(self.tr("Close (Esc)"))
        self._back.setAccessibleName(self.tr("Close this page"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._made:
            self._name_back()
