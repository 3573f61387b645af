"""Finds the training images most like the one on view, once the model has seen them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from PySide6.QtCore import QObject, Slot
from typing_extensions import override

from effnet_studio.gui.questions import Requests
from effnet_studio.gui.training_look import TrainingLook

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.evaluation.likeness.neighbours import Gallery, Neighbour
    from effnet_studio.engine.project import Project
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.models.predict_items import Item, ModelHolder
    from effnet_studio.gui.session import Session

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
    from effnet_studio.engine.evaluation.likeness.neighbours import vector_of

    vector = vector_of(holder.get(model), source)
    return Likeness(gallery.nearest(vector, _SHOWN), gallery.is_stranger(vector))


class NeighbourFinder(TrainingLook):
    """Compares the image on view with the training images; finds a :class:`Likeness`.

    Args:
        session: The open project and its images.
        holder: Has the model.
        parent: Qt's owner.
    """

    kind: ClassVar[str] = "neighbours"

    def __init__(self, session: Session, holder: ModelHolder, parent: QObject) -> None:
        super().__init__(session, parent)
        self._holder = holder
        self._requests = Requests(session.jobs, heavy=True, parent=self)
        self._requests.answered.connect(self._on_found)
        self._requests.refused.connect(self._on_refused)

    @property
    def _gallery(self) -> Gallery | None:
        return cast("Gallery | None", self._result)

    @override
    def ask(self, item: Item | None, model: Path | None) -> None:
        self._requests.forget()
        super().ask(item, model)

    @override
    def _begin(self, project: Project, run: str) -> Job:
        from effnet_studio.engine.evaluation.likeness.neighbours import open_gallery

        return self._session.jobs.start(
            open_gallery,
            project,
            run,
            title=lambda: self.tr("Looking at the training images"),
            kind=self.kind,
        )

    @override
    def _answer(self, item: Item) -> None:
        key = (item.number, self._model)
        asked = (self._holder, self._model, self._gallery, item.source)
        self._requests.ask_only(key, find_likeness, *asked)

    @Slot(object, object)
    def _on_found(self, key: tuple[int, Path], likeness: Likeness) -> None:
        if self._item is not None and key == (self._item.number, self._model):
            self.found.emit(likeness)

    @Slot(object, object)
    def _on_refused(self, _key: object, error: StudioError) -> None:
        self.failed.emit(error)
