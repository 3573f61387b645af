"""What ``train`` says without training."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

SMALL = (
    *("--model", "mobilenet_v3_small", "--weights", "none"),
    *("--set", "image_size=32", "--set", "batch_size=4", "--set", "device=cpu"),
)


@pytest.fixture
def project(command: Command, pictures: Path, tmp_path: Path) -> Path:
    assert command("import", pictures, "--project", tmp_path / "p.effnet").code == 0
    return tmp_path / "p.effnet"


def test_that_the_estimate_is_told_and_nothing_is_trained(command: Command, project: Path) -> None:
    done = command("train", project, *SMALL, "--epochs", 2, "--estimate", "--json")
    assert done.code == 0
    assert done.document.keys() == {"seconds", "memory", "disk"}
    assert done.document["seconds"] > 0
    assert done.document["memory"] > 2**20
    assert not list((project / "runs").glob("*"))


def test_that_a_rate_is_found_and_nothing_is_trained(command: Command, tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    for number in range(40):
        pixels = random.integers(0, 120, (40, 44, 3), dtype=np.uint8)
        pixels[..., number % 2] += 100
        folder = tmp_path / "colours" / ("red", "green")[number % 2]
        folder.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels).save(folder / f"{number}.png")
    project = tmp_path / "colours.effnet"
    assert command("import", tmp_path / "colours", "--project", project).code == 0
    done = command("train", project, *SMALL, "--set", "augmentation=none", "--find-rate", "--json")
    assert done.code == 0, done.err
    rates = done.document["rates"]
    assert rates[0] <= done.document["suggestion"] <= rates[-1]
    assert len(rates) == len(done.document["losses"])
    assert not list((project / "runs").glob("*"))
