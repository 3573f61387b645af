"""8-bit graphs for OpenVINO, which wants its roundings elsewhere than onnxruntime does.

OpenVINO joins a convolution, its bias, its activation and the rounding that follows to one 8-bit
node, if nothing is rounded in between. So only what convolutions read is rounded, once, and not
their results; EfficientNet-B0 in batches of 32 took half the time (one thread) of the same graph
rounded as onnxruntime likes it. Squeeze-and-excitation, which is next to no arithmetic, stays in
32 bits; sums read what is rounded anyway.

What a depthwise convolution reads may have a range for each channel, since it never adds up
channels. That costs a twentieth of the speed and made the noise in the scores of a trained B0 four
times smaller: the ranges of the stem's channels differ twentyfold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from effnet_studio.engine.export.int8.qdq import (
    Wiring,
    mean_error,
    round_weights,
    rounding_pair,
    weight_axis,
)
from effnet_studio.engine.models.onnx_weights import open_model
from effnet_studio.engine.predict.whole_model import INPUT_NAME

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from numpy.typing import NDArray

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.export.int8.qdq import ChannelRange, Range

_ODD_SHARE = 0.02
"""Of the images, whose extremes are left out of each channel's range."""

_LEAST_SHARE = 1e-3
"""Of the largest channel's range: dead channels get that much, so that none has steps of zero."""

_BATCH = 4


def rounded_nodes(proto: onnx.ModelProto) -> set[str]:
    """Names of the convolutions and dense layers that are worth computing in 8 bits.

    Args:
        proto: A graph made by :func:`~.qdq.prepared`.

    Returns:
        All that have stored weights, but those on pictures of a single pixel.
    """
    wiring = Wiring.of(proto)
    shapes = {
        info.name: [side.dim_value for side in info.type.tensor_type.shape.dim]
        for info in (*proto.graph.value_info, *proto.graph.output)
    }
    return {
        node.name
        for node in _weighted(proto)
        if node.input[0] not in wiring.constants and shapes.get(node.output[0], [])[2:] != [1, 1]
    }


def read_tensors(proto: onnx.ModelProto, nodes: Collection[str]) -> list[str]:
    """Names of the tensors that some nodes read, in the order they are read.

    Args:
        proto: A graph made by :func:`~.qdq.prepared`.
        nodes: Names of the nodes.
    """
    found = (node.input[0] for node in _weighted(proto) if node.name in nodes)
    return list(dict.fromkeys(found))


def depthwise_tensors(proto: onnx.ModelProto, nodes: Collection[str]) -> list[str]:
    """Those of them that only depthwise convolutions read.

    Args:
        proto: A graph made by :func:`~.qdq.prepared`.
        nodes: Names of the nodes.
    """
    sizes = {constant.name: constant.dims for constant in proto.graph.initializer}
    ports = {port.name for port in proto.graph.input}
    reading: dict[str, list[bool]] = {}
    for node in _weighted(proto):
        if node.name in nodes:
            groups = next((entry.i for entry in node.attribute if entry.name == "group"), 1)
            alone = 1 < groups == sizes[node.input[1]][0]
            reading.setdefault(node.input[0], []).append(alone)
    return [name for name, alone in reading.items() if all(alone) and name not in ports]


def channel_ranges(
    proto: onnx.ModelProto,
    names: Collection[str],
    images: NDArray[np.float32],
    token: CancelToken,
) -> dict[str, ChannelRange]:
    """Watch what values the channels of some tensors have.

    Args:
        proto: A graph made by :func:`~.qdq.prepared`.
        names: The tensors, of shape (batch, channels, height, width).
        images: Normalised, float32, shape (n, 3, size, size).
        token: Stops it between two batches.

    Returns:
        By name, without the extremes of the oddest fiftieth of the images.

    Raises:
        Cancelled: If the job was asked to stop.
    """
    if not names:
        return {}
    watched = onnx.ModelProto()
    watched.CopyFrom(proto)
    watched.graph.output.extend(
        helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names
    )
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = open_model(watched, options)
    lows: dict[str, list[NDArray[np.float32]]] = {name: [] for name in names}
    highs: dict[str, list[NDArray[np.float32]]] = {name: [] for name in names}
    for start in range(0, len(images), _BATCH):
        token.check()
        batch = images[start : start + _BATCH]
        for name, values in zip(names, session.run(list(names), {INPUT_NAME: batch}), strict=True):
            lows[name].append(values.min(axis=(2, 3)))
            highs[name].append(values.max(axis=(2, 3)))
    odd = int(_ODD_SHARE * len(images))
    return {
        name: _widened(
            np.sort(np.concatenate(lows[name]), axis=0)[odd],
            np.sort(np.concatenate(highs[name]), axis=0)[-1 - odd],
        )
        for name in names
    }


def _widened(low: NDArray[np.float32], high: NDArray[np.float32]) -> ChannelRange:
    low, high = np.minimum(low, 0), np.maximum(high, 0)
    return low, np.maximum(high, low + _LEAST_SHARE * max(float((high - low).max()), 1e-6))


def write_openvino_qdq(
    proto: onnx.ModelProto,
    ranges: Mapping[str, Range | ChannelRange],
    nodes: Collection[str],
    *,
    means: Mapping[str, NDArray[np.float32]] | None = None,
) -> onnx.ModelProto:
    """Make an 8-bit copy of a graph for OpenVINO.

    Args:
        proto: A graph made by :func:`~.qdq.prepared`; it is left as it is.
        ranges: Lowest and highest value of each tensor that the nodes read.
        nodes: Names of the Conv and Gemm nodes that compute in 8 bits; the weights of all are
            stored in 8 bits.
        means: Mean of each channel of each tensor, for the correction of biases; None: none.

    Returns:
        The copy.
    """
    stored = {constant.name: constant for constant in proto.graph.initializer}
    rounded = set(read_tensors(proto, nodes))
    made: list[onnx.NodeProto] = []
    constants: list[onnx.TensorProto] = []

    def round_tensor(name: str) -> None:
        if name in rounded:
            values, pair = rounding_pair(name, ranges[name])
            constants.extend(values)
            made.extend(pair)

    for port in proto.graph.input:
        round_tensor(port.name)
    for node in proto.graph.node:
        if node.op_type in {"Conv", "Gemm"} and node.input[1] in stored:
            short = _short(node, stored, (means or {}).get(node.input[0]), node.name in nodes)
            made.extend(short[0])
            constants.extend(short[1])
        elif node.op_type == "Add":
            made.append(_reading(node, rounded))
        else:
            made.append(node)
        for name in node.output:
            round_tensor(name)
    return _with_nodes(proto, made, constants)


def _reading(node: onnx.NodeProto, rounded: Collection[str]) -> onnx.NodeProto:
    """A sum that reads what is rounded anyway: only so is it joined to the convolution before."""
    copy = onnx.NodeProto()
    copy.CopyFrom(node)
    for place, name in enumerate(node.input):
        if name in rounded:
            copy.input[place] = f"{name}_dequantized"
    return copy


def _short(
    node: onnx.NodeProto,
    stored: Mapping[str, onnx.TensorProto],
    means: NDArray[np.float32] | None,
    computes: bool,  # noqa: FBT001 - in 8 bits
) -> tuple[list[onnx.NodeProto], list[onnx.TensorProto]]:
    """A node with weights in 8 bits, and a bias that makes up for their rounding.

    The bias of a convolution is added after it, in the shape of its result: OpenVINO's reader
    would work that shape out with six nodes of its own. Where the node computes in 32 bits its
    weights are divided by the inverse of their scale: a product OpenVINO would keep in 8 bits, and
    work out at every run.
    """
    values = numpy_helper.to_array(stored[node.input[1]])
    axis = weight_axis(node)
    rounded, scale = round_weights(values, axis)
    bias = np.zeros(values.shape[axis], dtype=np.float32)
    if len(node.input) > 2:
        bias = numpy_helper.to_array(stored[node.input[2]]).reshape(-1)
    if means is not None:
        bias = bias - mean_error(node, rounded * scale - values, means)
    name = node.name
    short, unit, offset = f"{name}_weight", f"{name}_weight_scale", f"{name}_bias"
    wide, weight = f"{name}_weight_cast", f"{name}_weight_decoded"
    nodes = [
        helper.make_node("Cast", [short], [wide], name=wide, to=TensorProto.FLOAT),
        helper.make_node("Mul" if computes else "Div", [wide, unit], [weight], name=weight),
    ]
    copy = onnx.NodeProto()
    copy.CopyFrom(node)
    del copy.input[:]
    source = node.input[0]
    copy.input.extend([f"{source}_dequantized" if computes else source, weight])
    if node.op_type == "Gemm":
        copy.input.append(offset)
        nodes.append(copy)
    else:
        bias = bias.reshape(1, -1, *[1] * (values.ndim - 2))
        copy.output[0] = f"{name}_sum"
        nodes += [copy, helper.make_node("Add", [f"{name}_sum", offset], node.output, name=offset)]
    parts = {
        short: rounded,
        unit: scale if computes else 1 / scale,
        offset: bias.astype(np.float32),
    }
    return nodes, [numpy_helper.from_array(value, key) for key, value in parts.items()]


def _with_nodes(
    proto: onnx.ModelProto, nodes: list[onnx.NodeProto], constants: list[onnx.TensorProto]
) -> onnx.ModelProto:
    """A copy with other nodes, and of its constants those that they read."""
    kept = [onnx.NodeProto.FromString(node.SerializeToString()) for node in nodes]
    used = {name for node in kept for name in node.input}
    copy = onnx.ModelProto()
    copy.CopyFrom(proto)
    graph = copy.graph
    left = [
        onnx.TensorProto.FromString(constant.SerializeToString())
        for constant in graph.initializer
        if constant.name in used
    ]
    del graph.node[:], graph.initializer[:], graph.value_info[:]
    graph.node.extend(kept)
    graph.initializer.extend([*left, *constants])
    return copy


def _weighted(proto: onnx.ModelProto) -> list[onnx.NodeProto]:
    stored = {constant.name for constant in proto.graph.initializer}
    return [
        node
        for node in proto.graph.node
        if node.op_type in {"Conv", "Gemm"} and node.input[1] in stored
    ]
