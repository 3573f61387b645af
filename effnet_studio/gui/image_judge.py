"""Asks the model about dropped and pasted images; what comes meanwhile waits its turn."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from effnet_studio.gui.models.predict_items import Inbox, Pasted, judge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.gui.jobs import Job, JobRunner
    from effnet_studio.gui.models.predict_items import Item, ModelHolder

_FEW = 16
"""Images that are judged in a moment."""


@dataclass(frozen=True)
class ShelfContents:
    """The images of the Predict page at one time.

    Attributes:
        items: Those with a verdict.
        model: Who gave it.
        unanswered: Those without.
    """

    items: tuple[Item, ...]
    model: Path | None
    unanswered: tuple[Path | Pasted, ...]


class ImageJudge(QObject):
    """The images of the Predict page, one job after the other.

    Args:
        jobs: Does the work.
        holder: Has or loads the model.
        parent: Qt's owner.

    Attributes:
        items: The images with their verdicts; it grows while a job is under way.
        again: Whether :attr:`cleared` is told because another model answers about the same images.
        by_itself: Whether those judged at present came by themselves.
        new_drop: Whether no image of the last drop has been looked at yet.
        remaining: What had no answer when a job was stopped or failed.
        answered_by: The model they were last asked of; None before the first.
    """

    started = Signal(object)
    """A job is under way."""
    cleared = Signal()
    """There are no items any more."""
    judged = Signal(int)
    """There are more items, from this row on."""
    failed = Signal(object)
    """The error in the place of verdicts."""
    finished = Signal()
    """No job is under way."""

    def __init__(self, jobs: JobRunner, holder: ModelHolder, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._holder = jobs, holder
        self._model: Path | None = None
        self._ready = False
        self._waiting: tuple[Path | Pasted, ...] = ()
        self._inbox = Inbox()
        self._job: Job | None = None
        self._unwanted = self._going_on = False
        self.remaining: tuple[Path | Pasted, ...] = ()
        self.new_drop = self.again = self.by_itself = False
        self._quiet = True
        self.items: list[Item] = []
        self.answered_by: Path | None = None

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return self._job is not None

    @property
    def settled(self) -> bool:
        """Whether all images that were given have been judged."""
        return self._ready and self._job is None and not self._waiting

    def set_model(self, model: Path | None) -> None:
        """Ask another model, as soon as it is ready.

        Args:
            model: The run's folder or the exported file; None: none.
        """
        self._model, self._ready = model, False
        if self._job is not None and not self._unwanted:
            self._inbox.close()
            self._take()
            self._drop()
            self._waiting = (*self._inbox.rest, *self._waiting)

    def distrust(self) -> None:
        """The model judges otherwise than before: ask again when :meth:`begin` is called."""
        self.answered_by = None

    def begin(self) -> None:
        """The model is ready: ask it about what waits, and about what another one has judged."""
        self._ready = True
        if self.answered_by != self._model:
            again = [_asked_again(item) for item in self.items if item.source is not None]
            # What was refused and has no file cannot be asked about again.
            self.items = [item for item in self.items if item.source is None]
            self._quiet = self._quiet and not again
            self._waiting = (*again, *self._waiting)
            self.again = True
            self.cleared.emit()
            self.again = False
        self._start()

    def ask(
        self, paths: Sequence[Path], pasted: Sequence[Pasted] = (), *, quiet: bool = False
    ) -> None:
        """Have images judged behind those that wait.

        Args:
            paths: Files and folders.
            pasted: Images without a file.
            quiet: Whether they came by themselves: a few are then judged without a word.
        """
        few = len(paths) + len(pasted) <= _FEW
        self._quiet = self._quiet and quiet and few
        self._waiting = (*self._waiting, *pasted, *paths)
        self._start()

    def go_on(self) -> None:
        """Have those judged that had no answer when the last job ended."""
        self._waiting = (*self.remaining, *self._waiting)
        self.remaining, self._going_on, self._quiet = (), True, False
        self._start()

    def clear(self) -> None:
        """Forget all images."""
        self._waiting, self.remaining, self.items = (), (), []
        if self._job is not None:
            self._drop()
        self.cleared.emit()

    @property
    def contents(self) -> ShelfContents:
        """All images as they are now, those without an answer too."""
        rest = self._inbox.rest if self._job is not None else ()
        unanswered = (*self.remaining, *rest, *self._waiting)
        return ShelfContents(tuple(self.items), self.answered_by, unanswered)

    def put_back(self, cleared: ShelfContents) -> None:
        """Show images again that were cleared; beside others or by another model, judged anew."""
        if self.items or self._job is not None or cleared.model != self._model:
            again = tuple(_asked_again(each) for each in cleared.items if each.source is not None)
            self._waiting = (*again, *cleared.unanswered, *self._waiting)
            self._start()
            return
        self.items, self.answered_by = list(cleared.items), cleared.model
        self.remaining = cleared.unanswered
        self.judged.emit(0)
        self.finished.emit()

    def _drop(self) -> None:
        """Stop asking; what is finished is not wanted either, unlike when the user stops."""
        if self._job is not None:
            self._unwanted = True
            self._job.cancel()

    def _start(self) -> None:
        if self._model is None or not self._ready or self._job is not None or not self._waiting:
            return
        asked, self._waiting = self._waiting, ()
        self._inbox = Inbox(asked)
        self.by_itself, self._quiet = self._quiet, True
        self.new_drop = self.new_drop or not (self._going_on or self.by_itself)
        self._going_on = False
        self.answered_by = self._model
        self._job = self._jobs.start(
            judge,
            self._holder,
            self._model,
            asked,
            self._inbox,
            title=lambda: self.tr("Looking at the images"),
            kind="quiet" if self.by_itself else "predict",
        )
        self._job.event_received.connect(self._on_event)
        self._job.succeeded.connect(self._on_succeeded)
        self._job.cancelled.connect(self._on_stopped)
        self._job.failed.connect(self._on_failed)
        self._job.finished.connect(self._on_finished)
        self.started.emit(self._job)

    def _take(self) -> None:
        """Fetch the answers that have come."""
        more = self._inbox.take()
        if more and not self._unwanted:
            first = len(self.items)
            self.items += more
            self.judged.emit(first)

    @Slot(object)
    def _on_event(self, _event: object) -> None:
        self._take()

    @Slot(object)
    def _on_succeeded(self, _nothing: object) -> None:
        self._take()

    @Slot()
    def _on_stopped(self) -> None:
        self._take()
        if not self._unwanted:
            self.remaining = (*self.remaining, *self._inbox.rest)

    @Slot(object)
    def _on_failed(self, error: StudioError) -> None:
        self._on_stopped()
        self.failed.emit(error)

    @Slot()
    def _on_finished(self) -> None:
        self._job, self._unwanted = None, False
        self._start()
        if self._job is None:
            self.finished.emit()


def _asked_again(item: Item) -> Path | Pasted:
    """What to ask another model about."""
    if item.pixels is not None:
        return Pasted(item.name, item.pixels)
    return item.path or Path()
