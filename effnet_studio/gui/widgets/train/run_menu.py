"""What can be done with a run, as a menu."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from effnet_studio.gui.models.run_list import title_of
from effnet_studio.gui.names import named
from effnet_studio.gui.text import moment_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.training.runs import Run

_MOST_RUNS: Final = 20


class RunChoice(StrEnum):
    """What an entry of the menu does."""

    RENAME = "rename"
    NOTE = "note"
    COMPARE = "compare"
    AGAIN = "again"
    CONTINUE = "continue"
    DELETE = "delete"
    TRASH = "trash"


class RunMenu(QMenu):
    """The menu; each entry's data is a :class:`RunChoice`, the run, and another run or None.

    Args:
        run: The run it is about; None: none, only what concerns no single run is offered.
        others: The runs it can be compared with, newest first.
        editable: Whether something may be changed.
        free: Whether a training can be started now.
        parent: Qt's owner.
    """

    def __init__(
        self,
        run: Run | None,
        others: Sequence[Run],
        *,
        editable: bool,
        free: bool,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("run_menu")
        self._run = run
        if run is not None:
            self._add_choices(run, others, editable=editable, free=free)
            self.addSeparator()
        self._add(self, RunChoice.TRASH, None, self.tr("Deleted runs…"), enabled=True)

    def _add_choices(self, run: Run, others: Sequence[Run], *, editable: bool, free: bool) -> None:
        usable = run.best_accuracy is not None
        rename = self._add(self, RunChoice.RENAME, None, self.tr("Rename"), enabled=editable)
        rename.setShortcut("F2")
        self._add(self, RunChoice.NOTE, None, self.tr("Name and note…"), enabled=editable)
        self.addSeparator()
        self._add_others([other for other in others if usable and _comparable(other, run)])
        again = self.tr("Train again: same settings, same images")
        self._add(self, RunChoice.AGAIN, None, again, enabled=editable and free)
        go_on = self.tr("Continue on today's images")
        self._add(self, RunChoice.CONTINUE, None, go_on, enabled=editable and free and usable)
        self.addSeparator()
        delete = self._add(self, RunChoice.DELETE, None, self.tr("Delete"), enabled=editable)
        delete.setShortcut("Del")

    def _add_others(self, others: Sequence[Run]) -> None:
        menu = named(self.addMenu(self.tr("Compare with")), "run_menu_others")
        menu.setEnabled(bool(others))
        for other in others[:_MOST_RUNS]:
            text = f"{title_of(other)} · {moment_text(other.created)}"
            self._add(menu, RunChoice.COMPARE, other, text.replace("&", "&&"), enabled=True)

    def _add(
        self, menu: QMenu, choice: RunChoice, other: Run | None, text: str, *, enabled: bool
    ) -> QAction:
        action = named(menu.addAction(text), f"run_menu_{choice.value}")
        action.setData((choice, self._run, other))
        action.setEnabled(enabled)
        return action


def _comparable(other: Run, run: Run) -> bool:
    return other.run_id != run.run_id and other.best_accuracy is not None
