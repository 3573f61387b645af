"""What the window tells beside its pages: notices, the job history, the panel of errors."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio.engine.errors import ImagesGoneError, StorageError, TrainingError
from effnet_studio.engine.events import BatchProgress
from effnet_studio.engine.messages import msg
from effnet_studio.gui.jobs import JobState
from effnet_studio.gui.notices.outcome import Outcome, outcome_of_error
from tests.gallery.names import in_words
from tests.gallery.registry import Scenario

if TYPE_CHECKING:
    from tests.gallery.stage import Stage

_FULL_DISK = StorageError(
    msg("The disk is full: {path} could not be written.", path="/photos/Garden.effnet/runs"),
    hint=msg("Free some space or choose another folder; nothing written before is lost."),
    path=Path("/photos/Garden.effnet/runs"),
)
_GONE = ImagesGoneError(
    msg("The images in {folder} are gone.", folder="/media/card/garden"),
    hint=msg("Connect the drive with the images again."),
    path=Path("/media/card/garden/leaf-01.jpg"),
)
_CHANGED = TrainingError(
    msg("The images have changed since the run {run} began.", run="20260721-101500-resnet18"),
    hint=msg("Start a new training; the best model of this run stays as it is."),
)


def _outcome(stage: Stage, kind: str, title: str, ago: float, **more: object) -> Outcome:
    """Something that ended some hours ago."""
    project = stage.session.project
    stage.given.append(title)
    ended = (datetime.now(UTC) - timedelta(hours=ago)).isoformat(timespec="seconds")
    facts: dict[str, object] = {
        "key": f"{kind}{title}{ago}",
        "title": title,
        "kind": kind,
        "state": JobState.SUCCEEDED,
        "ended": ended,
        "project": str(project.root) if project else "",
        "project_name": project.name if project else "",
        **more,
    }
    return Outcome(**facts)  # type: ignore[arg-type]


def _failed(stage: Stage, ago: float) -> Outcome:
    return _outcome(
        stage,
        "train",
        "Training",
        ago,
        state=JobState.FAILED,
        seconds=48.0,
        message=_FULL_DISK.message,
        hint=_FULL_DISK.hint,
        report="EffNet Studio",
    )


def _show(stage: Stage, *outcomes: Outcome) -> None:
    """Show notices that stay for the pictures."""
    for outcome in outcomes:
        notices = stage.window.notices
        notices.toasts.show_toast(notices._spec(outcome))._timer.stop()


def _toasts(stage: Stage) -> None:
    stage.open_copy(stage.material.trained, "data")
    _show(
        stage,
        _outcome(stage, "export", "Export: Web · ONNX", 0, seconds=73.0, ready=True),
        _outcome(stage, "train", "Training", 0, seconds=884.0, accuracy=0.942),
    )


def _toast_failed(stage: Stage) -> None:
    stage.open_copy(stage.material.trained, "evaluate")
    _show(stage, _failed(stage, 0))


def _toasts_working(stage: Stage) -> None:
    stage.open_copy(stage.material.trained, "predict")
    progress = BatchProgress(2, 84, 240, 0.8, 0.7, 1e-3, 11.6, 430.0)
    stage.perform(
        stage.session.jobs.start, [progress], title=in_words("Session", "Training"), kind="train"
    )
    _show(
        stage,
        _outcome(stage, "import", "Reading Autumn walk", 0, seconds=12.0),
        _outcome(stage, "export", "Export: Web · ONNX", 0, seconds=73.0, ready=False),
        _failed(stage, 0),
    )


def _history_empty(stage: Stage) -> None:
    stage.open_copy(stage.material.trained, "data")
    stage.window.notices.toggle_history()
    stage.settle()


def _fill(stage: Stage) -> None:
    history = stage.window.notices.history
    rows = (
        _outcome(stage, "sample", "Drawing the sample images", 75, seconds=6.0, project_name=""),
        _outcome(stage, "import", "Reading Sample", 74.9, seconds=2.0),
        _outcome(stage, "train", "Training", 74.5, seconds=312.0, accuracy=0.871),
        _outcome(stage, "suspects", "Looking for wrong labels", 50, seconds=41.0),
        _outcome(
            stage,
            "train",
            "Training",
            26,
            seconds=122.0,
            accuracy=0.804,
            state=JobState.CANCELLED,
        ),
        _failed(stage, 3),
        _outcome(stage, "train", "Training", 2, seconds=884.0, accuracy=0.942),
        _outcome(stage, "export", "Export: Web · ONNX", 1.2, seconds=73.0, ready=False),
        _outcome(stage, "export", "Export: Web · ONNX", 1, seconds=69.0, ready=True),
    )
    for row in rows:
        history.add(row)


def _history_full(stage: Stage) -> None:
    stage.open_copy(stage.material.trained, "data")
    _fill(stage)
    stage.window.notices.toggle_history()
    stage.settle()


def _history_failed(stage: Stage) -> None:
    stage.open_copy(stage.material.trained, "train")
    progress = BatchProgress(2, 84, 240, 0.8, 0.7, 1e-3, 11.6, 430.0)
    stage.perform(
        stage.session.jobs.start, [progress], title=in_words("Session", "Training"), kind="train"
    )
    _fill(stage)
    stage.window.notices.history.add(outcome_of_error(_GONE, stage.session.project))
    panel = stage.window.notices.panel
    stage.window.notices.toggle_history()
    stage.settle()
    panel.list.setCurrentIndex(panel.list.model().index(4, 0))


def _one_error(stage: Stage) -> None:
    stage.open_copy(stage.material.trained, "train")
    for _ in range(3):
        stage.window.errors.show_error(_GONE)


def _three_errors(stage: Stage) -> None:
    stage.open_copy(stage.material.trained, "train")
    for error in (_CHANGED, _GONE, _FULL_DISK):
        stage.window.errors.show_error(error)


def _errors_expanded(stage: Stage) -> None:
    _three_errors(stage)
    stage.window.errors._more.click()


SCENARIOS = (
    Scenario("told", "toasts", _toasts),
    Scenario("told", "toast-failed", _toast_failed),
    Scenario("told", "toasts-working", _toasts_working),
    Scenario("told", "history-empty", _history_empty),
    Scenario("told", "history-full", _history_full),
    Scenario("told", "history-failed", _history_failed),
    Scenario("told", "one-error", _one_error),
    Scenario("told", "three-errors", _three_errors),
    Scenario("told", "errors-expanded", _errors_expanded),
)
