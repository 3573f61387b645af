"""How the window ends while something runs: it asks once, stops in good order, waits, then goes."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from effnet_studio.gui.errors import Banner
from effnet_studio.gui.lifecycle.closing_words import fate_of, is_resumable, names_itself
from effnet_studio.gui.names import named
from effnet_studio.gui.session import HARMLESS
from effnet_studio.gui.theme import set_role
from effnet_studio.gui.widgets.job_bar import QUIET

if TYPE_CHECKING:
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager


class _Wish(StrEnum):
    """What is to be left."""

    NOTHING = "nothing"
    PROJECT = "project"
    WINDOW = "window"


class Closing(QObject):
    """Says whether the window or the project may be left, and sees to it when it may not yet.

    Args:
        session: Has the jobs.
        theme: Tints the banner.
        parent: The window.

    Attributes:
        banner: Says what would become of what runs, with a button for either answer.
    """

    window_freed = Signal()
    """Nothing runs any more: the window may be closed."""
    project_freed = Signal()
    """Nothing works on the project any more: it may be closed."""

    def __init__(self, session: Session, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._wish = _Wish.NOTHING
        self._stopping = False
        self._build_ui(theme, parent)
        self._stop.clicked.connect(self._on_stop)
        self._keep.clicked.connect(self._on_keep)
        self.banner.language_changed.connect(self._retranslate)
        session.jobs.job_finished.connect(self._on_job_finished)
        self._retranslate()

    def _build_ui(self, theme: ThemeManager, parent: QWidget) -> None:
        self.banner = Banner(theme, "warning", parent)
        self.banner.setObjectName("close_banner")
        self.banner.set_closable(False)
        self._keep = named(QPushButton(self.banner), "close_not")
        self._stop = named(QPushButton(self.banner), "close_now")
        set_role(self._stop, "danger")
        self.banner.add_button(self._keep)
        self.banner.add_button(self._stop)

    # -- what is asked for ---------------------------------------------------------------------

    def may_close_window(self) -> bool:
        """Whether nothing runs; else the question is asked.

        Closing again answers it in the way that loses nothing: what can go on later is stopped in
        good order, anything else keeps running.
        """
        return self._may_leave(_Wish.WINDOW)

    def may_close_project(self) -> bool:
        """Whether nothing works on the project; else the question is asked, as for the window."""
        return self._may_leave(_Wish.PROJECT)

    @Slot()
    def close_unasked(self) -> None:
        """Stop everything in good order, then close the window: the system wants it to end."""
        self._wish = _Wish.WINDOW
        self._stop_all()

    def _may_leave(self, wish: _Wish) -> bool:
        busy = self._busy(wish)
        if not busy:
            return True
        if self._stopping:
            self._wish = wish
        elif self._wish is wish and self._safe(busy):
            self._stop_all()
        else:
            self._wish = wish
            self._retranslate()
            self._keep.setFocus()
        return False

    @Slot()
    def _on_stop(self) -> None:
        self._stop_all()

    @Slot()
    def _on_keep(self) -> None:
        self._wish = _Wish.NOTHING
        self._retranslate()

    # -- doing it ------------------------------------------------------------------------------

    def _busy(self, wish: _Wish) -> list[Job]:
        """The jobs that stand in the way."""
        passed = HARMLESS if wish is _Wish.PROJECT else {QUIET}
        return [job for job in self._session.jobs.jobs if job.running and job.kind not in passed]

    def _safe(self, jobs: list[Job]) -> bool:
        return all(is_resumable(job, self._session.training_events) for job in jobs)

    def _stop_all(self) -> None:
        self._stopping = True
        for job in self._busy(self._wish):
            job.suspend()
        self._retranslate()
        self._go_if_free()

    @Slot(object)
    def _on_job_finished(self, _job: Job) -> None:
        if self._wish is not _Wish.NOTHING:
            self._retranslate()
            self._go_if_free()

    def _go_if_free(self) -> None:
        if self._busy(self._wish):
            return
        wish, stopping = self._wish, self._stopping
        self._wish, self._stopping = _Wish.NOTHING, False
        self._retranslate()
        if stopping and wish is _Wish.WINDOW:
            self.window_freed.emit()
        elif stopping:
            self.project_freed.emit()

    # -- words ---------------------------------------------------------------------------------

    @Slot()
    def _retranslate(self) -> None:
        closes = self._wish is not _Wish.PROJECT
        self._keep.setText(self.tr("Keep running"))
        self._stop.setText(
            self.tr("Stop and close") if closes else self.tr("Stop and close the project")
        )
        for button in (self._keep, self._stop):
            button.setEnabled(not self._stopping)
        busy = self._busy(self._wish) if self._wish is not _Wish.NOTHING else []
        if not busy:
            self.banner.set_texts("")
        elif self._stopping:
            self.banner.set_texts(
                self.tr("Stopping, then closing…"), self.tr("This takes a moment at most.")
            )
        else:
            self.banner.set_texts(self._question(busy), self._fates(busy))

    def _question(self, jobs: list[Job]) -> str:
        if len(jobs) > 1:
            return self.tr("%n jobs are still running. Close anyway?", "", len(jobs))
        if jobs[0].kind == "train":
            return self.tr("Training is still running. Close anyway?")
        return self.tr("“{name}” is still running. Close anyway?").format(name=jobs[0].title)

    def _fates(self, jobs: list[Job]) -> str:
        events = self._session.training_events
        alone = len(jobs) == 1
        told = [
            fate_of(job, events)
            if alone or names_itself(job)
            else f"{job.title}: {fate_of(job, events)}"
            for job in jobs
        ]
        return "\n".join(dict.fromkeys(told))
