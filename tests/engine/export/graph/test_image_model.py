"""A whole graph answers like the app: from pixels to probabilities and the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnx
import onnxruntime
import pytest

from effnet_studio.engine.export.graph.image_model import image_model
from effnet_studio.engine.predict.predictor import Predictor, load_predictor
from effnet_studio.engine.predict.reject_option import RejectOption, Score, certainty
from effnet_studio.engine.predict.scores import softmax
from effnet_studio.engine.predict.whole_model import IMAGE_NAME, network_in

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def app(color_model: Path) -> Predictor:
    """Tells which colour is strongest, so that its answers differ."""
    return load_predictor(color_model)


@pytest.fixture
def network(color_model: Path) -> onnx.ModelProto:
    return onnx.load(color_model)


def run(proto: onnx.ModelProto, image: np.ndarray) -> list[np.ndarray]:
    session = onnxruntime.InferenceSession(
        proto.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    found: list[np.ndarray] = session.run(None, {IMAGE_NAME: image})
    return found


def pictures(count: int = 3, height: int = 90, width: int = 130) -> np.ndarray:
    random = np.random.default_rng(4)
    colors = random.integers(0, 256, (count, 1, 1, 3))
    noise = random.integers(-20, 20, (count, height, width, 3))
    return (colors + noise).clip(0, 255).astype(np.uint8)


def test_that_probabilities_are_the_apps(app: Predictor, network: onnx.ModelProto) -> None:
    whole = image_model(network, app.preprocess)
    onnx.checker.check_model(whole, full_check=True)
    images = pictures()
    probabilities, sure, none = run(whole, images)
    expected = np.stack([app.predict(image).probabilities for image in images])
    np.testing.assert_allclose(probabilities, expected, atol=1e-5)
    np.testing.assert_allclose(sure, expected.max(axis=1), atol=1e-5)
    assert none.tolist() == [False] * 3


@pytest.mark.parametrize("score", Score)
def test_that_the_verdict_is_the_apps(
    score: Score, app: Predictor, network: onnx.ModelProto
) -> None:
    images = pictures(8)
    logits = app.logits(np.stack([app.preprocess(image) for image in images]))
    told = certainty(logits, score)
    limit = float(np.median(told))
    option = RejectOption(score, limit, 0.5, 1.0, 8, "1", "")
    _, sure, none = run(image_model(network, app.preprocess, option), images)
    np.testing.assert_allclose(sure, told, atol=1e-4)
    np.testing.assert_array_equal(none, option.rejects(logits))
    assert 0 < none.sum() < 8


def test_that_the_network_can_be_taken_out_again(app: Predictor, network: onnx.ModelProto) -> None:
    back = network_in(image_model(network, app.preprocess))
    batch = np.stack([app.preprocess(image) for image in pictures()])
    session = onnxruntime.InferenceSession(
        back.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    (logits,) = session.run(None, {"input": batch})
    np.testing.assert_allclose(softmax(logits), softmax(app.logits(batch)), atol=1e-5)
