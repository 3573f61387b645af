"""Saves the answers of the Predict page: as a table for other programs, or as folders of images."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from typing_extensions import override

from effnet_studio.gui import file_dialogs
from effnet_studio.gui.dialogs.file_images import FileImagesDialog
from effnet_studio.gui.models.predict_items import write_answers
from effnet_studio.gui.names import named

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from effnet_studio.gui.image_judge import ImageJudge
    from effnet_studio.gui.jobs import JobRunner
    from effnet_studio.gui.theme import ThemeManager


class ResultsSaver(QMenu):
    """The menu of a button, and what its entries do.

    Args:
        jobs: Does the work.
        judge: Has the answers.
        button: Opens the menu; owns it.
        theme: Tints the icons of the dialog.
    """

    failed = Signal(object)
    """The error that says why nothing was saved."""

    def __init__(
        self, jobs: JobRunner, judge: ImageJudge, button: QPushButton, theme: ThemeManager
    ) -> None:
        super().__init__(button)
        self.setObjectName("predict_save_menu")
        self._jobs, self._judge, self._button = jobs, judge, button
        self._theme = theme
        self._dialog: FileImagesDialog | None = None
        self._csv, self._json, self._folders = (
            named(QAction(self), f"predict_save_{name}") for name in ("csv", "json", "folders")
        )
        self.addActions([self._csv, self._json])
        self.addSeparator()
        self.addAction(self._folders)
        button.setMenu(self)
        self._csv.triggered.connect(self._on_csv)
        self._json.triggered.connect(self._on_json)
        self._folders.triggered.connect(self._on_folders)
        judge.finished.connect(self._on_judged)
        judge.cleared.connect(self._on_cleared)
        self._retranslate()

    @Slot()
    def _on_csv(self) -> None:
        self._save("answers.csv", "CSV (*.csv)")

    @Slot()
    def _on_json(self) -> None:
        self._save("answers.json", "JSON (*.json)")

    def _save(self, name: str, kind: str) -> None:
        title = self.tr("Save answers")
        chosen, _ = file_dialogs.choose_save(self._button, title, name, kind)
        if chosen is not None:
            job = self._jobs.start(
                partial(write_answers, chosen, tuple(self._judge.items)),
                as_json=kind.startswith("JSON"),
                title=lambda: self.tr("Saving"),
                kind="quiet",
                with_events=False,
            )
            job.failed.connect(self.failed)

    @Slot()
    def _on_folders(self) -> None:
        """Open the dialog again as it was left, with the images there are now."""
        if self._dialog is None:
            window = self._button.window()
            self._dialog = FileImagesDialog(self._jobs, self._theme, window)
            self._dialog.failed.connect(self.failed)
        self._dialog.set_items(self._judge.items)
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()

    @Slot()
    def _on_judged(self) -> None:
        if self._dialog is not None and self._dialog.isVisible():
            self._dialog.set_items(self._judge.items)

    @Slot()
    def _on_cleared(self) -> None:
        if self._dialog is None or self._dialog.running:
            return
        if self._judge.again:
            self._on_judged()  # the answers of the model before are none of this one's
        else:
            self._dialog.close()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._csv.setText(self.tr("Table for spreadsheets (CSV)…"))
        self._json.setText(self.tr("For programs (JSON)…"))
        self._folders.setText(self.tr("Copy or link into one folder per class…"))
