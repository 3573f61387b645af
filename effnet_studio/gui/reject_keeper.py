"""Keeps a run's threshold for "none of these": reads it, and writes another when asked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from effnet_studio.engine.messages import msg
from effnet_studio.gui.jobs import Job
from effnet_studio.gui.questions import Requests
from effnet_studio.gui.undo.history import Reversible

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.predict.reject_option import RejectOption
    from effnet_studio.engine.project import Project
    from effnet_studio.gui.models.confidence_facts import ThresholdWish
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.widgets.evaluate.confidence_view import ConfidenceView


class RejectKeeper(QObject):
    """Answers the view's wishes with jobs, and tells the session when a run judges otherwise.

    Args:
        session: The open project.
        view: Where it is chosen.
        parent: Qt's owner.
    """

    failed = Signal(object)
    """The :class:`~effnet_studio.engine.errors.StudioError` that says why it was not kept."""

    def __init__(self, session: Session, view: ConfidenceView, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._view = session, view
        self._run_dir: Path | None = None
        self._job: Job | None = None
        self._wish: ThresholdWish | None = None
        self._project: Project | None = None
        self._read = Requests(session.jobs, heavy=True, parent=self)
        self._read.answered.connect(self._on_read)
        self._read.refused.connect(self._on_refused)
        view.threshold_wished.connect(self._on_wished)
        view.failed.connect(self.failed)
        self.look_at(None)

    def look_at(self, run_dir: Path | None) -> None:
        """Read what is known of the model whose evaluation is on view.

        Args:
            run_dir: The run's folder; None for an exported file, whose threshold is inside it.
        """
        if run_dir != self._run_dir:
            self._view.set_run(None, None)
        self._run_dir = run_dir
        self._show_state()
        if run_dir is None:
            self._read.forget()
        else:
            self._read.ask_only(run_dir, _read_run, run_dir)

    @Slot(object, object)
    def _on_read(self, run_dir: Path, found: tuple[float, RejectOption | None]) -> None:
        if run_dir == self._run_dir:
            self._view.set_run(*found)

    @Slot(object, object)
    def _on_refused(self, _key: object, error: StudioError) -> None:
        self.failed.emit(error)

    @Slot(object)
    def _on_wished(self, wish: ThresholdWish | None) -> None:
        if self._run_dir is None or self._job is not None:
            return
        self._job = self._session.jobs.start(
            _keep,
            self._run_dir,
            wish,
            title=lambda: self.tr("Keeping the threshold"),
            kind="quiet",
            with_events=False,
        )
        self._job.succeeded.connect(self._on_kept)
        self._job.failed.connect(self.failed)
        self._job.finished.connect(self._on_finished)
        self._wish, self._project = wish, self._session.project
        self._show_state()

    @Slot(object)
    def _on_kept(self, answer: tuple[Path, RejectOption | None]) -> None:
        if self._project is not self._session.project:
            return  # it was left since; its steps are no longer to be undone
        run_dir, before = answer
        done = Reversible(
            msg("Another threshold for “none of these”"),
            partial(self._write, _put_back, run_dir, before),
            partial(self._write, _keep, run_dir, self._wish),
            ("run", run_dir.name, "threshold"),
        )
        self._session.undo.take(done)
        self._tell(run_dir)

    def _write(self, function: Callable[..., object], *arguments: object) -> None:
        """Take a threshold back, or choose it again."""
        job = self._session.jobs.start(
            function,
            *arguments,
            title=lambda: self.tr("Keeping the threshold"),
            kind="quiet",
            with_events=False,
        )
        job.succeeded.connect(self._on_written)
        job.failed.connect(self.failed)

    @Slot(object)
    def _on_written(self, answer: tuple[Path, object]) -> None:
        self._tell(answer[0])

    def _tell(self, run_dir: Path) -> None:
        self._session.note_rejection(run_dir)
        if run_dir == self._run_dir:
            self._read.ask_only(run_dir, _read_run, run_dir)

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        self._show_state()

    def _show_state(self) -> None:
        project = self._session.project
        writable = project is not None and not project.read_only
        self._view.choice.set_state(
            saving=self._job is not None, writable=writable, exported=self._run_dir is None
        )


# -- what runs in background threads; the engine is imported there -------------------------------


def _read_run(run_dir: Path) -> tuple[float, RejectOption | None]:
    """The temperature and the threshold of a run."""
    from effnet_studio.engine.predict.reject_option import read_reject_option
    from effnet_studio.engine.training.checkpoint import read_temperature
    from effnet_studio.engine.training.runs import BEST_FILE

    return read_temperature(run_dir / BEST_FILE), read_reject_option(run_dir)


def _keep(run_dir: Path, wish: ThresholdWish | None) -> tuple[Path, RejectOption | None]:
    """Write another threshold, or none; gives the one before."""
    from effnet_studio.engine.evaluation.rejection import keep_threshold
    from effnet_studio.engine.predict.reject_option import (
        Score,
        read_reject_option,
        write_reject_option,
    )

    before = read_reject_option(run_dir)
    if wish is None:
        write_reject_option(run_dir, None)
    else:
        keep_threshold(run_dir, wish.evaluation, wish.threshold, Score(wish.score))
    return run_dir, before


def _put_back(run_dir: Path, option: RejectOption | None) -> tuple[Path, None]:
    """Write the threshold that was there before."""
    from effnet_studio.engine.predict.reject_option import write_reject_option

    write_reject_option(run_dir, option)
    return run_dir, None
