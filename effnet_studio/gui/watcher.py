"""Looks at a folder again and again, in the background, and tells of the images that appear."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from effnet_studio.gui.questions import Requests

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.predict.watch import FolderWatch, Look
    from effnet_studio.gui.jobs import JobRunner

SECONDS = 1.0
"""From one look to the next; more where a look takes long."""


@dataclass(frozen=True, eq=False)
class _Looked:
    """What came of one look.

    Attributes:
        watch: What is remembered until the next.
        look: What was found.
        pause: Seconds until the next.
    """

    watch: FolderWatch
    look: Look
    pause: float


class FolderWatcher(QObject):
    """Watches one folder at a time.

    Short questions rather than one endless job: nothing seems to be at work while nothing happens,
    and closing the window waits for one look at most.

    Args:
        jobs: Gives the background thread.
        parent: Qt's owner.

    Attributes:
        folder: What is watched; None: nothing.
        arrived_count: How many images have come.
        there: Whether the folder was there at the last look.
    """

    arrived = Signal(object)
    """New images, a tuple of paths, whole."""
    changed = Signal()
    """Any of the attributes is another."""
    failed = Signal(object)
    """The error for which the watch has ended."""

    def __init__(self, jobs: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self.folder: Path | None = None
        self.arrived_count = 0
        self.there = True
        self._watch: FolderWatch | None = None
        self._requests = Requests(jobs, parent=self)
        self._requests.answered.connect(self._on_looked)
        self._requests.refused.connect(self._on_refused)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._look)

    def start(self, folder: Path) -> None:
        """Watch another folder; what is in it already is no news.

        Args:
            folder: The folder.
        """
        self._reset(folder)
        self._look()

    @Slot()
    def stop(self) -> None:
        """Watch nothing."""
        if self.folder is not None:
            self._reset(None)

    def _reset(self, folder: Path | None) -> None:
        self._timer.stop()
        self._requests.forget()
        self.folder, self._watch = folder, None
        self.arrived_count, self.there = 0, True
        self.changed.emit()

    @Slot()
    def _look(self) -> None:
        if self.folder is not None:
            self._requests.ask("look", _look_at, self.folder, self._watch)

    @Slot(object, object)
    def _on_looked(self, _key: object, looked: _Looked) -> None:
        self._watch, look = looked.watch, looked.look
        self._timer.start(round(1000 * looked.pause))
        if look.files or look.there is not self.there:
            self.arrived_count += len(look.files)
            self.there = look.there
            self.changed.emit()
        if look.files:
            self.arrived.emit(look.files)

    @Slot(object, object)
    def _on_refused(self, _key: object, error: StudioError) -> None:
        self.stop()
        self.failed.emit(error)


def _look_at(folder: Path, watch: FolderWatch | None) -> _Looked:
    """Look once, in a background thread."""
    from effnet_studio.engine.predict.watch import open_watch, pause_after

    began = time.monotonic()
    watch = watch or open_watch(folder)
    look = watch.look()
    return _Looked(watch, look, pause_after(time.monotonic() - began, SECONDS))
