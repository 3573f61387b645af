"""Chooses the images of a folder that the model would learn most from, once they are labelled."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from effnet_studio.gui import file_dialogs

if TYPE_CHECKING:
    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.session import Session

_COUNT: Final = 100
"""Images that are chosen: about what a person labels in one go."""


class LabelNext(QObject):
    """Asks for a folder, and has the chosen run judge what is in it.

    Args:
        session: The open project and its chosen run.
        parent: The page.
    """

    chosen = Signal(object)
    """Paths of the images, the most useful first."""
    failed = Signal(object)
    """The StudioError that says why none were chosen."""
    working_changed = Signal(bool)
    """Whether images are being chosen now."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._page = session, parent
        self._job: Job | None = None

    @Slot()
    def ask(self) -> None:
        """Let the user choose a folder, and begin."""
        folder = file_dialogs.choose_folder(self._page, self.tr("Folder of images without labels"))
        if folder is not None:
            self.start(folder)

    def start(self, folder: Path) -> None:
        """Judge the images of a folder.

        Args:
            folder: Where they are.
        """
        run = self._session.run
        if run is None or self._job is not None:
            return
        self._job = self._session.jobs.start(
            _choose,
            run.run_dir,
            folder,
            title=lambda: self.tr("Choosing images to label"),
            kind="label",
        )
        self._job.succeeded.connect(self.chosen)
        self._job.failed.connect(self.failed)
        self._job.finished.connect(self._on_finished)
        self.working_changed.emit(True)

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        self.working_changed.emit(False)


def _choose(run_dir: Path, folder: Path, *, on_event: OnEvent, cancel: CancelToken) -> list[Path]:
    """Runs in a job's thread."""
    from effnet_studio.engine.evaluation.labels.to_label import choose_to_label
    from effnet_studio.engine.predict.predictor import load_predictor

    predictor = load_predictor(run_dir)
    found = choose_to_label(predictor, [folder], _COUNT, on_event=on_event, cancel=cancel)
    return [answer.path for answer in found if answer.path is not None]
