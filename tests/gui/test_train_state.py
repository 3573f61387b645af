"""Where a run stands is worked out from its events alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from effnet_studio.engine.data.balance import is_uneven
from effnet_studio.engine.events import (
    BatchProgress,
    CheckpointSaved,
    EpochFinished,
    Event,
    Noted,
    PauseChanged,
    Progress,
    RunStarted,
    Stage,
    Warned,
)
from effnet_studio.engine.messages import msg
from effnet_studio.gui.models.train_state import Phase, TrainState, advance
from effnet_studio.gui.text import percent_text
from effnet_studio.gui.widgets.train.train_views import live_view

STARTED = RunStarted("run-1", Path("run-1"), "resnet18", 4, 10, 0, 320, 80)


def batch(step: int, epoch: int = 0, eta: float | None = 30.0) -> BatchProgress:
    return BatchProgress(epoch, step, 40, 0.9, 0.5, 1e-3, 12.0, eta)


def epoch(number: int, accuracy: float, *, best: bool) -> EpochFinished:
    return EpochFinished(
        number, 4, 10 * (number + 1), 1.0, 0.5, 1.1, accuracy, 1e-3, 11.0, 5.0, 20.0, best
    )


def after(*events: Event, phase: Phase = Phase.PREPARING) -> TrainState:
    state = TrainState(phase)
    for event in events:
        state = advance(state, event)
    return state


def test_that_downloads_and_features_count_as_preparation() -> None:
    progress = Progress(Stage.DOWNLOAD, 1, 4, "bytes")
    state = after(progress)
    assert (state.phase, state.preparation) == (Phase.PREPARING, progress)
    assert after(progress, STARTED, batch(1)).preparation is None


def test_that_the_first_step_begins_the_training() -> None:
    state = after(STARTED, batch(3))
    assert state.phase is Phase.TRAINING
    assert (state.run_id, state.model, state.epoch, state.epochs) == ("run-1", "resnet18", 1, 4)
    assert state.done == pytest.approx(3 / 40)


def test_that_the_remaining_time_is_unknown_until_the_engine_says_it() -> None:
    assert after(STARTED, batch(1, eta=None)).eta_seconds is None


def test_that_only_better_epochs_replace_the_best() -> None:
    state = after(
        STARTED, epoch(0, 0.6, best=True), epoch(1, 0.8, best=True), epoch(2, 0.7, best=False)
    )
    assert (state.best_accuracy, state.best_epoch, state.seconds) == (0.8, 2, 15.0)


def test_that_balanced_accuracy_is_shown_where_classes_are_uneven() -> None:
    finished = replace(epoch(0, 0.9, best=True), balanced_accuracy=0.55)
    state = after(STARTED, finished, batch(11, 1))
    figures = live_view(state, uneven=True).figures
    assert [figure[1] for figure in figures] == [
        "epoch",
        "best accuracy",
        "balanced accuracy",
        "left",
    ]
    assert figures[2][0] == percent_text(0.55)
    assert "Balanced accuracy" in figures[2][2]
    assert [figure[1] for figure in live_view(state).figures][2] == "images/s"


def test_that_classes_are_uneven_beyond_three_to_one() -> None:
    assert is_uneven([31, 10])
    assert not is_uneven([30, 10])
    assert not is_uneven([30, 0])


def test_that_a_pause_stays_in_view_until_it_ends() -> None:
    paused = after(STARTED, batch(1), PauseChanged(paused=True), batch(2))
    assert paused.phase is Phase.PAUSED
    assert advance(paused, PauseChanged(paused=False)).phase is Phase.TRAINING


def test_that_a_pause_while_preparing_leads_back_to_preparing() -> None:
    state = after(PauseChanged(paused=True), PauseChanged(paused=False))
    assert state.phase is Phase.PREPARING


def test_that_a_stop_stays_in_view_while_the_last_step_comes_in() -> None:
    state = after(
        batch(5), PauseChanged(paused=True), epoch(0, 0.5, best=True), phase=Phase.STOPPING
    )
    assert state.phase is Phase.STOPPING


def test_that_a_resumed_run_begins_where_it_was() -> None:
    resumed = RunStarted("run-1", Path("run-1"), "resnet18", 4, 10, 2, 320, 80)
    assert after(resumed).done == 0.5


def test_that_notes_and_warnings_are_kept_apart() -> None:
    state = after(Noted(msg("All is well.")), Warned(msg("No network."), msg("Connect.")))
    assert (str(state.note), str(state.warning), str(state.warning_hint)) == (
        "All is well.",
        "No network.",
        "Connect.",
    )


def test_that_a_saved_checkpoint_changes_nothing_in_view() -> None:
    assert after(CheckpointSaved(Path("best"), 0, best=True)) == TrainState(Phase.PREPARING)


def test_that_a_continued_run_brings_its_best_epoch_along() -> None:
    state = advance(TrainState(Phase.PREPARING), STARTED, epoch(1, 0.75, best=True))
    assert (state.best_accuracy, state.best_epoch) == (0.75, 2)
    assert advance(state, epoch(2, 0.5, best=False)).best_accuracy == pytest.approx(0.75)
