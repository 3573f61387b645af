"""What takes a while to find out: not asked for yet, at work, or the board with what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.errors import ErrorPanel
from effnet_studio.gui.names import named
from effnet_studio.gui.restyler import hold_parts
from effnet_studio.gui.text import duration_text, rounded_remaining
from effnet_studio.gui.theme import SPACE_4
from effnet_studio.gui.widgets.empty_state import EmptyState
from effnet_studio.gui.widgets.work_card import WorkCard

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.theme import ThemeManager


class MadeView(QWidget):
    """The states, one at a time. A subclass makes the board and finds the words.

    Args:
        name: Begins the object names.
        icon: Of the state in which nothing is known yet.
        board: Shows what was found; the view takes it over.
        theme: Colours.
        parent: Qt's owner.
    """

    start_asked = Signal()
    seen = Signal()
    """It came on view."""

    def __init__(
        self, name: str, icon: str, board: QWidget, theme: ThemeManager, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_view")
        self._seconds: float | None = None
        self._error = ErrorPanel(theme, self)
        self._error.setObjectName(f"{name}_error")
        self._unmade = EmptyState(theme, icon, self)
        self._unmade.setObjectName(f"{name}_unmade")
        self._work = WorkCard(theme, self, name=f"{name}_work")
        self._states = named(QStackedWidget(self), f"{name}_states")
        self._found = board
        for state in (self._unmade, self._work, board):
            self._states.addWidget(state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_4)
        layout.addWidget(self._error)
        layout.addWidget(self._states, 1)
        for holder in (self, self._states):
            hold_parts(holder)
        self._unmade.action_clicked.connect(self.start_asked)

    def show_unmade(self) -> None:
        """Nothing is known yet."""
        self._seconds = None
        self._retranslate()
        self._states.setCurrentWidget(self._unmade)

    def set_startable(self, startable: bool) -> None:  # noqa: FBT001 - a setter
        """Let the user begin, or not while something else is under way."""
        self._unmade.action.setEnabled(startable)

    def set_seconds(self, seconds: float | None) -> None:
        """Say about how long it takes.

        Args:
            seconds: As measured; None: unknown.
        """
        self._seconds = seconds
        self._retranslate()

    def follow(self, job: Job) -> None:
        """Show the progress of a job."""
        self._error.clear()
        self._work.follow(job)
        self._states.setCurrentWidget(self._work)

    def show_found(self) -> None:
        """Show the board."""
        self._error.clear()
        self._states.setCurrentWidget(self._found)

    @Slot(object)
    def show_error(self, error: StudioError) -> None:
        """Say what went wrong, above whatever is on view."""
        self._error.show_error(error)

    def clear_error(self) -> None:
        """Take an earlier error away."""
        self._error.clear()

    def _words(self) -> tuple[str, str, str]:
        """Title, text and button of the state in which nothing is known yet."""
        raise NotImplementedError

    def _retranslate(self) -> None:
        title, text, action = self._words()
        if self._seconds is not None:
            action = self.tr("{action} (about {time})").format(
                action=action, time=duration_text(rounded_remaining(self._seconds))
            )
        self._unmade.set_texts(title, text, action=action)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.seen.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
