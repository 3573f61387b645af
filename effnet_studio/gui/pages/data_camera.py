"""From the camera to the dataset: pictures are kept as they are taken, then read in together."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from effnet_studio.gui.questions import Requests

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.project import Project
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.widgets.data.camera_panel import CameraPanel

_MOST_WAITING = 10_000


class CameraIntake(QObject):
    """Keeps what a camera panel takes, and imports it once the camera is closed.

    Args:
        session: The open project.
        panel: Takes the pictures; owns this.
    """

    def __init__(self, session: Session, panel: CameraPanel) -> None:
        super().__init__(panel)
        self._session = session
        self._numbers = itertools.count()
        self._taken = 0
        self._unkept = 0
        self._closed = False
        self._requests = Requests(session.jobs, waiting=_MOST_WAITING, parent=self)
        self._requests.answered.connect(self._on_kept)
        self._requests.refused.connect(self._on_refused)
        panel.shot_taken.connect(self._on_shot)
        panel.closed.connect(self._on_closed)

    @Slot(str, bytes)
    def _on_shot(self, label: str, content: bytes) -> None:
        project = self._session.project
        if project is not None:
            self._closed = False
            self._unkept += 1
            self._requests.ask(next(self._numbers), _keep, project, label, content)

    @Slot(object, object)
    def _on_kept(self, _number: object, _path: object) -> None:
        self._taken += 1
        self._one_done()

    @Slot(object, object)
    def _on_refused(self, _number: object, error: object) -> None:
        self._session.error_raised.emit(error)
        self._one_done()

    @Slot()
    def _on_closed(self) -> None:
        self._closed = True
        self._import()

    def _one_done(self) -> None:
        self._unkept -= 1
        self._import()

    def _import(self) -> None:
        from effnet_studio.engine.data.importer import ImportOptions
        from effnet_studio.engine.data.shots import shots_folder

        project = self._session.project
        if project is not None and self._closed and self._taken and not self._unkept:
            self._taken = 0
            self._session.import_folder(shots_folder(project), ImportOptions(mode="add"))


def _keep(project: Project, label: str, content: bytes) -> Path:
    """Keep a picture, in a background thread."""
    from effnet_studio.engine.data.shots import keep_shot

    return keep_shot(project, label, content)
