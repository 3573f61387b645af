"""Evaluation counts what the model says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.dataset import Dataset, Sample, Split
from effnet_studio.engine.device import torch_threads
from effnet_studio.engine.errors import Cancelled, DatasetError, ModelError
from effnet_studio.engine.evaluation.evaluate import evaluate, summarize
from effnet_studio.engine.events import Event, Progress
from effnet_studio.engine.predict.predictor import Predictor, load_predictor
from effnet_studio.engine.training.config import make_config

if TYPE_CHECKING:
    from pathlib import Path

CLASSES = ("red", "green", "blue")
PAINTS = {"red": (240, 20, 30), "green": (20, 240, 30), "blue": (20, 30, 240)}


@pytest.fixture
def predictor(color_model: Path) -> Predictor:
    return load_predictor(color_model)


def colored(
    folder: Path, pairs: list[tuple[str, str]], classes: tuple[str, ...] = CLASSES
) -> Dataset:
    """Images that are called the first and painted the second of each pair."""
    samples = []
    for number, (label, paint) in enumerate(pairs):
        path = folder / f"{number:03}.png"
        Image.new("RGB", (40, 36), PAINTS[paint]).save(path)
        samples.append(Sample(100 + number, path, classes.index(label), "val", 40, 36))
    return Dataset(classes, tuple(samples), "7")


MISTAKEN = [
    ("red", "red"),
    ("red", "red"),
    ("red", "blue"),
    ("green", "green"),
    ("blue", "red"),
    ("blue", "blue"),
]


def test_that_figures_follow_from_the_answers(predictor: Predictor, tmp_path: Path) -> None:
    dataset = colored(tmp_path, MISTAKEN)
    found = evaluate(predictor, dataset)
    assert found.confusion.tolist() == [[2, 0, 1], [0, 1, 0], [1, 0, 1]]
    assert found.images == 6
    assert found.accuracy == 4 / 6
    assert found.per_class[0].precision == found.per_class[0].recall == 2 / 3
    assert [report.support for report in found.per_class] == [3, 1, 2]
    assert found.sample_ids == (100, 101, 102, 103, 104, 105)
    np.testing.assert_array_equal(found.true, [0, 0, 0, 1, 2, 2])
    np.testing.assert_array_equal(found.predicted, [0, 0, 2, 1, 0, 2])
    assert found.dataset_version == "7"
    wrong = found.true != found.predicted
    assert (found.true_probability[wrong] < 0.5).all()
    np.testing.assert_allclose(found.true_probability[~wrong], found.confidence[~wrong])
    assert found.log_loss == pytest.approx(-np.log(found.true_probability).mean(), rel=1e-4)


def test_that_unreadable_images_are_listed_and_not_counted(
    predictor: Predictor, tmp_path: Path
) -> None:
    dataset = colored(tmp_path, MISTAKEN)
    dataset.samples[0].path.unlink()
    dataset.samples[3].path.write_bytes(b"no image any more")
    found = evaluate(predictor, dataset)
    assert found.images == 4
    assert found.accuracy == 2 / 4
    assert found.sample_ids == (101, 102, 104, 105)
    assert [image.path for image in found.failed] == [
        dataset.samples[0].path,
        dataset.samples[3].path,
    ]


def test_that_a_part_without_images_is_said_in_words(predictor: Predictor, tmp_path: Path) -> None:
    dataset = colored(tmp_path, MISTAKEN)
    with pytest.raises(DatasetError, match="no images in the part test"):
        evaluate(predictor, dataset, "test")
    for sample in dataset.samples:
        sample.path.unlink()
    with pytest.raises(DatasetError, match="None of the 6 images"):
        evaluate(predictor, dataset)


def test_that_classes_are_matched_by_name(predictor: Predictor, tmp_path: Path) -> None:
    reordered = colored(tmp_path, MISTAKEN, classes=("blue", "red", "green"))
    assert evaluate(predictor, reordered).confusion.tolist() == [[2, 0, 1], [0, 1, 0], [1, 0, 1]]
    fewer = colored(tmp_path, [("blue", "blue"), ("red", "red")], classes=("blue", "red"))
    assert evaluate(predictor, fewer).accuracy == 1
    strange = colored(tmp_path, [("red", "red")], classes=("red", "teal", "plum"))
    with pytest.raises(ModelError, match=r"does not know 2 .* teal, plum"):
        evaluate(predictor, strange)


def test_that_progress_and_cancel_work(predictor: Predictor, tmp_path: Path) -> None:
    dataset = colored(tmp_path, MISTAKEN)
    events: list[Event] = []
    evaluate(predictor, dataset, on_event=events.append)
    progress = [event for event in events if isinstance(event, Progress)]
    assert (progress[0].done, progress[-1].done, progress[-1].total) == (0, 6, 6)
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        evaluate(predictor, dataset, cancel=cancel)


def test_that_the_likeliest_class_is_the_largest_logit_also_by_a_hair() -> None:
    logits = np.array([[0, 20, 20.000001907], [20.000001907, 20, 0]], dtype=np.float32)
    found = summarize(logits, np.array([2, 0]), classes=CLASSES, sample_ids=(1, 2), split="val")
    assert found.accuracy == 1


@pytest.mark.parametrize(("preset", "freeze"), [("instant", 20), ("best", 2)])
def test_that_accuracy_equals_trainings_own_for_the_best_epoch(
    preset: str, freeze: int, make_run: Any, tmp_path: Path
) -> None:
    from effnet_studio.engine.training.fit import fit

    dataset = noisy(tmp_path)
    run_dir = tmp_path / "20260101-000000-mobilenet"
    run_dir.mkdir()
    config = make_config(
        preset,
        model="mobilenet_v3_small",
        weights=str(make_run() / "best.safetensors"),
        image_size=48,
        epochs=2,
        batch_size=8,
        freeze=freeze,
        learning_rate=1e-4,
        device="cpu",
    )
    with torch_threads(1):
        result = fit(config, dataset, run_dir=run_dir)
        found = evaluate(load_predictor(run_dir, device="cpu"), dataset)
    # An answer that is always the same would prove nothing.
    assert len(set(found.predicted.tolist())) > 1
    assert found.images == len(dataset.subset("val"))
    assert found.accuracy == result.accuracy


def noisy(folder: Path) -> Dataset:
    """Images that are hard to tell apart, so that the accuracy is none of 0 and 1."""
    generator = np.random.default_rng(3)
    samples: list[Sample] = []
    for number in range(48):
        label = number % 3
        pixels = generator.integers(0, 256, (8, 9, 3), dtype=np.uint8).astype(int)
        pixels[..., label] += 25
        enlarged = np.kron(pixels.clip(0, 255).astype(np.uint8), np.ones((9, 8, 1), np.uint8))
        path = folder / f"{number:03}.jpg"
        Image.fromarray(enlarged).save(path, quality=85)
        split: Split = "val" if number >= 24 else "train"
        samples.append(Sample(number, path, label, split, 72, 72))
    return Dataset(CLASSES, tuple(samples), "1")
