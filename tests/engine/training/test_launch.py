"""Training inside a project, and going on with it after a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import safetensors.torch
import torch

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.errors import Cancelled, ProjectError, TrainingError
from effnet_studio.engine.events import BatchProgress, EpochFinished, Event
from effnet_studio.engine.project import Project
from effnet_studio.engine.training import launch, runs
from effnet_studio.engine.training.progress import saved_progress

if TYPE_CHECKING:
    from tests.engine.training.conftest import MakeConfig

REPOSITORY = Path(__file__).resolve().parents[3]


def test_that_a_project_is_trained_and_lists_its_run(
    project: Project, tiny_config: MakeConfig
) -> None:
    result = launch.train(project, tiny_config(epochs=1))
    (run,) = runs.list_runs(project)
    assert run.run_id == result.run_id
    assert run.state == "finished"
    assert project.find_run(None) == result.run_dir


def test_that_a_run_stopped_before_its_first_epoch_leaves_no_folder(
    project: Project, tiny_config: MakeConfig
) -> None:
    token = CancelToken()

    def listen(event: Event) -> None:
        if isinstance(event, BatchProgress):
            token.cancel()

    with pytest.raises(Cancelled):
        launch.train(project, tiny_config(), on_event=listen, cancel=token)
    assert not project.run_dirs()


def test_that_a_run_suspended_in_its_first_epoch_is_kept_and_ends_as_if_it_had_not_been(
    project: Project, tiny_config: MakeConfig
) -> None:
    token = CancelToken()

    def listen(event: Event) -> None:
        if isinstance(event, BatchProgress):
            token.suspend()

    calm = launch.train(project, tiny_config(epochs=1))
    with pytest.raises(Cancelled):
        launch.train(project, tiny_config(epochs=1), on_event=listen, cancel=token)
    run = runs.list_runs(project)[0]
    assert run.run_id != calm.run_id
    assert run.state == "interrupted"
    saved = saved_progress(run.run_dir)
    assert saved is not None
    assert (saved.epoch, saved.step) == (0, 1)
    launch.resume(project, run.run_id)
    one, other = (
        safetensors.torch.load_file(project.runs_dir / name / runs.BEST_FILE)
        for name in (calm.run_id, run.run_id)
    )
    assert all(torch.equal(one[key], other[key]) for key in one)


def test_that_a_finished_run_is_not_continued(project: Project, tiny_config: MakeConfig) -> None:
    result = launch.train(project, tiny_config(epochs=1))
    with pytest.raises(TrainingError, match="is finished"):
        launch.resume(project, result.run_id)


def test_that_a_run_is_not_continued_on_other_pictures(
    project: Project, tiny_config: MakeConfig, tmp_path: Path
) -> None:
    token = CancelToken()

    def listen(event: Event) -> None:
        if isinstance(event, EpochFinished):
            token.cancel()

    result = launch.train(project, tiny_config(), on_event=listen, cancel=token)
    assert result.stopped
    next((tmp_path / "folder" / "lying").iterdir()).unlink()
    import_folder(project, tmp_path / "folder", val=0.25)
    with pytest.raises(TrainingError, match="images have changed"):
        launch.resume(project, result.run_id)


def test_that_a_read_only_project_is_not_trained(project: Project, tiny_config: MakeConfig) -> None:
    with Project.open(project.root) as second, pytest.raises(ProjectError):
        launch.train(second, tiny_config())


def test_that_a_damaged_run_does_not_hide_the_others(
    project: Project, tiny_config: MakeConfig
) -> None:
    result = launch.train(project, tiny_config(epochs=1))
    broken = project.new_run_dir("broken")
    events = list[Event]()
    assert [run.run_id for run in runs.list_runs(project, on_event=events.append)] == [
        result.run_id
    ]
    assert len(events) == 1
    assert broken.exists()


def test_that_a_killed_run_reopens_and_ends_as_if_nothing_had_happened(
    project: Project, tiny_config: MakeConfig
) -> None:
    whole = launch.train(project, tiny_config(epochs=4))
    project.close()
    config = runs.load_run(whole.run_dir).config
    kill_in_the_middle(project.root, config.model_dump_json(), after_epochs=1)
    with Project.open(project.root) as reopened:
        assert not reopened.read_only
        killed = runs.list_runs(reopened)[0]
        assert killed.run_id != whole.run_id
        assert killed.state == "interrupted"
        assert 1 <= len(killed.epochs) < 4
        result = launch.resume(reopened, killed.run_id)
        assert result.epochs == 4
        assert_same_weights(whole.run_dir, result.run_dir)


def assert_same_weights(first: Path, second: Path) -> None:
    for name in (runs.BEST_FILE, "last/model.safetensors"):
        one, other = (safetensors.torch.load_file(folder / name) for folder in (first, second))
        assert one.keys() == other.keys()
        assert all(torch.equal(one[key], other[key]) for key in one)


def kill_in_the_middle(root: Path, config: str, *, after_epochs: int) -> None:
    """Train in a process of its own and kill it, with no warning, behind an epoch."""
    code = f"""
import sys, torch
torch.set_num_threads(1)
from pathlib import Path
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.config import TrainConfig
from effnet_studio.engine.training.launch import train
with Project.open(Path({str(root)!r})) as project:
    train(project, TrainConfig.model_validate_json({config!r}))
"""
    before = set((root / "runs").iterdir())
    process = subprocess.Popen([sys.executable, "-c", code], cwd=REPOSITORY, env=dict(os.environ))
    try:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and process.poll() is None:
            new = set((root / "runs").iterdir()) - before
            if new and len(runs.read_metrics(new.pop() / runs.METRICS_FILE)) >= after_epochs:
                break
            time.sleep(0.01)
        assert process.poll() is None, "the run ended before it could be killed"
    finally:
        process.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
        process.wait(30)
