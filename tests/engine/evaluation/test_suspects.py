"""Suspicious labels of a project: what is judged, on what it rests, and how it ends."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.device import torch_threads
from effnet_studio.engine.errors import Cancelled, DatasetError
from effnet_studio.engine.evaluation.labels.suspects import Suspects, find_suspects, standardised
from effnet_studio.engine.evaluation.likeness.embedding import embed_images
from effnet_studio.engine.events import Event, Progress, Warned
from effnet_studio.engine.project import Project
from tests.indexed import index_of
from tests.random_run import write_run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from effnet_studio.engine.data.index import Index

EACH = 20
CLASSES = ("blue", "green", "red")
WRONG = (5, 33)
"""Rows whose pictures have another colour than their class."""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with torch_threads(1), Project.create(tmp_path / "P.effnet") as made:
        yield made


@pytest.fixture
def index(tmp_path: Path) -> Index:
    """Pictures of one colour, more or less; two are red among blue and blue among green."""
    for label, name in enumerate(CLASSES):
        folder = tmp_path / "photos" / name
        folder.mkdir(parents=True)
        for number in range(EACH):
            row = label * EACH + number
            random = np.random.default_rng([label, number])
            pixels = random.integers(0, 90, (40, 48, 3), dtype=np.uint8)
            pixels[..., 2 - (label + 2 if row in WRONG else label) % 3] += 120
            Image.fromarray(pixels).save(folder / f"{number:02}.png")
    return index_of(tmp_path / "photos")


def found(project: Project, index: Index, **options: str) -> tuple[Suspects, list[Event]]:
    events: list[Event] = []
    return find_suspects(project, index, on_event=events.append, **options), events


def warnings(events: list[Event]) -> list[str]:
    return [str(event.message) for event in events if isinstance(event, Warned)]


def test_that_wrong_labels_come_first_with_the_right_class(project: Project, index: Index) -> None:
    suspects, events = found(project, index)
    assert len(suspects.ids) == 3 * EACH
    assert set(suspects.ids[:2].tolist()) == set(index.ids[list(WRONG)].tolist())
    assert set(suspects.ids[suspects.flagged].tolist()) == set(suspects.ids[:2].tolist())
    given = dict(zip(suspects.ids.tolist(), suspects.suggested.tolist(), strict=True))
    names = [index.class_names[given[int(index.ids[row])]] for row in WRONG]
    assert names == ["red", "blue"]
    assert (np.diff(suspects.quality) >= 0).all()
    assert suspects.recognised == pytest.approx(1 - 2 / len(index))
    assert "that EfficientNet-B0 knows, which comes with the app" in str(suspects.source)
    assert not warnings(events)
    assert [event.unit for event in events if isinstance(event, Progress)][-1] == "steps"


def test_that_a_run_which_learned_from_the_labels_judges_them_only_when_it_is_asked(
    project: Project, index: Index
) -> None:
    run = write_run(project, CLASSES, size=32)
    suspects, _ = found(project, index)
    assert "that EfficientNet-B0 knows, which comes with the app" in str(suspects.source)
    assert "your model MobileNetV3-Small" in str(find_suspects(project, index, run=run.name).source)


def test_that_vectors_are_kept_beside_those_of_the_map(project: Project, index: Index) -> None:
    found(project, index)
    embed_images(project, index, run=write_run(project, CLASSES, size=32).name)
    _, events = found(project, index)
    first = next(event for event in events if isinstance(event, Progress))
    assert first.done == first.total == len(index)


@given(st.integers(0, 1000), st.integers(1, 40), st.integers(1, 6), st.integers(1, 9))
def test_that_standardised_numbers_have_no_mean_and_a_spread_of_one(
    seed: int, count: int, size: int, step: int
) -> None:
    random = np.random.default_rng(seed)
    vectors = (random.normal(3, 2, (count, size)) * 10.0 ** np.arange(size)).astype(np.float32)
    vectors[:, 0] = 7  # one that is the same everywhere
    moved = standardised(lambda: (vectors[n : n + step] for n in range(0, count, step)))
    result = np.concatenate(list(moved()))
    assert result.shape == vectors.shape
    np.testing.assert_allclose(result.mean(axis=0), 0, atol=1e-4)
    np.testing.assert_allclose(
        result.std(axis=0), [0.0, *[1.0 if count > 1 else 0.0] * (size - 1)], atol=1e-3
    )


def test_that_another_import_of_the_same_images_gives_the_same(
    project: Project, index: Index
) -> None:
    random = np.random.default_rng(0)
    index = replace(index, classes=random.permutation(index.classes))  # so that folds matter
    found(project, index)  # thumbnails are compressed once they are kept
    qualities = []
    for _ in range(2):
        numbered = replace(index, ids=random.permutation(len(index)) + 100)
        suspects, _ = found(project, numbered)
        rows = numbered.rows_of(suspects.ids.tolist())
        qualities.append(suspects.quality[np.argsort(rows)])
    np.testing.assert_allclose(*qualities, atol=1e-3)


def test_that_copies_stay_in_one_fold(project: Project, index: Index) -> None:
    """A wrong label that three copies share is not confirmed by them."""
    pixels = index.path(WRONG[0]).read_bytes()
    for row in (6, 7):
        index.path(row).write_bytes(pixels)
    joined = index.duplicates.copy()
    joined[[5, 6, 7]] = 0
    suspects, _ = found(project, replace(index, duplicates=joined))
    assert set(index.ids[[5, 6, 7]].tolist()) <= set(suspects.ids[suspects.flagged].tolist())


def test_that_images_left_out_and_unreadable_ones_are_missing(
    project: Project, index: Index
) -> None:
    excluded = np.arange(len(index)) == 3
    index.path(8).write_bytes(b"no image any more")
    suspects, events = found(project, replace(index, excluded=excluded))
    assert set(index.ids.tolist()) - set(suspects.ids.tolist()) == {13, 18}
    assert any("cannot be read and are passed over: 1" in warning for warning in warnings(events))


def test_that_a_class_with_one_image_and_its_copy_is_passed_over(
    project: Project, index: Index
) -> None:
    classes, copies = index.classes.copy(), index.duplicates.copy()
    classes[[0, 1, 59]] = (7, 7, 8)
    copies[[0, 1]] = 4
    changed = replace(
        index, classes=classes, duplicates=copies, class_names={**index.class_names, 7: "a", 8: "b"}
    )
    suspects, events = found(project, changed)
    assert set(index.ids.tolist()) - set(suspects.ids.tolist()) == set(index.ids[[0, 1, 59]])
    assert set(suspects.suggested.tolist()) <= {1, 2, 3}
    assert "Images that cannot be judged: 3" in warnings(events)


def test_that_fewer_images_than_folds_are_judged(project: Project, index: Index) -> None:
    kept = np.isin(np.arange(len(index)), [0, 1, 20, 21])
    suspects, _ = found(project, replace(index, excluded=~kept))
    assert len(suspects.ids) == 4
    assert np.isfinite(suspects.quality).all()


@pytest.mark.parametrize("kept", [range(EACH), (0, 20, 40), ()])
def test_that_nothing_to_compare_is_said_in_words(
    project: Project, index: Index, kept: tuple[int, ...]
) -> None:
    left_out = ~np.isin(np.arange(len(index)), list(kept))
    with pytest.raises(DatasetError, match=r"not two classes|no images"):
        find_suspects(project, replace(index, excluded=left_out))


def test_that_classes_that_look_alike_are_said_in_words(project: Project, index: Index) -> None:
    shuffled = np.random.default_rng(0).permutation(index.classes)
    _, events = found(project, replace(index, classes=shuffled))
    assert any("hard to tell apart" in warning for warning in warnings(events))


def test_that_it_can_be_stopped(project: Project, index: Index) -> None:
    cancel = CancelToken()

    def stop(event: Event) -> None:
        if isinstance(event, Progress) and event.unit == "steps":
            cancel.cancel()

    with pytest.raises(Cancelled):
        find_suspects(project, index, on_event=stop, cancel=cancel)
