"""Weights in 16 bits: half the file, the same answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from effnet_studio.engine.export.graph.half import half_model
from effnet_studio.engine.export.graph.image_model import image_model
from effnet_studio.engine.export.int8.run_graph import open_graph, scores
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.predict.whole_model import WholeModel, network_in

if TYPE_CHECKING:
    from pathlib import Path

    from tests.engine.export.conftest import Exported


def wide_graph(weights: np.ndarray) -> onnx.ModelProto:
    """Every pixel of a 3 × 4 × 4 image times a weight; a bias besides."""
    stored = {
        "weights": weights.astype(np.float32),
        "bias": np.full(weights.shape[1], 0.1, dtype=np.float32),
        "flat": np.array([-1, 48], dtype=np.int64),
    }
    graph = helper.make_graph(
        [
            helper.make_node("Reshape", ["input", "flat"], ["pixels"]),
            helper.make_node("Gemm", ["pixels", "weights", "bias"], ["logits"]),
        ],
        "wide",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["batch", 3, 4, 4])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", weights.shape[1]])],
        [numpy_helper.from_array(value, name) for name, value in stored.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)


def kinds(proto: onnx.ModelProto) -> dict[str, int]:
    return {constant.name: constant.data_type for constant in proto.graph.initializer}


def test_that_large_weights_take_half_the_room_and_the_scores_stay() -> None:
    random = np.random.default_rng(0)
    network = wide_graph(random.normal(size=(48, 500)))
    before = network.SerializeToString()
    half = half_model(network)
    onnx.checker.check_model(half, full_check=True)
    assert half.ByteSize() < 0.55 * network.ByteSize()
    assert kinds(half) == {
        "weights_half": TensorProto.FLOAT16,
        "bias": TensorProto.FLOAT,
        "flat": TensorProto.INT64,
    }
    images = random.normal(size=(5, 3, 4, 4)).astype(np.float32)
    exact = scores(open_graph(network), images)
    np.testing.assert_allclose(scores(open_graph(half), images), exact, atol=0.02)
    assert network.SerializeToString() == before


def test_that_numbers_too_large_for_16_bits_stay_as_they_are() -> None:
    weights = np.random.default_rng(0).normal(size=(48, 500))
    weights[3, 3] = 1e5
    network = wide_graph(weights)
    assert kinds(half_model(network)) == kinds(network)
    images = np.ones((1, 3, 4, 4), dtype=np.float32)
    half = scores(open_graph(half_model(network)), images)
    np.testing.assert_array_equal(half, scores(open_graph(network), images))


def test_that_the_whole_answers_like_the_app(exported: Exported, tmp_path: Path) -> None:
    app = load_predictor(exported.result.file)
    whole = onnx.load(exported.result.file)
    half = image_model(half_model(network_in(whole)), app.preprocess)
    onnx.checker.check_model(half, full_check=True)
    file = tmp_path / "half.onnx"
    file.write_bytes(half.SerializeToString())
    assert file.stat().st_size < 0.56 * exported.result.bytes
    assert not any(constant.name.endswith("_half_half") for constant in half.graph.initializer)
    model = WholeModel(file)
    for picture in np.random.default_rng(1).integers(0, 256, (3, 90, 130, 3)).astype(np.uint8):
        expected = app.predict(picture).probabilities
        np.testing.assert_allclose(model.answer(picture).probabilities, expected, atol=5e-3)
