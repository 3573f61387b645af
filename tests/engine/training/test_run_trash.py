"""Deleting runs and taking them back."""

from __future__ import annotations

import json
import socket
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from effnet_studio.engine.errors import ProjectError, TrainingError
from effnet_studio.engine.events import BatchProgress, Event
from effnet_studio.engine.project import Project
from effnet_studio.engine.training import launch, run_trash
from effnet_studio.engine.training.runs import list_runs
from tests.random_run import write_run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.engine.training.conftest import MakeConfig


def files_in(folder: Path) -> dict[str, bytes]:
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name[0] != "."]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_that_a_deleted_run_comes_back_as_it_was(project: Project) -> None:
    run_dir = write_run(project, ("upright", "lying"))
    before = files_in(run_dir)
    assert run_trash.delete_run(project, run_dir.name[:8]) == run_dir.name
    assert not list_runs(project)
    assert [run.run_id for run in run_trash.trashed_runs(project)] == [run_dir.name]
    assert run_trash.restore_run(project, run_dir.name) == run_dir
    assert files_in(run_dir) == before
    assert not run_trash.trashed_runs(project)


def test_that_a_run_that_is_being_trained_cannot_be_deleted(
    project: Project, tiny_config: MakeConfig
) -> None:
    refusals: list[TrainingError] = []

    def listen(event: Event) -> None:
        if isinstance(event, BatchProgress):
            with pytest.raises(TrainingError, match="is being trained") as refusal:
                run_trash.delete_run(project, project.run_dirs()[0].name)
            refusals.append(refusal.value)

    result = launch.train(project, tiny_config(epochs=1), on_event=listen)
    assert refusals
    run_trash.delete_run(project, result.run_id)
    assert not project.run_dirs()


def test_that_a_dead_owners_lock_does_not_keep_a_run(project: Project) -> None:
    run_dir = write_run(project, ("upright", "lying"))
    (run_dir / "run.lock").write_text('{"pid": 1', encoding="utf-8")
    run_trash.delete_run(project, run_dir.name)
    assert not run_dir.exists()


def test_that_restoring_never_replaces_a_run(project: Project) -> None:
    run_dir = write_run(project, ("upright", "lying"))
    run_trash.delete_run(project, run_dir.name)
    run_dir.mkdir()
    with pytest.raises(ProjectError, match="already"):
        run_trash.restore_run(project, run_dir.name)
    assert len(run_trash.trashed_runs(project)) == 1


def test_that_what_is_not_in_the_trash_is_not_restored(project: Project) -> None:
    with pytest.raises(ProjectError, match="no run nothing in the trash"):
        run_trash.restore_run(project, "nothing")


def test_that_an_emptied_trash_is_empty_and_spares_the_runs(project: Project) -> None:
    first, second = (write_run(project, ("upright", "lying")) for _ in range(2))
    run_trash.delete_run(project, first.name)
    assert run_trash.empty_trash(project) == 1
    assert run_trash.empty_trash(project) == 0
    assert not run_trash.trashed_runs(project)
    assert second.exists()


def test_that_nothing_is_deleted_in_a_read_only_project(project: Project) -> None:
    run_dir = write_run(project, ("upright", "lying"))
    with Project.open(project.root) as second:
        for act in (run_trash.delete_run, run_trash.restore_run):
            with pytest.raises(ProjectError):
                act(second, run_dir.name)
        with pytest.raises(ProjectError):
            run_trash.empty_trash(second)
    assert run_dir.exists()


def test_that_the_trash_tells_what_is_in_it(project: Project) -> None:
    first, second = (write_run(project, ("upright", "lying"), seed=seed) for seed in range(2))
    size = sum(len(content) for content in files_in(second).values())
    for folder in (second, first):
        run_trash.delete_run(project, folder.name)
    (project.trash_dir / "runs" / first.name / "config.json").write_text("{", encoding="utf-8")
    (project.trash_dir / "runs" / "older" / "last").mkdir(parents=True)
    found = {each.run_id: each for each in run_trash.trash_contents(project)}
    assert set(found) == {first.name, second.name, "older"}
    assert found[second.name].run is not None
    assert found[first.name].run is None  # damaged: it can still be deleted
    assert 0 <= found[second.name].bytes - size < 200  # and when it was deleted
    age = datetime.now(UTC) - datetime.fromisoformat(found[second.name].deleted)
    assert 0 <= age.total_seconds() < 60
    assert not found["older"].deleted
    assert found["older"].bytes == 0


def test_that_one_run_is_deleted_for_good(project: Project) -> None:
    kept, gone = (write_run(project, ("upright", "lying"), seed=seed) for seed in range(2))
    for folder in (kept, gone):
        run_trash.delete_run(project, folder.name)
    assert run_trash.delete_for_good(project, gone.name) == gone.name
    assert [each.run_id for each in run_trash.trash_contents(project)] == [kept.name]
    with pytest.raises(ProjectError, match="no run"):
        run_trash.delete_for_good(project, gone.name)
    with pytest.raises(ProjectError):
        run_trash.delete_for_good(project, "")


def test_that_a_run_is_in_training_while_a_living_process_holds_it(project: Project) -> None:
    runs = [write_run(project, ("upright", "lying"), seed=seed) for seed in range(3)]
    nobody = {"pid": 2**22 + 1, "host": socket.gethostname(), "started": "", "token": ""}
    (runs[1] / "run.lock").write_text(json.dumps(nobody), encoding="utf-8")
    (runs[2] / "run.lock").write_text("{", encoding="utf-8")
    with run_trash.held(runs[0]):
        assert run_trash.runs_in_training(project.runs_dir) == {runs[0].name}
    assert not run_trash.runs_in_training(project.runs_dir)
