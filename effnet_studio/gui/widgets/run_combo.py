"""Chooses the run that Evaluate, Predict and Export look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Slot
from typing_extensions import override

from effnet_studio.gui.models.run_list import run_title
from effnet_studio.gui.text import moment_text, percent_text
from effnet_studio.gui.widgets.calm_combo import CalmCombo

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.session import Session


class RunCombo(CalmCombo):
    """The project's runs that have a model, newest first; follows and sets the session's choice.

    Args:
        session: The open project.
        name: Object name.
        parent: Qt's owner.
    """

    def __init__(self, session: Session, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._session = session
        self.setMinimumContentsLength(28)
        session.runs_changed.connect(self._on_runs_changed)
        session.run_selected.connect(self._on_run_selected)
        self.activated.connect(self._on_activated)
        self._fill()

    @property
    def run_id(self) -> str | None:
        """The chosen run; None when there is none."""
        chosen = self.currentData()
        return chosen if isinstance(chosen, str) else None

    def _fill(self) -> None:
        self.blockSignals(True)
        self.clear()
        for run in self._session.runs:
            if run.best_accuracy is not None:
                self.addItem(_title(run, run.best_accuracy), run.run_id)
        self._select()
        self.blockSignals(False)
        self.setEnabled(self.count() > 0)
        self.setAccessibleName(self.tr("Trained model"))
        self.setToolTip(self.tr("Trained model"))

    def _select(self) -> None:
        run = self._session.run
        self.setCurrentIndex(self.findData(run.run_id) if run is not None else -1)

    @Slot(object)
    def _on_runs_changed(self, _runs: object) -> None:
        self._fill()

    @Slot(object)
    def _on_run_selected(self, _run: object) -> None:
        self._select()

    @Slot(int)
    def _on_activated(self, _row: int) -> None:
        self._session.select_run(self.run_id)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()


def _title(run: Run, accuracy: float) -> str:
    return " · ".join(
        (
            run_title(run.model, run.config.preset),
            percent_text(accuracy),
            moment_text(run.created),
        )
    )
