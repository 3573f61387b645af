"""Changes to the open project, done in the background, one after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from effnet_studio.gui.undo.history import Reversible

if TYPE_CHECKING:
    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.project import Project
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.undo.changes import UndoableChange
    from effnet_studio.gui.undo.history import About

Change = Callable[["Project"], object]


@dataclass(frozen=True)
class _Step:
    """A step of the history that is being gone, back or forth."""

    about: About
    back: bool


@dataclass(frozen=True)
class _Wanted:
    """What is to be done to a project."""

    project: Project
    change: Change
    reversible: Reversible | None = None
    step: _Step | None = None


class ChangeQueue(QObject):
    """Carries out changes in their order; what another project answers is dropped.

    Args:
        session: Has the project.
        look: Reads what is told after a change, in the background.
        parent: Qt's owner.
    """

    done = Signal(object)
    """What ``look`` found after a change."""
    failed = Signal(object)
    """The StudioError that says why a change was not made."""
    settled = Signal()
    """Nothing is being changed and nothing waits any more."""

    def __init__(
        self, session: Session, look: Callable[[Project], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._look = look
        self._waiting: deque[_Wanted] = deque()
        self._wanted: _Wanted | None = None
        self._at_work: Project | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being changed or waits."""
        return self._at_work is not None or bool(self._waiting)

    def put(self, change: Change, reversible: Reversible | None = None) -> None:
        """Carry a change out after those before it; without a project nothing happens.

        Args:
            change: Called with the project in the background.
            reversible: Goes into the session's history once it has happened.
        """
        if self._session.project is not None:
            self._append(_Wanted(self._session.project, change, reversible))

    def carry_out(self, change: UndoableChange) -> None:
        """Do something that can be undone afterwards; otherwise as :meth:`put`."""
        back, forth = partial(self._go, change, back=True), partial(self._go, change, back=False)
        self.put(change.do, Reversible(change.text, back, forth, change.about))

    def _go(self, change: UndoableChange, *, back: bool) -> None:
        """Undo a change or do it again, as the history says."""
        if self._session.project is not None:
            function = change.undo if back else change.do
            step = _Step(change.about, back=back)
            self._append(_Wanted(self._session.project, function, step=step))

    def _append(self, wanted: _Wanted) -> None:
        self._waiting.append(wanted)
        self._do_next()

    def _do_next(self) -> None:
        if self._at_work is not None or not self._waiting:
            return
        wanted = self._wanted = self._waiting.popleft()
        self._at_work = wanted.project
        job = self._session.jobs.start(
            _carry_out,
            wanted.project,
            wanted.change,
            self._look,
            title="",
            kind="quiet",
            with_events=False,
        )
        job.succeeded.connect(self._on_done)
        job.failed.connect(self._on_failed)
        job.finished.connect(self._on_finished)

    @Slot(object)
    def _on_done(self, found: object) -> None:
        if self._at_work is self._session.project:
            self.done.emit(found)
            if self._wanted is not None and self._wanted.reversible is not None:
                self._session.undo.take(self._wanted.reversible)

    @Slot(object)
    def _on_failed(self, error: StudioError) -> None:
        if self._at_work is self._session.project:
            if self._wanted is not None and self._wanted.step is not None:
                step = self._wanted.step
                self._session.undo.take_nothing(*step.about, back=step.back)
            self.failed.emit(error)

    @Slot()
    def _on_finished(self) -> None:
        self._at_work = self._wanted = None
        self._do_next()
        if not self.busy:
            self.settled.emit()


def _carry_out(project: Project, change: Change, look: Callable[[Project], object]) -> object:
    change(project)
    return look(project)
