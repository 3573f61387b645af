"""A run begins with the best last layer and is never worse than it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from effnet_studio.engine.events import BatchProgress, EpochFinished, Event
from effnet_studio.engine.training import runs
from effnet_studio.engine.training.config import fit_to_random_weights, make_config
from effnet_studio.engine.training.fit import fit
from effnet_studio.engine.training.schedule import make_schedule
from tests.engine.training.test_fit import assert_same, new_run, weights_of

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.data.dataset import Dataset
    from tests.engine.training.conftest import MakeConfig


@pytest.mark.parametrize(
    "values", [{}, {"views": 2, "freeze": 6}, {"ema": 0.9}, {"imbalance": "sampling"}]
)
def test_that_the_first_epoch_is_what_instant_gives(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig, values: dict[str, Any]
) -> None:
    begun, instant = new_run(tmp_path, "begun"), new_run(tmp_path, "instant")
    fit(tiny_config(solve_head=True, epochs=3, **values), stripes, run_dir=begun)
    alone = {"freeze": 20, "augmentation": "none", "solve_head": True, "epochs": 1}
    fit(tiny_config(**{**values, **alone, "views": 0, "ema": 0.0}), stripes, run_dir=instant)
    first, (only,) = runs.load_run(begun).epochs[0], runs.load_run(instant).epochs
    assert first.val_accuracy == only.val_accuracy
    assert first.val_loss == pytest.approx(only.val_loss, rel=1e-3)
    assert first.train_accuracy == only.train_accuracy
    run = runs.load_run(begun)
    assert run.best_accuracy is not None
    if run.config.imbalance == "none":
        assert run.best_accuracy >= only.val_accuracy


def test_that_the_network_goes_on_learning(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    events: list[Event] = []
    run_dir = new_run(tmp_path)
    fit(
        tiny_config(solve_head=True, epochs=3),
        stripes,
        run_dir=run_dir,
        on_event=events.append,
    )
    finished = [event for event in events if isinstance(event, EpochFinished)]
    assert finished[0].eta_seconds is None  # no step was measured yet
    assert finished[1].eta_seconds > 0
    assert finished[2].train_loss != finished[1].train_loss
    (solved,) = [e for e in events if isinstance(e, BatchProgress) and e.epoch == 0]
    assert solved.step == 3  # of twenty pictures, eight in a batch
    again = new_run(tmp_path, "again")
    fit(tiny_config(solve_head=True, epochs=3), stripes, run_dir=again)
    assert_same(weights_of(run_dir), weights_of(again))


def test_that_the_rise_of_the_rate_comes_behind_the_solved_epoch() -> None:
    given = {"steps_per_epoch": 10, "warmup_epochs": 1.0, "floor": 0.01}
    plain = make_schedule(1.0, epochs=4, **given)  # type: ignore[arg-type]
    behind = make_schedule(1.0, epochs=5, solved_epochs=1, **given)  # type: ignore[arg-type]
    assert [behind(step + 10) for step in range(40)] == [plain(step) for step in range(40)]
    assert behind(9) > 0


def test_that_balanced_begins_so_and_random_weights_do_not() -> None:
    config = make_config("balanced")
    assert config.solve_head
    assert not fit_to_random_weights(config)[0].solve_head
    assert not make_config("best").solve_head
