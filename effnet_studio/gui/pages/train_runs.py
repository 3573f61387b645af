"""What the Train page's list of runs can do: names, notes, comparing, deleting and taking back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from effnet_studio.gui.dialogs.compare_runs import CompareDialog
from effnet_studio.gui.dialogs.deleted_runs import DeletedRunsDialog
from effnet_studio.gui.dialogs.run_note import RunNoteDialog
from effnet_studio.gui.errors import Banner
from effnet_studio.gui.models.run_list import title_of
from effnet_studio.gui.names import named
from effnet_studio.gui.widgets.train.run_menu import RunChoice

if TYPE_CHECKING:
    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager
    from effnet_studio.gui.widgets.train.run_list import RunList


class RunActions(QObject):
    """Answers the list; trainings are left to the page.

    Args:
        session: The open project.
        theme: Colours and icons.
        runs: The list.
        parent: The page.

    Attributes:
        banner: Says that a run was deleted, with a button that takes it back.
    """

    again_asked = Signal(object)
    """The Run to be trained once more."""
    continue_asked = Signal(object)
    """The Run whose weights a new one is to begin with."""

    def __init__(
        self, session: Session, theme: ThemeManager, runs: RunList, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._window = parent
        self._deleted: Run | None = None
        self.banner = Banner(theme, "success", parent)
        self.banner.setObjectName("run_deleted")
        self.banner.hide()
        self._undo = named(QPushButton(self.banner), "run_undo")
        theme.set_icon(self._undo, "undo", size=16)
        self.banner.add_button(self._undo)
        self._undo.clicked.connect(self._on_undo)
        self.banner.closed.connect(self._on_closed)
        runs.renamed.connect(session.keeper.rename)
        runs.choice_made.connect(self._on_choice)
        session.runs_changed.connect(self._on_runs_changed)
        session.project_changed.connect(self._on_project_changed)

    @Slot(object, object, object)
    def _on_choice(self, choice: RunChoice, run: Run | None, other: Run | None) -> None:
        if choice is RunChoice.TRASH:
            self._show(DeletedRunsDialog(self._session, self._theme, self._window))
        elif run is not None:
            self._act(choice, run, other)

    def _act(self, choice: RunChoice, run: Run, other: Run | None) -> None:
        match choice:
            case RunChoice.NOTE:
                self._show(RunNoteDialog(self._session, run, self._window))
            case RunChoice.COMPARE if other is not None:
                # The older one comes first: the other shows what became of it.
                first, second = sorted((run, other), key=lambda each: each.run_id)
                self._show(CompareDialog(self._session, self._theme, first, second, self._window))
            case RunChoice.AGAIN:
                self.again_asked.emit(run)
            case RunChoice.CONTINUE:
                self.continue_asked.emit(run)
            case RunChoice.DELETE:
                self._deleted = run
                self._session.keeper.delete(run.run_id)
            case _:
                pass

    @staticmethod
    def _show(dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    @Slot(object)
    def _on_runs_changed(self, runs: tuple[Run, ...]) -> None:
        """Offer to take a run back once it is really gone, and no longer when it is there again."""
        gone = self._deleted
        if gone is not None and gone.run_id in {run.run_id for run in runs}:
            self.banner.hide()
        elif gone is not None:
            self.retranslate()

    @Slot()
    def _on_project_changed(self) -> None:
        self._deleted = None
        self.banner.hide()

    @Slot()
    def _on_undo(self) -> None:
        if self._deleted is not None:
            self._session.keeper.restore(self._deleted.run_id)

    @Slot()
    def _on_closed(self) -> None:
        self._deleted = None

    def retranslate(self) -> None:
        """Set every text anew."""
        self._undo.setText(self.tr("Undo"))
        gone = self._deleted
        if gone is not None and gone.run_id not in {run.run_id for run in self._session.runs}:
            self.banner.set_texts(
                self.tr("Deleted: {run}").format(run=title_of(gone)),
                self.tr("It waits in the project's trash; exported models stay as they are."),
            )
