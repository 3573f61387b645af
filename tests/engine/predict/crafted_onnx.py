"""Models as anybody may make them, piece by piece, for tests of what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnx.external_data_helper import set_external_data

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

WEIGHT = np.array([[4, 0], [0, 4], [-4, -4]], dtype=np.float32)
IMAGES = np.random.default_rng(0).normal(size=(2, 3, 32, 32)).astype(np.float32)
RIGHT = IMAGES.mean(axis=(2, 3)) @ WEIGHT


def scores_of(*last: onnx.NodeProto, **about: Any) -> onnx.ModelProto:
    """A classifier whose last step from ``raw`` to ``scores`` is given."""
    graph = helper.make_graph(
        [
            helper.make_node("GlobalAveragePool", ["image"], ["pooled"]),
            helper.make_node("Flatten", ["pooled"], ["features"]),
            helper.make_node("MatMul", ["features", "weight"], ["raw"]),
            *(last or [helper.make_node("Identity", ["raw"], ["scores"])]),
        ],
        "foreign",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["n", 3, 32, 32])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["n", 2])],
        [numpy_helper.from_array(WEIGHT, "weight"), numpy_helper.from_array(np.array(True), "yes")],
    )
    opsets = [helper.make_opsetid(domain, 18 if not domain else 1) for domain in DOMAINS_USED]
    return helper.make_model(graph, opset_imports=opsets, ir_version=10, **about)


DOMAINS_USED = ("", "com.microsoft", "evil.example", "mine")


def saved(model: onnx.ModelProto, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "model.onnx"
    path.write_bytes(model.SerializeToString())
    return path


def with_weights_in(location: str, **about: int) -> onnx.ModelProto:
    """The weights are said to lie in another file; nothing is written there."""
    model = scores_of()
    point_at(model.graph.initializer[0], location, **about)
    return model


def point_at(tensor: onnx.TensorProto, location: str, **about: int) -> None:
    set_external_data(tensor, location, **about)
    tensor.ClearField("raw_data")


def constant(location: str) -> onnx.NodeProto:
    """An operator whose value lies in another file."""
    tensor = numpy_helper.from_array(WEIGHT, "inner")
    point_at(tensor, location)
    return helper.make_node("Constant", [], ["inner"], value=tensor)


def strange(given: str = "raw", result: str = "scores") -> onnx.NodeProto:
    return helper.make_node("Steal", [given], [result], domain="evil.example")


def body(*nodes: onnx.NodeProto, inputs: Sequence[Any] = (), results: Sequence[str] = ("out",)):  # type: ignore[no-untyped-def]
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in results]
    return helper.make_graph(list(nodes), "inside", list(inputs), outputs)


def copied(result: str = "out") -> onnx.NodeProto:
    return helper.make_node("Identity", ["raw"], [result])


def in_if(node: onnx.NodeProto) -> onnx.NodeProto:
    branches = {"then_branch": body(copied()), "else_branch": body(node, copied())}
    return helper.make_node("If", ["yes"], ["scores"], **branches)


def in_loop(node: onnx.NodeProto) -> onnx.NodeProto:
    inputs = [
        helper.make_tensor_value_info("turn", TensorProto.INT64, []),
        helper.make_tensor_value_info("again", TensorProto.BOOL, []),
    ]
    inside = body(node, copied(), inputs=inputs, results=("again", "out"))
    return helper.make_node("Loop", ["", "yes"], ["scores"], body=inside)


def in_scan(node: onnx.NodeProto) -> onnx.NodeProto:
    row = helper.make_tensor_value_info("row", TensorProto.FLOAT, [2])
    inside = body(node, helper.make_node("Identity", ["row"], ["out"]), inputs=[row])
    return helper.make_node("Scan", ["raw"], ["scores"], body=inside, num_scan_inputs=1)


def in_if_in_loop(node: onnx.NodeProto) -> onnx.NodeProto:
    return in_loop(in_if(node))


NESTS = [in_if, in_loop, in_scan, in_if_in_loop]


def function(name: str, *nodes: onnx.NodeProto) -> onnx.FunctionProto:
    opsets = [helper.make_opsetid(domain, 18 if not domain else 1) for domain in DOMAINS_USED]
    return helper.make_function("mine", name, ["a"], ["b"], list(nodes), opsets)


def call(name: str, given: str, result: str) -> onnx.NodeProto:
    return helper.make_node(name, [given], [result], domain="mine")
