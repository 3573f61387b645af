"""Asks the model about dropped and pasted images; what comes meanwhile waits its turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from effnet_studio.gui.models.predict_items import Pasted, judge

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from effnet_studio.gui.jobs import Job, JobRunner
    from effnet_studio.gui.models.predict_items import Item, ModelHolder

_FEW = 16
"""Images that are judged in a moment."""


@dataclass(frozen=True)
class _Images:
    """Images that are to be judged.

    Attributes:
        paths: Files and folders.
        pasted: Images without a file.
        quiet: Whether nobody waits for them.
    """

    paths: tuple[Path, ...] = ()
    pasted: tuple[Pasted, ...] = ()
    quiet: bool = True

    def __add__(self, other: _Images) -> _Images:
        quiet = self.quiet and other.quiet
        return _Images(self.paths + other.paths, self.pasted + other.pasted, quiet)

    def __bool__(self) -> bool:
        return bool(self.paths or self.pasted)


class ImageJudge(QObject):
    """The images of the Predict page, one job after the other.

    Args:
        jobs: Does the work.
        holder: Has or loads the model.
        parent: Qt's owner.

    Attributes:
        items: The images with their verdicts.
        answered_by: The model they were last asked of; None before the first.
    """

    started = Signal(object)
    """A job is under way."""
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
        self._waiting = self._asked = _Images()
        self._job: Job | None = None
        self._unwanted = False
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
        if self._job is not None:
            self._drop()
            self._waiting = self._asked + self._waiting

    def begin(self) -> None:
        """The model is ready: ask it about what waits, and about what another one has judged."""
        self._ready = True
        if self.answered_by != self._model:
            again = _Images(
                tuple(item.path for item in self.items if item.path is not None),
                tuple(
                    Pasted(item.name, item.pixels) for item in self.items if item.pixels is not None
                ),
                quiet=not self.items,
            )
            self.items = [item for item in self.items if item.source is None]  # refused, no file
            self._waiting = again + self._waiting
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
        quiet = quiet and len(paths) + len(pasted) <= _FEW
        self._waiting += _Images(tuple(paths), tuple(pasted), quiet)
        self._start()

    def clear(self) -> None:
        """Forget all images."""
        self._waiting, self.items = _Images(), []
        if self._job is not None:
            self._drop()

    def _drop(self) -> None:
        """Stop asking; what is finished is not wanted either, unlike when the user stops."""
        if self._job is not None:
            self._unwanted = True
            self._job.cancel()

    def _start(self) -> None:
        if self._model is None or not self._ready or self._job is not None or not self._waiting:
            return
        self._asked, self._waiting = self._waiting, _Images()
        self.answered_by = self._model
        self._job = self._jobs.start(
            judge,
            self._holder,
            self._model,
            self._asked.paths,
            self._asked.pasted,
            title=self.tr("Looking at the images"),
            kind="quiet" if self._asked.quiet else "predict",
        )
        self._job.succeeded.connect(self._on_judged)
        self._job.failed.connect(self.failed)
        self._job.finished.connect(self._on_finished)
        self.started.emit(self._job)

    @Slot(object)
    def _on_judged(self, items: list[Item]) -> None:
        if not self._unwanted:
            first = len(self.items)
            self.items += items
            self.judged.emit(first)

    @Slot()
    def _on_finished(self) -> None:
        self._job, self._unwanted = None, False
        self._start()
        if self._job is None:
            self.finished.emit()
