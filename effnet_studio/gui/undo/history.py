"""Undo and redo with one meaning: the last thing changed in this project, whatever it was."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from effnet_studio.engine.data.edits import Edit
    from effnet_studio.engine.messages import Message
    from effnet_studio.gui.session import Session

About = tuple[str, ...]

_EDIT: Final = "edit"
_MOST_EDITS: Final = 500
"""Edits of earlier days that can be reached; the log on the Data page has all."""


@dataclass(frozen=True)
class Reversible:
    """Something that was done and can be taken back.

    Attributes:
        text: What it was, such as "Run renamed".
        back: Takes it back.
        forth: Does it again.
        about: What it is about, so that it can be forgotten when that is gone for good.
    """

    text: Message
    back: Callable[[], None]
    forth: Callable[[], None]
    about: About = ()


class _Command(QUndoCommand):
    """A step of the stack; silent while the stack is brought in line with what happened."""

    def __init__(self, history: UndoHistory, done: Reversible) -> None:
        super().__init__()
        self.done = done
        self._history = history

    @override
    def undo(self) -> None:
        if not self._history.silent:
            self.done.back()

    @override
    def redo(self) -> None:
        if not self._history.silent:
            self.done.forth()


class UndoHistory(QObject):
    """The changes of the open project, newest last.

    Edits of the dataset have a log of their own on disk, which others write to as well; the stack
    follows it. Everything else is told by :meth:`take` once it has happened.

    Args:
        session: The open project; owns the history.
    """

    changed = Signal()
    """Something else would be undone or redone than before."""
    undone = Signal(object)
    """The :class:`Reversible` that the user has taken back."""
    redone = Signal(object)
    """The :class:`Reversible` that the user has done again."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._stack = QUndoStack(self)
        self.silent = False
        self._stack.indexChanged.connect(self.changed)
        session.project_changed.connect(self._on_project_changed)
        session.dataset_changed.connect(self._follow_log)
        session.editor.settled.connect(self._follow_log)

    # -- what was done -------------------------------------------------------------------------

    def take(self, done: Reversible) -> None:
        """Remember something that has just happened."""
        with self._silence():
            self._stack.push(_Command(self, done))
        self.changed.emit()

    def forget(self, *about: str) -> None:
        """Something is gone for good: what was done to it can be neither undone nor redone.

        Args:
            *about: The beginning of what those steps are about.
        """
        for place in range(self._stack.count()):
            if self._at(place).about[: len(about)] == about:
                self._stack.command(place).setObsolete(True)
        self.changed.emit()

    def take_nothing(self, *about: str, back: bool) -> None:
        """A step failed: the history stands as before, so that it can be tried again.

        Args:
            *about: What the step is about.
            back: Whether it was to be undone; False: done again.
        """
        index = self._stack.index()
        places = range(index, self._stack.count()) if back else range(index - 1, -1, -1)
        failed = next((place for place in places if self._at(place).about == about), None)
        if failed is None:
            return
        with self._silence():
            if failed != places[0]:  # others were gone since, and it has no place between them
                self._stack.command(failed).setObsolete(True)
            elif back:
                self._stack.redo()
            else:
                self._stack.undo()
        self.changed.emit()

    # -- what can be done ----------------------------------------------------------------------

    @property
    def last(self) -> Reversible | None:
        """What undo would take back."""
        return self._first_alive(range(self._stack.index() - 1, -1, -1))

    @property
    def next(self) -> Reversible | None:
        """What redo would do again."""
        return self._first_alive(range(self._stack.index(), self._stack.count()))

    @Slot()
    def undo(self) -> None:
        """Take back what was done last."""
        step = self.last
        while self._stack.canUndo():
            alive = not self._obsolete(self._stack.index() - 1)
            self._stack.undo()
            if alive:
                break
        self.changed.emit()
        if step is not None:
            self.undone.emit(step)

    @Slot()
    def redo(self) -> None:
        """Do again what was taken back last."""
        step = self.next
        while self._stack.canRedo():
            alive = not self._obsolete(self._stack.index())
            self._stack.redo()
            if alive:
                break
        self.changed.emit()
        if step is not None:
            self.redone.emit(step)

    def take_back(self, *about: str) -> bool:
        """Undo, if what was done last is about this.

        Returns:
            Whether it was; if not, nothing happened.
        """
        last = self.last
        if last is None or last.about != about:
            return False
        self.undo()
        return True

    # -- the log of the dataset ----------------------------------------------------------------

    @Slot(object)
    def _on_project_changed(self, _project: object) -> None:
        """Begin anew, with the edits that the project remembers."""
        self._stack.clear()
        project = self._session.project
        if project is None or project.read_only:
            return
        edits = self._session.images.edits[-_MOST_EDITS:]
        with self._silence():
            for edit in edits:
                self._stack.push(_Command(self, self._edit(edit)))
            self._stack.setIndex(sum(not edit.undone for edit in edits))
        self.changed.emit()

    @Slot()
    def _follow_log(self) -> None:
        """Bring the stack in line with the log, which may have been written to elsewhere."""
        project = self._session.project
        if self._session.editor.busy or project is None or project.read_only:
            return
        log = {str(edit.id): edit for edit in self._session.images.edits}
        with self._silence():
            self._drop_unknown(log)
            self._step_back(log)
            self._step_forth(log)
            known = set(self._places())
            for number, edit in list(log.items())[-_MOST_EDITS:]:
                if number not in known and not edit.undone:
                    self._stack.push(_Command(self, self._edit(edit)))
        self.changed.emit()

    def _drop_unknown(self, log: dict[str, Edit]) -> None:
        for number, place in self._places().items():
            if number not in log:
                self._stack.command(place).setObsolete(True)

    def _step_back(self, log: dict[str, Edit]) -> None:
        """What was undone elsewhere: the last step is stepped over, one in between given up."""
        for number, place in reversed(self._places().items()):
            if number in log and log[number].undone and place < self._stack.index():
                if place == self._stack.index() - 1:
                    self._stack.undo()
                else:
                    self._stack.command(place).setObsolete(True)

    def _step_forth(self, log: dict[str, Edit]) -> None:
        """What was done again elsewhere, or could not be undone; the same the other way round."""
        for number, place in self._places().items():
            if number in log and not log[number].undone and place >= self._stack.index():
                if place == self._stack.index():
                    self._stack.redo()
                else:
                    self._stack.command(place).setObsolete(True)

    def _places(self) -> dict[str, int]:
        """Places of the living steps that stand for edits, by the edits' numbers."""
        return {
            self._at(place).about[1]: place
            for place in range(self._stack.count())
            if self._at(place).about[:1] == (_EDIT,) and not self._obsolete(place)
        }

    def _edit(self, edit: Edit) -> Reversible:
        editor = self._session.editor
        return Reversible(edit.title, editor.undo, editor.redo, (_EDIT, str(edit.id)))

    # -- the stack -----------------------------------------------------------------------------

    def _first_alive(self, places: range) -> Reversible | None:
        return next((self._at(place) for place in places if not self._obsolete(place)), None)

    def _at(self, place: int) -> Reversible:
        command = self._stack.command(place)
        if not isinstance(command, _Command):
            raise TypeError(command)
        return command.done

    def _obsolete(self, place: int) -> bool:
        return bool(self._stack.command(place).isObsolete())

    @contextlib.contextmanager
    def _silence(self) -> Iterator[None]:
        self.silent = True
        try:
            yield
        finally:
            self.silent = False
