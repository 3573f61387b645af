"""Several processes that train one model together, on processors (gloo)."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.cli.worker import torchrun
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.project import Project
from effnet_studio.engine.training import launch, runs
from effnet_studio.engine.training.config import TrainConfig
from effnet_studio.engine.training.world import World
from tests.engine.training.conftest import draw_stripes
from tests.engine.training.test_fit import weights_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.engine.training.conftest import MakeConfig


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


@pytest.fixture
def project_dir(tmp_path: Path) -> Path:
    """A project with 24 pictures of stripes."""
    drawn = draw_stripes(tmp_path / "drawn", train=24, val=0)
    for sample in drawn.samples:
        folder = tmp_path / "pictures" / drawn.classes[sample.label]
        folder.mkdir(parents=True, exist_ok=True)
        sample.path.rename(folder / sample.path.name)
    with Project.create(tmp_path / "p.effnet") as project:
        import_folder(project, tmp_path / "pictures", val=0.25)
    return tmp_path / "p.effnet"


def together(
    project: Path, config: TrainConfig | None = None, *, resume: str = ""
) -> subprocess.Popen[str]:
    """Start two processes with a thread each."""
    arguments = ["--resume", resume] if resume else []
    if config is not None:
        settings = project.parent / "settings.json"
        settings.write_text(config.model_dump_json(include=config.model_fields_set))
        arguments = ["--config", str(settings)]
    return subprocess.Popen(
        torchrun(project, 2, *arguments, "--json"),
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> dict[str, Any]:
    out, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    result: dict[str, Any] = json.loads(out)
    return result


@pytest.mark.timeout(240)
def test_that_two_processes_end_where_one_does(project_dir: Path, tiny_config: MakeConfig) -> None:
    """With layer norms; batch norms see the parts of a batch."""
    config = tiny_config(
        model="convnext_tiny", epochs=2, augmentation="none", drop_path=0.0, batch_size=6
    )
    result = ended(together(project_dir, config))
    with Project.open(project_dir) as project:
        alone = launch.train(project, config)
        both = runs.load_run(project.find_run(result["run"]))
    one = runs.load_run(alone.run_dir)
    assert both.state == "finished"
    for first, second in zip(one.epochs, both.epochs, strict=True):
        assert second.train_loss == pytest.approx(first.train_loss, rel=1e-4)
        assert second.val_loss == pytest.approx(first.val_loss, rel=1e-4)
        assert second.step == first.step
    weights = weights_of(alone.run_dir)
    for name, tensor in weights_of(both.run_dir).items():
        assert torch.allclose(tensor, weights[name], atol=2e-4), name


@pytest.mark.timeout(240)
def test_that_a_stop_is_heard_by_all_and_the_run_goes_on_alike(
    project_dir: Path, tiny_config: MakeConfig
) -> None:
    config = tiny_config(epochs=30)
    process = together(project_dir, config)
    wait_for_epochs(project_dir, 2)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=120)
    with Project.open(project_dir) as project:
        (stopped,) = runs.list_runs(project)
    assert stopped.state == "stopped"
    assert 2 <= len(stopped.epochs) < 30
    result = ended(together(project_dir, resume=stopped.run_id))
    assert result["epochs"] == 30


@pytest.mark.timeout(240)
def test_that_the_death_of_one_ends_the_others_soon(
    project_dir: Path, tiny_config: MakeConfig
) -> None:
    process = together(project_dir, tiny_config(epochs=1000))
    wait_for_epochs(project_dir, 1)
    os.kill(children_of(process.pid)[-1], signal.SIGKILL)
    began = time.monotonic()
    process.communicate(timeout=60)
    assert process.returncode != 0
    assert time.monotonic() - began < 45
    with Project.open(project_dir) as project:
        (run,) = runs.list_runs(project)
    assert run.resumable


def wait_for_epochs(project_dir: Path, count: int) -> None:
    """Wait until so many epochs are on the disk."""
    until = time.monotonic() + 100
    while time.monotonic() < until:
        files = list((project_dir / "runs").glob(f"*/{runs.METRICS_FILE}"))
        if files and len(runs.read_metrics(files[0])) >= count:
            return
        time.sleep(0.05)
    raise AssertionError("no epoch was finished")


def children_of(pid: int) -> list[int]:
    """Direct children of a process, oldest first."""
    if sys.platform != "linux":
        pytest.skip("children are listed by /proc")
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as stream:  # noqa: PTH123
        return [int(child) for child in stream.read().split()]
