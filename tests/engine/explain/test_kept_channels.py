"""Statistics of gates are computed once for a run and its images."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.dataset import Sample
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.events import Event, Progress, Warned, ignore
from effnet_studio.engine.explain.kept_channels import (
    LEAST,
    MOST,
    PER_CLASS,
    cache_file,
    draw,
    open_channels,
)
from effnet_studio.engine.predict.torch_predictor import TorchPredictor
from effnet_studio.engine.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path, make_run: Any) -> Iterator[Project]:
    """Three classes of six pictures, and a run of them."""
    rng = np.random.default_rng(0)
    for name in ("red", "green", "blue"):
        (tmp_path / "folder" / name).mkdir(parents=True)
        for number in range(6):
            pixels = rng.integers(0, 256, (48, 48, 3), dtype=np.uint8)
            Image.fromarray(pixels).save(tmp_path / "folder" / name / f"{number}.png")
    with Project.create(tmp_path / "p.effnet") as project:
        import_folder(project, tmp_path / "folder", val=0.3)
        run = make_run()
        shutil.copytree(run, project.runs_dir / run.name)
        yield project


def look(project: Project, events: list[Event] | None = None) -> Any:
    on_event = ignore if events is None else events.append
    network = TorchPredictor.from_run(project.run_dirs()[0], device="cpu")
    return open_channels(project, network, on_event=on_event, cancel=CancelToken())


def test_that_the_second_time_it_is_read_and_equal(project: Project) -> None:
    first = look(project)
    events: list[Event] = []
    second = look(project, events)
    assert not any(isinstance(event, Progress) for event in events)
    for name, value in vars(first).items():
        other = getattr(second, name)
        if isinstance(value, np.ndarray):
            np.testing.assert_array_equal(value, other)
        else:
            assert value == other
    assert {sample.split for sample in first.images} == {"train"}


@pytest.mark.parametrize("harm", ["cut", "noise", "empty"])
def test_that_a_damaged_file_is_made_again(project: Project, harm: str) -> None:
    first = look(project)
    file = cache_file(project, project.run_dirs()[0].name)
    whole = file.read_bytes()
    middle = len(whole) // 2
    harmed = {"cut": whole[:middle], "noise": whole[:middle] + b"x" * middle, "empty": b""}
    file.write_bytes(harmed[harm])
    np.testing.assert_array_equal(look(project).means, first.means)
    assert len(file.read_bytes()) == len(whole)


def test_that_other_images_make_it_look_again(project: Project, tmp_path: Path) -> None:
    look(project)
    more = np.full((48, 48, 3), 200, dtype=np.uint8)
    Image.fromarray(more).save(tmp_path / "folder" / "red" / "more.png")
    import_folder(project, tmp_path / "folder", val=0.3)
    events: list[Event] = []
    look(project, events)
    assert any(isinstance(event, Progress) for event in events)


def test_that_a_project_that_cannot_be_written_is_looked_at_all_the_same(
    project: Project,
) -> None:
    first = look(project)
    file = cache_file(project, project.run_dirs()[0].name)
    file.unlink()
    root = project.root
    project.close()
    with Project.open(root, read_only=True) as shut:
        np.testing.assert_array_equal(look(shut).means, first.means)
    assert not file.exists()


def test_that_a_cache_that_cannot_be_written_costs_a_warning_only(project: Project) -> None:
    file = cache_file(project, project.run_dirs()[0].name)
    file.mkdir(parents=True)  # in the place of the file
    events: list[Event] = []
    assert look(project, events).counts.sum() > 0
    assert any(isinstance(event, Warned) for event in events)


@pytest.mark.parametrize(("classes", "each"), [(2, PER_CLASS), (50, MOST // 50), (300, LEAST)])
def test_that_every_class_has_its_share(tmp_path: Path, classes: int, each: int) -> None:
    samples = [
        Sample(place, tmp_path, place % classes, "train", 1, 1) for place in range(classes * 250)
    ]
    drawn = draw(samples, classes)
    counts = np.bincount([sample.label for sample in drawn])
    assert set(counts.tolist()) == {each}
    assert [sample.id for sample in drawn] == sorted(sample.id for sample in drawn)


def test_that_other_weights_are_looked_at_anew(project: Project) -> None:
    first = look(project)
    best = project.run_dirs()[0] / "best.safetensors"
    os.utime(best, ns=(0, best.stat().st_mtime_ns + 10**9))
    events: list[Event] = []
    second = look(project, events)
    assert any(isinstance(event, Progress) for event in events)
    np.testing.assert_array_equal(first.means, second.means)
