"""Saves the answers of the Predict page as a table for other programs."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu
from typing_extensions import override

from effnet_studio.gui.models.predict_items import write_answers

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from effnet_studio.gui.image_judge import ImageJudge
    from effnet_studio.gui.jobs import JobRunner


class ResultsSaver(QMenu):
    """The menu of a button, and what its entries do.

    Args:
        jobs: Does the work.
        judge: Has the answers.
        button: Opens the menu; owns it.
    """

    failed = Signal(object)
    """The error that says why nothing was saved."""

    def __init__(self, jobs: JobRunner, judge: ImageJudge, button: QPushButton) -> None:
        super().__init__(button)
        self.setObjectName("predict_save_menu")
        self._jobs, self._judge, self._button = jobs, judge, button
        self._csv, self._json = QAction(self), QAction(self)
        for action, name in ((self._csv, "predict_save_csv"), (self._json, "predict_save_json")):
            action.setObjectName(name)
            self.addAction(action)
        button.setMenu(self)
        self._csv.triggered.connect(self._on_csv)
        self._json.triggered.connect(self._on_json)
        self._retranslate()

    @Slot()
    def _on_csv(self) -> None:
        self._save("answers.csv", "CSV (*.csv)")

    @Slot()
    def _on_json(self) -> None:
        self._save("answers.json", "JSON (*.json)")

    def _save(self, name: str, kind: str) -> None:
        title = self.tr("Save answers")
        chosen, _ = QFileDialog.getSaveFileName(self._button, title, name, kind)
        if chosen:
            job = self._jobs.start(
                partial(write_answers, Path(chosen), tuple(self._judge.items)),
                as_json=kind.startswith("JSON"),
                title=self.tr("Saving"),
                kind="quiet",
                with_events=False,
            )
            job.failed.connect(self.failed)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._csv.setText(self.tr("Table for spreadsheets (CSV)…"))
        self._json.setText(self.tr("For programs (JSON)…"))
