"""Two runs side by side, against each picture judged by itself."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data import edits
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.data.versions import keep_version
from effnet_studio.engine.device import torch_threads
from effnet_studio.engine.errors import Cancelled, ConfigError, DatasetError
from effnet_studio.engine.evaluation.comparing.compare import compare_runs
from effnet_studio.engine.evaluation.comparing.comparison import Answer, Disagreement, settings_diff
from effnet_studio.engine.evaluation.comparing.paired import held_back_truth
from effnet_studio.engine.evaluation.evaluate import evaluate
from effnet_studio.engine.evaluation.kept_answers import ANSWERS_FILE
from effnet_studio.engine.evaluation.measures.significance import mcnemar, wilson
from effnet_studio.engine.events import Event, Progress
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.config import TrainConfig
from effnet_studio.engine.training.run_notes import Origin, write_origin
from effnet_studio.engine.training.runs import CONFIG_FILE, load_run
from tests.random_run import write_run

if TYPE_CHECKING:
    from collections.abc import Iterator

CLASSES = ("blue", "green", "red")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """36 pictures of three classes, half of them for validation."""
    for label, name in enumerate(CLASSES):
        (tmp_path / "photos" / name).mkdir(parents=True)
        for number in range(12):
            random = np.random.default_rng([label, number])
            pixels = random.integers(0, 255, (5, 6, 3)).repeat(8, 0).repeat(8, 1)
            Image.fromarray(pixels.astype(np.uint8)).save(
                tmp_path / "photos" / name / f"{number}.png"
            )
    with torch_threads(1), Project.create(tmp_path / "P.effnet") as made:
        import_folder(made, tmp_path / "photos", val=0.5)
        yield made


def trained_on_this(project: Project, run_dir: Path) -> None:
    """Let a run say that it saw the dataset as it is now."""
    dataset = load_dataset(project)
    keep_version(project, dataset)
    about = json.loads((run_dir / CONFIG_FILE).read_text(encoding="utf-8"))
    about["dataset_version"] = dataset.version
    (run_dir / CONFIG_FILE).write_text(json.dumps(about), encoding="utf-8")


def test_that_figures_and_pictures_are_those_of_each_picture_judged_alone(
    project: Project,
) -> None:
    first, second = (write_run(project, CLASSES, size=32, seed=seed) for seed in (0, 1))
    found = compare_runs(project, first.name, second.name)
    dataset = load_dataset(project)
    said = []
    for run_dir in (first, second):
        predictor = load_predictor(run_dir)
        said.append(
            {s.id: predictor.predict(s.path).top(1)[0].label for s in dataset.subset("val")}
        )
    true = {s.id: dataset.classes[s.label] for s in dataset.subset("val")}
    right = [sum(each[number] == true[number] for number in true) for each in said]
    assert found.judged == len(true) == 18
    assert (found.first_share, found.second_share) == tuple(wilson(n, 18) for n in right)
    assert {d.sample for d in found.disagreements} == {n for n in true if said[0][n] != said[1][n]}
    assert found.disagreements, "two random networks that agree on everything test nothing"
    for each in found.disagreements:
        labels = (each.first.label, each.second.label)
        assert labels == (said[0][each.sample], said[1][each.sample])
        assert each.true == true[each.sample]
        assert each.first.right == (each.first.label == each.true)
    assert found.only_first - found.only_second == right[0] - right[1]
    assert found.p_value == mcnemar(found.only_first, found.only_second)
    gains = {gain.figure: gain for gain in found.gains}
    assert (gains["accuracy"].first, gains["accuracy"].second) == (right[0] / 18, right[1] / 18)
    for side, run_dir in (("first", first), ("second", second)):
        report = evaluate(load_predictor(run_dir), dataset)
        for name in ("balanced_accuracy", "macro_f1", "log_loss"):
            expected = pytest.approx(getattr(report, name), rel=1e-4)
            assert getattr(gains[name], side) == expected
    assert found.images is not None
    assert not found.images  # both say that they saw the same version


def test_that_what_was_judged_once_is_not_judged_again(project: Project) -> None:
    first, second = (write_run(project, CLASSES, size=32, seed=seed) for seed in (0, 1))
    events: list[Event] = []
    found = compare_runs(project, first.name, second.name, on_event=events.append)
    assert any(isinstance(event, Progress) for event in events)
    assert (first / ANSWERS_FILE).exists()
    events.clear()
    back = compare_runs(project, second.name, first.name, on_event=events.append)
    assert not events
    assert back.first_share == found.second_share
    assert back.p_value == found.p_value
    # A run that has learned on is judged again.
    best = second / "best.safetensors"
    best.write_bytes(best.read_bytes())
    compare_runs(project, first.name, second.name, on_event=events.append)
    assert {event.total for event in events if isinstance(event, Progress)} == {18}


def test_that_pictures_that_one_has_learned_from_do_not_count(project: Project) -> None:
    first, second = (write_run(project, CLASSES, size=32, seed=seed) for seed in (0, 1))
    trained_on_this(project, first)
    assert compare_runs(project, first.name, second.name).images is None  # not remembered
    moved = [sample.id for sample in load_dataset(project).subset("train")[:4]]
    edits.set_split(project, moved, "val")
    trained_on_this(project, second)
    found = compare_runs(project, first.name, second.name)
    assert (found.judged, found.seen) == (18, 4)
    assert not {each.sample for each in found.disagreements} & set(moved)
    assert found.images is not None
    assert len(found.images.moved) == 4


def test_that_test_images_are_compared_as_validation_images_are(project: Project) -> None:
    first, second = (write_run(project, CLASSES, size=32, seed=seed) for seed in (0, 1))
    with pytest.raises(DatasetError, match="no images in the part test"):
        compare_runs(project, first.name, second.name, split="test")
    held_back = [sample.id for sample in load_dataset(project).subset("val")[::2]]
    edits.set_split(project, held_back, "test")
    found = compare_runs(project, first.name, second.name, split="test")
    assert (found.split, found.judged) == ("test", 9)
    assert {each.sample for each in found.disagreements} <= set(held_back)
    assert found.gains[0].first == found.first_share.value


def test_that_labels_mended_between_the_runs_count_for_both_and_are_told(project: Project) -> None:
    first, second = (write_run(project, CLASSES, size=32, seed=seed) for seed in (0, 1))
    trained_on_this(project, first)
    before = compare_runs(project, first.name, second.name)
    dataset = load_dataset(project)
    val, train = dataset.subset("val"), dataset.subset("train")
    blue = [sample.id for sample in val if dataset.classes[sample.label] == "blue"][:3]
    edits.relabel(project, [*blue, train[-1].id], "green")
    trained_on_this(project, second)
    found = compare_runs(project, first.name, second.name)
    assert found.images is not None
    assert found.changed is not None
    assert len(found.images.relabelled) == 4
    assert len(found.changed.relabelled) == 3  # the fourth is not compared on
    said = [load_predictor(run) for run in (first, second)]
    today = load_dataset(project)
    for share, old, predictor in (
        (found.first_share, before.first_share, said[0]),
        (found.second_share, before.second_share, said[1]),
    ):
        right = [
            predictor.predict(s.path).best.label == today.classes[s.label]
            for s in today.subset("val")
        ]
        assert share.right == sum(right)
        assert share.images == old.images == 18


def test_that_pictures_of_a_class_that_one_does_not_know_do_not_count(project: Project) -> None:
    first = write_run(project, ("blue", "green"), size=32)
    second = write_run(project, CLASSES, size=32, seed=1)
    found = compare_runs(project, first.name, second.name)
    assert (found.judged, found.unknown) == (12, 6)
    assert {each.true for each in found.disagreements} <= {"blue", "green"}
    assert found.gains[0].second == found.second_share.value  # also where it says "red"


def test_that_there_is_nothing_to_compare_without_common_ground(project: Project) -> None:
    first = write_run(project, ("cat", "dog"), size=32)
    second = write_run(project, CLASSES, size=32, seed=1)
    with pytest.raises(DatasetError, match="no image to compare"):
        compare_runs(project, first.name, second.name)
    with pytest.raises(ConfigError, match="nothing to compare"):
        compare_runs(project, first.name, first.name)


def test_that_an_unreadable_picture_is_counted_as_such(project: Project) -> None:
    first, second = (write_run(project, CLASSES, size=32, seed=seed) for seed in (0, 1))
    load_dataset(project).subset("val")[0].path.write_bytes(b"no image")
    found = compare_runs(project, first.name, second.name)
    assert (found.judged, found.unreadable) == (17, 1)


def test_that_the_job_can_be_stopped(project: Project) -> None:
    first, second = (write_run(project, CLASSES, size=32, seed=seed) for seed in (0, 1))
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        compare_runs(project, first.name, second.name, cancel=token)


def test_that_only_settings_that_differ_are_listed(project: Project) -> None:
    first = load_run(write_run(project, CLASSES, size=32))
    second = load_run(write_run(project, CLASSES, size=64))
    assert not settings_diff(first, first)
    (diff,) = settings_diff(first, second)
    assert (diff.field, diff.first, diff.second) == ("image_size", "32", "64")
    assert diff.title == TrainConfig.model_fields["image_size"].title


@pytest.mark.parametrize(
    ("only_first", "only_second", "words"),
    [
        (0, 0, "same images"),
        (3, 3, "no difference"),
        (2, 5, "may be chance"),
        (9, 0, "first run is better"),
    ],
)
def test_that_the_verdict_is_said_in_plain_words(
    project: Project, only_first: int, only_second: int, words: str
) -> None:
    runs = [write_run(project, CLASSES, size=32, seed=seed) for seed in (0, 1)]
    found = compare_runs(project, runs[0].name, runs[1].name)
    good, bad = Answer("red", 0.9, True, 0.1), Answer("blue", 0.9, False, 3.0)
    differing = [(good, bad)] * only_first + [(bad, good)] * only_second
    found = replace(
        found,
        disagreements=tuple(Disagreement(1, Path("x"), "red", *each) for each in differing),
        p_value=mcnemar(only_first, only_second),
    )
    text = str(found.message())
    assert words in text
    assert ("unlikely to be chance" in text) == (found.outcome in {"first", "second"})
    turned = replace(
        found,
        disagreements=tuple(
            replace(each, first=each.second, second=each.first) for each in found.disagreements
        ),
    )
    other = {"first": "second", "second": "first"}
    assert turned.outcome == other.get(found.outcome, found.outcome)
    if found.outcome == "first":
        assert str(turned.message()).startswith("The second run is better")


def test_that_the_truth_for_two_models_leaves_out_what_any_run_has_learned_from(
    project: Project,
) -> None:
    before = load_dataset(project)
    held_back = {sample.path: before.classes[sample.label] for sample in before.subset("val")}
    assert held_back_truth(project, before) == held_back
    trained_on_this(project, write_run(project, CLASSES, size=32, seed=0))
    moved = before.subset("train")[0]
    edits.set_split(project, [moved.id], "val")
    after = load_dataset(project)
    assert moved.path in {sample.path for sample in after.subset("val")}
    assert held_back_truth(project, after) == held_back


def test_that_what_a_run_began_with_has_learned_from_counts_as_learned_from(
    project: Project,
) -> None:
    first, second, third = (write_run(project, CLASSES, size=32, seed=seed) for seed in range(3))
    trained_on_this(project, first)
    moved = [sample.id for sample in load_dataset(project).subset("train")[:4]]
    edits.set_split(project, moved, "val")
    trained_on_this(project, second)
    trained_on_this(project, third)
    assert compare_runs(project, second.name, third.name).seen == 0
    write_origin(second, Origin(first.name, "continued", first.name))
    found = compare_runs(project, second.name, third.name)
    assert (found.judged, found.seen) == (18, 4)
    write_origin(first, Origin(second.name, "continued", second.name))  # a ring ends too
    assert compare_runs(project, second.name, third.name).seen == 4
