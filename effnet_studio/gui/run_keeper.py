"""What the user does with runs on disk, done in the background, one thing after the other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from effnet_studio.gui.contents import read_runs
from effnet_studio.gui.undo.change_queue import ChangeQueue
from effnet_studio.gui.undo.changes import DeleteRun, DescribeRun, RestoreRun

if TYPE_CHECKING:
    from effnet_studio.engine.project import Project
    from effnet_studio.gui.session import Session


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
        self._queue = ChangeQueue(session, read_runs, self)
        self._queue.done.connect(self.changed)
        self._queue.failed.connect(self.failed)

    @Slot(str, str)
    def rename(self, run_id: str, name: str) -> None:
        """Give a run a name; an empty one takes it away."""
        self._queue.carry_out(DescribeRun(run_id, name))

    @Slot(str, str, str)
    def describe(self, run_id: str, name: str, note: str) -> None:
        """Give a run a name and a note."""
        self._queue.carry_out(DescribeRun(run_id, name, note))

    @Slot(str)
    def delete(self, run_id: str) -> None:
        """Move a run to the project's trash."""
        self._queue.carry_out(DeleteRun(run_id))

    @Slot(str)
    def restore(self, run_id: str) -> None:
        """Take a run back from the trash, as the undoing of what was done last if it is that."""
        if not self._session.undo.take_back(*DeleteRun(run_id).about):
            self._queue.carry_out(RestoreRun(run_id))

    @Slot(str)
    def delete_for_good(self, run_id: str) -> None:
        """Delete a run in the trash; nothing brings it back."""
        self._session.undo.forget("run", run_id)
        self._queue.put(partial(_delete_for_good, run_id=run_id))


def _delete_for_good(project: Project, *, run_id: str) -> None:
    from effnet_studio.engine.training.run_trash import delete_for_good

    delete_for_good(project, run_id)
