"""What a run left on disk, read without torch."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from effnet_studio import __version__
from effnet_studio.engine.errors import ProjectError
from effnet_studio.engine.events import EpochFinished
from effnet_studio.engine.preprocess import Preprocess
from effnet_studio.engine.training import runs
from effnet_studio.engine.training.config import make_config

if TYPE_CHECKING:
    from pathlib import Path


def finished(epoch: int, accuracy: float = 0.5) -> EpochFinished:
    return EpochFinished(
        epoch=epoch,
        epochs=9,
        step=10 * (epoch + 1),
        train_loss=1.5,
        train_accuracy=0.25,
        val_loss=0.75,
        val_accuracy=accuracy,
        learning_rate=1e-3,
        images_per_second=12.5,
        seconds=3.0,
        eta_seconds=6.0,
        best=True,
    )


@pytest.fixture
def run_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "20260102-030405-efficientnet_b0"
    folder.mkdir()
    runs.write_about(
        folder,
        config=make_config("best", epochs=9),
        classes=("ants", "蜜蜂 🐝"),
        preprocess=Preprocess(size=224, resize=256),
        dataset_version="v7",
        weights="imagenet",
        created="2026-01-02T03:04:05+00:00",
    )
    return folder


def test_that_a_run_is_read_back_as_it_was_written(run_dir: Path) -> None:
    runs.append_metrics(run_dir / runs.METRICS_FILE, finished(0, 0.5))
    runs.append_metrics(run_dir / runs.METRICS_FILE, finished(1, 0.75))
    run = runs.load_run(run_dir)
    assert run.run_id == run_dir.name
    assert run.config == make_config("best", epochs=9)
    assert run.classes == ("ants", "蜜蜂 🐝")
    assert run.preprocess == Preprocess(size=224, resize=256)
    assert (run.dataset_version, run.weights, run.model) == ("v7", "imagenet", "efficientnet_b0")
    assert run.epochs == (finished(0, 0.5), finished(1, 0.75))
    assert run.best_accuracy == 0.75
    assert run.state == "interrupted"
    assert run.resumable


@pytest.mark.parametrize(("stopped", "state"), [(True, "stopped"), (False, "finished")])
def test_that_the_result_tells_how_a_run_ended(run_dir: Path, *, stopped: bool, state: str) -> None:
    result = runs.TrainResult(
        run_id=run_dir.name,
        run_dir=run_dir,
        epochs=2,
        accuracy=0.75,
        best_epoch=1,
        seconds=6.0,
        images_per_second=12.5,
        stopped=stopped,
        weights="none",
    )
    runs.write_result(result)
    assert runs.load_run(run_dir).state == state
    assert json.loads((run_dir / runs.RESULT_FILE).read_text())["accuracy"] == 0.75


@given(cut=st.integers(0, 2000))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_that_metrics_cut_anywhere_give_the_whole_lines_before(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "metrics.jsonl"
    path.unlink(missing_ok=True)
    whole = [finished(epoch) for epoch in range(4)]
    for epoch in whole:
        runs.append_metrics(path, epoch)
    data = path.read_bytes()[:cut]
    path.write_bytes(data)
    assert list(runs.read_metrics(path)) == whole[: data.count(b"\n")]


def test_that_unknown_keys_of_a_later_version_do_not_disturb(run_dir: Path) -> None:
    runs.append_metrics(run_dir / runs.METRICS_FILE, finished(0))
    line = json.loads((run_dir / runs.METRICS_FILE).read_text())
    (run_dir / runs.METRICS_FILE).write_text(json.dumps(line | {"moon_phase": 0.4}) + "\n")
    assert runs.load_run(run_dir).epochs == (finished(0),)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", '{"format": 1, "config": {"epochs": -1}}', "\x00\x01"]
)
def test_that_a_damaged_run_is_said_in_words(run_dir: Path, content: str) -> None:
    (run_dir / runs.CONFIG_FILE).write_text(content)
    with pytest.raises(ProjectError, match="is damaged") as caught:
        runs.load_run(run_dir)
    assert caught.value.path is not None


def test_that_a_folder_that_is_no_run_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="no training run"):
        runs.load_run(tmp_path)


def test_that_a_run_of_a_newer_version_is_refused_kindly(run_dir: Path) -> None:
    about = json.loads((run_dir / runs.CONFIG_FILE).read_text(encoding="utf-8"))
    (run_dir / runs.CONFIG_FILE).write_text(json.dumps(about | {"format": 2}))
    with pytest.raises(ProjectError, match="newer version"):
        runs.load_run(run_dir)
    (run_dir / runs.CONFIG_FILE).write_text(json.dumps(about | {"format": 2, "app": "2.3"}))
    with pytest.raises(ProjectError, match=rf"EffNet Studio 2\.3; this is {__version__}"):
        runs.load_run(run_dir)


def test_that_settings_only_a_newer_version_knows_are_no_damage(run_dir: Path) -> None:
    about = json.loads((run_dir / runs.CONFIG_FILE).read_text(encoding="utf-8"))
    about["config"]["moon_phase"] = 0.4
    (run_dir / runs.CONFIG_FILE).write_text(json.dumps(about | {"app": "2.3"}))
    with pytest.raises(ProjectError, match=r"made with EffNet Studio 2\.3") as caught:
        runs.load_run(run_dir)
    assert "not changed" in str(caught.value.hint)
    (run_dir / runs.CONFIG_FILE).write_text(json.dumps(about | {"app": __version__}))
    with pytest.raises(ProjectError, match="is damaged"):
        runs.load_run(run_dir)


def test_that_reading_runs_does_not_load_torch() -> None:
    code = "import sys, effnet_studio.engine.training.runs; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
