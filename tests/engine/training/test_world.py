"""What several processes train is what one does, and what one of them meets all hear of."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.engine.events import EpochFinished, ExamplesJudged, PauseChanged, Warned
from effnet_studio.engine.training.fit import fit
from effnet_studio.engine.training.world import World
from tests.engine.training.conftest import draw_stripes
from tests.engine.training.ranks import (
    Ranks,
    Trained,
    leave,
    no_memory,
    no_memory_to_update,
    no_number,
    trained,
)
from tests.engine.training.test_fit import assert_same, new_run, results_of, weights_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from effnet_studio.engine.data.dataset import Dataset
    from tests.engine.training.conftest import MakeConfig

EXACT: dict[str, Any] = {
    "freeze": 20,
    "optimizer": "sgd",
    "learning_rate": 0.05,
    "batch_size": 6,
    "dropout": 0.0,
    "views": 0,
}
"""No batch norm that learns, which would see a part of a batch; a rule that does not enlarge
rounding."""

WHOLE_NETWORK: dict[str, Any] = EXACT | {
    "model": "convnext_tiny",
    "freeze": 0,
    "drop_path": 0.0,
    "batch_size": 7,
    "epochs": 1,
}
"""The same for all of a network without batch norms."""


@pytest.fixture(scope="module")
def ranks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ranks]:
    """Two processes for the whole file."""
    both = Ranks(tmp_path_factory.mktemp("ranks"))
    yield both
    both.close()


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """More validation pictures than one batch holds."""
    return draw_stripes(tmp_path_factory.mktemp("ranks") / "pictures", train=20, val=40)


def test_that_one_process_alone_shares_nothing() -> None:
    world = World()
    assert world.first
    assert world.part([3, 1, 2]) == [3, 1, 2]
    assert world.most(4) == 4


@given(count=st.integers(0, 200), size=st.integers(1, 16))
def test_that_parts_cover_a_batch_and_none_is_of_one_picture(count: int, size: int) -> None:
    parts = []
    for rank in range(size):
        world = World()
        world.rank, world.size = rank, size
        parts.append(world.part(list(range(count))))
    assert [item for part in parts for item in part] == list(range(count))
    assert count == 1 or 1 not in map(len, parts)
    sizes = [len(part) for part in parts if part]
    assert not sizes or max(sizes) - min(sizes) <= 1


def alike(both: list[Trained]) -> Trained:
    """The first of two that ended in the same state."""
    first, second = both
    assert first.digest == second.digest
    assert first.result.accuracy == second.result.accuracy
    assert first.result.best_epoch == second.result.best_epoch
    return first


def assert_close(first: Path, second: Path) -> None:
    """The same weights and record but for rounding."""
    weights = weights_of(first)
    for name, tensor in weights_of(second).items():
        assert torch.allclose(tensor, weights[name], rtol=0, atol=1e-5), name
    for mine, theirs in itertools.zip_longest(results_of(first), results_of(second)):
        for one, two in zip(mine, theirs, strict=True):
            assert one == (two if two is None else pytest.approx(two, rel=1e-4))


@pytest.mark.parametrize(
    ("values", "lost"), [(WHOLE_NETWORK, 0), (EXACT, 1)], ids=["network", "lost"]
)
def test_that_two_processes_end_where_one_does(
    ranks: Ranks, tmp_path: Path, tiny_config: MakeConfig, values: dict[str, Any], lost: int
) -> None:
    """Also when a picture cannot be read, which only one of them knows."""
    dataset = draw_stripes(tmp_path / "pictures", train=14, val=10)
    for sample in dataset.samples[:lost]:
        sample.path.write_bytes(b"nothing")
    config = tiny_config(**values)
    one, two = new_run(tmp_path, "one"), new_run(tmp_path, "two")
    alone = fit(config, dataset, run_dir=one)
    both = alike(ranks(trained, config, dataset, two))
    assert_close(one, two)
    assert both.result.best_epoch == alone.best_epoch


def test_that_batch_norms_see_what_they_see_in_parts_in_one_process(
    ranks: Ranks, tmp_path: Path, tiny_config: MakeConfig
) -> None:
    dataset = draw_stripes(tmp_path / "pictures", train=16, val=10)
    config = tiny_config(**EXACT | {"freeze": 0, "batch_size": 8, "learning_rate": 0.01})
    one, two = new_run(tmp_path, "one"), new_run(tmp_path, "two")
    fit(config.model_copy(update={"micro_batch": 4}), dataset, run_dir=one)
    alike(ranks(trained, config, dataset, two))
    assert_close(one, two)


def test_that_a_process_without_pictures_takes_part_in_the_step(
    ranks: Ranks, tmp_path: Path, tiny_config: MakeConfig
) -> None:
    dataset = draw_stripes(tmp_path / "pictures", train=14, val=10)
    for sample in dataset.samples[:6]:
        sample.path.write_bytes(b"nothing")
    first = alike(ranks(trained, tiny_config(batch_size=4), dataset, new_run(tmp_path)))
    epochs = [event for event in first.events if isinstance(event, EpochFinished)]
    assert [epoch.step for epoch in epochs] == [4, 8]
    assert all(0 < epoch.train_loss < 5 for epoch in epochs)


def test_that_a_last_batch_too_small_for_all_is_trained_by_some(
    ranks: Ranks, tmp_path: Path, tiny_config: MakeConfig
) -> None:
    dataset = draw_stripes(tmp_path / "pictures", train=7, val=10)
    config = tiny_config(**EXACT | {"batch_size": 4})  # four and three
    one, two = new_run(tmp_path, "one"), new_run(tmp_path, "two")
    fit(config, dataset, run_dir=one)
    alike(ranks(trained, config, dataset, two))
    assert_close(one, two)


def test_that_frozen_stages_stay_as_they_are_until_they_thaw(
    ranks: Ranks, photos: Dataset, tmp_path: Path, tiny_config: MakeConfig
) -> None:
    """The optimiser moves and counts nothing that has no gradient yet."""
    config = tiny_config(freeze=3, thaw_every=1, epochs=3, weight_decay=0.1)
    one, two = new_run(tmp_path, "one"), new_run(tmp_path, "two")
    fit(config, photos, run_dir=one)
    alike(ranks(trained, config, photos, two))
    counts = [
        {
            name: int(value)
            for name, value in weights_of(run, "last/optimizer.safetensors").items()
            if name.endswith(".step")
        }
        for run in (one, two)
    ]
    assert counts[0] == counts[1]
    assert len(set(counts[0].values())) > 1


def test_that_too_small_batches_are_refused(
    ranks: Ranks, photos: Dataset, tmp_path: Path, tiny_config: MakeConfig
) -> None:
    answers = ranks(trained, tiny_config(batch_size=3), photos, new_run(tmp_path))
    assert all("too small for 2 processes" in str(answer) for answer in answers)


def test_that_one_may_leave_as_soon_as_they_have_met(ranks: Ranks) -> None:
    assert [ranks(leave) for _ in range(100)] == [[None, None]] * 100


def test_that_batch_norms_and_averages_stay_the_same_in_both(
    ranks: Ranks, photos: Dataset, tmp_path: Path, tiny_config: MakeConfig
) -> None:
    config = tiny_config(ema=0.9, epochs=3)
    first = alike(ranks(trained, config, photos, new_run(tmp_path)))
    epochs = [event for event in first.events if isinstance(event, EpochFinished)]
    assert len(epochs) == 3
    for epoch in epochs:
        assert 0 < epoch.train_loss < 5
        assert 0 < epoch.val_loss < 5
    assert first.result.accuracy > 0.4


def test_that_pictures_of_both_are_shown(
    ranks: Ranks, photos: Dataset, tmp_path: Path, tiny_config: MakeConfig
) -> None:
    first, second = ranks(trained, tiny_config(epochs=1), photos, new_run(tmp_path))
    (shown,) = [event for event in first.events if isinstance(event, ExamplesJudged)]
    paths = [sample.path for sample in photos.subset("val")]
    places = [paths.index(example.path) for example in shown.examples]
    assert places == sorted(places)
    assert len(places) == 8
    assert places[-1] == 39
    assert alike([first, second]).result.epochs == 1


def test_that_a_run_that_is_stopped_goes_on_as_if_it_had_not_been(
    ranks: Ranks, photos: Dataset, tmp_path: Path, tiny_config: MakeConfig
) -> None:
    config = tiny_config(ema=0.9, epochs=3)
    whole, parts = new_run(tmp_path, "whole"), new_run(tmp_path, "parts")
    straight = alike(ranks(trained, config, photos, whole))
    stopped = alike(ranks(trained, config, photos, parts, stop_at=5))
    assert stopped.result.stopped
    assert stopped.result.epochs < 3
    resumed = alike(ranks(trained, config, photos, parts))
    assert not resumed.result.stopped
    assert resumed.digest == straight.digest
    assert_same(weights_of(parts), weights_of(whole))
    assert results_of(parts) == results_of(whole)


def test_that_a_pause_holds_both_and_changes_nothing(
    ranks: Ranks, photos: Dataset, tmp_path: Path, tiny_config: MakeConfig
) -> None:
    config = tiny_config()
    straight = alike(ranks(trained, config, photos, new_run(tmp_path, "whole")))
    paused = alike(ranks(trained, config, photos, new_run(tmp_path, "paused"), pause_at=2))
    said = [event.paused for event in paused.events if isinstance(event, PauseChanged)]
    assert said == [True, False]
    assert paused.digest == straight.digest


def test_that_both_go_back_when_the_loss_of_one_is_no_number(
    ranks: Ranks, photos: Dataset, tmp_path: Path, tiny_config: MakeConfig
) -> None:
    run = new_run(tmp_path)
    first = alike(ranks(trained, tiny_config(), photos, run, fault=no_number))
    warned = [str(event.message) for event in first.events if isinstance(event, Warned)]
    assert any("no longer a number" in text for text in warned)
    assert first.result.epochs == 2


def test_that_both_go_back_when_the_optimiser_of_one_breaks_off(
    ranks: Ranks, photos: Dataset, tmp_path: Path, tiny_config: MakeConfig
) -> None:
    config = tiny_config()
    straight = alike(ranks(trained, config, photos, new_run(tmp_path, "whole")))
    broken = ranks(trained, config, photos, new_run(tmp_path), fault=no_memory_to_update)
    assert alike(broken).digest == straight.digest


def test_that_one_process_may_compute_fewer_pictures_at_once(
    ranks: Ranks, photos: Dataset, tmp_path: Path, tiny_config: MakeConfig
) -> None:
    config = tiny_config(**EXACT)
    short, whole = new_run(tmp_path, "short"), new_run(tmp_path, "whole")
    alike(ranks(trained, config, photos, whole))
    alike(ranks(trained, config, photos, short, fault=no_memory))
    assert_close(whole, short)
