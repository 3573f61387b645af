"""Opening, creating and importing, with real projects on disk."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from effnet_studio.engine.errors import DatasetError, ProjectError
from effnet_studio.engine.project import Project
from effnet_studio.gui.session import Session


@pytest.fixture
def opened(qtbot, session: Session, tmp_path: Path, make_photos) -> Session:
    """A session with a project of 7 + 6 images."""
    folder = make_photos(bee=7, ant=6)
    with qtbot.waitSignal(session.import_finished):
        session.create_project_from(folder, tmp_path / "Insects.effnet")
    return session


def test_that_a_folder_becomes_a_project_with_its_images(opened: Session, tmp_path: Path) -> None:
    assert opened.project is not None
    assert opened.project.name == "Insects"
    assert opened.dataset is not None
    assert opened.dataset.counts() == {"ant": 6, "bee": 7}
    assert opened.folder == tmp_path / "photos"
    assert opened.import_job is None


def test_that_a_project_is_reopened_with_everything(qtbot, opened: Session) -> None:
    dataset, root = opened.dataset, opened.project.root
    opened.close_project()
    assert opened.dataset is None
    with qtbot.waitSignal(opened.dataset_changed):
        opened.open_project(root)
    assert opened.dataset == dataset
    assert not opened.project.read_only


def test_that_opening_the_open_project_again_changes_nothing(qtbot, opened: Session) -> None:
    project = opened.project
    assert opened.open_project(project.root) is None
    assert opened.project is project
    assert not project.read_only


def test_that_a_project_in_use_opens_read_only(qtbot, opened: Session, runner) -> None:
    second = Session(runner)
    with qtbot.waitSignal(second.project_changed):
        second.open_project(opened.project.root)
    assert second.project.read_only
    assert second.dataset == opened.dataset
    second.close_project()


def test_that_something_else_is_refused_in_words(qtbot, session: Session, tmp_path: Path) -> None:
    with qtbot.waitSignal(session.error_raised) as heard:
        session.open_project(tmp_path)
    assert isinstance(heard.args[0], ProjectError)
    assert session.project is None


def test_that_a_project_of_a_newer_version_leaves_the_open_one_alone(
    qtbot, opened: Session, tmp_path: Path
) -> None:
    newer = tmp_path / "newer.effnet"
    Project.create(newer).close()
    about = json.loads((newer / "project.json").read_text())
    (newer / "project.json").write_text(json.dumps({**about, "format": 99}))
    before = opened.project
    with qtbot.waitSignal(opened.error_raised) as heard:
        opened.open_project(newer)
    assert "newer" in str(heard.args[0])
    assert opened.project is before


def test_that_a_run_of_a_newer_version_is_told_and_the_others_open(
    qtbot, session: Session, trained: Path
) -> None:
    (run,) = (trained / "runs").iterdir()
    newer = shutil.copytree(run, run.with_name("20990101-000000-future"))
    about = json.loads((newer / "config.json").read_text(encoding="utf-8"))
    about["config"]["moon_phase"] = 0.4
    (newer / "config.json").write_text(json.dumps({**about, "app": "2.3"}))
    with qtbot.waitSignal(session.error_raised, timeout=20_000) as told:
        session.open_project(trained)
    assert "future was made with EffNet Studio 2.3" in str(told.args[0])
    assert [each.run_id for each in session.runs] == [run.name]


def test_that_a_vanished_folder_of_images_is_told_and_the_project_still_opens(
    qtbot, opened: Session, tmp_path: Path
) -> None:
    root = opened.project.root
    opened.close_project()
    shutil.rmtree(tmp_path / "photos")
    with qtbot.waitSignals([opened.error_raised, opened.dataset_changed]):
        opened.open_project(root)
    assert opened.project is not None
    assert len(opened.dataset.samples) == 13


def test_that_a_useless_folder_is_refused_and_the_project_stays_open(
    qtbot, session: Session, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with qtbot.waitSignal(session.error_raised) as heard:
        session.create_project_from(empty, tmp_path / "p.effnet")
    assert isinstance(heard.args[0], DatasetError)
    assert session.project is not None
    assert session.dataset is None
    qtbot.waitUntil(lambda: session.import_job is None)


def test_that_training_needs_images(qtbot, session: Session, tmp_path: Path) -> None:
    from effnet_studio.engine.training.config import TrainConfig

    with qtbot.waitSignal(session.project_changed):
        session.create_project(tmp_path / "p.effnet")
    assert session.start_training(TrainConfig()) is None


def test_that_a_project_at_work_is_not_left(qtbot, opened: Session, tmp_path: Path) -> None:
    def work(*, on_event, cancel) -> None:
        while True:
            cancel.check()

    job = opened.jobs.start(work, title="Training")
    with qtbot.waitSignal(opened.error_raised) as heard:
        assert opened.create_project(tmp_path / "other.effnet") is None
    assert "Training" in str(heard.args[0])
    assert not opened.project.read_only
    job.cancel()
    qtbot.waitUntil(lambda: not opened.jobs.jobs)


def test_that_a_double_click_opens_a_project_once_and_for_writing(
    qtbot, session: Session, tmp_path: Path
) -> None:
    Project.create(tmp_path / "p.effnet").close()
    with qtbot.waitSignal(session.project_changed):
        session.open_project(tmp_path / "p.effnet")
        assert session.open_project(tmp_path / "p.effnet") is None
    assert not session.project.read_only
