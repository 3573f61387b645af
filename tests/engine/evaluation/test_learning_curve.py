"""Training on parts of the images: which parts, what is asked, what is kept."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.edits import exclude
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.device import torch_threads
from effnet_studio.engine.errors import Cancelled, DatasetError, TrainingError
from effnet_studio.engine.evaluation.learning import kept_learning_curve
from effnet_studio.engine.evaluation.learning.kept_learning_curve import (
    learning_curve_seconds,
    open_learning_curve,
    read_learning_curve,
)
from effnet_studio.engine.evaluation.learning.learning_curve import (
    instant_config,
    measure_learning_curve,
    nested_order,
    part_of,
)
from effnet_studio.engine.events import Event, Progress, Stage, Warned
from effnet_studio.engine.models import weights
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.fit import fit
from effnet_studio.engine.training.runs import load_run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from effnet_studio.engine.evaluation.learning.learning_curve import LearningCurve


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Two kinds of noisy stripes, upright and lying, in all three parts."""
    root = tmp_path_factory.mktemp("curve")
    random = np.random.default_rng(0)
    for number in range(48):
        label = ("lying", "upright")[number % 2]
        folder = root / "photos" / label
        folder.mkdir(parents=True, exist_ok=True)
        wave = (np.arange(64) + random.integers(16)) // 4 % 2 * 110
        pixels = wave[:, None, None] + random.integers(0, 145, (64, 64, 3))
        pixels = pixels if number % 2 == 0 else pixels.transpose(1, 0, 2)
        Image.fromarray(pixels.astype(np.uint8)).save(folder / f"{number:02}.png")
    with torch_threads(1), Project.create(root / "P.effnet") as made:
        import_folder(made, root / "photos", val=0.25, test=0.25)
        yield made


@pytest.fixture(scope="module")
def measured(project: Project) -> tuple[LearningCurve, list[Event]]:
    """The curve that is kept from now on, and what was said while it was measured.

    Meanwhile the files of the test images are spoiled: whoever read them would notice.
    """
    events: list[Event] = []
    dataset = load_dataset(project)
    kept = {sample.path: sample.path.read_bytes() for sample in dataset.subset("test")}
    assert kept
    try:
        for path in kept:
            path.write_bytes(b"spoiled")
        return open_learning_curve(project, dataset, on_event=events.append), events
    finally:
        for path, content in kept.items():
            path.write_bytes(content)


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(-1, 6)), min_size=1, max_size=80),
    st.integers(0, 5),
)
def test_that_parts_are_nested_and_hold_every_class(
    images: list[tuple[int, int]], seed: int
) -> None:
    labels = np.unique([label for label, _ in images], return_inverse=True)[1]
    groups = np.array([group for _, group in images])
    order = nested_order(labels, groups, seed=seed)
    assert sorted(order.tolist()) == list(range(len(labels)))
    counts = np.bincount(labels)
    before: set[int] = set()
    for share in (0.25, 0.5, 0.75, 1.0):
        part = part_of(labels, order, share)
        assert before <= set(part.tolist())
        before = set(part.tolist())
        wanted = np.maximum(1, np.rint(share * counts))
        assert np.bincount(labels[part], minlength=len(counts)).tolist() == wanted.tolist()
    assert len(before) == len(labels)


def test_that_copies_follow_each_other() -> None:
    groups = np.array([-1, 4, -1, 4, -1, 4, -1, -1])
    places = nested_order(np.zeros(8, dtype=np.int64), groups, seed=3).argsort()
    assert np.ptp(places[[1, 3, 5]]) == 2


def test_that_all_images_give_what_the_preset_instant_gives(
    project: Project, measured: tuple[LearningCurve, list[Event]], tmp_path: Path
) -> None:
    """The same features and the same fit, so the curve ends where the preset arrives."""
    curve, _ = measured  # with the files of the test images spoiled
    run = tmp_path / "run"
    run.mkdir()
    dataset = load_dataset(project)
    fit(instant_config(), dataset, run_dir=run)
    assert curve.right_now().value == pytest.approx(load_run(run).epochs[-1].val_accuracy)
    assert curve.images_now() == len(dataset.subset("train"))
    assert curve.support.sum() == len(dataset.subset("val"))
    assert curve.weights == "starter"


def test_that_test_images_have_no_say(
    project: Project, measured: tuple[LearningCurve, list[Event]]
) -> None:
    curve, events = measured
    dataset = load_dataset(project)
    assert curve.images[-1].tolist() == list(dataset.counts("train").values())
    assert curve.support.tolist() == list(dataset.counts("val").values())
    looked_at = [
        event.total
        for event in events
        if isinstance(event, Progress) and event.stage is Stage.FEATURES and not event.done
    ]
    assert looked_at == [len(dataset.subset("train")), len(dataset.subset("val"))]
    assert not any(isinstance(event, Warned) for event in events)


def test_that_it_is_measured_once_for_each_state_of_the_images(
    project: Project, measured: tuple[LearningCurve, list[Event]]
) -> None:
    curve, events = measured
    stages = {event.stage for event in events if isinstance(event, Progress)}
    assert {Stage.FEATURES, Stage.TRAIN} <= stages
    dataset = load_dataset(project)
    later: list[Event] = []
    again = open_learning_curve(project, dataset, on_event=later.append)
    assert later == []
    assert np.array_equal(curve.right, again.right)
    assert np.array_equal(curve.draws.amplitude, again.draws.amplitude)
    assert (again.classes, again.model, again.weights) == (curve.classes, curve.model, "starter")
    assert read_learning_curve(project, replace(dataset, version="another")) is None


def test_that_it_is_measured_anew_when_better_weights_have_come(
    project: Project, measured: tuple[LearningCurve, list[Event]], monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset, again = load_dataset(project), []

    def measure(*arguments: object, **settings: object) -> LearningCurve:
        again.append(arguments)
        return replace(measured[0], weights="imagenet")

    file = project.cache_dir / "learning_curve.npz"
    whole = file.read_bytes()
    monkeypatch.setattr(weights, "cached_imagenet", lambda spec: file)
    monkeypatch.setattr(kept_learning_curve, "measure_learning_curve", measure)
    try:
        assert open_learning_curve(project, dataset).weights == "imagenet"
        assert open_learning_curve(project, dataset).weights == "imagenet"
    finally:
        file.write_bytes(whole)
    assert len(again) == 1


def test_that_a_damaged_file_is_as_good_as_none(
    project: Project, measured: tuple[LearningCurve, list[Event]]
) -> None:
    dataset = load_dataset(project)
    file = project.cache_dir / "learning_curve.npz"
    whole = file.read_bytes()
    for damaged in (b"", whole[:200], json.dumps({"format": 1}).encode()):
        file.write_bytes(damaged)
        assert read_learning_curve(project, dataset) is None
    file.write_bytes(whole)
    assert read_learning_curve(project, dataset) is not None


def test_that_it_can_be_stopped_at_any_training(project: Project) -> None:
    cancel = CancelToken()

    def stop(event: Event) -> None:
        if isinstance(event, Progress) and event.stage is Stage.TRAIN and event.done:
            cancel.cancel()

    with pytest.raises(Cancelled):
        measure_learning_curve(project, on_event=stop, cancel=cancel)


def test_that_weights_not_worth_freezing_are_refused_in_words(
    project: Project, no_starter: None
) -> None:
    with pytest.raises(TrainingError, match="not worth freezing"):
        measure_learning_curve(project, model="mobilenet_v3_small")


def test_that_there_must_be_something_to_check_on(tmp_path: Path, project: Project) -> None:
    with Project.create(tmp_path / "Q.effnet") as other:
        import_folder(other, load_dataset(project).samples[0].path.parent.parent)
        ids = [sample.id for sample in load_dataset(other).subset("val")]
        exclude(other, ids)
        with pytest.raises(DatasetError, match="no validation images"):
            measure_learning_curve(other)


def test_that_the_time_is_tried_before(project: Project) -> None:
    seconds = learning_curve_seconds(project, load_dataset(project))
    assert 0 < seconds < 600
