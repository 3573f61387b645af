"""Names, notes and searching."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from effnet_studio.engine.errors import ConfigError, ProjectError
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.run_notes import (
    NOTES_FILE,
    Origin,
    annotate_run,
    read_origin,
    rename_run,
    write_origin,
)
from effnet_studio.engine.training.runs import find_runs, list_runs, load_run, locate_run
from tests.random_run import write_run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.effnet") as opened:
        yield opened


def test_that_name_and_note_are_kept_apart(project: Project) -> None:
    run_dir = write_run(project, ("ant", "bee"))
    assert load_run(run_dir).title == run_dir.name
    rename_run(project, run_dir.name, "  first\n try ")
    annotate_run(project, run_dir.name, "with the blurred ones\nleft out\n")
    run = load_run(run_dir)
    assert run.title == run.notes.name == "first try"
    assert run.notes.note == "with the blurred ones\nleft out"
    rename_run(project, run_dir.name, "")
    assert load_run(run_dir).title == run_dir.name
    assert load_run(run_dir).notes.note == run.notes.note


def test_that_damaged_notes_do_not_hide_the_run(project: Project) -> None:
    run_dir = write_run(project, ("ant", "bee"))
    for content in (b"{", b"[1]", b"\xff"):
        (run_dir / NOTES_FILE).write_bytes(content)
        assert load_run(run_dir).notes.name == ""


def test_that_too_long_a_name_is_refused_and_changes_nothing(project: Project) -> None:
    run_dir = write_run(project, ("ant", "bee"))
    rename_run(project, run_dir.name, "short")
    with pytest.raises(ConfigError, match="at most 200"):
        rename_run(project, run_dir.name, 201 * "x")
    assert load_run(run_dir).notes.name == "short"


def test_that_a_read_only_project_keeps_its_names(project: Project) -> None:
    run_dir = write_run(project, ("ant", "bee"))
    with Project.open(project.root) as second, pytest.raises(ProjectError):
        rename_run(second, run_dir.name, "mine")
    assert not (run_dir / NOTES_FILE).exists()


def test_that_an_origin_is_read_back(project: Project) -> None:
    run_dir = write_run(project, ("ant", "bee"))
    assert load_run(run_dir).origin is None
    origin = Origin("20260101-000000-resnet18", "continued", "20260101-000000-resnet18")
    write_origin(run_dir, origin)
    assert load_run(run_dir).origin == origin
    (run_dir / "origin.json").write_text('{"run": "x", "how": "stolen"}', encoding="utf-8")
    assert read_origin(run_dir) is None


def test_that_runs_are_found_by_every_word(project: Project) -> None:
    small = write_run(project, ("ant", "bee"))
    large = write_run(project, ("ant", "wasp"), "resnet18")
    rename_run(project, small.name, "Äpfel only")
    annotate_run(project, large.name, "learned from summer images")
    runs = list_runs(project)

    def found(text: str) -> set[str]:
        return {run.run_id for run in find_runs(runs, text)}

    assert found("") == {small.name, large.name}
    assert found("äpfel") == found("ONLY  mobilenet") == {small.name}
    assert found("summer resnet") == found("wasp") == {large.name}
    assert found("summer äpfel") == set()


def test_that_a_run_is_located_by_its_name(project: Project) -> None:
    first = write_run(project, ("ant", "bee"))
    second = write_run(project, ("ant", "bee"), "resnet18")
    rename_run(project, first.name, "good one")
    assert locate_run(project, "good one") == first
    assert locate_run(project, second.name) == second
    rename_run(project, second.name, "good one")
    with pytest.raises(ProjectError):
        locate_run(project, "good one")
