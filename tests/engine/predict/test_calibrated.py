"""What a run's model says of itself is divided by the run's temperature."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from effnet_studio.engine.models.temperature import fit_temperature
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.training.checkpoint import load_best
from effnet_studio.engine.training.config import make_config
from effnet_studio.engine.training.fit import fit
from effnet_studio.engine.training.runs import BEST_FILE
from tests.engine.training.conftest import draw_stripes

if TYPE_CHECKING:
    from pathlib import Path


def test_that_a_run_answers_with_the_temperature_of_its_validation_images(tmp_path: Path) -> None:
    stripes = draw_stripes(tmp_path / "pictures", train=24, val=16)
    run_dir = tmp_path / "run"
    run_dir.mkdir()
    config = make_config(
        model="mobilenet_v3_small", weights="none", image_size=32, epochs=2, device="cpu"
    )
    fit(config, stripes, run_dir=run_dir)
    network, about = load_best(run_dir / BEST_FILE)
    predictor = load_predictor(run_dir, device="cpu")
    samples = stripes.subset("val")
    pictures = np.stack([predictor.picture(sample.path) for sample in samples])
    batch = predictor.preprocess.normalize(pictures)
    with torch.no_grad():
        raw = network(torch.from_numpy(batch)).numpy()
    labels = np.array([sample.label for sample in samples])
    assert about.temperature == pytest.approx(fit_temperature(raw, labels), rel=1e-3)
    assert about.temperature != 1.0
    assert np.allclose(predictor.logits(batch), raw / about.temperature, rtol=1e-3, atol=1e-4)
