"""Finds the training images most like the one on view, once the model has seen them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from effnet_studio.gui.jobs import Requests

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.evaluation.neighbours import Gallery, Neighbour
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.models.predict_items import Item, ModelHolder
    from effnet_studio.gui.session import Session

AT_ONCE = 3000
"""Images of a project up to which the model looks at them without being asked: a minute at most."""

_SHOWN = 6


@dataclass(frozen=True)
class Likeness:
    """How an image stands to the training images.

    Attributes:
        nearest: The most alike, first the nearest.
        stranger: Whether it is like none of them.
    """

    nearest: tuple[Neighbour, ...]
    stranger: bool


def find_likeness(
    holder: ModelHolder, model: Path, gallery: Gallery, source: Path | NDArray[np.uint8]
) -> Likeness:
    """Compare an image with the training images; runs in a background thread.

    Raises:
        StudioError: If the image or the model cannot be used.
    """
    from effnet_studio.engine.evaluation.neighbours import vector_of

    vector = vector_of(holder.get(model), source)
    return Likeness(gallery.nearest(vector, _SHOWN), gallery.is_stranger(vector))


class NeighbourFinder(QObject):
    """Opens the training images of a run in a job, and compares the image on view with them.

    Args:
        session: The open project and its images.
        holder: Has the model.
        parent: Qt's owner.
    """

    found = Signal(object)
    """A :class:`Likeness` of the image asked about last; None: not known (yet)."""
    state_changed = Signal()
    failed = Signal(object)
    """The error in the place of the training images."""

    def __init__(self, session: Session, holder: ModelHolder, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._holder = session, holder
        self._requests = Requests(session.jobs, heavy=True, parent=self)
        self._requests.answered.connect(self._on_found)
        self._requests.refused.connect(self._on_refused)
        self._gallery: Gallery | None = None
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
        """Compare an image; what is said about it comes by :attr:`found`.

        Args:
            item: The image; None: nothing is on view.
            model: The model that answers.
        """
        self._item, self._model = item, model
        self._requests.forget()
        self.found.emit(None)
        if item is not None and item.prediction is not None and self._possible:
            if self._ready:
                key = (item.number, model)
                asked = (self._holder, model, self._gallery, item.source)
                self._requests.ask_only(key, find_likeness, *asked)
            elif self._count <= AT_ONCE and not self._begun:
                self.open()
        self.state_changed.emit()

    @Slot()
    def open(self) -> None:
        """Have the model look at the training images, as a job."""
        run, project = self._session.run, self._session.project
        if self._job is not None or run is None or project is None:
            return
        from effnet_studio.engine.evaluation.neighbours import open_gallery

        self._gallery, self._opened = None, self._wanted
        self._job = self._session.jobs.start(
            open_gallery,
            project,
            run.run_id,
            title=self.tr("Looking at the training images"),
            kind="neighbours",
        )
        self._job.succeeded.connect(self._on_opened)
        self._job.failed.connect(self.failed)
        self._job.finished.connect(self._on_finished)
        self.state_changed.emit()

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
        return self._gallery is not None and self._begun

    @Slot(object)
    def _on_opened(self, gallery: Gallery) -> None:
        self._gallery = gallery

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        if self._gallery is not None:
            self.ask(self._item, self._model)
        self.state_changed.emit()

    @Slot(object, object)
    def _on_found(self, key: tuple[int, Path], likeness: Likeness) -> None:
        if self._item is not None and key == (self._item.number, self._model):
            self.found.emit(likeness)

    @Slot(object, object)
    def _on_refused(self, _key: object, error: StudioError) -> None:
        self.failed.emit(error)
