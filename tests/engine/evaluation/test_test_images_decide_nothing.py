"""Test images influence no choice: with garbage in their place everything comes out the same."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import safetensors.torch
import torch
from PIL import Image

from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.evaluation.evaluate import evaluate
from effnet_studio.engine.evaluation.rejection import (
    choose_threshold,
    keep_threshold,
    risk_coverage,
)
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.checkpoint import read_best
from effnet_studio.engine.training.config import make_config
from effnet_studio.engine.training.launch import train
from tests.engine.training.conftest import draw_stripes

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.data.dataset import Dataset

INSTANT: dict[str, Any] = {
    "model": "efficientnet_b0",
    "weights": "starter",
    "freeze": 20,
    "augmentation": "none",
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two folders that differ in their test images only: in one these are noise, and mislabelled.

    Some labels of the validation images are wrong, so that a limit has something to refuse.
    """
    root = tmp_path_factory.mktemp("stripes")
    drawn = draw_stripes(root / "drawn", train=24, val=24)
    honest, spoilt = root / "honest", root / "spoilt"
    for place, sample in enumerate(drawn.samples):
        part = "train" if place < 24 else "val" if place < 40 else "test"
        label = 1 - sample.label if part == "val" and place % 5 == 0 else sample.label
        folder = honest / part / drawn.classes[label]
        folder.mkdir(parents=True, exist_ok=True)
        sample.path.rename(folder / sample.path.name)
    shutil.copytree(honest, spoilt)
    random = np.random.default_rng(1)
    for path in sorted((spoilt / "test").rglob("*.jpg")):
        other = "lying" if path.parent.name == "upright" else "upright"
        noise = random.integers(0, 256, (40, 48, 3)).astype(np.uint8)
        Image.fromarray(noise).save(spoilt / "test" / other / path.name)
        path.unlink()
    return honest, spoilt


def labels_of(dataset: Dataset, split: str) -> dict[str, int]:
    return {sample.path.name: sample.label for sample in dataset.subset(split)}  # type: ignore[arg-type]


def outcome(folder: Path, root: Path, settings: dict[str, Any]) -> tuple[dict[str, Any], Dataset]:
    """Train, choose a limit, and give all that was decided on the way."""
    config = make_config(
        **{
            "model": "mobilenet_v3_small",
            "weights": "none",
            "image_size": 32,
            "batch_size": 8,
            "epochs": 3,
            "freeze": 0,
            "precision": "fp32",
            "device": "cpu",
            "workers": 2,
        }
        | settings
    )
    with Project.create(root / "p.effnet") as project:
        import_folder(project, folder)
        dataset = load_dataset(project)
        result = train(project, config)
        predictor = load_predictor(result.run_dir, device="cpu")
        validated = evaluate(predictor, dataset, "val")
        curve = risk_coverage(validated)
        threshold = choose_threshold(curve, accuracy=float(curve.accuracy.max()))
        kept = keep_threshold(result.run_dir, validated, threshold)
        best = read_best(result.run_dir / "best.safetensors")
    weights = safetensors.torch.load_file(result.run_dir / "best.safetensors")
    decided = {
        "epoch": best.epoch,
        "accuracy": best.accuracy,
        "temperature": best.temperature,
        "threshold": kept.threshold,
        "coverage": kept.coverage,
        "limits": curve.thresholds.tolist(),
        "right": curve.right.tolist(),
        **{name: tensor.numpy().tobytes() for name, tensor in weights.items()},
    }
    return decided, dataset


@pytest.mark.parametrize("settings", [{}, INSTANT], ids=["everything", "last layer"])
def test_that_test_images_influence_no_choice(
    folders: tuple[Path, Path], tmp_path: Path, settings: dict[str, Any]
) -> None:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        (tmp_path / "one").mkdir()
        (tmp_path / "other").mkdir()
        first, honest = outcome(folders[0], tmp_path / "one", settings)
        second, spoilt = outcome(folders[1], tmp_path / "other", settings)
    finally:
        torch.set_num_threads(threads)
    assert labels_of(honest, "val") == labels_of(spoilt, "val")
    tested, mistaught = labels_of(honest, "test"), labels_of(spoilt, "test")
    assert tested.keys() == mistaught.keys()
    assert all(tested[name] != mistaught[name] for name in tested)
    assert first == second
    assert len(first["limits"]) > 8  # there was something to choose from
