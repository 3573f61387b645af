"""An export under way: its steps, what it does just now, and what was tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.events import ExportStep
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.models.export_state import ExportState, Mark, advance, begin
from effnet_studio.gui.models.step_words import step_note, step_title
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, set_role, set_tone
from effnet_studio.gui.widgets.busy_bar import BusyBar
from effnet_studio.gui.widgets.elided_label import ElidedLabel
from effnet_studio.gui.widgets.export.attempts_card import AttemptsCard
from effnet_studio.gui.widgets.job_bar import progress_share, progress_text
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from effnet_studio.engine.events import Event
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.theme import ThemeManager

_LOOKS: Final = {
    Mark.WAITING: ("circle", "faint"),
    Mark.CURRENT: ("circle-dot", "accent_text"),
    Mark.DONE: ("check-circle", "success"),
}
"""Icon and its colour."""
_FULL: Final = 1000


class _StepRow(QWidget):
    """A mark and what is done."""

    def __init__(self, step: ExportStep, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._step = step
        self._theme = theme
        self._mark: Mark | None = None
        self._icon = Label(self)
        self._title = named(Label(self), f"step_{step}")
        self._title.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_3)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._title, 1)
        self.set_mark(Mark.WAITING)

    def set_mark(self, mark: Mark) -> None:
        """Show how far the step is."""
        if mark is self._mark:
            return
        self._mark = mark
        icon, tone = _LOOKS[mark]
        self._theme.set_icon(self._icon, icon, tone=tone, size=18)
        set_tone(self._title, "accent" if mark is Mark.CURRENT else "")
        set_role(self._title, "muted" if mark is Mark.WAITING else "")
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text anew."""
        states = {
            Mark.WAITING: self.tr("waiting"),
            Mark.CURRENT: self.tr("at work"),
            Mark.DONE: self.tr("done"),
            None: "",
        }
        self._title.setText(step_title(self._step))
        self._title.setAccessibleName(f"{step_title(self._step)}: {states[self._mark]}")


class ExportWork(QWidget):
    """Follows one job; recipes that were tried stand beside the steps as they come.

    Args:
        theme: Tints the icons.
        parent: Qt's owner.
    """

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export_work")
        self._theme = theme
        self._job: Job | None = None
        self._state = ExportState()
        self._budget_points = 0.0
        self._rows: dict[ExportStep, _StepRow] = {}
        self._build_ui()
        self._stop.clicked.connect(self._on_stop)
        self._retranslate()

    def _build_ui(self) -> None:
        card = QFrame(self)
        set_role(card, "card")
        self._title = named(Label(card), "work_title")
        set_role(self._title, "strong")
        self._title.setWordWrap(True)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(SPACE_3)
        for step in ExportStep:
            row = self._rows[step] = _StepRow(step, self._theme, card)
            self._steps.addWidget(row)
        self._bar = named(BusyBar(card), "work_bar")
        self._bar.setTextVisible(False)
        self._note = ElidedLabel("work_note", card)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._detail = ElidedLabel("work_detail", card)
        for label in (self._note, self._detail):
            set_role(label, "caption")
        self._stop = named(QPushButton(card), "work_stop")
        self._theme.set_icon(self._stop, "stop", size=16)
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_2)
        column.addWidget(self._title)
        column.addSpacing(SPACE_2)
        column.addLayout(self._steps)
        column.addSpacing(SPACE_3)
        column.addStretch(1)
        column.addWidget(self._bar)
        column.addWidget(self._note)
        foot = QHBoxLayout()
        foot.addWidget(self._detail, 1)
        foot.addWidget(self._stop)
        column.addLayout(foot)
        self._tried = AttemptsCard(self._theme, self, narrow=True)
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(SPACE_4)
        both.addWidget(card, 1)
        both.addWidget(self._tried, 1)

    @property
    def state(self) -> ExportState:
        """Where the export stands."""
        return self._state

    def follow(self, job: Job, *, rounds: bool, budget_points: float) -> None:
        """Show the progress of a job until it ends.

        Args:
            job: Exports a model.
            rounds: Whether ways to round the model are tried.
            budget_points: Accuracy that the file may then lose, percentage points.
        """
        self._job, self._budget_points = job, budget_points
        self._state = begin(rounds=rounds)
        self._title.setText(job.title)
        self._bar.setAccessibleName(job.title)
        self._stop.setEnabled(True)
        job.event_received.connect(self.take_event)
        job.finished.connect(self._on_finished)
        self._show_tried()
        self._show_state()

    @Slot(object)
    def take_event(self, event: Event) -> None:
        """Show what the job says."""
        tried = self._state.tried
        self._state = advance(self._state, event)
        if self._state.tried is not tried:
            self._show_tried()
        self._show_state()

    @Slot()
    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._stop.setEnabled(False)
            self._show_state()

    @Slot()
    def _on_finished(self) -> None:
        self._job = None

    def _show_tried(self) -> None:
        self._tried.setVisible(ExportStep.ROUND in self._state.steps)
        self._tried.set_attempts(self._state.tried, budget_points=self._budget_points)

    def _show_state(self) -> None:
        state = self._state
        for step, row in self._rows.items():
            row.setVisible(step in state.steps)
            row.set_mark(state.mark(step) if step in state.steps else Mark.WAITING)
        progress = state.progress
        share = None if progress is None else progress_share(progress)
        self._bar.setRange(0, 0 if share is None else _FULL)
        self._bar.setValue(round(_FULL * (share or 0.0)))
        if self._job is not None and self._job.cancelling:
            note = self.tr("Stopping as soon as this can be left…")
        elif state.note is not None:
            note = translate_message(state.note)
        elif state.current is not None:
            note = step_note(state.current, tried=bool(state.tried))
        else:
            note = self.tr("Getting ready…")
        self._note.set_whole(note)
        self._detail.set_whole("" if progress is None else progress_text(progress))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        if self._job is not None:
            self._title.setText(self._job.title)
        self._stop.setText(self.tr("Stop"))
        self._stop.setAccessibleName(self._stop.text())
        for row in self._rows.values():
            row.retranslate()
        self._show_state()
