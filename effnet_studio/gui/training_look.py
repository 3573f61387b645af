"""One look of a run's model at the project's training images: offered, begun, remembered."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.project import Project
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.models.predict_items import Item
    from effnet_studio.gui.session import Session

AT_ONCE = 3000
"""Images of a project up to which the model looks at them without being asked: a minute at most."""


class TrainingLook(QObject):
    """Has the model look at the training images in a job, and says what follows for an image.

    What the look gave is kept until another run is chosen or the images change; what was stopped
    is begun again only when asked.

    Args:
        session: The open project and its images.
        parent: Qt's owner.
    """

    kind: ClassVar[str]
    """Of the job."""

    found = Signal(object)
    """What follows for the image asked about last; None: not known (yet)."""
    state_changed = Signal()
    failed = Signal(object)
    """The error in the place of the training images."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._result: object = None
        self._opened: tuple[Path, object] | None = None
        self._job: Job | None = None
        self._item: Item | None = None
        self._model: Path | None = None

    @property
    def opening(self) -> bool:
        """Whether the model is looking at the training images."""
        return self._job is not None

    @property
    def offered(self) -> bool:
        """Whether the user is to say that they are looked at: they are many, or it was stopped."""
        return self._possible and not self._ready and self._job is None

    def ask(self, item: Item | None, model: Path | None) -> None:
        """Ask about an image; what is said about it comes by :attr:`found`.

        Args:
            item: The image; None: nothing is on view.
            model: The model that answers.
        """
        self._item, self._model = item, model
        self.found.emit(None)
        if item is not None and item.prediction is not None and self._possible:
            if self._ready:
                self._answer(item)
            elif self._count <= AT_ONCE and not self._begun:
                self.open()
        self.state_changed.emit()

    @Slot()
    def open(self) -> None:
        """Have the model look at the training images, as a job."""
        run, project = self._session.run, self._session.project
        if self._job is not None or run is None or project is None:
            return
        self._result, self._opened = None, self._wanted
        self._job = self._begin(project, run.run_id)
        self._job.succeeded.connect(self._on_opened)
        self._job.failed.connect(self.failed)
        self._job.finished.connect(self._on_finished)
        self.state_changed.emit()

    @abstractmethod
    def _begin(self, project: Project, run: str) -> Job:
        """Start the job; its result is what :meth:`_answer` works with."""

    @abstractmethod
    def _answer(self, item: Item) -> None:
        """See that :attr:`found` comes for an image, now or later."""

    @property
    def _count(self) -> int:
        index = self._session.images.index
        return len(index) if index is not None else 0

    @property
    def _possible(self) -> bool:
        """Whether the model on view is a run of the open project, which has images."""
        run = self._session.run
        return run is not None and self._model == run.run_dir and self._count > 0

    @property
    def _wanted(self) -> tuple[Path, object] | None:
        """The run and the images that answers have to be of."""
        run = self._session.run
        return (run.run_dir, self._session.images.index) if run is not None else None

    @property
    def _begun(self) -> bool:
        """Whether the training images were, or are, looked at; also if that was stopped."""
        wanted, opened = self._wanted, self._opened
        if wanted is None or opened is None:
            return False
        return wanted[0] == opened[0] and wanted[1] is opened[1]

    @property
    def _ready(self) -> bool:
        return self._result is not None and self._begun

    @Slot(object)
    def _on_opened(self, result: object) -> None:
        self._result = result

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        if self._result is not None:
            self.ask(self._item, self._model)
        self.state_changed.emit()
