"""Channels made equally loud: the same function, with finer steps."""

from __future__ import annotations

import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import helper, numpy_helper

from effnet_studio.engine.export.int8.calibration import least_error_range, observe
from effnet_studio.engine.export.int8.equalise import equalised
from effnet_studio.engine.export.int8.qdq import prepared, round_one
from effnet_studio.engine.export.int8.run_graph import open_graph, scores
from effnet_studio.engine.export.int8.spared import spared
from tests.engine.export.small_graphs import silu_graph


def some_images(count: int = 8) -> np.ndarray:
    return np.random.default_rng(2).normal(size=(count, 3, 8, 8)).astype(np.float32)


def loudness(proto: onnx.ModelProto) -> dict[str, np.ndarray]:
    return {name: seen.peaks for name, seen in observe(proto, some_images()).items()}


def residual_graph(seed: int = 0, *, shifted: bool = False) -> onnx.ModelProto:
    """Two convolutions with ReLU and a residual sum; the first one's channels differ a lot.

    Args:
        seed: Of the weights.
        shifted: Whether a constant is added to the sum, which no factor may pass.
    """
    random = np.random.default_rng(seed)
    stored = {
        "first": random.normal(size=(4, 3, 3, 3)),
        "grouped": random.normal(size=(4, 2, 1, 1)),
        "last": random.normal(size=(3, 4, 1, 1)),
        **{f"{name}_bias": random.normal(size=4) for name in ("first", "grouped")},
        "shift": np.ones((1, 4, 1, 1)),
    }
    loud = np.array([1.0, 30.0, 0.2, 5.0])
    stored["first"] *= loud.reshape(-1, 1, 1, 1)
    stored["first_bias"] *= loud
    make = helper.make_node
    total = "shifted" if shifted else "sum"
    nodes = [
        make("Conv", ["input", "first", "first_bias"], ["a"], pads=[1, 1, 1, 1], name="one"),
        make("Relu", ["a"], ["b"], name="relu"),
        make("Conv", ["b", "grouped", "grouped_bias"], ["c"], group=2, name="two"),
        make("Add", ["b", "c"], ["sum"], name="add"),
        *([make("Add", ["sum", "shift"], ["shifted"], name="add_more")] if shifted else []),
        make("Conv", [total, "last"], ["d"], name="three"),
        make("ReduceMean", ["d", "axes"], ["mean"], keepdims=1, name="pool"),
        make("Flatten", ["mean"], ["logits"], name="flat"),
    ]
    constants = [numpy_helper.from_array(v.astype(np.float32), k) for k, v in stored.items()]
    constants.append(numpy_helper.from_array(np.array([2, 3], dtype=np.int64), "axes"))
    graph = helper.make_graph(
        nodes,
        "residual",
        [helper.make_tensor_value_info("input", onnx.TensorProto.FLOAT, ["batch", 3, 8, 8])],
        [helper.make_tensor_value_info("logits", onnx.TensorProto.FLOAT, ["batch", 3])],
        constants,
    )
    return prepared(
        helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    )


def results(proto: onnx.ModelProto) -> np.ndarray:
    onnx.checker.check_model(proto, full_check=True)
    return scores(open_graph(proto), some_images())


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 2**32 - 1))
def test_that_the_function_stays(seed: int) -> None:
    proto = residual_graph(seed)
    before = proto.SerializeToString()
    even = equalised(proto, loudness(proto))
    np.testing.assert_allclose(results(even), results(proto), rtol=1e-3, atol=1e-3)
    assert proto.SerializeToString() == before


def test_that_the_channels_come_closer() -> None:
    proto = residual_graph()
    even = equalised(proto, loudness(proto))
    old, new = (max(peaks["b"]) / min(peaks["b"]) for peaks in (loudness(proto), loudness(even)))
    assert new < old / 2


def test_that_a_constant_in_the_way_leaves_all_as_it_is() -> None:
    proto = residual_graph(shifted=True)
    even = equalised(proto, loudness(proto))
    for name in ("a", "b", "sum"):
        np.testing.assert_array_equal(loudness(even)[name], loudness(proto)[name])


def test_that_the_first_layer_is_multiplied_before_it_is_rounded() -> None:
    proto = prepared(silu_graph(spike=60.0))
    exact = spared(proto)
    even = equalised(proto, loudness(proto), exact)
    np.testing.assert_allclose(results(even), results(proto), rtol=1e-3, atol=1e-3)
    noise = []
    for graph, name in ((proto, "b"), (even, "b_equalised")):
        limits = least_error_range(observe(graph, some_images())[name])
        noise.append(np.square(results(round_one(graph, name, limits)) - results(graph)).mean())
    assert noise[1] < noise[0] / 4


def test_that_an_activation_in_8_bits_is_never_multiplied() -> None:
    proto = prepared(silu_graph(spike=60.0))
    even = equalised(proto, loudness(proto))
    assert [node.op_type for node in even.graph.node] == [n.op_type for n in proto.graph.node]


@pytest.mark.parametrize("loud", [0.0, 1e-30])
def test_that_a_dead_tensor_is_no_trouble(loud: float) -> None:
    proto = residual_graph()
    peaks = {name: np.full_like(values, loud) for name, values in loudness(proto).items()}
    np.testing.assert_allclose(results(equalised(proto, peaks)), results(proto), rtol=1e-3)


def test_that_the_first_layer_the_branch_on_single_pixels_and_the_scores_are_spared() -> None:
    proto = prepared(silu_graph())
    names = {node.output[0]: node.name for node in proto.graph.node}
    expected = ["a", "a_gate", "b", "squeezed", "excited", "gate", "features", "logits"]
    assert spared(proto) == {names[made] for made in expected}
