"""Training with several processes, started by the app itself or by torchrun."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from effnet_studio.cli.terminal import STOPPED
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.project import Project
from effnet_studio.engine.training import launch, runs
from effnet_studio.engine.training.config import make_config
from tests.engine.training.conftest import draw_stripes

if TYPE_CHECKING:
    from tests.cli.conftest import Command

SETTINGS: dict[str, Any] = {
    "model": "mobilenet_v3_small",
    "weights": "none",
    "image_size": 32,
    "batch_size": 8,
    "precision": "fp32",
    "device": "cpu",
}


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


def start(command: list[str]) -> subprocess.Popen[str]:
    """Start a command with a thread for each process."""
    return subprocess.Popen(
        [sys.executable, "-m", *command],
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def train_command(project: Path, *arguments: str) -> list[str]:
    """The app's own launcher."""
    return ["effnet_studio", "train", str(project), "--processes", "2", *arguments]


@pytest.mark.timeout(240)
def test_that_torchrun_trains_from_the_settings_of_a_run(
    project_dir: Path,
) -> None:
    with Project.open(project_dir) as project:
        alone = launch.train(project, make_config(**SETTINGS, epochs=1))
    runner = ["torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    own = ["-m", "effnet_studio", "train", str(project_dir), "--json", "--name", "together"]
    process = start([*runner, *own, "--config", str(alone.run_dir / runs.CONFIG_FILE)])
    out, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    with Project.open(project_dir) as project:
        run = runs.load_run(project.find_run(json.loads(out)["run"]))
    assert (run.title, run.state) == ("together", "finished")
    assert run.run_dir != alone.run_dir
    assert run.config == runs.load_run(alone.run_dir).config


@pytest.mark.timeout(240)
def test_that_a_death_is_told_at_once_and_a_resumed_run_stops_in_good_order(
    project_dir: Path,
) -> None:
    more = ["--model", SETTINGS["model"], "--weights", SETTINGS["weights"], "--epochs", "1000"]
    for name in ("image_size", "batch_size", "precision", "device"):
        more += ["--set", f"{name}={SETTINGS[name]}"]
    process = start(train_command(project_dir, *more))
    wait_for_epochs(project_dir, 1)
    os.kill(workers_of(process.pid)[-1], signal.SIGKILL)
    began = time.monotonic()
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert time.monotonic() - began < 10
    assert "Another process of this training has ended" in errors

    run = only_run(project_dir)
    assert run.resumable
    process = start(train_command(project_dir, "--resume", run.run_id))
    wait_for_epochs(project_dir, len(run.epochs) + 2)
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == STOPPED, errors
    assert only_run(project_dir).state == "stopped"


@pytest.mark.parametrize("other", ["--folds=3", "--estimate", "--find-rate"])
def test_that_several_processes_only_train(command: Command, project_dir: Path, other: str) -> None:
    answer = command("train", project_dir, "--processes", "2", other)
    assert answer.code == 1
    assert "only train" in answer.err


def test_that_an_unknown_run_is_said_once(command: Command, project_dir: Path) -> None:
    answer = command("train", project_dir, "--processes", "2", "--resume", "none")
    assert answer.code == 1
    assert answer.err.count("error:") == 1


def only_run(project_dir: Path) -> runs.Run:
    """The one run of a project."""
    with Project.open(project_dir) as project:
        (run,) = runs.list_runs(project)
    return run


def wait_for_epochs(project_dir: Path, count: int) -> None:
    """Wait until so many epochs are on the disk."""
    until = time.monotonic() + 100
    while time.monotonic() < until:
        files = list((project_dir / "runs").glob(f"*/{runs.METRICS_FILE}"))
        if files and len(runs.read_metrics(files[0])) >= count:
            return
        time.sleep(0.05)
    raise AssertionError("no epoch was finished")


def workers_of(pid: int) -> list[int]:
    """The processes that a launcher has started, in their order."""
    if sys.platform != "linux":
        pytest.skip("children are listed by /proc")
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [
        int(child)
        for child in children.split()
        if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]
