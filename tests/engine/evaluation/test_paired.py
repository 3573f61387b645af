"""Right answers of two models on the same images."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.engine.evaluation.comparing.paired import score_pair
from effnet_studio.engine.evaluation.measures.significance import mcnemar
from effnet_studio.engine.predict.answers import Prediction
from effnet_studio.engine.predict.class_match import match_classes
from effnet_studio.engine.predict.compare_models import ComparedImage, ModelComparison

CLASSES = ("ant", "bee")


def said(name: str, first: int, second: int) -> ComparedImage:
    path = Path("/photos") / name
    one, other = (np.eye(2, dtype=np.float32)[index] for index in (first, second))
    return ComparedImage(
        path, Prediction(path, one, CLASSES), Prediction(path, other, CLASSES), 0.0, 0.0
    )


def compared(*images: ComparedImage, second: tuple[str, ...] = CLASSES) -> ModelComparison:
    return ModelComparison("one", "other", match_classes(CLASSES, second), images)


@given(st.lists(st.tuples(*[st.integers(0, 1)] * 3), min_size=1, max_size=40))
def test_that_every_image_of_known_truth_counts_once(rows: list[tuple[int, int, int]]) -> None:
    images = [said(f"{number}.jpg", a, b) for number, (a, b, _) in enumerate(rows)]
    truth = {image.path: CLASSES[row[2]] for image, row in zip(images, rows, strict=True)}
    stranger = said("unknown.jpg", 0, 1)
    score = score_pair(compared(*images, stranger), {k: v for k, v in truth.items() if k})
    assert score is not None
    assert score.images == len(rows)
    assert score.first.right == sum(a == t for a, _, t in rows)
    assert score.second.right == sum(b == t for _, b, t in rows)
    assert score.only_first - score.only_second == score.first.right - score.second.right
    assert score.p_value == mcnemar(score.only_first, score.only_second)


def test_that_images_of_a_class_that_one_model_lacks_do_not_count() -> None:
    images = (said("a.jpg", 0, 0), said("b.jpg", 1, 0))
    truth = {Path("/photos/a.jpg"): "ant", Path("/photos/b.jpg"): "bee"}
    score = score_pair(compared(*images, second=("ant", "cow")), truth)
    assert score is not None
    assert score.images == 1
    assert score_pair(compared(images[1], second=("ant", "cow")), truth) is None


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([(0, 1), (1, 0)], "equally often"),
        ([(0, 1)] * 3, r"A is right more often, which could be chance \(p = 0.25\)"),
        ([(1, 0)] * 9, r"B is right more often; this is unlikely to be chance \(p = 0.0039\)"),
    ],
)
def test_that_the_figures_are_said_in_words(pairs: list[tuple[int, int]], words: str) -> None:
    images = [said(f"{number}.jpg", *pair) for number, pair in enumerate(pairs)]
    truth = {Path("/photos") / f"{number}.jpg": "ant" for number in range(len(pairs))}
    score = score_pair(compared(*images), truth)
    assert score is not None
    assert re.search(words, str(score.message()))
