"""Keeps the map of the open project: the last one is read at once, another is made when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from effnet_studio.gui.jobs import Job
from effnet_studio.gui.questions import Requests

if TYPE_CHECKING:
    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.evaluation.likeness.embedding import Embedding
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.engine.project import Project
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.widgets.data.image_map import ImageMap


class MapMaker(QObject):
    """Answers a map widget's wishes with jobs, and hands it what they give.

    Args:
        session: The open project and its images.
        image_map: Where the map is shown.
        parent: Qt's owner.
    """

    def __init__(
        self, session: Session, image_map: ImageMap, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._map = image_map
        self._project: Project | None = None
        self._embedding: Embedding | None = None
        self._job: Job | None = None
        self._requests = Requests(session.jobs, parent=self)
        self._requests.answered.connect(self._on_read)
        image_map.compute_asked.connect(self._on_compute_asked)

    def refresh(self) -> None:
        """Show the map of the images as they are now; call it when they have changed."""
        project = self._session.project
        if project is not self._project:
            self._project, self._embedding = project, None
            self._requests.forget()
            if project is not None:
                self._requests.ask(project.root, _last_embedding, project)
        self._show()

    def _show(self) -> None:
        self._map.set_embedding(self._embedding, self._session.images.index, self._project)

    @Slot()
    def _on_compute_asked(self) -> None:
        index = self._session.images.index
        if self._project is None or index is None or self._job is not None:
            return
        job = self._session.jobs.start(
            _embed_images, self._project, index, title=lambda: self.tr("Making the map"), kind="map"
        )
        self._job = job
        job.succeeded.connect(self._on_made)
        job.finished.connect(self._on_ended)
        self._map.follow(job)

    @Slot(object, object)
    def _on_read(self, _root: object, embedding: Embedding | None) -> None:
        if embedding is not None and self._embedding is None:
            self._embedding = embedding
            self._show()

    @Slot(object)
    def _on_made(self, embedding: Embedding) -> None:
        self._embedding = embedding
        self._show()

    @Slot()
    def _on_ended(self) -> None:
        self._job = None


def _last_embedding(project: Project) -> Embedding | None:
    from effnet_studio.engine.evaluation.likeness.embedding import last_embedding

    return last_embedding(project)


def _embed_images(
    project: Project, index: Index, *, on_event: OnEvent, cancel: CancelToken
) -> Embedding:
    from effnet_studio.engine.evaluation.likeness.embedding import embed_images

    return embed_images(project, index, on_event=on_event, cancel=cancel)
