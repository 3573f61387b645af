"""Deleted exports wait in the project's trash; nothing else is ever moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from effnet_studio.engine.errors import ExportError, ProjectError
from effnet_studio.engine.export.trash import (
    TrashedExport,
    delete_export,
    empty_export_trash,
    may_delete,
    restore_exports,
    trashed_exports,
)
from effnet_studio.engine.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.effnet") as project:
        yield project


def export(project: Project, name: str = "model") -> Path:
    """A folder of an export; returns the model in it."""
    folder = project.new_export_dir(name)
    (folder / "model.onnx").write_bytes(b"12345")
    (folder / "model.labels.txt").write_text("a\nb\n")
    return folder / "model.onnx"


def test_that_a_deleted_export_is_taken_back_as_it_was(project: Project) -> None:
    first, second = export(project, "one"), export(project, "two")
    name = delete_export(project, first)
    delete_export(project, second)
    assert project.export_dirs() == []
    assert TrashedExport(name, 9) in trashed_exports(project)
    assert restore_exports(project) == 2
    assert first.read_bytes() == b"12345"
    assert second.parent.is_dir()
    assert trashed_exports(project) == ()
    assert restore_exports(project) == 0


def test_that_the_trash_is_emptied_for_good(project: Project) -> None:
    file, kept = export(project, "one"), export(project, "two")
    delete_export(project, file)
    assert empty_export_trash(project) == 1
    assert trashed_exports(project) == ()
    assert kept.is_file()


@pytest.mark.parametrize("place", ["outside", "deeper", "the folder of all"])
def test_that_nothing_outside_a_folder_of_exports_is_moved(
    project: Project, tmp_path: Path, place: str
) -> None:
    inside = export(project)
    folders = {
        "outside": tmp_path / "elsewhere",
        "deeper": inside.parent / "more",
        "the folder of all": project.exports_dir,
    }
    folder = folders[place]
    folder.mkdir(exist_ok=True)
    file = folder / "model.onnx"
    file.write_bytes(b"")
    assert not may_delete(project, file)
    with pytest.raises(ExportError, match="not an export of this project"):
        delete_export(project, file)
    assert file.is_file()
    assert inside.is_file()


def test_that_one_gone_already_is_said(project: Project) -> None:
    file = export(project)
    delete_export(project, file)
    with pytest.raises(ExportError):
        delete_export(project, file)


def test_that_one_named_like_an_earlier_one_can_be_deleted_too(project: Project) -> None:
    for content in (b"first", b"second"):
        folder = project.exports_dir / "mine"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "model.onnx").write_bytes(content)
        delete_export(project, folder / "model.onnx")
    assert [export.name for export in trashed_exports(project)] == ["mine-2", "mine"]
    assert restore_exports(project) == 2
    assert (project.exports_dir / "mine-2" / "model.onnx").read_bytes() == b"second"


def test_that_an_export_of_the_same_name_is_never_replaced(project: Project) -> None:
    file = export(project)
    delete_export(project, file)
    file.parent.mkdir()
    with pytest.raises(ExportError, match="already"):
        restore_exports(project)
    assert len(trashed_exports(project)) == 1


def test_that_a_read_only_project_keeps_its_exports(project: Project) -> None:
    file = export(project)
    with Project.open(project.root) as other:
        assert other.read_only
        with pytest.raises(ProjectError):
            delete_export(other, file)
    assert file.is_file()
