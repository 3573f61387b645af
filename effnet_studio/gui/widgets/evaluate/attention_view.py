"""Where a model looks in all images: not looked yet, at work, or the board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.errors import ErrorPanel
from effnet_studio.gui.names import named
from effnet_studio.gui.text import duration_text, rounded_remaining
from effnet_studio.gui.theme import SPACE_4
from effnet_studio.gui.widgets.empty_state import EmptyState
from effnet_studio.gui.widgets.evaluate.attention_board import AttentionBoard
from effnet_studio.gui.widgets.work_card import WorkCard

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.gui.jobs import Job, JobRunner
    from effnet_studio.gui.models.attention_cells import Looked
    from effnet_studio.gui.theme import ThemeManager


class AttentionView(QWidget):
    """The states, one at a time.

    Args:
        jobs: Gives the background threads.
        theme: Colours.
        parent: Qt's owner.
    """

    start_asked = Signal()
    seen = Signal()
    """It came on view."""

    def __init__(self, jobs: JobRunner, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("attention_view")
        self._images = 0
        self._seconds: float | None = None
        self._error = ErrorPanel(theme, self)
        self._error.setObjectName("attention_error")
        self._unmade = EmptyState(theme, "target", self)
        self._unmade.setObjectName("attention_unmade")
        self._work = WorkCard(theme, self)
        self.board = AttentionBoard(jobs, theme, self)
        self._states = named(QStackedWidget(self), "attention_states")
        for state in (self._unmade, self._work, self.board):
            self._states.addWidget(state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_4)
        layout.addWidget(self._error)
        layout.addWidget(self._states, 1)
        self._unmade.action_clicked.connect(self.start_asked)
        self._retranslate()

    def set_unmade(self, images: int) -> None:
        """Nothing is known yet of so many images."""
        self._images, self._seconds = images, None
        self._retranslate()
        self._states.setCurrentWidget(self._unmade)

    def set_startable(self, startable: bool) -> None:  # noqa: FBT001 - a setter
        """Let the user begin, or not while another look is under way."""
        self._unmade.action.setEnabled(startable)

    def set_seconds(self, seconds: float | None) -> None:
        """Say about how long a look takes.

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

    def set_looked(self, looked: Looked) -> None:
        """Show where the model looked."""
        self._error.clear()
        self.board.set_looked(looked)
        self._states.setCurrentWidget(self.board)

    @Slot(object)
    def show_error(self, error: StudioError) -> None:
        """Say what went wrong, above whatever is on view."""
        self._error.show_error(error)

    def clear_error(self) -> None:
        """Take an earlier error away."""
        self._error.clear()

    def _retranslate(self) -> None:
        action = self.tr("Look at all %n image(s)", "", self._images)
        if self._seconds is not None:
            action = self.tr("{action} (about {time})").format(
                action=action, time=duration_text(rounded_remaining(self._seconds))
            )
        self._unmade.set_texts(
            self.tr("Not looked yet"),
            self.tr(
                "For each image the app finds out which places spoke for the model's answer, and"
                " what the images of a class have in common: the thing itself, or something beside"
                " it that gives the class away."
            ),
            action=action,
        )

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.seen.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
