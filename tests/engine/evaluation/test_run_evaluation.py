"""What a run said of an image is kept: mended labels change the figures without asking it again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from effnet_studio.engine import atomic
from effnet_studio.engine.data import edits
from effnet_studio.engine.data.importer import import_folder, update_dataset
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.device import torch_threads
from effnet_studio.engine.errors import ModelError, StorageError
from effnet_studio.engine.evaluation.evaluate import Evaluation, evaluate
from effnet_studio.engine.evaluation.kept_answers import ANSWERS_FILE
from effnet_studio.engine.evaluation.run_evaluation import evaluate_run, read_evaluation
from effnet_studio.engine.events import Event, Progress, Warned
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.project import Project
from tests.random_run import write_run

if TYPE_CHECKING:
    from collections.abc import Iterator

CLASSES = ("blue", "green", "red")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """24 pictures of three classes, half of them for validation."""
    for label, name in enumerate(CLASSES):
        (tmp_path / "photos" / name).mkdir(parents=True)
        for number in range(8):
            random = np.random.default_rng([label, number])
            pixels = random.integers(0, 255, (5, 6, 3)).repeat(8, 0).repeat(8, 1)
            Image.fromarray(pixels.astype(np.uint8)).save(
                tmp_path / "photos" / name / f"{number}.png"
            )
    with torch_threads(1), Project.create(tmp_path / "P.effnet") as made:
        import_folder(made, tmp_path / "photos", val=0.5)
        yield made


def same(first: Evaluation | None, second: Evaluation) -> bool:
    """Compare field by field; arrays with their types."""
    return first is not None and all(
        np.array_equal(a, b) and a.dtype == b.dtype if isinstance(a, np.ndarray) else a == b
        for a, b in ((getattr(first, n), getattr(second, n)) for n in vars(first))
    )


def asked(run_dir: Path, project: Project, split: str = "val") -> tuple[Evaluation, int]:
    """Evaluate, and count the images that the model was asked about."""
    events: list[Event] = []
    found = evaluate_run(run_dir, load_dataset(project), split, on_event=events.append)
    return found, max((each.total or 0 for each in events if isinstance(each, Progress)), default=0)


def test_that_what_is_read_again_is_what_was_found(project: Project) -> None:
    run = write_run(project, CLASSES, size=32)
    dataset = load_dataset(project)
    assert read_evaluation(run, dataset) is None
    dataset.subset("val")[3].path.write_bytes(b"no image")
    found, count = asked(run, project)
    assert (count, found.images, len(found.failed)) == (12, 11, 1)
    assert same(found, evaluate(load_predictor(run), dataset))
    assert same(read_evaluation(run, dataset), found)
    again, count = asked(run, project)
    assert count == 0
    assert same(again, found)


def test_that_mended_labels_change_the_figures_and_nothing_is_judged_again(
    project: Project,
) -> None:
    run = write_run(project, CLASSES, size=32)
    before, _ = asked(run, project)
    wrong = int(np.flatnonzero(before.true != before.predicted)[0])
    number, answer = before.sample_ids[wrong], before.classes[before.predicted[wrong]]
    edits.relabel(project, [number], answer)
    after = read_evaluation(run, load_dataset(project))
    assert after is not None
    assert after.accuracy == pytest.approx(before.accuracy + 1 / 12)
    edits.exclude(project, [before.sample_ids[0]], excluded=True)
    fewer = read_evaluation(run, load_dataset(project))
    assert fewer is not None
    assert before.sample_ids[0] not in fewer.sample_ids
    edits.undo(project)
    edits.undo(project)
    back = read_evaluation(run, load_dataset(project))
    assert same(back, before)


def test_that_parts_are_kept_together_and_only_new_images_are_judged(project: Project) -> None:
    run = write_run(project, CLASSES, size=32)
    dataset = load_dataset(project)
    asked(run, project)
    assert asked(run, project, "train")[1] == 12
    moved = [sample.id for sample in dataset.subset("train")[:3]]
    edits.set_split(project, moved, "val")
    found = read_evaluation(run, load_dataset(project))
    assert found is not None
    assert found.images == 15
    changed = dataset.subset("val")[0].path
    Image.new("RGB", (40, 30), (200, 10, 10)).save(changed)
    update_dataset(project)
    assert read_evaluation(run, load_dataset(project)) is None
    assert asked(run, project)[1] == 1


def test_that_an_image_that_could_not_be_read_is_tried_again_when_it_is_there(
    project: Project,
) -> None:
    run = write_run(project, CLASSES, size=32)
    path = load_dataset(project).subset("val")[0].path
    away = path.with_suffix(".away")
    path.rename(away)
    found, _ = asked(run, project)
    assert [image.path for image in found.failed] == [path]
    assert same(read_evaluation(run, load_dataset(project)), found)
    away.rename(path)
    assert read_evaluation(run, load_dataset(project)) is None
    found, count = asked(run, project)
    assert (count, found.failed) == (1, ())


def test_that_other_weights_are_asked_anew(project: Project) -> None:
    run = write_run(project, CLASSES, size=32)
    asked(run, project)
    best = run / "best.safetensors"
    os.utime(best, ns=(1, 1))
    assert read_evaluation(run, load_dataset(project)) is None
    assert asked(run, project)[1] == 12


def test_that_asking_afresh_asks_about_all(project: Project) -> None:
    run = write_run(project, CLASSES, size=32)
    first, _ = asked(run, project)
    events: list[Event] = []
    again = evaluate_run(run, load_dataset(project), afresh=True, on_event=events.append)
    assert {each.total for each in events if isinstance(each, Progress)} == {12}
    assert same(again, first)


@pytest.mark.parametrize("cut", [0, 1, 40, 400, -3])
def test_that_a_damaged_file_counts_as_none(cut: int, project: Project) -> None:
    run = write_run(project, CLASSES, size=32)
    asked(run, project)
    file = run / ANSWERS_FILE
    file.write_bytes(file.read_bytes()[:cut])
    assert read_evaluation(run, load_dataset(project)) is None
    assert asked(run, project)[1] == 12


def test_that_answers_that_cannot_be_kept_are_given_all_the_same(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, _data: bytes) -> None:
        raise StorageError(msg("The disk is full."), path=path)

    run = write_run(project, CLASSES, size=32)
    monkeypatch.setattr(atomic, "write_bytes", full)
    events: list[Event] = []
    found = evaluate_run(run, load_dataset(project), on_event=events.append)
    assert found.images == 12
    assert [str(each.message) for each in events if isinstance(each, Warned)] == [
        "The disk is full."
    ]
    assert not (run / ANSWERS_FILE).exists()


def test_that_a_class_the_model_does_not_know_is_said_and_not_guessed(project: Project) -> None:
    run = write_run(project, CLASSES, size=32)
    asked(run, project)
    some = [sample.id for sample in load_dataset(project).subset("train")[:2]]
    edits.relabel(project, some, "violet")
    assert read_evaluation(run, load_dataset(project)) is None
    with pytest.raises(ModelError, match="violet"):
        evaluate_run(run, load_dataset(project))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_that_file_names_that_are_no_text_do_not_spoil_what_is_kept(project: Project) -> None:
    run = write_run(project, CLASSES, size=32)
    root = load_dataset(project).samples[0].path.parent
    Image.new("RGB", (9, 9)).save(root / os.fsdecode(b"caf\xe9.png"))
    update_dataset(project)
    dataset = load_dataset(project)
    (odd,) = (sample for sample in dataset.samples if b"caf" in os.fsencode(sample.path))
    odd.path.write_bytes(b"no image")
    evaluate_run(run, dataset, odd.split)
    found = read_evaluation(run, dataset, odd.split)
    assert found is not None
    assert len(found.failed) == 1
