"""Curves for TensorBoard."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

import pytest

from effnet_studio.engine.errors import ConfigError
from effnet_studio.engine.training import runs
from effnet_studio.engine.training.fit import fit
from tests.engine.training.test_fit import new_run

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.data.dataset import Dataset
    from tests.engine.training.conftest import MakeConfig

INSTALLED = importlib.util.find_spec("tensorboard") is not None


@pytest.mark.skipif(not INSTALLED, reason="needs the extra named tensorboard")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_that_the_files_hold_what_the_record_says(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    run_dir = new_run(tmp_path)
    fit(tiny_config(epochs=3, tensorboard=True), stripes, run_dir=run_dir)
    found = EventAccumulator(str(run_dir / "tensorboard")).Reload()
    epochs = runs.load_run(run_dir).epochs
    losses = [(each.step, each.value) for each in found.Scalars("loss/val")]
    assert losses == [(epoch.step, pytest.approx(epoch.val_loss, rel=1e-5)) for epoch in epochs]


@pytest.mark.skipif(INSTALLED, reason="the extra named tensorboard is installed")
def test_that_a_missing_tensorboard_is_said_before_the_training(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    with pytest.raises(ConfigError, match="not installed"):
        fit(tiny_config(tensorboard=True), stripes, run_dir=new_run(tmp_path))
