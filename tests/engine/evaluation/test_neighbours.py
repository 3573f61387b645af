"""The training images most like a new one, and strangers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.errors import Cancelled, ModelError
from effnet_studio.engine.evaluation.likeness.neighbours import (
    RANK,
    REFUSED,
    find_limit,
    kth_similarity,
    open_gallery,
    vector_of,
)
from effnet_studio.engine.events import ignore
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.config import Preset, make_config
from effnet_studio.engine.training.launch import train
from tests.engine.predict.test_onnx_predictor import foreign
from tests.engine.training.conftest import draw_stripes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def directions(count: int, size: int, seed: int) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(count, size)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@settings(max_examples=25, deadline=None)
@given(known=st.integers(1, 40), rank=st.integers(1, 8), seed=st.integers(0, 99))
def test_that_the_kth_similarity_is_that_of_a_full_sort(known: int, rank: int, seed: int) -> None:
    some, others = directions(7, 5, seed), directions(known, 5, seed + 100)
    expected = np.sort(some @ others.T, axis=1)[:, ::-1][:, min(rank, known) - 1]
    assert np.allclose(kth_similarity(some, others, rank), expected, atol=1e-6)


def test_that_the_limit_refuses_the_share_of_the_known_that_it_says() -> None:
    train_set, held = directions(500, 8, 0), directions(1000, 8, 1)
    limit = find_limit(train_set, held)
    share = float((kth_similarity(held, train_set) < limit).mean())
    assert share == pytest.approx(REFUSED, abs=0.002)
    few = find_limit(train_set, held[:3])  # set by the training images themselves
    own = np.sort(train_set @ train_set.T, axis=1)[:, ::-1][:, RANK]
    assert few == pytest.approx(float(np.quantile(own, REFUSED)), abs=1e-5)


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project of stripes with a run that began with the starter backbone."""
    root = tmp_path_factory.mktemp("neighbours")
    drawn = draw_stripes(root / "drawn", train=60, val=0)
    for sample in drawn.samples:
        folder = root / "folder" / drawn.classes[sample.label]
        folder.mkdir(parents=True, exist_ok=True)
        sample.path.rename(folder / sample.path.name)
    with Project.create(root / "stripes.effnet") as project:
        import_folder(project, root / "folder", val=0.4)
        train(
            project,
            make_config(Preset.INSTANT, weights="starter", image_size=64, device="cpu"),
        )
        yield project


def test_that_a_training_image_is_nearest_to_itself_and_noise_is_a_stranger(
    taught: Project,
) -> None:
    run_dir = taught.run_dirs()[0]
    gallery = open_gallery(taught, run_dir.name, on_event=ignore, cancel=CancelToken())
    predictor = load_predictor(run_dir, device="cpu")
    path = gallery.nearest(vector_of(predictor, np.zeros((9, 9, 3), np.uint8)), 1)[0].path
    vector = vector_of(predictor, path)
    nearest = gallery.nearest(vector, 3)
    assert nearest[0].path == path
    assert nearest[0].label == path.parent.name
    assert nearest[0].similarity == pytest.approx(1.0, abs=0.01)  # kept in half precision
    assert nearest[0].similarity > nearest[1].similarity >= nearest[2].similarity
    assert not gallery.is_stranger(vector)
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    assert gallery.is_stranger(vector_of(predictor, noise))
    assert not any(module._forward_pre_hooks for module in predictor.model.modules())


def test_that_it_can_be_stopped_and_goes_on(taught: Project) -> None:
    (taught.cache_dir / "map.sqlite").unlink(missing_ok=True)
    token = CancelToken()
    token.cancel()
    name = taught.run_dirs()[0].name
    with pytest.raises(Cancelled):
        open_gallery(taught, name, on_event=ignore, cancel=token)
    gallery = open_gallery(taught, name, on_event=ignore, cancel=CancelToken())
    assert len(gallery) == len(load_dataset(taught).subset("train"))


def test_that_an_exported_file_knows_no_training_images(tmp_path: Path) -> None:
    path = foreign(tmp_path / "other.onnx", image=["n", 3, 32, 32], scores=["n", 2])
    predictor = load_predictor(path)
    with pytest.raises(ModelError, match="knows no training images"):
        vector_of(predictor, np.zeros((9, 9, 3), np.uint8))
