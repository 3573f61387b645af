"""The job for Slurm, with stand-ins for Slurm's commands and two "machines" that are this one."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.project import Project
from effnet_studio.engine.training import runs
from tests.engine.training.conftest import draw_stripes

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "packaging" / "slurm" / "train.sbatch"
SETTINGS = {
    "model": "mobilenet_v3_small",
    "weights": "none",
    "image_size": 32,
    "batch_size": 8,
    "precision": "fp32",
    "device": "cpu",
    "epochs": 1000,
}

SRUN = """#!/usr/bin/env bash
# One task for each machine; all of them are asked to end when this is.
shift
pids=()
for ((n = 0; n < SLURM_JOB_NUM_NODES; n++)); do "$@" & pids+=($!); done
trap 'kill -TERM "${pids[@]}" 2>/dev/null' TERM
status=0
for pid in "${pids[@]}"; do
  while kill -0 "$pid" 2>/dev/null; do wait "$pid" || status=$?; done
done
exit $status
"""
SCANCEL = """#!/usr/bin/env bash
exit 1
"""
SCONTROL = """#!/usr/bin/env bash
if [ "$1" = show ]; then echo localhost; else echo "$*" >> "$SCONTROL_LOG"; fi
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Slurm runs on Linux")


@pytest.fixture
def slurm(tmp_path: Path) -> dict[str, str]:
    """An environment as Slurm gives it to a job on two machines."""
    commands = tmp_path / "bin"
    commands.mkdir()
    python = sys.executable
    scripts = {
        "srun": SRUN,
        "scancel": SCANCEL,
        "scontrol": SCONTROL,
        "torchrun": f'#!/bin/sh\nexec {python} -m torch.distributed.run "$@"\n',
        "effnet-studio": f'#!/bin/sh\nexec {python} -m effnet_studio "$@"\n',
    }
    for name, text in scripts.items():
        (commands / name).write_text(text)
        (commands / name).chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        job = free.getsockname()[1] % 20000
    return os.environ | {
        "PATH": f"{commands}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "SCONTROL_LOG": str(tmp_path / "scontrol.log"),
        "SLURM_JOB_ID": str(job),
        "SLURM_JOB_NUM_NODES": "2",
        "SLURM_JOB_NODELIST": "localhost",
        "SLURM_CPUS_PER_TASK": "1",
        "EFFNET_PROCESSES": "1",
    }


@pytest.fixture
def project_dir(tmp_path: Path) -> Path:
    """A project with 24 pictures of stripes, and a file of settings beside it."""
    drawn = draw_stripes(tmp_path / "drawn", train=24, val=0)
    for sample in drawn.samples:
        folder = tmp_path / "pictures" / drawn.classes[sample.label]
        folder.mkdir(parents=True, exist_ok=True)
        sample.path.rename(folder / sample.path.name)
    with Project.create(tmp_path / "p.effnet") as project:
        import_folder(project, tmp_path / "pictures", val=0.25)
    (tmp_path / "config.json").write_text(json.dumps(SETTINGS))
    return tmp_path / "p.effnet"


def only_run(project_dir: Path) -> runs.Run:
    with Project.open(project_dir, read_only=True) as project:
        [run] = runs.list_runs(project)
    return run


def wait_for_epochs(project_dir: Path, count: int, process: subprocess.Popen[str]) -> None:
    """Wait until so many epochs are on the disk."""
    until = time.monotonic() + 200
    while time.monotonic() < until and process.poll() is None:
        files = list((project_dir / "runs").glob(f"*/{runs.METRICS_FILE}"))
        if files and len(runs.read_metrics(files[0])) >= count:
            return
        time.sleep(0.05)
    process.terminate()
    raise AssertionError(f"no epoch was finished: {process.communicate(timeout=60)[0]}")


def start(project_dir: Path, env: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        ["bash", str(SCRIPT), str(project_dir), str(project_dir.parent / "config.json")],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_that_a_job_without_a_project_says_how_it_is_started(slurm: dict[str, str]) -> None:
    done = subprocess.run(
        ["bash", str(SCRIPT)], env=slurm, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "usage: sbatch" in done.stderr


@pytest.mark.faults
@pytest.mark.timeout(600)
def test_that_a_job_whose_time_is_up_goes_on_where_it_was(
    project_dir: Path, slurm: dict[str, str]
) -> None:
    process = start(project_dir, slurm)
    wait_for_epochs(project_dir, 2, process)
    process.send_signal(signal.SIGUSR1)  # --signal=B:USR1@180
    out, _ = process.communicate(timeout=200)
    assert process.returncode == 0, out
    stopped = only_run(project_dir)
    assert (stopped.title, stopped.state) == (f"slurm-{slurm['SLURM_JOB_ID']}", "stopped"), out
    asked = Path(slurm["SCONTROL_LOG"]).read_text()
    assert asked == f"requeue {slurm['SLURM_JOB_ID']}\n"

    process = start(project_dir, slurm | {"SLURM_RESTART_COUNT": "1"})
    wait_for_epochs(project_dir, len(stopped.epochs) + 1, process)
    process.send_signal(signal.SIGTERM)  # scancel: it is not to come back
    out, _ = process.communicate(timeout=200)
    assert process.returncode == 143, out
    assert Path(slurm["SCONTROL_LOG"]).read_text() == asked
    resumed = only_run(project_dir)
    assert resumed.run_id == stopped.run_id
    assert resumed.epochs[: len(stopped.epochs)] == stopped.epochs
