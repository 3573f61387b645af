"""Stop a training at step after step; it must end as if it had never been stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from effnet_studio.engine.training import loop, runs
from effnet_studio.engine.training.config import make_config
from effnet_studio.engine.training.fit import fit
from tests.engine.training.conftest import draw_stripes
from tests.engine.training.test_fit import assert_same, new_run, results_of, weights_of
from tests.engine.training.test_survival import COMBINATIONS, stopping

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1800)]

EPOCHS, STEPS = 7, 3
STOPS = range(STEPS + 1, STEPS + 17)
"""Sixteen steps one after the other, of which every third ends an epoch."""


@pytest.mark.parametrize("values", COMBINATIONS, ids=lambda values: "-".join(values) or "plain")
def test_that_a_run_stopped_after_each_of_sixteen_steps_ends_bit_equal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, values: dict[str, Any]
) -> None:
    monkeypatch.setattr(loop, "REPORT_INTERVAL", 0.0)
    stripes = draw_stripes(tmp_path / "pictures", train=20, val=10)
    chosen: dict[str, Any] = {
        "model": "mobilenet_v3_small",
        "weights": "none",
        "image_size": 32,
        "batch_size": 8,
        "epochs": EPOCHS,
        "freeze": 0,
        "precision": "fp32",
        "device": "cpu",
        "deterministic": True,
    }
    config = make_config(**(chosen | values))
    calm, wild = new_run(tmp_path, "calm"), new_run(tmp_path, "wild")
    fit(config, stripes, run_dir=calm)
    stopped = 0
    last = fit(config, stripes, run_dir=wild, **stopping(STOPS[0]))
    for step in STOPS[1:]:
        stopped += last.stopped
        last = fit(runs.load_run(wild).config, stripes, run_dir=wild, **stopping(step))
    stopped += last.stopped
    fit(runs.load_run(wild).config, stripes, run_dir=wild)
    assert stopped == len(STOPS) or "patience" in values  # which may end it early
    assert results_of(calm) == results_of(wild)
    for name in ("last/model.safetensors", "last/optimizer.safetensors", runs.BEST_FILE):
        assert_same(weights_of(calm, name), weights_of(wild, name))
