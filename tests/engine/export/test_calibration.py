"""8-bit ranges and 8-bit weights."""

from __future__ import annotations

import numpy as np
import onnx
import onnxruntime
from hypothesis import example, given, settings
from hypothesis import strategies as st

from effnet_studio.engine.export.calibration import Observed, least_error_range, observe
from effnet_studio.engine.export.quantize import Recipe, apply_recipe


def seen(values: np.ndarray) -> Observed:
    return Observed(float(values.min()), float(values.max()), values.astype(np.float32))


def rounding_error(values: np.ndarray, low: float, high: float) -> float:
    step = (high - low) / 255
    return float(np.square(np.rint(np.clip(values, low, high) / step) * step - values).mean())


def test_that_extremes_that_are_all_but_never_met_are_given_up_for_finer_steps() -> None:
    values = np.random.default_rng(0).normal(size=16_000).astype(np.float32)
    low, high = least_error_range(Observed(-60.0, 60.0, values))
    assert -15 < low < -3
    assert 3 < high < 15
    assert rounding_error(values, low, high) < rounding_error(values, -60.0, 60.0) / 10


def test_that_the_short_end_of_a_lopsided_range_is_kept() -> None:
    values = np.random.default_rng(0).normal(2, 2, size=16_000)
    silu = (values / (1 + np.exp(-values))).astype(np.float32)
    low, high = least_error_range(Observed(float(silu.min()), 40.0, silu))
    assert low < -0.2
    assert high < 20


@settings(deadline=None, max_examples=50)
@given(st.lists(st.floats(-1e4, 1e4, width=32), min_size=1, max_size=200))
@example([1.401298464324817e-45])
def test_that_a_range_holds_zero_and_never_leaves_what_was_seen(numbers: list[float]) -> None:
    values = np.array(numbers, dtype=np.float32)
    low, high = least_error_range(seen(values))
    assert min(values.min(), 0) <= low <= 0 <= high <= max(values.max(), 0)


def small_graph() -> onnx.ModelProto:
    """A convolution with a ReLU, on 8 × 8 images."""
    random = np.random.default_rng(1)
    weight = random.normal(size=(4, 3, 3, 3)).astype(np.float32)
    weight[2] *= 100  # one channel far larger than the others
    make = onnx.helper
    image = make.make_tensor_value_info("input", onnx.TensorProto.FLOAT, ["batch", 3, 8, 8])
    result = make.make_tensor_value_info("logits", onnx.TensorProto.FLOAT, ["batch", 4])
    graph = make.make_graph(
        [
            make.make_node("Conv", ["input", "weight"], ["conv"], name="conv"),
            make.make_node("Relu", ["conv"], ["relu"], name="relu"),
            make.make_node("ReduceMean", ["relu", "axes"], ["logits"], name="mean", keepdims=0),
        ],
        "small",
        [image],
        [result],
        [
            onnx.numpy_helper.from_array(weight, "weight"),
            onnx.numpy_helper.from_array(np.array([2, 3], dtype=np.int64), "axes"),
        ],
    )
    proto = make.make_model(graph, opset_imports=[make.make_opsetid("", 18)], ir_version=10)
    return onnx.shape_inference.infer_shapes(proto)


def run_graph(proto: onnx.ModelProto, images: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(proto.SerializeToString())
    return np.asarray(session.run(["logits"], {"input": images})[0])


def test_that_every_tensor_is_watched_over_all_images() -> None:
    images = np.random.default_rng(2).normal(size=(9, 3, 8, 8)).astype(np.float32)
    images[8, 0, 0, 0] = 50.0
    found = observe(small_graph(), images)
    assert set(found) == {"input", "conv", "relu", "logits"}
    assert found["input"].highest == 50.0
    assert found["relu"].lowest == 0.0
    assert found["conv"].lowest < 0


def test_that_8_bit_copies_stay_close_to_the_graph() -> None:
    images = np.random.default_rng(3).normal(size=(16, 3, 8, 8)).astype(np.float32)
    proto = small_graph()
    before = proto.SerializeToString()
    exact = run_graph(proto, images)
    found = observe(proto, images)
    for recipe in Recipe:
        copy = apply_recipe(proto, recipe, found)
        onnx.checker.check_model(copy, full_check=True)
        error = np.abs(run_graph(copy, images) - exact).max(axis=0) / np.abs(exact).max(axis=0)
        assert error[2] < 0.05, recipe  # the large channel
        limit = 0.02 if recipe is Recipe.WEIGHTS else 1.0
        assert error.max() < limit, recipe
    assert proto.SerializeToString() == before
