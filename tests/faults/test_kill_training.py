"""Kill a training again and again; it must end as if nothing had happened."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import safetensors.torch
import torch
from PIL import Image

from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.project import Project
from effnet_studio.engine.training import runs
from effnet_studio.engine.training.config import TrainConfig

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.faults, pytest.mark.timeout(3600)]

REPOSITORY = Path(__file__).resolve().parents[2]
CHILD = Path(__file__).with_name("train_child.py")
KILLS = int(os.environ.get("EFFNET_KILLS", "30"))
CONFIG = TrainConfig(
    model="mobilenet_v3_small",
    weights="none",
    epochs=12,
    freeze=0,
    batch_size=8,
    image_size=32,
    learning_rate=1e-3,
    weight_decay=0.01,
    warmup_epochs=1,
    label_smoothing=0.1,
    device="cpu",
)


@pytest.fixture
def imported(tmp_path: Path) -> Iterator[Path]:
    """A project with 24 noisy pictures of three colours."""
    rng = np.random.default_rng(0)
    for number in range(24):
        pixels = rng.integers(0, 120, (40, 44, 3), dtype=np.uint8)
        pixels[..., number % 3] += 100
        folder = tmp_path / "pictures" / "rgb"[number % 3]
        folder.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels).save(folder / f"{number}.png")
    with Project.create(tmp_path / "origin.effnet") as project:
        import_folder(project, tmp_path / "pictures", val=0.25)
    return tmp_path / "origin.effnet"


def test_that_a_training_killed_at_random_moments_ends_bit_equal(
    tmp_path: Path, imported: Path
) -> None:
    calm, wild = tmp_path / "calm.effnet", tmp_path / "wild.effnet"
    shutil.copytree(imported, calm)
    shutil.copytree(imported, wild)
    began = time.monotonic()
    with start(calm) as process:
        wait_until_training(process)
        steps_from = time.monotonic()
        assert process.wait(600) == 0
    length = time.monotonic() - steps_from
    print(f"\nundisturbed: {time.monotonic() - began:.1f} s, of it training {length:.1f} s")
    chance = random.Random(1)
    kills = finished = 0
    while kills < KILLS:
        # Now and then far enough for two epochs, mostly within one and its checkpoint.
        patience = chance.uniform(0, length / CONFIG.epochs * 2.5)
        if kill_after(wild, patience):
            kills += 1
            continue
        finished += 1
        compare(calm, wild)
        shutil.rmtree(wild)
        shutil.copytree(imported, wild)
    with start(wild) as process:
        assert process.wait(600) == 0
    compare(calm, wild)
    print(f"{kills} kills, {finished + 1} runs ended, all bit-equal")


def start(root: Path) -> subprocess.Popen[str]:
    """Begin or go on training in a process of its own."""
    return subprocess.Popen(
        [sys.executable, str(CHILD), str(root), CONFIG.model_dump_json()],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        text=True,
    )


def wait_until_training(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "training"


def kill_after(root: Path, patience: float) -> bool:
    """Kill the training so many seconds after it began; False if it had ended by then."""
    with start(root) as process:
        wait_until_training(process)
        try:
            assert process.wait(patience) == 0
        except subprocess.TimeoutExpired:
            process.kill()
            return True
        return False


def compare(calm: Path, wild: Path) -> None:
    """The runs of both projects must hold the same numbers."""
    one, other = (newest_run(root) for root in (calm, wild))
    assert one.state == other.state == "finished"
    for name in (runs.BEST_FILE, "last/model.safetensors", "last/optimizer.safetensors"):
        first, second = (safetensors.torch.load_file(run.run_dir / name) for run in (one, other))
        assert first.keys() == second.keys()
        for key, tensor in first.items():
            assert torch.equal(tensor, second[key]), (name, key)
    assert [epoch.val_loss for epoch in one.epochs] == [epoch.val_loss for epoch in other.epochs]


def newest_run(root: Path) -> runs.Run:
    with Project.open(root) as project:
        return runs.list_runs(project)[0]
