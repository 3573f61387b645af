"""Runs repeated to the bit, and runs that go on from another's weights."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
import safetensors.torch
import torch

from effnet_studio.engine.data import edits
from effnet_studio.engine.data.importer import update_dataset
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.errors import ConfigError, DatasetError
from effnet_studio.engine.events import Event, Noted
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.training import again, launch, run_trash
from effnet_studio.engine.training.runs import START_FILE, load_run

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.project import Project
    from tests.engine.training.conftest import MakeConfig


def tensors(run_dir: Path, name: str = "best.safetensors") -> dict[str, torch.Tensor]:
    return safetensors.torch.load_file(run_dir / name)


def assert_equal(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> None:
    assert one.keys() == other.keys()
    assert all(torch.equal(one[name], other[name]) for name in one)


def head(run_dir: Path, name: str) -> torch.Tensor:
    return tensors(run_dir, name)[f"{get_spec('mobilenet_v3_small').classifier}.weight"]


def mend(project: Project) -> None:
    """Change class, part and use of some pictures."""
    ids = [sample.id for sample in load_dataset(project).samples]
    edits.relabel(project, ids[:2], "crooked")
    edits.set_split(project, ids[3:5], "val")
    edits.exclude(project, ids[6:8])
    edits.rename_class(project, "lying", "flat")


def test_that_a_run_is_repeated_to_the_bit_after_the_images_were_edited(
    project: Project, tiny_config: MakeConfig
) -> None:
    first = launch.train(project, tiny_config(augmentation="light"))
    version = load_dataset(project).version
    mend(project)
    assert load_dataset(project).version != version
    second = again.reproduce(project, first.run_id)
    assert second.run_id != first.run_id
    assert_equal(tensors(first.run_dir), tensors(second.run_dir))
    one, other = load_run(first.run_dir), load_run(second.run_dir)
    assert other.config == one.config
    assert other.dataset_version == version
    assert other.origin is not None
    assert (other.origin.run, other.origin.how) == (first.run_id, "again")


def test_that_a_run_is_not_repeated_on_other_images(
    project: Project, tiny_config: MakeConfig, tmp_path: Path
) -> None:
    first = launch.train(project, tiny_config(epochs=1))
    gone = next((tmp_path / "folder" / "lying").iterdir())
    kept = tmp_path / gone.name
    shutil.move(gone, kept)
    update_dataset(project)
    with pytest.raises(DatasetError, match="not in the project any more: 1"):
        again.reproduce(project, first.run_id)
    shutil.copyfile(kept, gone)  # the same file, but nobody can know
    update_dataset(project)
    with pytest.raises(DatasetError, match="changed on the disk"):
        again.reproduce(project, first.run_id)
    status = kept.stat()
    os.utime(gone, ns=(status.st_atime_ns, status.st_mtime_ns))
    update_dataset(project)
    assert again.reproduce(project, first.run_id).accuracy == first.accuracy


def test_that_automatic_weights_are_repeated_as_they_were(
    project: Project, tiny_config: MakeConfig
) -> None:
    first = launch.train(project, tiny_config(epochs=1, weights="auto"))
    second = again.reproduce(project, first.run_id)
    assert load_run(second.run_dir).config.weights == load_run(first.run_dir).weights
    assert_equal(tensors(first.run_dir), tensors(second.run_dir))


def test_that_a_run_goes_on_from_the_best_weights(
    project: Project, tiny_config: MakeConfig
) -> None:
    first = launch.train(project, tiny_config(epochs=1))
    events: list[Event] = []
    second = again.warm_start(project, first.run_id, epochs=1, on_event=events.append)
    assert_equal(tensors(first.run_dir), tensors(second.run_dir, START_FILE))
    run = load_run(second.run_dir)
    assert run.origin is not None
    assert (run.origin.how, run.origin.start) == ("continued", first.run_id)
    assert run.weights == "file"
    assert any(isinstance(each, Noted) and "all classes" in str(each.message) for each in events)


def test_that_outputs_follow_the_names_of_the_classes(
    project: Project, tiny_config: MakeConfig
) -> None:
    first = launch.train(project, tiny_config(epochs=1))
    assert load_run(first.run_dir).classes == ("lying", "upright")
    ids = [s.id for s in load_dataset(project).samples if s.label == 0]
    edits.relabel(project, ids[::3], "a new one")
    second = again.warm_start(project, first.run_id, epochs=1)
    assert load_run(second.run_dir).classes == ("a new one", "lying", "upright")
    before, start = head(first.run_dir, "best.safetensors"), head(second.run_dir, START_FILE)
    assert torch.equal(start[1:], before)
    assert not any(torch.equal(start[0], row) for row in before)


def test_that_a_renamed_class_does_not_answer_for_another(
    project: Project, tiny_config: MakeConfig
) -> None:
    first = launch.train(project, tiny_config(epochs=1))
    edits.rename_class(project, "lying", "zzz")  # now the order is upright, zzz
    events: list[Event] = []
    second = again.warm_start(project, first.run_id, epochs=1, on_event=events.append)
    before, start = head(first.run_dir, "best.safetensors"), head(second.run_dir, START_FILE)
    assert load_run(second.run_dir).classes == ("upright", "zzz")
    assert torch.equal(start[0], before[1])
    assert not torch.equal(start[1], before[0])
    assert any(isinstance(each, Noted) and "zzz" in str(each.message) for each in events)


def test_that_a_continued_run_is_repeated_when_the_first_is_gone(
    project: Project, tiny_config: MakeConfig
) -> None:
    first = launch.train(project, tiny_config(epochs=1))
    second = again.warm_start(project, first.run_id)
    run_trash.delete_run(project, first.run_id)
    run_trash.empty_trash(project)
    third = again.reproduce(project, second.run_id)
    assert_equal(tensors(second.run_dir), tensors(third.run_dir))
    origin = load_run(third.run_dir).origin
    assert origin is not None
    assert (origin.run, origin.start) == (second.run_id, first.run_id)


def test_that_settings_of_a_continued_run_may_change_but_not_its_model(
    project: Project, tiny_config: MakeConfig
) -> None:
    first = launch.train(project, tiny_config(epochs=1))
    second = again.warm_start(project, first.run_id, epochs="1", learning_rate=1e-4)
    assert load_run(second.run_dir).config.learning_rate == 1e-4
    for change in ({"model": "resnet18"}, {"weights": "none"}, {"epochs": 0}, {"speed": 1}):
        with pytest.raises(ConfigError):
            again.warm_start(project, first.run_id, **change)
    assert len(project.run_dirs()) == 2
