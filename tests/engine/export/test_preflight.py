"""An export that cannot succeed is refused before it begins, with what to do about it."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import torch
from safetensors.torch import load_file, save_file

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data import edits
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.store import load_dataset, load_index
from effnet_studio.engine.errors import (
    Cancelled,
    ExportError,
    ModelError,
    ProjectError,
    StorageError,
)
from effnet_studio.engine.events import Event, Warned
from effnet_studio.engine.export.preflight import Needs, preflight, space_needed
from effnet_studio.engine.predict.reject_option import RejectOption, Score, write_reject_option
from effnet_studio.engine.predict.torch_predictor import TorchPredictor
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.runs import BEST_FILE, weights_digest
from tests.engine.export.conftest import draw_images

if TYPE_CHECKING:
    from collections.abc import Iterator

    from effnet_studio.engine.data.dataset import Split

INT8 = Needs(copies=4, calibrates=True)


@pytest.fixture
def project(tmp_path: Path, make_run: Any) -> Iterator[Project]:
    """Ten images of each of three classes, four of them for validation, and a run."""
    draw_images(tmp_path / "pictures")
    with Project.create(tmp_path / "p.effnet") as project:
        import_folder(project, tmp_path / "pictures", val=0.4)
        run = make_run()
        shutil.copytree(run, project.runs_dir / run.name)
        yield project


def check(project: Project, needs: Needs = INT8, **arguments: Any) -> list[str]:
    """Run all checks; give back what was warned of."""
    events: list[Event] = []
    run_dir = project.find_run(None)
    app = TorchPredictor.from_run(run_dir, device="cpu")
    dataset = load_dataset(project)
    preflight(project, run_dir, app, dataset, needs=needs, on_event=events.append, **arguments)
    assert all(isinstance(event, Warned) and event.hint is not None for event in events)
    return [str(event.message) for event in events if isinstance(event, Warned)]


def images_of(project: Project, name: str, split: Split | None = None) -> list[Any]:
    dataset = load_dataset(project)
    samples = dataset.samples if split is None else dataset.subset(split)
    return [sample for sample in samples if dataset.classes[sample.label] == name]


def test_that_a_project_in_good_order_passes_in_silence(project: Project, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    assert check(project) == []
    assert check(project, folder=tmp_path / "new" / "below") == []
    assert sorted(tmp_path.rglob("*")) == before


def test_that_a_project_open_for_reading_needs_another_folder(
    project: Project, tmp_path: Path
) -> None:
    with Project.open(project.root, read_only=True) as reading:
        assert check(reading, folder=tmp_path / "out") == []
        with pytest.raises(ProjectError, match="reading only"):
            check(reading)


def test_that_a_file_in_the_folders_place_is_named(project: Project, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("precious")
    for folder in (tmp_path / "taken", tmp_path / "taken" / "below"):
        with pytest.raises(ExportError, match="taken is a file"):
            check(project, folder=folder)
    assert (tmp_path / "taken").read_text() == "precious"


def test_that_a_folder_that_cannot_be_written_is_named(project: Project) -> None:
    """The system's own folder: even an administrator makes nothing there."""
    if not Path("/proc/self").is_dir():
        pytest.skip("no folder that nobody may write to")
    with pytest.raises(StorageError, match="/proc/self"):
        check(project, folder=Path("/proc/self/out"))


def test_that_a_full_disk_is_found_before_it_is_full(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_dir = project.find_run(None)
    weights = (run_dir / BEST_FILE).stat().st_size
    needed = space_needed(run_dir, Needs(copies=3))
    assert 3 * weights < needed < 3 * weights + 30e6
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=needed - 1))
    with pytest.raises(StorageError, match=rf"needs {needed / 1e6:.0f} MB") as error:
        check(project, Needs(copies=3))
    assert str(project.root) in str(error.value.hint)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=needed))
    assert check(project, Needs(copies=3)) == []


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_that_weights_that_are_no_numbers_are_named_by_their_layer(
    project: Project, value: float
) -> None:
    weights = project.find_run(None) / BEST_FILE
    tensors = load_file(weights)
    tensors["features.3.block.1.0.weight"][0, 0, 0, 0] = value
    tensors["features.3.block.1.1.running_var"][1] = value
    save_file(tensors, weights)
    with pytest.raises(
        ModelError, match=r"features\.3\.block\.1\.0, features\.3\.block\.1\.1\."
    ) as error:
        check(project)
    assert "train again" in str(error.value.hint)


def test_that_long_lists_of_layers_are_cut(project: Project) -> None:
    weights = project.find_run(None) / BEST_FILE
    tensors = load_file(weights)
    save_file(
        {
            name: torch.full_like(t, torch.nan) if t.is_floating_point() else t
            for name, t in tensors.items()
        },
        weights,
    )
    with pytest.raises(ModelError) as error:
        check(project)
    assert str(error.value.message).endswith("….")
    assert len(str(error.value.message)) < 200


def test_that_a_threshold_for_other_weights_is_told_of(project: Project) -> None:
    run_dir = project.find_run(None)
    limit = RejectOption(
        Score.CONFIDENCE, 0.7, 0.9, 0.95, 40, "v", weights_digest(run_dir / BEST_FILE)
    )
    write_reject_option(run_dir, limit)
    assert check(project) == []
    write_reject_option(run_dir, dataclasses.replace(limit, weights="0" * 64))
    (warned,) = check(project)
    assert "before the model learned more" in warned
    (run_dir / "rejection.json").write_text("{")
    (warned,) = check(project)
    assert "cannot be read" in warned


def test_that_classes_that_were_renamed_added_or_removed_are_told_of(project: Project) -> None:
    edits.rename_class(project, "red", "crimson")
    gone, new = check(project)
    assert gone.endswith("any more: red.")
    assert new.endswith("these classes: crimson.")
    edits.merge_classes(project, ["crimson", "green"], "green")
    (gone,) = check(project)
    assert gone.endswith(": red.")
    edits.undo(project)
    edits.undo(project)
    assert check(project) == []
    edits.relabel(project, [images_of(project, "blue")[0].id], "violet")
    (new,) = check(project)
    assert new.endswith(": violet.")


def test_that_a_class_without_images_is_told_of(project: Project) -> None:
    edits.exclude(project, load_index(project).ids[:10].tolist())  # all of one class
    (gone,) = check(project)
    assert gone.endswith(": blue.")
    edits.undo(project)
    edits.set_split(project, [sample.id for sample in images_of(project, "red")], "train")
    (unseen,) = check(project)
    assert "no validation images of red" in unseen
    edits.set_split(project, [sample.id for sample in images_of(project, "red")], "val")
    (unseen,) = check(project)
    assert "no training images of red" in unseen
    assert check(project, Needs()) == []


def test_that_without_validation_images_all_are_compared(project: Project) -> None:
    edits.set_split(project, load_index(project).ids.tolist(), "train")
    (warned,) = check(project)
    assert "compared on all images" in warned


def test_that_missing_images_are_counted(project: Project, tmp_path: Path) -> None:
    held = [sample.path for sample in load_dataset(project).subset("val")]
    for path in held[:5]:
        path.unlink()
    (warned,) = check(project)
    assert warned.startswith("5 of 12 validation images are gone")
    (tmp_path / "pictures").rename(tmp_path / "unplugged")
    (tmp_path / "pictures").mkdir()  # as where the drive is to appear
    with pytest.raises(ExportError, match="None of the 12"):
        check(project)


def test_that_few_training_images_are_told_of_and_none_are_refused(project: Project) -> None:
    learned = [sample.id for sample in load_dataset(project).subset("train")]
    red, green = images_of(project, "red", "train"), images_of(project, "green", "train")
    kept = [red[0].id, green[0].id]
    edits.set_split(project, [number for number in learned if number not in kept], "test")
    few, unseen = check(project)
    assert "only 2 training images" in few
    assert "no training images of blue" in unseen
    assert check(project, Needs()) == []
    edits.set_split(project, kept, "test")
    with pytest.raises(ExportError, match="no training images") as error:
        check(project)
    assert "32 bits" in str(error.value.hint)
    edits.undo(project)
    red[0].path.unlink()
    green[0].path.unlink()
    with pytest.raises(ExportError, match="no training images"):
        check(project)


def test_that_the_search_for_missing_images_can_be_stopped(project: Project) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        check(project, cancel=token)
