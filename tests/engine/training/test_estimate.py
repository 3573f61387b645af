"""What a training will take, added up from what is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import torch

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled, DatasetError
from effnet_studio.engine.training import estimate as module
from effnet_studio.engine.training.estimate import START, estimate

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.data.dataset import Dataset
    from tests.engine.training.conftest import MakeConfig

WAYS: dict[str, dict[str, Any]] = {
    "solved": {"freeze": 20, "augmentation": "none", "solve_head": True},
    "features": {"freeze": 20, "augmentation": "none"},
    "views": {"freeze": 4, "views": 3},
    "whole": {"freeze": 0},
    "growing": {"freeze": 4, "thaw_every": 1, "ema": 0.9, "image_size": 64, "start_size": 32},
}


@pytest.mark.parametrize("values", WAYS.values(), ids=WAYS.keys())
def test_that_every_way_of_training_is_estimated_and_nothing_is_left(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig, values: dict[str, Any]
) -> None:
    before = torch.get_rng_state()
    found = estimate(tiny_config(epochs=4, **values), stripes, cache_dir=tmp_path / "cache")
    assert found.seconds > START
    assert found.memory > 2**20
    assert found.disk > 2**20
    assert torch.equal(before, torch.get_rng_state())
    kept = [path for path in (tmp_path / "cache").rglob("*") if path.suffix in {".npy", ".json"}]
    assert not kept


def test_that_the_parts_are_added_up(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each try takes 0.8 seconds, reading a picture 0.5 and varying it 0.25."""
    monkeypatch.setattr(module, "_quickest", lambda _job, _work: 0.8)
    monkeypatch.setattr(module, "_reading", lambda _job, _stack: ((0.5, 0.25), 30))
    monkeypatch.setattr(module, "LONG_STEP", 1e9)  # so that the whole batch is tried
    config = tiny_config(epochs=3, batch_size=8)
    step, check = 0.8 / 8, 0.8 / 8
    expected = START + 30 * 0.5 + 3 * (20 * (step + 0.25) + 10 * check)
    assert estimate(config, stripes).seconds == pytest.approx(expected)
    averaged = config.model_copy(update={"ema": 0.9})  # is validated as well
    assert estimate(averaged, stripes).seconds == pytest.approx(expected + 3 * 10 * check)


def test_that_small_pictures_at_first_take_less(
    stripes: Dataset, tiny_config: MakeConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_quickest", lambda _job, _work: 0.8)
    monkeypatch.setattr(module, "_reading", lambda _job, _stack: ((0.0, 0.0), 0))
    whole, growing = (
        estimate(tiny_config(epochs=6, image_size=64, start_size=start), stripes).seconds
        for start in (None, 32)
    )
    assert growing < whole


def test_that_more_pictures_at_once_take_more_memory(
    stripes: Dataset, tiny_config: MakeConfig
) -> None:
    few, many = (
        estimate(tiny_config(batch_size=size, image_size=64), stripes).memory for size in (4, 128)
    )
    assert many > few + 2**20


def test_that_an_estimate_can_be_stopped_and_needs_pictures(
    stripes: Dataset, tiny_config: MakeConfig
) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        estimate(tiny_config(), stripes, cancel=token)
    nothing = type(stripes)(stripes.classes, (), "1")
    with pytest.raises(DatasetError):
        estimate(tiny_config(), nothing)
