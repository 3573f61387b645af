"""What earlier versions wrote opens, answers as it did, and can be continued."""

from __future__ import annotations

import json
import os
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from effnet_studio import __version__
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.export.certificate.record import list_exports
from effnet_studio.engine.predict.onnx_predictor import OnnxPredictor
from effnet_studio.engine.predict.torch_predictor import TorchPredictor
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.launch import resume
from effnet_studio.engine.training.runs import load_run
from effnet_studio.gui.colors import ThemeMode
from effnet_studio.gui.settings import RecentProject, Settings

MADE = sorted((Path(__file__).parent / "made").glob("*.zip"))


@pytest.fixture(params=MADE, ids=lambda file: file.stem)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Project, pictures and settings of a version, as if they had always been here."""
    with zipfile.ZipFile(request.param) as archive:
        archive.extractall(tmp_path)
    database = sqlite3.connect(tmp_path / "Colours.effnet" / "dataset.sqlite")
    with database:
        database.execute("UPDATE sources SET root = ?", (os.fsencode(tmp_path / "pictures"),))
    database.close()
    with Project.open(tmp_path / "Colours.effnet", read_only=True) as project:
        today, run = load_dataset(project).version, project.find_run(None)
    # A run knows its images by their places too, and those were others where it was made.
    about = json.loads((run / "config.json").read_text(encoding="utf-8"))
    (run / "config.json").write_text(json.dumps({**about, "dataset_version": today}))
    return tmp_path


@pytest.fixture
def expected(folder: Path) -> Any:
    """What the version itself said of its model."""
    return json.loads((folder / "expected.json").read_text(encoding="utf-8"))


def test_that_there_is_something_of_the_first_version() -> None:
    assert MADE[0].stem == "0.1.0"


def test_that_a_project_opens_and_its_models_answer_as_they_did(
    folder: Path, expected: Any
) -> None:
    with Project.open(folder / "Colours.effnet") as project:
        assert not project.read_only
        assert load_dataset(project).classes == tuple(expected["classes"])
        run = load_run(project.find_run(None))
        assert (run.run_id, run.classes) == (expected["run"], tuple(expected["classes"]))
        assert len(run.epochs) == 1
        (exported,) = list_exports(project)
        assert exported.ok
        models = TorchPredictor.from_run(run.run_dir), OnnxPredictor.from_file(exported.file)
    for model in models:
        for picture, answer in zip(expected["shown"], expected["answers"], strict=True):
            found = model.predict(folder / picture).probabilities
            np.testing.assert_allclose(found, answer, atol=1e-3)


def test_that_a_stopped_training_goes_on(folder: Path, expected: Any) -> None:
    with Project.open(folder / "Colours.effnet") as project:
        result = resume(project, expected["run"])
        assert (result.run_id, result.epochs, result.stopped) == (expected["run"], 3, False)
        assert project.app == __version__
    about = json.loads((folder / "Colours.effnet" / "project.json").read_text(encoding="utf-8"))
    assert about["app"] == __version__


def test_that_settings_are_what_they_were(folder: Path) -> None:
    settings = Settings(folder / "window.ini")
    assert settings.theme_mode is ThemeMode.DARK
    assert settings.language == "zh_CN"
    assert "notify" in settings.changed_keys()
    assert settings.recent_projects() == [
        RecentProject("/p/Colours.effnet", "Colours", 1.0, 0.5, 18)
    ]
