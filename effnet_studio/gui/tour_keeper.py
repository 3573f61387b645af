"""Finds out how far the open project is on the way that the tour shows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot

from effnet_studio.gui.jobs import JobState
from effnet_studio.gui.models.tour import Journey
from effnet_studio.gui.questions import Requests

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.settings import Settings

_MARKS: Final = {"evaluate", "predict", "export"}
"""Kinds of jobs that take the project further."""


class TourKeeper(QObject):
    """Puts together what the session knows, what is on the disk and what was tried before.

    Args:
        session: The open project.
        settings: Remembers in which projects other images were tried: that leaves no trace on the
            disk.
        parent: Qt's owner.
    """

    changed = Signal(object)
    """The :class:`~effnet_studio.gui.models.tour.Journey` as it stands now."""

    def __init__(self, session: Session, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self.journey = Journey()
        self._requests = Requests(session.jobs, parent=self)
        self._requests.answered.connect(self._on_traces_read)
        session.project_changed.connect(self._on_project_changed)
        for changed in (session.dataset_changed, session.runs_changed):
            changed.connect(self._refresh)
        session.runs_changed.connect(self._look)
        session.import_started.connect(self._refresh)
        session.training_started.connect(self._refresh)
        session.jobs.job_started.connect(self._on_job_started)
        session.jobs.job_finished.connect(self._on_job_finished)

    @Slot()
    def _on_project_changed(self) -> None:
        self._requests.forget()
        self.journey = Journey()
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        """What the session knows; the rest stays as it was found last."""
        session = self._session
        dataset, project = session.dataset, session.project
        tried = project is not None and str(project.root) in self._settings.tried_projects()
        self._set(
            replace(
                self.journey,
                images=len(dataset.samples) if dataset is not None else 0,
                classes=len(dataset.classes) if dataset is not None else 0,
                reading=session.import_job is not None,
                training=session.training_job is not None,
                checking=any(job.kind == "evaluate" for job in session.jobs.jobs),
                failed=self.journey.failed and session.training_job is None,
                trained=any(run.best_accuracy is not None for run in session.runs),
                predicted=self.journey.predicted or tried,
            )
        )

    @Slot()
    def _look(self) -> None:
        """Look for what was done before, in the background."""
        project = self._session.project
        if project is not None:
            key = str(project.root)
            self._requests.ask_only(key, _traces, self._session.runs, project.exports_dir)

    @Slot(object, object)
    def _on_traces_read(self, _root: str, traces: tuple[bool, bool]) -> None:
        evaluated, exported = traces
        journey = self.journey
        self._set(
            replace(
                journey,
                evaluated=journey.evaluated or evaluated,
                exported=journey.exported or exported,
            )
        )

    @Slot(object)
    def _on_job_started(self, job: Job) -> None:
        if job.kind == "evaluate":
            self._refresh()

    @Slot(object)
    def _on_job_finished(self, job: Job) -> None:
        project = self._session.project
        if project is None or job.kind not in {*_MARKS, "import", "train"}:
            return
        if job.kind in _MARKS and job.state is JobState.SUCCEEDED:
            if job.kind == "predict":
                self._settings.note_tried(str(project.root))
            self.journey = replace(
                self.journey,
                evaluated=self.journey.evaluated or job.kind == "evaluate",
                exported=self.journey.exported or job.kind == "export",
            )
        if job.kind == "train":
            self.journey = replace(self.journey, failed=job.state is JobState.FAILED)
        self._refresh()

    def _set(self, journey: Journey) -> None:
        self.journey = journey
        self.changed.emit(journey)


def _traces(runs: Sequence[Run], exports: Path) -> tuple[bool, bool]:
    """Whether a run was checked, and whether one was exported; in a background thread."""
    from effnet_studio.engine.evaluation.kept_answers import ANSWERS_FILE

    evaluated = any((run.run_dir / ANSWERS_FILE).is_file() for run in runs)
    exported = exports.is_dir() and any(each.is_dir() for each in exports.iterdir())
    return evaluated, exported
