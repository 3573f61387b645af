"""Chooses the run that Evaluate, Predict and Export look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from typing_extensions import override

from effnet_studio.gui.models.run_list import title_of
from effnet_studio.gui.text import moment_text, percent_text
from effnet_studio.gui.widgets.calm_combo import CalmCombo

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionComboBox, QWidget

    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.session import Session


_SHORT = 34
"""Letters shown while the list is closed."""
_FRAME = 72
"""Pixels for border, padding and arrow."""
_SHORT_ROLE = Qt.ItemDataRole.UserRole + 1


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
        self.setMinimumContentsLength(_SHORT)
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
                short = _title(run, run.best_accuracy)
                self.addItem(f"{short} · {moment_text(run.created)}", run.run_id)
                self.setItemData(self.count() - 1, short, _SHORT_ROLE)
        self._select()
        self.blockSignals(False)
        self.setAccessibleName(self.tr("Trained model"))

    @override
    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Leave the time of training to the list: the closed box is short."""
        super().initStyleOption(option)
        text = self.currentData(_SHORT_ROLE)
        if isinstance(text, str):
            option.currentText = text

    @override
    def sizeHint(self) -> QSize:
        """Wide enough for what is shown, where there is room for it."""
        usual = super().sizeHint()
        text = self.currentData(_SHORT_ROLE)
        needed = self.fontMetrics().horizontalAdvance(text) + _FRAME if isinstance(text, str) else 0
        return QSize(max(usual.width(), needed), usual.height())

    @override
    def showPopup(self) -> None:
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + _FRAME)
        super().showPopup()

    def _select(self) -> None:
        run = self._session.run
        self.setCurrentIndex(self.findData(run.run_id) if run is not None else -1)
        self.setToolTip(self.currentText() or self.tr("Trained model"))
        self.updateGeometry()

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
    return f"{title_of(run)} · {percent_text(accuracy)}"
