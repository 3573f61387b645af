"""The map of the images: whose features it shows, what is computed again, and how it ends."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pytest
from PIL import Image
from safetensors.torch import save_file

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.index import Samples
from effnet_studio.engine.device import torch_threads
from effnet_studio.engine.errors import (
    Cancelled,
    DatasetError,
    ModelError,
    ProjectError,
    StorageError,
)
from effnet_studio.engine.evaluation.likeness.describers import choose_describer
from effnet_studio.engine.evaluation.likeness.embedding import (
    Embedding,
    embed_images,
    last_embedding,
)
from effnet_studio.engine.evaluation.likeness.feature_cache import cache_file, opened
from effnet_studio.engine.events import Event, Progress, Warned
from effnet_studio.engine.models import weights
from effnet_studio.engine.models.build import build_model
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.predict.torch_predictor import TorchPredictor
from effnet_studio.engine.project import Project
from tests.indexed import index_of
from tests.random_run import write_run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.models.spec import ModelSpec

EACH = 12
CLASSES = ("blue", "green", "red")


class Photos(Protocol):
    """Paint pictures of one colour, more or less."""

    def __call__(self, count: int = ..., *, first: int = ...) -> Index: ...


@pytest.fixture
def photos(tmp_path: Path) -> Photos:
    def paint(count: int = EACH, *, first: int = 0) -> Index:
        for label, name in enumerate(CLASSES):
            folder = tmp_path / "photos" / name
            folder.mkdir(parents=True, exist_ok=True)
            for number in range(first, first + count):
                random = np.random.default_rng([label, number])
                pixels = random.integers(0, 90, (40, 48, 3), dtype=np.uint8)
                pixels[..., 2 - label] += 120
                Image.fromarray(pixels).save(folder / f"{number:02}.png")
        return index_of(tmp_path / "photos")

    return paint


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with torch_threads(1), Project.create(tmp_path / "P.effnet") as made:
        yield made


def mapped(project: Project, index: Index, **options: str) -> tuple[Embedding, list[Event]]:
    """Make the map, and what was said on the way."""
    events: list[Event] = []
    return embed_images(project, index, on_event=events.append, **options), events


def computed(events: list[Event]) -> int:
    """Pictures whose vectors were not in the cache."""
    images = [event for event in events if isinstance(event, Progress) and event.unit == "images"]
    assert images[-1].total is not None
    return images[-1].total - images[0].done


def laid_out(events: list[Event]) -> bool:
    return any(isinstance(event, Progress) and event.unit == "steps" for event in events)


def source(embedding: Embedding) -> str:
    return str(embedding.source)


# -- whose features ------------------------------------------------------------------------------


def test_that_without_a_model_colours_and_edges_arrange_the_images(
    project: Project, photos: Photos, no_starter: None
) -> None:
    index = photos()
    found, _ = mapped(project, index)
    assert "colours and edges" in source(found)
    assert found.ids.tolist() == index.ids.tolist()
    assert found.ids.dtype == np.int64
    assert found.xy.shape == (3 * EACH, 2)
    assert found.xy.dtype == np.float32
    apart = ((found.xy[:, None] - found.xy) ** 2).sum(axis=2)
    np.fill_diagonal(apart, np.inf)
    assert (index.classes[apart.argmin(axis=1)] == index.classes).mean() > 0.9


def test_that_the_newest_model_arranges_them_or_the_one_asked_for(
    project: Project, photos: Photos
) -> None:
    index = photos(4)
    first = write_run(project, CLASSES, "mobilenet_v3_small", size=32)
    second = write_run(project, CLASSES, "resnet18", size=32)
    assert first.name < second.name
    (project.new_run_dir("densenet121") / "config.json").touch()  # it has no weights yet
    found, _ = mapped(project, index)
    assert "ResNet-18" in source(found)
    named, _ = mapped(project, index, run=first.name)
    assert "MobileNetV3-Small" in source(named)
    with pytest.raises(ProjectError, match="no training called nonsense"):
        mapped(project, index, run="nonsense")


def test_that_vectors_are_what_the_classifier_is_given(project: Project, photos: Photos) -> None:
    index = photos(2)
    run_dir = write_run(project, CLASSES, size=32)
    rows = np.arange(len(index))
    describer = choose_describer(project)
    described = describer.describe(
        Samples(index, rows, index.classes), CancelToken(), lambda _paused: None
    )
    vectors = {each.place: each.vector for each in described}
    predictor = TorchPredictor.from_run(run_dir)
    given: list[np.ndarray] = []
    classifier = predictor.model.get_submodule(predictor.spec.classifier)
    classifier.register_forward_pre_hook(lambda _, inputs: given.append(inputs[0].numpy()))
    for row in rows.tolist():
        predictor.predict(index.path(row))
        expected = given[row][0] / np.linalg.norm(given[row][0])
        np.testing.assert_allclose(vectors[row], expected, atol=1e-5)


def test_that_weights_on_this_computer_are_better_than_none(
    project: Project, photos: Photos, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = photos(2)
    spec = get_spec("mobilenet_v3_small")
    file = tmp_path / "weights.safetensors"
    save_file(build_model(spec, 1000).state_dict(), file)

    def here(wanted: ModelSpec) -> Path | None:
        return file if wanted is spec else None

    def starter(wanted: ModelSpec) -> Path:
        return file if wanted is spec else tmp_path / "none"

    monkeypatch.setattr(weights, "starter_path", starter)
    found, events = mapped(project, index)
    assert "that MobileNetV3-Small knows, which comes with the app" in source(found)
    monkeypatch.setattr(weights, "cached_imagenet", here)
    found, events = mapped(project, index)
    assert "MobileNetV3-Small has learned from the photographs of ImageNet" in source(found)
    assert computed(events) == len(index)
    assert not any(isinstance(event, Warned) for event in events)


def test_that_a_damaged_model_is_said_in_words(project: Project, photos: Photos) -> None:
    run_dir = write_run(project, CLASSES, size=32)
    (run_dir / "best.safetensors").write_bytes(b"nonsense")
    with pytest.raises(ModelError, match="damaged"):
        mapped(project, photos(1))


# -- what is computed again ----------------------------------------------------------------------


def test_that_a_second_opening_computes_nothing(project: Project, photos: Photos) -> None:
    write_run(project, CLASSES, size=32)
    index = photos()
    first, events = mapped(project, index)
    assert computed(events) == len(index)
    second, events = mapped(project, index)
    assert computed(events) == 0
    assert not laid_out(events)
    np.testing.assert_array_equal(second.xy, first.xy)
    last = last_embedding(project)
    assert last is not None
    np.testing.assert_array_equal(last.xy, first.xy)
    np.testing.assert_array_equal(last.ids, first.ids)
    assert last.source == first.source


def test_that_only_new_and_changed_images_are_computed(project: Project, photos: Photos) -> None:
    mapped(project, photos())
    index = photos(1, first=EACH)  # a picture more of each class, so that numbers move
    ids = np.concatenate([np.arange(12) + 10, [100], np.arange(12) + 22, [101]])
    index = replace(index, ids=np.concatenate([ids, np.arange(12) + 34, [102]]))
    found, events = mapped(project, index)
    assert computed(events) == 3
    assert laid_out(events)
    assert found.ids.tolist() == sorted(index.ids.tolist())
    os.utime(index.path(5), ns=(1, 1))
    mtimes = index.mtimes_ns.copy()
    mtimes[5] = 1
    _, events = mapped(project, replace(index, mtimes_ns=mtimes))
    assert computed(events) == 1
    assert laid_out(events)


def test_that_the_cache_gives_back_the_vectors_in_the_order_of_the_numbers(
    project: Project, photos: Photos
) -> None:
    index = photos(8)
    vectors = np.random.default_rng(0).normal(size=(len(index), 6)).astype(np.float32)
    backwards = np.arange(len(index))[::-1]
    with opened(project) as cache:
        cache.begin("key")
        cache.keep(index, backwards, vectors[backwards])
        wanted = index.ids[2::3]
        (block,) = cache.blocks(wanted)
        np.testing.assert_allclose(block, vectors[2::3], rtol=1e-3, atol=1e-3)
        cache.begin("key")
        assert len(cache.known(index.ids)) == len(index)
        cache.begin("another key")
        assert len(cache.known(index.ids)) == 0


def test_that_a_continued_run_is_another_model(project: Project, photos: Photos) -> None:
    run_dir = write_run(project, CLASSES, size=32)
    index = photos(2)
    mapped(project, index)
    os.utime(run_dir / "best.safetensors", ns=(1, 1))
    _, events = mapped(project, index)
    assert computed(events) == len(index)


def test_that_a_stopped_job_goes_on_where_it_was(project: Project, photos: Photos) -> None:
    index = photos(60)
    cancel = CancelToken()

    def stop(event: Event) -> None:
        if isinstance(event, Progress) and event.done >= 64:
            cancel.cancel()

    with pytest.raises(Cancelled):
        embed_images(project, index, on_event=stop, cancel=cancel)
    assert last_embedding(project) is None
    _, events = mapped(project, index)
    assert 0 < computed(events) < len(index)


# -- what is missing -----------------------------------------------------------------------------


def test_that_images_left_out_are_not_on_the_map(project: Project, photos: Photos) -> None:
    index = photos()
    excluded = index.classes == 1
    found, events = mapped(project, replace(index, excluded=excluded))
    assert found.ids.tolist() == index.ids[~excluded].tolist()
    assert computed(events) == 2 * EACH


@pytest.mark.parametrize("model", [None, "mobilenet_v3_small"])
def test_that_unreadable_images_are_counted_and_missing(
    project: Project, photos: Photos, model: str | None
) -> None:
    if model is not None:
        write_run(project, CLASSES, model, size=32)
    index = photos(4)
    index.path(0).write_bytes(b"no image any more")
    index.path(7).unlink()
    found, events = mapped(project, index)
    assert set(index.ids.tolist()) - set(found.ids.tolist()) == {10, 17}
    (warned,) = (event for event in events if isinstance(event, Warned))
    assert "cannot be read and are passed over: 2" in str(warned.message)


def test_that_no_images_are_said_in_words(project: Project, photos: Photos) -> None:
    index = photos(1)
    everything = np.ones(len(index), dtype=bool)
    with pytest.raises(DatasetError, match="no images to look at"):
        mapped(project, replace(index, excluded=everything))
    for row in range(len(index)):
        index.path(row).unlink()
    with pytest.raises(DatasetError, match="None of the images can be read"):
        mapped(project, index)


@pytest.mark.parametrize("count", [1, 2])
def test_that_a_handful_of_images_has_a_map(project: Project, photos: Photos, count: int) -> None:
    index = photos(1)
    found, _ = mapped(project, replace(index, excluded=np.arange(3) >= count))
    assert found.xy.shape == (count, 2)
    assert np.isfinite(found.xy).all()


# -- the cache -----------------------------------------------------------------------------------


def test_that_a_damaged_cache_is_thrown_away(project: Project, photos: Photos) -> None:
    index = photos()
    mapped(project, index)
    cache_file(project).write_bytes(b"no database " * 1000)
    found, events = mapped(project, index)
    assert computed(events) == len(index)
    assert found.ids.tolist() == index.ids.tolist()
    _, events = mapped(project, index)
    assert computed(events) == 0


def test_that_a_cache_that_cannot_be_written_is_said_in_words(
    project: Project, photos: Photos
) -> None:
    cache_file(project).mkdir(parents=True)
    with pytest.raises(StorageError, match="cannot be written or read"):
        mapped(project, photos(1))


def test_that_a_read_only_project_is_mapped_and_not_written(
    project: Project, photos: Photos
) -> None:
    index = photos()
    with Project.open(project.root, read_only=True) as reader:
        assert last_embedding(reader) is None
        mapped(reader, index)
        assert not cache_file(project).exists()
        written, _ = mapped(project, index)
        before = cache_file(project).read_bytes()
        found, events = mapped(reader, index)
        assert computed(events) == 0
        np.testing.assert_array_equal(found.xy, written.xy)
        more = photos(1, first=EACH)
        more.ids[-3:] = (100, 101, 102)
        mapped(reader, more)
        assert cache_file(project).read_bytes() == before
