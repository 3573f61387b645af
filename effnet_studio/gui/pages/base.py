"""What all pages have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.explained import Explained
from effnet_studio.gui.models.commands import button_commands
from effnet_studio.gui.restyler import hold_parts
from effnet_studio.gui.theme import SPACE_4, SPACE_5, SPACE_6
from effnet_studio.gui.widgets.help_mark import HelpMark
from effnet_studio.gui.widgets.page_header import PageHeader
from effnet_studio.guide.library import Guide

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from effnet_studio.gui.models.commands import Command
    from effnet_studio.gui.models.predict_items import Pasted
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager

_MADE: Final = object()


class Page(Explained, QWidget):
    """One tab of the window: a header, and a body laid out by the subclass.

    A subclass sets :attr:`key`, fills ``self.body`` in :meth:`_build_ui` (and sets object names and
    accessible names there), wires signals in :meth:`_connect`, and sets every text in
    :meth:`_retranslate`, which runs once at the end of construction and at each language change.

    Args:
        session: The open project.
        theme: Colours and icons.
        parent: Qt's owner.
        in_steps: Whether :meth:`make_on` is to make it, which a window does in turns of the event
            loop: all at once take up to 0.2 s.
    """

    key: ClassVar[str] = ""
    command_buttons: ClassVar[tuple[str, ...]] = ()
    """Names of the buttons that the command palette offers too."""

    navigation_asked = Signal(str)
    """Key of the page to show next, such as ``"train"``."""
    files_sent = Signal(str, object)
    """Key of the page to show next, and the files (a list of paths) it is to take."""

    def __init__(
        self,
        session: Session,
        theme: ThemeManager,
        parent: QWidget | None = None,
        *,
        in_steps: bool = False,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.theme = theme
        self.setObjectName(f"page_{self.key}")
        hold_parts(self)  # else what is in it was styled again when the page joins a window
        # The page itself takes the focus when it is shown: no control lights up unasked.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_6, SPACE_5, SPACE_6, SPACE_5)
        layout.setSpacing(SPACE_4)
        self.header = PageHeader(self)
        if Guide().has(self.key):
            self.header.set_help(HelpMark(self.key, theme, self.header))
        layout.addWidget(self.header)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(SPACE_4)
        layout.addLayout(self.body, 1)
        self._made = False
        self._steps = self._make()
        while not in_steps and self.make_on():
            pass

    def make_on(self) -> bool:
        """Do the next step of what makes the page.

        Returns:
            Whether it was not the last; until then nothing else may be asked of the page.
        """
        self._made = next(self._steps, _MADE) is _MADE
        return not self._made

    def _make(self) -> Iterator[None]:
        yield from self._build_ui() or ()
        yield
        self._connect()
        yield
        self._retranslate()

    def _build_ui(self) -> Iterator[None] | None:
        """Lay the page out; may do it in steps, each of which ends with a ``yield``."""

    def _connect(self) -> None:
        """Wire signals to methods."""

    def _retranslate(self) -> None:
        """Set every text anew."""

    def commands(self) -> list[Command]:
        """What the command palette offers on this page, beside its tabs."""
        return [
            command
            for name in self.command_buttons
            for button in self.findChildren(QPushButton, name)
            for command in button_commands(button, self)
        ]

    def drop_files(self, paths: list[Path]) -> bool:  # noqa: ARG002
        """Take files or folders dropped anywhere on the window while this page is shown.

        Args:
            paths: Local files and folders.

        Returns:
            Whether the page took them; if not, the window handles them.
        """
        return False

    def take_pasted(self, pasted: Sequence[Pasted]) -> bool:  # noqa: ARG002
        """Take images without a file dropped anywhere on the window while this page is shown.

        Args:
            pasted: From a browser, for instance.

        Returns:
            Whether the page took them; if not, the window handles them.
        """
        return False

    def set_drop_active(self, active: bool) -> None:  # noqa: FBT001 - a setter
        """Show that files are being dragged over the window.

        Args:
            active: False when they were dropped or went away.
        """

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._made:
            self._retranslate()
