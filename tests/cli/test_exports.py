"""Exports of a project listed on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from effnet_studio.cli.export_report import export_report
from effnet_studio.engine import atomic
from effnet_studio.engine.data.edits import exclude, rename_class
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.export.certificate.record import LABELS_SUFFIX, RECORD_SUFFIX
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.runs import BEST_FILE, weights_digest
from tests.export_results import export_result, part

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

RUN = "20260721-101500-resnet18"


@pytest.fixture
def project(command: Command, pictures: Path, tmp_path: Path) -> Path:
    """A project with images and what a training leaves."""
    path = tmp_path / "p.effnet"
    assert command("import", pictures, "-p", path, "--val", "0.5").code == 0
    run_dir = path / "runs" / RUN
    run_dir.mkdir(parents=True)
    (run_dir / BEST_FILE).write_bytes(b"weights")
    return path


def add_export(project: Path, name: str, **facts: object) -> Path:
    """What an export leaves."""
    folder = project / "exports" / name
    folder.mkdir(parents=True)
    file = folder / "resnet18.onnx"
    file.write_bytes(b"model")
    with Project.open(project, read_only=True) as opened:
        dataset = load_dataset(opened)
    common = {
        "weights": weights_digest(project / "runs" / RUN / BEST_FILE),
        "dataset_version": dataset.version,
        "ok": True,
    }
    labels = "".join(f"{label}\n" for label in dataset.classes)
    file.with_name(file.stem + LABELS_SUFFIX).write_text(labels, encoding="utf-8")
    result = export_result(str(file), **{**common, **facts})
    atomic.write_json(file.with_name(file.stem + RECORD_SUFFIX), result.to_json())
    return file


def test_that_exports_are_listed_with_verdict_and_size(command: Command, project: Path) -> None:
    assert command("exports", project).out.strip() == "No exports."
    assert command("exports", project, "--json").document == []
    older = add_export(project, "20260721-101500-one", created="2026-07-21T10:15:00+00:00")
    newer = add_export(project, "20260722-101500-two", ok=False, parts=(part(same=150),))
    (project / "exports" / "20260723-101500-empty").mkdir()
    document = command("exports", project, "--json").document
    assert [each["file"] for each in document] == [str(newer), str(older)]
    assert [each["ok"] for each in document] == [False, True]
    assert [each["stale"] for each in document] == [[], []]
    shown = command("exports", project).out
    assert "44.7 MB" in shown
    assert "not ready" in shown
    assert "2026-07-2" in shown


def test_that_it_is_said_what_has_changed_since(command: Command, project: Path) -> None:
    add_export(project, "20260721-101500-one")
    with Project.open(project) as opened:
        rename_class(opened, "ants", "termites")
    (project / "runs" / RUN / BEST_FILE).write_bytes(b"better weights")
    (only,) = command("exports", project, "--json").document
    assert len(only["stale"]) == 3
    shown = " ".join(command("exports", project).out.split())
    assert "out of date" in shown
    assert "20260721-101500-one: The model has learned more since" in shown
    assert "added since: termites." in shown


def test_that_a_project_without_its_images_still_lists_them(
    command: Command, project: Path, pictures: Path
) -> None:
    add_export(project, "20260721-101500-one", parts=(), ok=False)
    pictures.rename(pictures.with_name("unplugged"))
    assert "not checked" in command("exports", project).out
    with Project.open(project) as opened:
        exclude(opened, [sample.id for sample in load_dataset(opened, check_folder=False).samples])
    assert command("exports", project).code == 0


def test_that_a_project_that_is_none_is_told(command: Command, tmp_path: Path) -> None:
    done = command("exports", tmp_path / "none.effnet")
    assert done.code == 1
    assert "none.effnet" in done.err


def test_that_a_file_that_was_not_opened_has_no_empty_tables() -> None:
    unopened = export_result(parts=(), latencies=(), peak_memory=None, program="", ok=False)
    said = [str(line) for line in export_report(unopened)]
    assert said[0] == "Size: 44.7 MB"
    assert "could not be opened" in said[1]
    assert len(said) == len(export_report(export_result())) - 2
