"""Graphs of a few nodes on 8 × 8 images."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import helper, numpy_helper


def plain_graph() -> onnx.ModelProto:
    """A convolution with a ReLU, whose third channel is a hundred times larger than the others."""
    weight = np.random.default_rng(1).normal(size=(4, 3, 3, 3)).astype(np.float32)
    weight[2] *= 100
    return _model(
        [
            helper.make_node("Conv", ["input", "weight"], ["conv"]),
            helper.make_node("Relu", ["conv"], ["relu"]),
            helper.make_node("ReduceMean", ["relu", "axes"], ["logits"], keepdims=0),
        ],
        {"weight": weight, "axes": np.array([2, 3], dtype=np.int64)},
        ["batch", 4],
    )


def silu_graph(*, spike: float = 1.0) -> onnx.ModelProto:
    """Stem, a residual block with depthwise convolution and squeeze-excitation, and classes.

    Args:
        spike: Factor of one channel of the stem, which the block undoes: what flows between them
            has far larger values in that channel than in the others.
    """
    random = np.random.default_rng(4)
    shapes = {
        "stem": (6, 3, 1, 1),
        "depthwise": (6, 1, 3, 3),
        "reduce": (2, 6, 1, 1),
        "expand": (6, 2, 1, 1),
        "project": (6, 6, 1, 1),
        "classes": (3, 6),
    }
    stored = {
        name: (random.normal(size=shape) / np.sqrt(np.prod(shape[1:]))).astype(np.float32)
        for name, shape in shapes.items()
    }
    for name, shape in shapes.items():
        stored[f"{name}_bias"] = random.normal(0, 0.1, size=shape[0]).astype(np.float32)
    stored["stem"][0] *= spike
    stored["stem_bias"][0] *= spike
    stored["depthwise"][0] /= spike
    stored["axes"] = np.array([2, 3], dtype=np.int64)
    stored["flat"] = np.array([-1, 6], dtype=np.int64)
    make = helper.make_node
    nodes = [
        make("Conv", ["input", "stem", "stem_bias"], ["a"]),
        make("Sigmoid", ["a"], ["a_gate"]),
        make("Mul", ["a", "a_gate"], ["b"]),
        make("Conv", ["b", "depthwise", "depthwise_bias"], ["c"], group=6, pads=[1, 1, 1, 1]),
        make("ReduceMean", ["c", "axes"], ["pooled"], keepdims=1),
        make("Conv", ["pooled", "reduce", "reduce_bias"], ["squeezed"]),
        make("Conv", ["squeezed", "expand", "expand_bias"], ["excited"]),
        make("Sigmoid", ["excited"], ["gate"]),
        make("Mul", ["gate", "c"], ["d"]),
        make("Conv", ["d", "project", "project_bias"], ["e"]),
        make("Add", ["e", "c"], ["f"]),
        make("ReduceMean", ["f", "axes"], ["mean"], keepdims=1),
        make("Reshape", ["mean", "flat"], ["features"]),
        make("Gemm", ["features", "classes", "classes_bias"], ["logits"], transB=1),
    ]
    return _model(nodes, stored, ["batch", 3])


def _model(
    nodes: list[onnx.NodeProto], stored: dict[str, np.ndarray], result: list[str | int]
) -> onnx.ModelProto:
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("input", onnx.TensorProto.FLOAT, ["batch", 3, 8, 8])],
        [helper.make_tensor_value_info("logits", onnx.TensorProto.FLOAT, result)],
        [numpy_helper.from_array(value, name) for name, value in stored.items()],
    )
    proto = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    return onnx.shape_inference.infer_shapes(proto)
