"""Who is told what, and where: history, notices in the window, notifications of the system."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from effnet_studio.gui.announcer import announce
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.jobs import JobState
from effnet_studio.gui.models.history_rows import outcome_mark
from effnet_studio.gui.notices.history import History, HistoryFile
from effnet_studio.gui.notices.notifier import SystemNotifier
from effnet_studio.gui.notices.outcome import (
    Outcome,
    detail_text,
    headline_text,
    outcome_of_error,
    outcome_of_job,
)
from effnet_studio.gui.notices.training_announcer import TrainingAnnouncer
from effnet_studio.gui.widgets.history_panel import HistoryPanel
from effnet_studio.gui.widgets.job_bar import QUIET, SHORT_SECONDS
from effnet_studio.gui.widgets.toast import ToastSpec
from effnet_studio.gui.widgets.toasts import ToastStack

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.page_stack import PageStack
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.settings import Settings
    from effnet_studio.gui.theme import ThemeManager
    from effnet_studio.gui.undo.history import Reversible
    from effnet_studio.gui.widgets.error_list import ErrorList
    from effnet_studio.gui.widgets.job_bar import JobBar

LONG_SECONDS: Final = 20.0
"""Whoever waits longer than this may be in another program."""

_UNRECORDED: Final = {QUIET, "open"}
"""Kinds of jobs that are no work of the user's."""


class Notices(QObject):
    """Tells how jobs ended, each in the place where the user is.

    Args:
        session: The open project and its jobs.
        settings: Whether the system may be asked to notify, and where the history is kept.
        theme: Colours and icons.
        area: What notices and the history lie upon.
        bar: The job bar at its foot.
        stack: Which page is shown.
        errors: What went wrong.
        clock: Seconds that only ever grow.
    """

    page_asked = Signal(str)
    """Key of the page to show."""

    def __init__(
        self,
        session: Session,
        settings: Settings,
        theme: ThemeManager,
        *,
        area: QWidget,
        bar: JobBar,
        stack: PageStack,
        errors: ErrorList,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(area)
        self._session, self._settings, self._clock = session, settings, clock
        self._area, self._bar, self._stack, self._errors = area, bar, stack, errors
        self._started: dict[Job, float] = {}
        self.history = History(session.jobs, HistoryFile(settings.history_file), self)
        self.panel = HistoryPanel(area, bar, theme)
        self.toasts = ToastStack(area, bar, theme)
        self.notifier = SystemNotifier(theme, self)
        TrainingAnnouncer(session, bar, clock=clock, parent=self)
        self._connect()

    def _connect(self) -> None:
        session = self._session
        session.jobs.job_started.connect(self._on_job_started)
        session.jobs.job_finished.connect(self._on_job_finished)
        session.project_changed.connect(self._on_project_changed)
        session.undo.undone.connect(self._on_undone)
        session.undo.redone.connect(self._on_redone)
        self._errors.error_shown.connect(self._on_error_shown)
        self._bar.history_asked.connect(self.toggle_history)
        self.history.changed.connect(self._on_history_changed)
        self.history.failed.connect(session.error_raised)
        self.panel.opened.connect(self._on_panel_opened)
        self.panel.closed.connect(self._on_panel_closed)
        self.panel.clear_asked.connect(self.history.clear)
        self.panel.page_asked.connect(self.page_asked)
        self.toasts.language_changed.connect(self._on_language_changed)
        self.toasts.acted.connect(self.page_asked)
        self.notifier.clicked.connect(self._on_notification_clicked)

    # -- for the window ------------------------------------------------------------------------

    @Slot()
    def toggle_history(self) -> None:
        """Show the history, or hide it again."""
        if self.panel.isHidden():
            self.panel.open_panel()
        else:
            self.panel.close_panel()

    @Slot()
    def go_to_latest(self) -> None:
        """Put the focus on the newest notice, else on what went wrong, else on the history."""
        if not self.toasts.take_focus() and not self._errors.take_focus():
            self.panel.open_panel()

    def tell(self, title: str, *, tone: str = "success", topic: str = "") -> None:
        """Confirm something small with a notice that goes away by itself.

        Args:
            title: One sentence, translated.
            tone: ``success``, ``warning``, ``danger`` or ``accent``.
            topic: A newer notice on the same topic takes its place.
        """
        self.toasts.show_toast(ToastSpec(title, tone=tone, topic=topic))

    # -- what happens --------------------------------------------------------------------------

    @Slot(object)
    def _on_job_started(self, job: Job) -> None:
        if job.kind not in _UNRECORDED:
            self._started[job] = self._clock()

    @Slot(object)
    def _on_job_finished(self, job: Job) -> None:
        started = self._started.pop(job, None)
        if started is None:
            return
        outcome = outcome_of_job(job, self._clock() - started, self._session.project)
        self.history.add(outcome)
        if outcome.seconds < SHORT_SECONDS and outcome.state is not JobState.FAILED:
            return
        if outcome.state is not JobState.CANCELLED:
            self._notify(outcome)
        self._tell_end(outcome, seen=job.error is not None and self._errors.error is job.error)

    def _tell_end(self, outcome: Outcome, *, seen: bool) -> None:
        """Tell of a job's end in the window.

        Args:
            outcome: How it ended.
            seen: Whether the panel of errors has told it already.
        """
        here = self._stack.current_key == outcome.page and bool(outcome.page)
        if outcome.state is JobState.CANCELLED or here or not self.panel.isHidden() or seen:
            if not seen:
                announce(self._bar, headline_text(outcome))
            return
        self.toasts.show_toast(self._spec(outcome))

    def _spec(self, outcome: Outcome) -> ToastSpec:
        show = self.tr("Show") if outcome.page else ""
        tone = outcome_mark(outcome)[1]
        return ToastSpec(
            headline_text(outcome), detail_text(outcome), tone, show, outcome.page, outcome
        )

    @Slot()
    def _on_language_changed(self) -> None:
        for toast in self.toasts.toasts:
            if isinstance(toast.spec.about, Outcome):
                toast.set_words(self._spec(toast.spec.about))

    def _notify(self, outcome: Outcome) -> None:
        if outcome.seconds < LONG_SECONDS or self._area.window().isActiveWindow():
            return
        QApplication.alert(self._area.window())
        if self._settings.notify:
            parts = (detail_text(outcome), outcome.project_name)
            self.notifier.notify(headline_text(outcome), "\n".join(part for part in parts if part))

    @Slot(object)
    def _on_undone(self, step: Reversible) -> None:
        """Say it: what changes may not be on the page shown, and the menu was not looked at."""
        text = self.tr("Undone: {what}").format(what=translate_message(step.text))
        self.tell(text, tone="accent", topic="undo")

    @Slot(object)
    def _on_redone(self, step: Reversible) -> None:
        text = self.tr("Done again: {what}").format(what=translate_message(step.text))
        self.tell(text, tone="accent", topic="undo")

    @Slot(object)
    def _on_error_shown(self, error: StudioError) -> None:
        """Keep failures that no job's entry will tell of."""
        if not any(job.error is error for job in self._started):
            self.history.add(outcome_of_error(error, self._session.project))

    @Slot()
    def _on_notification_clicked(self) -> None:
        window = self._area.window()
        if window.isMinimized():
            window.showNormal()
        window.raise_()
        window.activateWindow()

    # -- the history ---------------------------------------------------------------------------

    @Slot()
    def _on_panel_opened(self) -> None:
        self.history.load()
        self._on_history_changed()
        self.toasts.set_aside(self.panel.width())

    @Slot()
    def _on_panel_closed(self) -> None:
        self.toasts.set_aside(0)

    @Slot()
    def _on_history_changed(self) -> None:
        if not self.panel.isHidden():
            project = self._session.project
            self.panel.set_entries(self.history.entries, str(project.root) if project else "")

    @Slot()
    def _on_project_changed(self) -> None:
        self.toasts.clear()
        self.panel.close_panel()
