"""A run's answers for every picture: what is judged, what is kept, and when it is stale."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.device import torch_threads
from effnet_studio.engine.errors import Cancelled, ProjectError
from effnet_studio.engine.evaluation.dataset_predictions import last_predictions, predict_dataset
from effnet_studio.engine.events import Event, Progress, Warned
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.project import Project
from tests.indexed import index_of
from tests.random_run import write_run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from effnet_studio.engine.data.index import Index

CLASSES = ("blue", "green", "red")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with torch_threads(1), Project.create(tmp_path / "P.effnet") as made:
        write_run(made, CLASSES, size=32)
        yield made


@pytest.fixture
def index(tmp_path: Path) -> Index:
    for label, name in enumerate(CLASSES):
        folder = tmp_path / "photos" / name
        folder.mkdir(parents=True)
        for number in range(14):
            pixels = np.random.default_rng([label, number]).integers(0, 255, (40, 48, 3))
            Image.fromarray(pixels.astype(np.uint8)).save(folder / f"{number:02}.png")
    return index_of(tmp_path / "photos")


class StopsAtTheFortieth(CancelToken):
    """A user who presses Stop when 40 pictures have been read."""

    reads = 0

    def check(self, on_pause: Callable[[bool], None] | None = None) -> None:
        self.reads += 1
        if self.reads == 40:
            self.cancel()
        super().check(on_pause)


def judged(events: list[Event]) -> int:
    """Pictures that were not known before."""
    told = [event for event in events if isinstance(event, Progress)]
    return told[-1].done - told[0].done


def test_that_every_picture_in_use_gets_what_prediction_says_of_it(
    project: Project, index: Index
) -> None:
    index.excluded[4] = True
    found = predict_dataset(project, index)
    assert found.ids.tolist() == [number for number in index.ids.tolist() if number != 14]
    predictor = load_predictor(project.run_dirs()[0])
    assert found.classes == predictor.classes
    for place in (0, 5, 40):
        answer = predictor.predict(index.path(int(index.rows_of([int(found.ids[place])])[0])))
        assert found.predicted[place] == answer.probabilities.argmax()
        assert found.confidence[place] == pytest.approx(answer.probabilities.max(), abs=1e-5)


def test_that_answers_are_kept_and_only_new_and_changed_pictures_are_judged(
    project: Project, index: Index
) -> None:
    first = predict_dataset(project, index)
    kept = last_predictions(project, index)
    assert kept is not None
    assert kept.confidence.tolist() == first.confidence.tolist()
    events: list[Event] = []
    predict_dataset(project, index, on_event=events.append)
    assert judged(events) == 0
    index.mtimes_ns[3] += 1
    kept = last_predictions(project, index)
    assert kept is not None
    assert 13 not in kept.ids, "its file has changed"
    events.clear()
    predict_dataset(project, index, on_event=events.append)
    assert judged(events) == 1


def test_that_answers_of_another_or_better_model_are_not_taken_for_this_ones(
    project: Project, index: Index
) -> None:
    predict_dataset(project, index)
    events: list[Event] = []
    newer = write_run(project, CLASSES, size=32, seed=1)
    assert predict_dataset(project, index, on_event=events.append).run_id == newer.name
    assert judged(events) == len(index)
    os.utime(newer / "best.safetensors", ns=(1, 1))
    assert last_predictions(project, index) is None, "it has learned more since"


def test_that_a_stop_keeps_what_was_judged(project: Project, index: Index) -> None:
    with pytest.raises(Cancelled):
        predict_dataset(project, index, cancel=StopsAtTheFortieth())
    kept = last_predictions(project, index)
    assert kept is not None
    assert 0 < len(kept) < len(index)
    assert len(predict_dataset(project, index)) == len(index)


def test_that_a_picture_that_cannot_be_read_is_said_and_left_out(
    project: Project, index: Index
) -> None:
    index.path(2).write_bytes(b"no picture")
    events: list[Event] = []
    found = predict_dataset(project, index, on_event=events.append)
    assert len(found) == len(index) - 1
    assert any(isinstance(event, Warned) and ": 1." in str(event.message) for event in events)


def test_that_a_damaged_cache_is_made_again(project: Project, index: Index) -> None:
    predict_dataset(project, index)
    (project.cache_dir / "predictions.npz").write_bytes(b"PK\x03\x04 cut short")
    assert last_predictions(project, index) is None
    assert len(predict_dataset(project, index)) == len(index)


def test_that_without_a_run_it_is_said(tmp_path: Path, index: Index) -> None:
    with Project.create(tmp_path / "Q.effnet") as empty, pytest.raises(ProjectError):
        predict_dataset(empty, index)
