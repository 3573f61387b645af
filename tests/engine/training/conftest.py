"""Tiny datasets and runs for the tests of training."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pytest
import torch
from PIL import Image

from effnet_studio.engine.data.dataset import Dataset, Sample
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.config import TrainConfig, make_config

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class MakeConfig(Protocol):
    """Settings of a run of seconds."""

    def __call__(self, **values: Any) -> TrainConfig: ...


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """For networks this small more threads cost more than they bring."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def tiny_config() -> MakeConfig:
    """MobileNetV3-Small at 32 pixels from random weights."""

    def make(**values: Any) -> TrainConfig:
        chosen: dict[str, Any] = {
            "model": "mobilenet_v3_small",
            "weights": "none",
            "image_size": 32,
            "batch_size": 8,
            "epochs": 2,
            "freeze": 0,
            "solve_head": False,
            "precision": "fp32",
            "device": "cpu",
            "workers": 2,
        }
        return make_config(**(chosen | values))

    return make


@pytest.fixture
def stripes(tmp_path: Path) -> Dataset:
    """Upright and lying stripes in random colours: 20 training and 10 validation pictures."""
    return draw_stripes(tmp_path / "pictures", train=20, val=10)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """An open project with 24 pictures of two classes, in ``tmp_path / "folder"``."""
    drawn = draw_stripes(tmp_path / "drawn", train=24, val=0)
    for sample in drawn.samples:
        folder = tmp_path / "folder" / drawn.classes[sample.label]
        folder.mkdir(parents=True, exist_ok=True)
        sample.path.rename(folder / sample.path.name)
    with Project.create(tmp_path / "stripes.effnet") as opened:
        import_folder(opened, tmp_path / "folder", val=0.25)
        yield opened


def draw_stripes(folder: Path, *, train: int, val: int) -> Dataset:
    """Draw JPEGs of stripes, 40 × 48 pixels, half of them lying."""
    folder.mkdir()
    rng = np.random.default_rng(0)
    samples = []
    for number in range(train + val):
        label = number % 2
        colours = rng.integers(0, 256, (2, 3))
        phase = (np.arange(48) + rng.integers(8)) // 4 % 2
        pixels = np.broadcast_to(colours[phase][:, None], (48, 48, 3))
        pixels = pixels if label else pixels.transpose(1, 0, 2)
        path = folder / f"{number:03}.jpg"
        Image.fromarray(np.ascontiguousarray(pixels[:40]).astype(np.uint8)).save(path, quality=95)
        split = "train" if number < train else "val"
        samples.append(Sample(number, path, label, split, 48, 40))  # type: ignore[arg-type]
    return Dataset(("upright", "lying"), tuple(samples), "1")
