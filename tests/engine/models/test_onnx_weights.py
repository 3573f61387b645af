"""Graphs whose weights are taken one by one: the same models, and no long hold of Python's lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

from effnet_studio.engine.models import onnx_weights
from effnet_studio.engine.models.build import build_model, stage_modules
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.models.onnx_weights import (
    check_model,
    infer_shapes,
    open_model,
    write_model,
)
from effnet_studio.engine.models.trunk_graph import GRAPH_INPUT, write_trunk

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def network() -> onnx.ModelProto:
    """A real one, with large and small constants and notes of its own."""
    spec = get_spec("mobilenet_v3_small")
    torch.manual_seed(0)
    stages = stage_modules(build_model(spec, 3).eval(), spec)
    graph = write_trunk([module for stage in stages for module in stage])
    assert graph is not None
    shape = graph.graph.output[0].type.tensor_type.shape
    for name in ("n", "c", "h", "w"):
        shape.dim.add(dim_param=name)
    helper.set_model_props(graph, {"classes": "花"})
    return graph


def linear(weights: np.ndarray, dims: list[int] | None = None) -> onnx.ModelProto:
    """One matrix product."""
    constant = numpy_helper.from_array(weights, "weights")
    if dims is not None:
        constant.dims[:] = dims
    kind = constant.data_type
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", "weights"], ["y"])],
        "linear",
        [helper.make_tensor_value_info("x", kind, ["n", weights.shape[0]])],
        [helper.make_tensor_value_info("y", kind, ["n", weights.shape[1]])],
        [constant],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)


def test_that_an_opened_graph_computes_the_same_bit_by_bit(network: onnx.ModelProto) -> None:
    pictures = np.random.default_rng(0).normal(size=(2, 3, 64, 64)).astype(np.float32)
    whole = onnxruntime.InferenceSession(
        network.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    before = network.SerializeToString(deterministic=True)
    session = open_model(network, onnxruntime.SessionOptions())
    assert network.SerializeToString(deterministic=True) == before, "it is left as it is"
    for _ in range(3):  # the weights stay where they are as long as the session
        (found,) = session.run(None, {GRAPH_INPUT: pictures})
        (expected,) = whole.run(None, {GRAPH_INPUT: pictures})
        np.testing.assert_array_equal(found, expected)


def test_that_what_is_written_is_the_model(network: onnx.ModelProto, tmp_path: Path) -> None:
    file = tmp_path / "network.onnx"
    write_model(network, file)
    assert onnx.load(file) == network
    onnx.checker.check_model(str(file), full_check=True)


@given(size=st.one_of(st.integers(0, 300), st.integers(16_000, 17_000)))
def test_that_lengths_of_any_size_are_written(
    size: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.getbasetemp() / "some.onnx"
    model = linear(np.zeros((4, 3), np.float32))
    model.graph.initializer[0].doc_string = "x" * size
    write_model(model, file)
    assert onnx.load(file) == model


def test_that_shapes_are_those_that_onnx_finds(network: onnx.ModelProto) -> None:
    expected = onnx.shape_inference.infer_shapes(network)
    found = onnx.ModelProto()
    found.CopyFrom(network)
    infer_shapes(found)
    assert found == expected
    assert len(found.graph.value_info) > 100


def test_that_a_good_model_passes(network: onnx.ModelProto) -> None:
    check_model(network)


def broken_operator() -> onnx.ModelProto:
    model = linear(np.zeros((400, 3), np.float32))
    model.graph.node[0].op_type = "NoSuchOperator"
    return model


def broken_reader() -> onnx.ModelProto:
    model = linear(np.zeros((400, 3), np.float32))
    model.graph.node[0].input[1] = "nowhere"
    return model


def broken_shape() -> onnx.ModelProto:
    model = linear(np.zeros((400, 3), np.float32))
    model.graph.input[0].type.tensor_type.shape.dim[1].dim_value = 399
    return model


def broken_length() -> onnx.ModelProto:
    return linear(np.zeros((400, 3), np.float32), dims=[400, 4])


@pytest.mark.parametrize(
    "make", [broken_operator, broken_reader, broken_shape, broken_length], ids=lambda f: f.__name__
)
def test_that_a_model_that_onnx_refuses_is_refused(make) -> None:
    errors = (onnx.checker.ValidationError, onnx.shape_inference.InferenceError)
    with pytest.raises(errors):
        onnx.checker.check_model(make(), full_check=True)
    with pytest.raises(errors):
        check_model(make())


def test_that_a_constant_of_the_wrong_length_does_not_open() -> None:
    with pytest.raises(ValueError, match="reshape"):
        open_model(broken_length(), onnxruntime.SessionOptions())


@pytest.mark.parametrize("kind", [np.float32, np.float16, np.int32, np.int64])
def test_that_weights_of_each_type_are_read(kind: type[np.generic]) -> None:
    weights = (np.arange(1200).reshape(400, 3) % 7).astype(kind)
    session = open_model(linear(weights), onnxruntime.SessionOptions())
    (found,) = session.run(None, {"x": np.eye(400, dtype=kind)})
    np.testing.assert_array_equal(found, weights)


def test_that_types_numpy_has_not_stay_in_the_graph() -> None:
    model = linear(np.zeros((400, 3), np.float32))
    constant = model.graph.initializer[0]
    constant.data_type = TensorProto.BFLOAT16
    constant.raw_data = b"\0" * 2400
    assert not onnx_weights._is_large(constant)


def test_that_little_is_serialised_in_one_go(network: onnx.ModelProto) -> None:
    whole = network.ByteSize()
    assert whole > 2_000_000
    assert onnx_weights._with_large_as_inputs(network).ByteSize() < whole / 20
    assert onnx_weights._without_large(network).ByteSize() < whole / 20
