"""Small trained models and images for the engine's tests."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pytest

from tests.color_model import COLOR_CLASSES, write_color_model

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


class MakeRun(Protocol):
    """Write a run's folder as training does, with random weights."""

    def __call__(self, model: str = ..., *, size: int = ..., seed: int = ...) -> Path: ...


@pytest.fixture(scope="session")
def make_run(tmp_path_factory: pytest.TempPathFactory) -> MakeRun:
    """A run of the classes red, green and blue; made once for each model: copy it to change it."""
    import torch
    from safetensors.torch import save_file

    from effnet_studio.engine.models.build import build_model
    from effnet_studio.engine.models.catalog import get_spec
    from effnet_studio.engine.preprocess import Preprocess
    from effnet_studio.engine.training import runs
    from effnet_studio.engine.training.config import make_config

    # For networks this small more threads cost more than they bring.
    torch.set_num_threads(1)

    @cache
    def make(model: str = "mobilenet_v3_small", *, size: int = 64, seed: int = 0) -> Path:
        run_dir = tmp_path_factory.mktemp("runs") / f"20260101-00000{seed}-{model}"
        run_dir.mkdir()
        preprocess = Preprocess(size=size, resize=size, interpolation="bilinear")
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            network = build_model(get_spec(model), len(COLOR_CLASSES))
            network.train()
            for module in network.modules():
                if isinstance(module, torch.nn.BatchNorm2d):
                    module.momentum = None  # statistics that fit the activations at once
            with torch.no_grad():
                images = torch.from_numpy(np.stack([preprocess(draw(i)) for i in range(8)]))
                network(images)
                head = network.get_submodule(get_spec(model).classifier)
                head.weight /= network.eval()(images).std()
        save_file(network.state_dict(), run_dir / runs.BEST_FILE)
        runs.write_about(
            run_dir,
            config=make_config(model=model, image_size=size),
            classes=COLOR_CLASSES,
            preprocess=preprocess,
            dataset_version="1",
            weights="none",
            created="2026-01-01T00:00:00Z",
        )
        return run_dir

    return make


@pytest.fixture(scope="session")
def color_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An exported file that tells which of red, green and blue is strongest."""
    return write_color_model(tmp_path_factory.mktemp("exported") / "colours.onnx")


@pytest.fixture
def picture() -> NDArray[np.uint8]:
    """A colourful picture, 96 × 80."""
    return draw(1000)


def draw(seed: int) -> NDArray[np.uint8]:
    """Coloured squares, RGB, uint8, shape (96, 80, 3)."""
    squares = np.random.default_rng(seed).integers(0, 256, (6, 5, 3), dtype=np.uint8)
    return np.kron(squares, np.ones((16, 16, 1), dtype=np.uint8))
