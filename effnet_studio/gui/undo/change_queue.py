"""Changes to the open project, done in the background, one after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from effnet_studio.gui.undo.history import Reversible

if TYPE_CHECKING:
    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.project import Project
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.undo.changes import UndoableChange

Change = Callable[["Project"], object]


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
        self._waiting: deque[tuple[Project, Change, Reversible | None]] = deque()
        self._reversible: Reversible | None = None
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
            self._waiting.append((self._session.project, change, reversible))
            self._do_next()

    def carry_out(self, change: UndoableChange) -> None:
        """Do something that can be undone afterwards; otherwise as :meth:`put`."""
        back, forth = partial(self.put, change.undo), partial(self.put, change.do)
        self.put(change.do, Reversible(change.text, back, forth, change.about))

    def _do_next(self) -> None:
        if self._at_work is not None or not self._waiting:
            return
        project, change, self._reversible = self._waiting.popleft()
        self._at_work = project
        job = self._session.jobs.start(
            _carry_out, project, change, self._look, title="", kind="quiet", with_events=False
        )
        job.succeeded.connect(self._on_done)
        job.failed.connect(self._on_failed)
        job.finished.connect(self._on_finished)

    @Slot(object)
    def _on_done(self, found: object) -> None:
        if self._at_work is self._session.project:
            self.done.emit(found)
            if self._reversible is not None:
                self._session.undo.take(self._reversible)

    @Slot(object)
    def _on_failed(self, error: StudioError) -> None:
        if self._at_work is self._session.project:
            self.failed.emit(error)

    @Slot()
    def _on_finished(self) -> None:
        self._at_work = None
        self._do_next()
        if not self.busy:
            self.settled.emit()


def _carry_out(project: Project, change: Change, look: Callable[[Project], object]) -> object:
    change(project)
    return look(project)
