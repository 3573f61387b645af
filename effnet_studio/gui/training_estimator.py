"""Finds out what each preset would take on this computer, while nothing else is at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from effnet_studio.engine.errors import ConfigError
from effnet_studio.engine.training.config import Preset

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.engine.training.config import TrainConfig
    from effnet_studio.engine.training.estimate import Estimate
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.session import Session

DELAY_MS = 900
"""Quiet time after the last change before anything is tried."""


class TrainingEstimator(QObject):
    """Tries one preset after the other; starts anew when settings or images change.

    Args:
        session: The open project.
        config_of: The settings a preset would be trained with; may raise ConfigError.
        parent: Qt's owner.
    """

    estimated = Signal(object, object)
    """A :class:`Preset`, and its :class:`Estimate`; None while it is not known."""

    def __init__(
        self,
        session: Session,
        config_of: Callable[[Preset], TrainConfig],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._config_of = config_of
        self._known: dict[tuple[str, str], Estimate | None] = {}
        self._job: Job | None = None
        self._asked: tuple[Preset, tuple[str, str]] | None = None
        self._active = False
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._timer.timeout.connect(self._begin)
        session.jobs.job_started.connect(self._on_other_job)
        session.jobs.job_finished.connect(self._on_other_job)

    def set_active(self, *, active: bool) -> None:
        """Try only while somebody can see it."""
        self._active = active
        if active:
            self._timer.start()
        else:
            self.stop()

    @Slot()
    def ask(self) -> None:
        """Settings or images have changed: what is known at once is told, the rest is tried."""
        self.stop()
        for preset in Preset:
            key = self._key(preset)
            self.estimated.emit(preset, self._known.get(key) if key is not None else None)
        if self._active:
            self._timer.start()

    def stop(self) -> None:
        """Break off, as when a training begins."""
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()

    def _key(self, preset: Preset) -> tuple[str, str] | None:
        """What an estimate depends on; None if there is nothing to estimate."""
        project, dataset = self._session.project, self._session.dataset
        if project is None or dataset is None or not dataset.subset("train"):
            return None
        try:
            config = self._config_of(preset)
        except ConfigError:
            return None
        return f"{project.cache_dir}:{dataset.version}", config.model_dump_json()

    @Slot()
    def _on_other_job(self) -> None:
        """Another job would be measured too, and would be disturbed."""
        if self._others_at_work():
            self.stop()
        elif self._active:
            self._timer.start()

    def _others_at_work(self) -> bool:
        return any(job is not self._job and job.title for job in self._session.jobs.jobs)

    @Slot()
    def _begin(self) -> None:
        """Try the next preset of which it is not known what it takes."""
        project, dataset = self._session.project, self._session.dataset
        if self._job is not None or not self._active or self._others_at_work():
            return  # the end of the other job starts this one
        for preset in Preset:
            key = self._key(preset)
            if project is None or dataset is None or key is None or key in self._known:
                continue
            self._asked = (preset, key)
            config = self._config_of(preset)
            self._job = self._session.jobs.start(
                _estimate, config, dataset, project.cache_dir, title="", kind="quiet"
            )
            self._job.succeeded.connect(self._on_estimated)
            self._job.failed.connect(self._on_failed)
            self._job.finished.connect(self._on_finished)
            return

    @Slot(object)
    def _on_estimated(self, found: Estimate) -> None:
        self._note(found)

    @Slot(object)
    def _on_failed(self, _error: object) -> None:
        self._note(None)  # what is wrong is said when the training is started

    def _note(self, found: Estimate | None) -> None:
        if self._asked is None:
            return
        preset, key = self._asked
        self._known[key] = found
        if self._key(preset) == key:
            self.estimated.emit(preset, found)

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        if self._active:
            self._timer.start()


def _estimate(
    config: TrainConfig,
    dataset: Dataset,
    cache_dir: Path,
    *,
    on_event: OnEvent,  # noqa: ARG001 - every job hears events
    cancel: CancelToken,
) -> Estimate:
    from effnet_studio.engine.training.estimate import estimate

    return estimate(config, dataset, cache_dir=cache_dir, cancel=cancel)
