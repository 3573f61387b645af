"""What the user does with runs on disk, done in the background, one thing after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from effnet_studio.gui.contents import read_runs

if TYPE_CHECKING:
    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.session import Session

Change = Callable[["Project"], object]


class RunKeeper(QObject):
    """Names, annotates, deletes and takes back runs of the session's project.

    Args:
        session: Has the project; owns the keeper.
    """

    changed = Signal(object)
    """All runs of the project after a change, newest first."""
    failed = Signal(object)
    """The StudioError that says why something was not done."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._waiting: deque[tuple[Project, Change]] = deque()
        self._at_work: Project | None = None

    @Slot(str, str)
    def rename(self, run_id: str, name: str) -> None:
        """Give a run a name; an empty one takes it away."""
        self._put(partial(_describe, run_id=run_id, name=name))

    @Slot(str, str, str)
    def describe(self, run_id: str, name: str, note: str) -> None:
        """Give a run a name and a note."""
        self._put(partial(_describe, run_id=run_id, name=name, note=note))

    @Slot(str)
    def delete(self, run_id: str) -> None:
        """Move a run to the project's trash."""
        self._put(partial(_delete, run_id=run_id))

    @Slot(str)
    def restore(self, run_id: str) -> None:
        """Take a run back from the trash."""
        self._put(partial(_restore, run_id=run_id))

    def _put(self, change: Change) -> None:
        if self._session.project is not None:
            self._waiting.append((self._session.project, change))
            self._do_next()

    def _do_next(self) -> None:
        if self._at_work is not None or not self._waiting:
            return
        project, change = self._waiting.popleft()
        self._at_work = project
        job = self._session.jobs.start(
            _carry_out, project, change, title="", kind="quiet", with_events=False
        )
        job.succeeded.connect(self._on_done)
        job.failed.connect(self._on_failed)
        job.finished.connect(self._on_finished)

    @Slot(object)
    def _on_done(self, runs: tuple[Run, ...]) -> None:
        if self._at_work is self._session.project:
            self.changed.emit(runs)

    @Slot(object)
    def _on_failed(self, error: StudioError) -> None:
        if self._at_work is self._session.project:
            self.failed.emit(error)

    @Slot()
    def _on_finished(self) -> None:
        self._at_work = None
        self._do_next()


def _carry_out(project: Project, change: Change) -> tuple[Run, ...]:
    change(project)
    return read_runs(project)


def _describe(project: Project, *, run_id: str, name: str, note: str | None = None) -> None:
    from effnet_studio.engine.training.run_notes import annotate_run, rename_run

    rename_run(project, run_id, name)
    if note is not None:
        annotate_run(project, run_id, note)


def _delete(project: Project, *, run_id: str) -> None:
    from effnet_studio.engine.training.run_trash import delete_run

    delete_run(project, run_id)


def _restore(project: Project, *, run_id: str) -> None:
    from effnet_studio.engine.training.run_trash import restore_run

    restore_run(project, run_id)
