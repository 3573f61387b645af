"""What is done to a project besides its dataset, each with the way back; run in jobs' threads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.run_notes import RunNotes
    from effnet_studio.gui.undo.history import About


class UndoableChange(Protocol):
    """Something that can be done to a project, undone, and done again."""

    @property
    def text(self) -> Message:
        """What it is called once it has happened."""

    @property
    def about(self) -> About:
        """What it is about; see :class:`~effnet_studio.gui.undo.history.Reversible`."""

    def do(self, project: Project) -> object:
        """Do it, in a background thread."""

    def undo(self, project: Project) -> object:
        """Take it back, in a background thread."""


@dataclass
class DescribeRun:
    """Give a run a name and, unless it is None, a note."""

    run_id: str
    name: str
    note: str | None = None
    _before: RunNotes | None = field(default=None, init=False)

    @property
    def text(self) -> Message:
        """As in :class:`UndoableChange`."""
        return msg("Run renamed") if self.note is None else msg("Name and note of a run")

    @property
    def about(self) -> About:
        """As in :class:`UndoableChange`."""
        return ("run", self.run_id, "described")

    def do(self, project: Project) -> None:
        """As in :class:`UndoableChange`."""
        from effnet_studio.engine.training.run_notes import annotate_run, read_notes, rename_run

        if self._before is None:
            self._before = read_notes(project.find_run(self.run_id))
        rename_run(project, self.run_id, self.name)
        if self.note is not None:
            annotate_run(project, self.run_id, self.note)

    def undo(self, project: Project) -> None:
        """As in :class:`UndoableChange`."""
        from effnet_studio.engine.training.run_notes import annotate_run, rename_run

        if self._before is not None:
            rename_run(project, self.run_id, self._before.name)
            annotate_run(project, self.run_id, self._before.note)


@dataclass(frozen=True)
class DeleteRun:
    """Move a run to the trash."""

    run_id: str

    @property
    def text(self) -> Message:
        """As in :class:`UndoableChange`."""
        return msg("Run deleted")

    @property
    def about(self) -> About:
        """As in :class:`UndoableChange`."""
        return ("run", self.run_id, "deleted")

    def do(self, project: Project) -> None:
        """As in :class:`UndoableChange`."""
        from effnet_studio.engine.training.run_trash import delete_run

        delete_run(project, self.run_id)

    def undo(self, project: Project) -> None:
        """As in :class:`UndoableChange`."""
        from effnet_studio.engine.training.run_trash import restore_run

        restore_run(project, self.run_id)


@dataclass(frozen=True)
class RestoreRun:
    """Take a run back from the trash."""

    run_id: str

    @property
    def text(self) -> Message:
        """As in :class:`UndoableChange`."""
        return msg("Run put back")

    @property
    def about(self) -> About:
        """As in :class:`UndoableChange`."""
        return ("run", self.run_id, "restored")

    def do(self, project: Project) -> None:
        """As in :class:`UndoableChange`."""
        DeleteRun(self.run_id).undo(project)

    def undo(self, project: Project) -> None:
        """As in :class:`UndoableChange`."""
        DeleteRun(self.run_id).do(project)


@dataclass
class DeleteExport:
    """Move an export to the trash."""

    file: Path
    _name: str = field(default="", init=False)

    @property
    def text(self) -> Message:
        """As in :class:`UndoableChange`."""
        return msg("Export deleted")

    @property
    def about(self) -> About:
        """As in :class:`UndoableChange`."""
        return ("export", str(self.file))

    def do(self, project: Project) -> None:
        """As in :class:`UndoableChange`."""
        from effnet_studio.engine.export.trash import delete_export

        self._name = delete_export(project, self.file)

    def undo(self, project: Project) -> None:
        """As in :class:`UndoableChange`."""
        from effnet_studio.engine.export.trash import restore_export

        restore_export(project, self._name, self.file.parent.name)


@dataclass
class RestoreExports:
    """Take all exports back from the trash."""

    _names: tuple[str, ...] = field(default=(), init=False)

    @property
    def text(self) -> Message:
        """As in :class:`UndoableChange`."""
        return msg("Exports put back")

    @property
    def about(self) -> About:
        """As in :class:`UndoableChange`."""
        return ("export",)

    def do(self, project: Project) -> None:
        """As in :class:`UndoableChange`."""
        from effnet_studio.engine.export.trash import restore_exports, trashed_exports

        self._names = tuple(each.name for each in trashed_exports(project))
        restore_exports(project)

    def undo(self, project: Project) -> None:
        """As in :class:`UndoableChange`."""
        from effnet_studio.engine.export.trash import delete_export

        for name in self._names:
            delete_export(project, project.exports_dir / name / "model")
