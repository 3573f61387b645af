"""Asks where a part of the explanation is to be saved, and saves it in a job."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from effnet_studio.gui import file_dialogs
from effnet_studio.gui.models.explanations import write_numbers, write_picture
from effnet_studio.gui.widgets.predict.save_map_button import MapPart

if TYPE_CHECKING:
    from collections.abc import Callable

    from effnet_studio.gui.jobs import JobRunner
    from effnet_studio.gui.widgets.predict.explanation_panel import ExplanationPanel


class ExplanationSaver(QObject):
    """Saves what a panel shows.

    Args:
        jobs: Does the work.
        panel: Has the picture and the save button.
        parent: Qt's owner.
    """

    failed = Signal(object)
    """The error in the place of the file."""

    def __init__(self, jobs: JobRunner, panel: ExplanationPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._panel = jobs, panel
        panel.save.part_chosen.connect(self._on_part_chosen)

    @Slot(object)
    def _on_part_chosen(self, part: MapPart) -> None:
        panel = self._panel
        if panel.item is None:
            return
        stem = Path(panel.item.name).stem
        if part is MapPart.NUMBERS:
            numbers = panel.numbers()
            file = self._file(f"{stem}-map.npy", "NumPy (*.npy)")
            if numbers is not None and file is not None:
                self._follow(write_numbers, file, numbers)
            return
        whole = part is MapPart.PICTURE
        picture = panel.picture() if whole else panel.map_picture()
        file = self._file(f"{stem}-{'explained' if whole else 'map'}.png", "PNG (*.png)")
        if picture is not None and file is not None:
            self._follow(write_picture, file, picture)

    def _file(self, name: str, kinds: str) -> Path | None:
        chosen, _ = file_dialogs.choose_save(self._panel, self.tr("Save"), name, kinds)
        return chosen

    def _follow(self, write: Callable[..., None], file: Path, what: object) -> None:
        job = self._jobs.start(
            write, file, what, title=lambda: self.tr("Saving"), kind="quiet", with_events=False
        )
        job.failed.connect(self.failed)
