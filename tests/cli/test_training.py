"""What ``train`` says without training."""

from __future__ import annotations

import json
import signal
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from effnet_studio.cli.given_settings import read_settings
from effnet_studio.cli.progress import ProgressDisplay
from effnet_studio.cli.terminal import STOPPED
from effnet_studio.engine.events import EpochFinished
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.runs import list_runs

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.events import Event
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


def test_that_a_job_that_is_started_again_goes_on_with_its_run(
    command: Command, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "settings.json"
    values = {"model": "mobilenet_v3_small", "weights": "none", "image_size": 32, "device": "cpu"}
    settings.write_text(json.dumps({**values, "batch_size": 4, "epochs": 2, "freeze": 0}))
    job = ("train", project, "--config", settings, "--name", "job 7", "--or-resume", "--json")

    draw = ProgressDisplay.on_event

    def hear(display: ProgressDisplay, event: Event) -> None:
        draw(display, event)
        if isinstance(event, EpochFinished):
            signal.raise_signal(signal.SIGTERM)  # the cluster wants its machine back

    with monkeypatch.context() as patch:
        patch.setattr(ProgressDisplay, "on_event", hear)
        assert command(*job).code == STOPPED
    with Project.open(project) as opened:
        [stopped] = list_runs(opened)
    assert (stopped.title, stopped.state, len(stopped.epochs)) == ("job 7", "stopped", 1)

    done = command(*job)
    assert done.code == 0, done.err
    assert done.document["run"] == stopped.run_id

    again = command(*job)
    assert again.code == 0
    assert "job 7 is finished" in again.err
    with Project.open(project) as opened:
        [run] = list_runs(opened)
    assert (run.state, len(run.epochs)) == ("finished", 2)
    assert run.epochs[0] == stopped.epochs[0]


def test_that_settings_of_a_file_can_be_changed_but_not_mixed_with_a_preset(
    command: Command, project: Path, tmp_path: Path
) -> None:
    settings = tmp_path / "settings.json"
    settings.write_text(json.dumps({"model": "mobilenet_v3_small", "image_size": 32}))
    assert command("train", project, "--config", settings, "--preset", "best").code == 1
    wrong = command("train", project, "--config", settings, "--set", "epochs=-1")
    assert "epochs" in wrong.err
    assert "is no file with settings" in command("train", project, "--config", project).err
    assert "There is no file" in command("train", project, "--config", tmp_path / "gone.json").err
    assert "--name" in command("train", project, *SMALL, "--or-resume").err


def test_that_settings_given_beside_a_file_win(tmp_path: Path) -> None:
    settings = tmp_path / "settings.json"
    settings.write_text(json.dumps({"model": "mobilenet_v3_small", "batch_size": 8}))
    config = read_settings(settings, {"batch_size": "4"})
    assert (config.model, config.batch_size) == ("mobilenet_v3_small", 4)
    settings.write_text(json.dumps({"config": config.model_dump(mode="json")}))
    assert read_settings(settings, {"epochs": "3"}) == config.model_copy(update={"epochs": 3})
