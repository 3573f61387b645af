"""Changes the user makes to the dataset, done in the background, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.messages import msg
from effnet_studio.gui.contents import read_images
from effnet_studio.gui.undo.change_queue import ChangeQueue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from effnet_studio.engine.data.checks.findings import Finding, Remedy
    from effnet_studio.engine.data.edits import Edit
    from effnet_studio.engine.project import Project
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.undo.change_queue import Change


class Editor(QObject):
    """Turns what pages ask for into entries of the project's edit log.

    Args:
        session: Has the project; owns the editor.
    """

    edited = Signal(object)
    """The project's :class:`~.contents.Images` after an edit."""
    failed = Signal(object)
    """The StudioError that says why an edit was not made."""
    settled = Signal()
    """All edits that were asked for are made."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._queue = ChangeQueue(session, read_images, self)
        self._queue.done.connect(self.edited)
        self._queue.failed.connect(self.failed)
        self._queue.settled.connect(self.settled)

    # -- what can be asked for -----------------------------------------------------------------

    @Slot(object, str)
    def relabel(self, ids: Iterable[int], name: str) -> None:
        """Give images another class, which is made if need be."""
        self._ask("relabel", tuple(ids), name)

    @Slot(object, bool)
    def exclude(self, ids: Iterable[int], excluded: bool) -> None:  # noqa: FBT001 - a slot
        """Leave images out, or take them in again."""
        self._ask("exclude", tuple(ids), excluded=excluded)

    @Slot(object, str)
    def set_split(self, ids: Iterable[int], split: str) -> None:
        """Move images to another part."""
        self._ask("set_split", tuple(ids), split)

    @Slot(float)
    def keep_for_test(self, share: float) -> None:
        """Keep a share of each class apart for a last check."""
        self._put(_KeepingForTest(share))

    @Slot(str)
    def add_class(self, name: str) -> None:
        """Make a class without images."""
        self._ask("add_class", name)

    @Slot(str, str)
    def rename_class(self, old: str, new: str) -> None:
        """Rename a class, or merge it into the one of that name."""
        self._ask("rename_class", old, new)

    def merge_classes(self, names: Sequence[str], into: str) -> None:
        """Make several classes one."""
        self._ask("merge_classes", tuple(names), into)

    def carry_out(self, change: Change) -> None:
        """Make a change of another kind, in its turn.

        Args:
            change: Called with the project in the background.
        """
        self._put(change)

    @Slot()
    def undo(self) -> None:
        """Take the last edit back."""
        self._ask("undo")

    @Slot()
    def redo(self) -> None:
        """Do the edit again that was taken back last."""
        self._ask("redo")

    @Slot(object, object)
    def mend(self, finding: Finding, remedy: Remedy) -> None:
        """Do what is advised about a finding, as one edit."""
        index = self._session.images.index
        if index is not None:
            self._put(_Mending(index, finding, remedy))

    @property
    def busy(self) -> bool:
        """Whether edits are being made."""
        return self._queue.busy

    @property
    def last(self) -> Edit | None:
        """The edit that undo takes back."""
        made = [edit for edit in self._session.images.edits if not edit.undone]
        return made[-1] if made else None

    @property
    def next(self) -> Edit | None:
        """The edit that redo does again."""
        return next((edit for edit in self._session.images.edits if edit.undone), None)

    # -- doing it ------------------------------------------------------------------------------

    def _ask(self, name: str, *arguments: object, **options: object) -> None:
        self._put(_Doing(name, arguments, options))

    def _put(self, change: Change) -> None:
        if self._session.import_job is not None:
            self.failed.emit(_being_read())
            self.settled.emit()
        else:
            self._queue.put(change)


class _Doing:
    """A call of one of the engine's edits."""

    def __init__(
        self, name: str, arguments: tuple[object, ...], options: dict[str, object]
    ) -> None:
        self._name = name
        self._arguments = arguments
        self._options = options

    def __call__(self, project: Project) -> object:
        from effnet_studio.engine.data import edits

        function: Any = getattr(edits, self._name)
        return function(project, *self._arguments, **self._options)


class _KeepingForTest:
    """Draws the test images from what the project has by then."""

    def __init__(self, share: float) -> None:
        self._share = share

    def __call__(self, project: Project) -> object:
        from effnet_studio.engine.data.kept_apart import keep_for_test

        return keep_for_test(project, self._share)


class _Mending:
    """What a click on a remedy does."""

    def __init__(self, index: Any, finding: Finding, remedy: Remedy) -> None:
        self._index = index
        self._finding = finding
        self._remedy = remedy

    def __call__(self, project: Project) -> object:
        from effnet_studio.engine.data.checks.mending import mend

        return mend(project, self._index, self._finding, self._remedy)


def _being_read() -> DatasetError:
    return DatasetError(
        msg("The images cannot be changed while they are being read."),
        hint=msg("Wait until that is done, or stop it; nothing was changed."),
    )
