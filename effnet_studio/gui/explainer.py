"""Asks the engine why one image was answered as it was, and whether that can be believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from effnet_studio.gui.models.explanations import (
    check_map,
    show_cam,
    show_picture,
    show_squeeze_excitation,
)
from effnet_studio.gui.questions import Requests

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.explain.health import Health
    from effnet_studio.gui.jobs import Job, JobRunner
    from effnet_studio.gui.models.explanations import Shown
    from effnet_studio.gui.models.predict_items import Item, ModelHolder
    from effnet_studio.gui.widgets.predict.explain_controls import Choice

    Key = tuple[int, Path, Choice]

_KEPT = 200
"""Checks that are remembered; the oldest are forgotten."""


class Explainer(QObject):
    """What is asked about the image on view; late answers about others are dropped.

    Args:
        jobs: Does the work.
        holder: Has the model.
        parent: Qt's owner.
    """

    shown = Signal(object)
    """A :class:`Shown` for the last question."""
    refused = Signal(object)
    """The error in its place."""
    health_changed = Signal()
    """A check began, ended or was remembered."""
    check_failed = Signal(object)
    """The error in the place of a check's result."""

    def __init__(self, jobs: JobRunner, holder: ModelHolder, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._holder = jobs, holder
        self._requests = Requests(jobs, heavy=True, parent=self)
        self._requests.answered.connect(self._on_answered)
        self._requests.refused.connect(self._on_refused)
        self._key: Key | None = None
        self._shown: Shown | None = None
        self._known: dict[Key, Health] = {}
        self._job: Job | None = None
        self._asked: Key | None = None

    @property
    def health(self) -> Health | None:
        """Of the map on view, if it was checked."""
        return self._known.get(self._key) if self._key is not None else None

    @property
    def checking(self) -> bool:
        """Whether the map on view is being checked."""
        return self._job is not None and self._asked == self._key

    @property
    def checkable(self) -> bool:
        """Whether there is a map on view that can be checked now."""
        return self._job is None and self._shown is not None and self._shown.map is not None

    def ask(self, item: Item, model: Path, choice: Choice) -> None:
        """Ask for what is to be shown of an image.

        Args:
            item: The image; it has an answer.
            model: The run's folder or the exported file.
            choice: What to show.
        """
        key: Key = (item.number, model, choice)
        self._key, self._shown = key, None
        if choice.method == "none":
            self._requests.ask_only(key, show_picture, item.source)
        elif choice.method == "se":
            self._requests.ask_only(
                key, show_squeeze_excitation, self._holder, model, item.source, choice
            )
        else:
            self._requests.ask_only(key, show_cam, self._holder, model, item.source, choice)
        self.health_changed.emit()

    @Slot()
    def forget(self) -> None:
        """Nothing is on view any more."""
        self._key, self._shown = None, None
        self._requests.forget()
        self.health_changed.emit()

    @Slot()
    def check(self) -> None:
        """Check the map on view, as a job."""
        if not self.checkable or self._key is None or self._shown is None:
            return
        self._asked = self._key
        self._job = self._jobs.start(
            check_map,
            self._holder,
            self._key[1],
            self._shown.map,
            title=lambda: self.tr("Checking the map"),
            kind="explain",
        )
        self._job.succeeded.connect(self._on_checked)
        self._job.failed.connect(self.check_failed)
        self._job.finished.connect(self._on_finished)
        self.health_changed.emit()

    @Slot(object, object)
    def _on_answered(self, key: Key, shown: Shown) -> None:
        if key == self._key:
            self._shown = shown
            self.shown.emit(shown)
            self.health_changed.emit()

    @Slot(object, object)
    def _on_refused(self, key: Key, error: StudioError) -> None:
        if key == self._key:
            self.refused.emit(error)

    @Slot(object)
    def _on_checked(self, health: Health) -> None:
        if self._asked is not None:
            self._known[self._asked] = health
            if len(self._known) > _KEPT:
                del self._known[next(iter(self._known))]

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        self.health_changed.emit()
