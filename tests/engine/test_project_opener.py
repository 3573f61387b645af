"""The file in a project that opens it with a double-click."""

from __future__ import annotations

from pathlib import Path

import pytest

from effnet_studio.engine.errors import ProjectError
from effnet_studio.engine.project import Project
from effnet_studio.engine.project_opener import OPENER, project_folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "蜜蜂.effnet"


def test_that_a_new_project_is_opened_by_the_file_in_it(root: Path) -> None:
    Project.create(root).close()
    with Project.open(root / OPENER) as project:
        assert project.root == root


def test_that_a_project_without_the_file_is_complete(root: Path) -> None:
    Project.create(root).close()
    (root / OPENER).unlink()
    with Project.open(root) as project:
        assert not project.read_only


def test_that_the_file_alone_is_no_project(root: Path) -> None:
    root.mkdir()
    (root / OPENER).write_text("{}")
    with pytest.raises(ProjectError, match="is not an EffNet Studio project"):
        Project.open(root / OPENER)


def test_that_other_files_stand_for_themselves(root: Path) -> None:
    assert project_folder(root / "dataset.sqlite") == root / "dataset.sqlite"
    assert project_folder(root) == root
