"""Where a training run stands, worked out from its events by one pure function; without Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from effnet_studio.engine.events import (
    BatchProgress,
    CheckpointSaved,
    EpochFinished,
    ExamplesJudged,
    Noted,
    PauseChanged,
    Progress,
    RecipeTried,
    RunStarted,
    Stage,
    StepStarted,
    Warned,
)

if TYPE_CHECKING:
    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.events import Event
    from effnet_studio.engine.messages import Message


class Phase(StrEnum):
    """What the Train page is showing."""

    READY = "ready"
    PREPARING = "preparing"
    TRAINING = "training"
    PAUSED = "paused"
    STOPPING = "stopping"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"
    INTERRUPTED = "interrupted"

    @property
    def busy(self) -> bool:
        """Whether a job runs."""
        return self in {Phase.PREPARING, Phase.TRAINING, Phase.PAUSED, Phase.STOPPING}


@dataclass(frozen=True)
class TrainState:
    """Everything the status of a run says.

    Attributes:
        phase: What goes on.
        run_id: Name of the run's folder; empty before it exists.
        model: Catalog name of the architecture.
        preset: Name of the preset it was started with.
        epoch: Epoch being trained, counted from 1; 0 before the first.
        epochs: Planned epochs.
        done: Share of the run that is done, in [0, 1]; None while that is not known.
        preparation: Progress of what comes before the first step.
        images_per_second: Measured throughput; None before the first step.
        eta_seconds: Measured remaining time; None while it is not known.
        best_accuracy: Validation accuracy of the best epoch so far, in [0, 1].
        best_balanced: Its balanced accuracy, in [0, 1]; None where that is not known.
        best_epoch: The epoch it was reached in, counted from 1.
        val_images: Images validated on.
        seconds: Time the finished epochs took.
        resumed: Phase to go back to after a pause.
        note: The latest thing worth knowing.
        warning: The latest warning, its hint beside it.
        warning_hint: What to do about the warning.
        error: Why the run failed.
    """

    phase: Phase = Phase.READY
    run_id: str = ""
    model: str = ""
    preset: str = ""
    epoch: int = 0
    epochs: int = 0
    done: float | None = None
    preparation: Progress | None = None
    images_per_second: float | None = None
    eta_seconds: float | None = None
    best_accuracy: float | None = None
    best_balanced: float | None = None
    best_epoch: int = 0
    val_images: int = 0
    seconds: float = 0.0
    resumed: Phase = Phase.PREPARING
    note: Message | None = None
    warning: Message | None = None
    warning_hint: Message | None = None
    error: StudioError | None = None


def advance(  # noqa: PLR0911 - one arm per event
    state: TrainState, event: Event, best: EpochFinished | None = None
) -> TrainState:
    """Work out where a run stands after one more event.

    Args:
        state: Where it stood.
        event: What happened.
        best: The best epoch that a run brings along when it is continued.

    Returns:
        Where it stands now.
    """
    match event:
        case RunStarted():
            return replace(
                state,
                best_accuracy=best.accuracy if best else state.best_accuracy,
                best_balanced=best.balanced if best else state.best_balanced,
                best_epoch=best.epoch + 1 if best else state.best_epoch,
                run_id=event.run_id,
                model=event.model,
                epoch=event.start_epoch + 1,
                epochs=event.epochs,
                val_images=event.val_images,
                done=event.start_epoch / event.epochs if event.start_epoch else state.done,
            )
        case Progress(stage=Stage.TRAIN | Stage.EVALUATE):
            return state  # the steps and epochs say it better
        case Progress():
            return replace(state, preparation=event)
        case BatchProgress():
            return replace(
                state,
                phase=_working(state),
                preparation=None,
                epoch=event.epoch + 1,
                done=event.step / event.steps,
                images_per_second=event.images_per_second,
                eta_seconds=event.eta_seconds,
            )
        case EpochFinished():
            return _after_epoch(state, event)
        case PauseChanged():
            return _after_pause_change(state, paused=event.paused)
        case Noted():
            return replace(state, note=event.message)
        case Warned():
            return replace(state, warning=event.message, warning_hint=event.hint)
        case CheckpointSaved() | ExamplesJudged() | StepStarted() | RecipeTried():
            return state


def _working(state: TrainState) -> Phase:
    """The phase once a step came in: a pause or stop that was asked for stays in view."""
    return state.phase if state.phase in {Phase.PAUSED, Phase.STOPPING} else Phase.TRAINING


def _after_epoch(state: TrainState, event: EpochFinished) -> TrainState:
    better = event.best or state.best_accuracy is None
    return replace(
        state,
        phase=_working(state),
        preparation=None,
        epoch=event.epoch + 1,
        epochs=event.epochs,
        done=(event.epoch + 1) / event.epochs,
        images_per_second=event.images_per_second,
        eta_seconds=event.eta_seconds,
        best_accuracy=event.accuracy if better else state.best_accuracy,
        best_balanced=event.balanced if better else state.best_balanced,
        best_epoch=event.epoch + 1 if better else state.best_epoch,
        seconds=state.seconds + event.seconds,
    )


def _after_pause_change(state: TrainState, *, paused: bool) -> TrainState:
    if paused and state.phase in {Phase.PREPARING, Phase.TRAINING}:
        return replace(state, phase=Phase.PAUSED, resumed=state.phase)
    if not paused and state.phase is Phase.PAUSED:
        return replace(state, phase=state.resumed)
    return state
