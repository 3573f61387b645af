"""An export says what has changed in the project since it was made."""

from __future__ import annotations

import dataclasses
import os
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from safetensors.torch import load_file, save_file

from effnet_studio.engine.data import edits
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.export.certificate.record import ExportResult, list_exports
from effnet_studio.engine.export.certificate.staleness import stale_reasons
from effnet_studio.engine.predict.reject_option import (
    REJECTION_FILE,
    RejectOption,
    Score,
    read_reject_option,
    write_reject_option,
)
from effnet_studio.engine.project import Project
from effnet_studio.engine.project_lock import LOCK_NAME
from effnet_studio.engine.training.runs import BEST_FILE, weights_digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.engine.export.conftest import Exported


@pytest.fixture
def project(exported: Exported, tmp_path: Path) -> Iterator[Project]:
    """A copy of a project with one export."""
    root = tmp_path / "p.effnet"
    shutil.copytree(exported.project.root, root, ignore=shutil.ignore_patterns(LOCK_NAME))
    with Project.open(root) as project:
        yield project


@pytest.fixture
def run_dir(project: Project) -> Path:
    return project.find_run(None)


@pytest.fixture
def result(project: Project) -> ExportResult:
    (only,) = list_exports(project)
    return only


def reasons(result: ExportResult, run_dir: Path) -> list[str]:
    return [str(reason) for reason in stale_reasons(result, run_dir)]


def reasons_with_images(project: Project) -> list[str]:
    (result,) = list_exports(project)
    dataset = load_dataset(project)
    return [str(reason) for reason in stale_reasons(result, project.find_run(None), dataset)]


def limit_of(run_dir: Path, threshold: float = 0.7) -> RejectOption:
    digest = weights_digest(run_dir / BEST_FILE)
    return RejectOption(Score.CONFIDENCE, threshold, 0.9, 0.95, 40, "v", digest)


def learn_more(run_dir: Path, temperature: float = 1.5) -> None:
    """As training does: others in the same place."""
    weights = run_dir / BEST_FILE
    save_file(load_file(weights), weights, metadata={"temperature": str(temperature)})


def test_that_a_fresh_export_is_up_to_date(project: Project) -> None:
    assert reasons_with_images(project) == []


def test_that_better_weights_make_it_stale(result: ExportResult, run_dir: Path) -> None:
    learn_more(run_dir)
    (reason,) = reasons(result, run_dir)
    assert "learned more" in reason


def test_that_a_copy_of_a_project_with_new_times_is_up_to_date(
    result: ExportResult, run_dir: Path
) -> None:
    later = time.time() + 1000
    os.utime(run_dir / BEST_FILE, (later, later))
    assert reasons(result, run_dir) == []


def test_that_a_threshold_for_earlier_weights_is_no_reason_of_its_own(
    result: ExportResult, run_dir: Path
) -> None:
    limit = limit_of(run_dir)
    write_reject_option(run_dir, limit)
    carrying = dataclasses.replace(result, reject=limit.to_json())
    learn_more(run_dir)
    assert read_reject_option(run_dir) is None
    (reason,) = reasons(carrying, run_dir)
    assert "learned more" in reason


def test_that_a_threshold_chosen_changed_or_taken_back_makes_it_stale(
    result: ExportResult, run_dir: Path
) -> None:
    limit = limit_of(run_dir)
    write_reject_option(run_dir, limit)
    (reason,) = reasons(result, run_dir)
    assert "was chosen since" in reason
    carrying = dataclasses.replace(result, reject=limit.to_json())
    assert reasons(carrying, run_dir) == []
    write_reject_option(run_dir, limit_of(run_dir, 0.85))
    (reason,) = reasons(carrying, run_dir)
    assert "is 0.85 now; the file has 0.7" in reason
    write_reject_option(run_dir, dataclasses.replace(limit, score=Score.ENERGY))
    assert len(reasons(carrying, run_dir)) == 1
    write_reject_option(run_dir, None)
    assert not (run_dir / REJECTION_FILE).exists()
    (reason,) = reasons(carrying, run_dir)
    assert "taken back" in reason


def test_that_other_classes_images_and_labels_make_it_stale(project: Project) -> None:
    edits.rename_class(project, "red", "crimson")
    renamed = reasons_with_images(project)
    assert [reason.rpartition(": ")[2] for reason in renamed] == ["red.", "crimson."]
    edits.undo(project)
    assert reasons_with_images(project) == []
    edits.merge_classes(project, ["red"], "blue")
    (reason,) = reasons_with_images(project)
    assert reason.endswith("since: red.")
    edits.undo(project)
    some = load_dataset(project).samples[0].id
    edits.exclude(project, [some])
    (reason,) = reasons_with_images(project)
    assert "the certificate speaks of those before" in reason
    learn_more(project.find_run(None))
    assert len(reasons_with_images(project)) == 2
    (result,) = list_exports(project)
    result.labels_file.unlink()
    assert len(reasons_with_images(project)) == 2


def test_that_a_training_that_was_deleted_is_told_of(result: ExportResult, run_dir: Path) -> None:
    shutil.rmtree(run_dir)
    (reason,) = reasons(result, run_dir)
    assert "not in the project any more" in reason


def test_that_the_answer_needs_no_torch(tmp_path: Path) -> None:
    """A list of exports in the window must not wait for it."""
    code = (
        "import sys, effnet_studio.engine.export.certificate.staleness;"
        "sys.exit(any(name in sys.modules for name in ('torch', 'onnx', 'onnxruntime')))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
