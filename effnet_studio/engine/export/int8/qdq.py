"""Writing an 8-bit graph: which tensors are rounded, and the pairs of nodes that round them.

The format is QDQ: QuantizeLinear and DequantizeLinear around every node that shall compute in 8
bits, which runtimes fuse into one 8-bit node. Activations are unsigned (signed ones are four times
slower on CPUs), weights signed with one scale for each output channel. Nodes that stay in 32 bits
have nothing around them, but their weights are stored in 8 bits too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from effnet_studio.engine.models.onnx_weights import infer_shapes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from numpy.typing import NDArray

    Range = tuple[float, float]
    ChannelRange = tuple[NDArray[np.floating], NDArray[np.floating]]
    """Lowest and highest value of each channel (axis 1), shape (channels,)."""

LEVELS = 255
"""Steps of an unsigned 8-bit range."""

_BIAS_LIMIT = 2**29
"""Largest bias in steps: a quarter of what 32 bits hold leaves room for the sum it is added to."""

_WEIGHTED = frozenset({"Conv", "Gemm"})
_FUSED = _WEIGHTED | {
    "Add",
    "AveragePool",
    "Flatten",
    "GlobalAveragePool",
    "MaxPool",
    "Mul",
    "Relu",
    "Reshape",
    "Sigmoid",
}
"""Operators that onnxruntime computes in 8 bits; around others the rounding would only cost."""

_KEEP_RANGE = frozenset({"Flatten", "MaxPool", "Reshape"})
"""Operators that pass their values on, so that both sides must be rounded alike."""


@dataclass(frozen=True)
class Wiring:
    """Who makes and who reads each tensor of a graph.

    Attributes:
        makers: Node that makes a tensor, by the tensor's name.
        readers: Nodes that read it.
        constants: Names of the stored tensors.
    """

    makers: Mapping[str, onnx.NodeProto]
    readers: Mapping[str, tuple[onnx.NodeProto, ...]]
    constants: frozenset[str]

    @classmethod
    def of(cls, proto: onnx.ModelProto) -> Wiring:
        """Read it from a graph."""
        readers: dict[str, list[onnx.NodeProto]] = {}
        for node in proto.graph.node:
            for name in node.input:
                readers.setdefault(name, []).append(node)
        return cls(
            {name: node for node in proto.graph.node for name in node.output},
            {name: tuple(nodes) for name, nodes in readers.items()},
            frozenset(constant.name for constant in proto.graph.initializer),
        )

    def feeds_silu(self, name: str) -> bool:
        """Whether all that is done with a tensor x is x · sigmoid(x)."""
        kinds = sorted(node.op_type for node in self.readers.get(name, ()))
        if kinds != ["Mul", "Sigmoid"]:
            return False
        gate, product = sorted(self.readers[name], key=lambda node: node.op_type, reverse=True)
        return gate.output[0] in product.input

    def rectified(self, name: str) -> bool:
        """Whether a ReLU alone reads a tensor: the runtime joins it to the node before."""
        readers = self.readers.get(name, ())
        return name in self.makers and [node.op_type for node in readers] == ["Relu"]


def prepared(proto: onnx.ModelProto) -> onnx.ModelProto:
    """Name all nodes, and average over the picture with the operator that runs in 8 bits.

    Args:
        proto: A 32-bit graph; it is left as it is.

    Returns:
        The same function, with the types of all tensors inferred.
    """
    copy = onnx.ModelProto()
    copy.CopyFrom(proto)
    values = {
        constant.name: constant
        for constant in copy.graph.initializer
        if constant.data_type == TensorProto.INT64
    }
    for number, node in enumerate(copy.graph.node):
        node.name = node.name or f"{node.op_type}_{number}"
        if node.op_type != "ReduceMean" or len(node.input) < 2 or node.input[1] not in values:
            continue
        axes = sorted(int(axis) for axis in numpy_helper.to_array(values[node.input[1]]))
        kept = all(entry.i == 1 for entry in node.attribute if entry.name == "keepdims")
        if kept and axes in ([2, 3], [-2, -1]):
            node.op_type = "GlobalAveragePool"
            del node.attribute[:], node.input[1:]
    infer_shapes(copy)
    return copy


def fusible(proto: onnx.ModelProto) -> set[str]:
    """Names of the nodes that may compute in 8 bits.

    Args:
        proto: A graph made by :func:`prepared`.
    """
    wiring = Wiring.of(proto)

    def fits(node: onnx.NodeProto) -> bool:
        stored = [name in wiring.constants for name in node.input]
        if node.op_type in _WEIGHTED:
            return not stored[0] and all(stored[1:])
        if node.op_type in {"Add", "Mul"}:
            return not any(stored)
        return node.op_type in _FUSED and not stored[0]

    return {node.name for node in proto.graph.node if fits(node)}


def rounded_tensors(proto: onnx.ModelProto, nodes: Collection[str]) -> list[str]:
    """Names of the tensors around nodes that compute in 8 bits, in the order they are made.

    The scores themselves stay as they are.

    Args:
        proto: A graph made by :func:`prepared`.
        nodes: Names of the nodes.
    """
    wiring = Wiring.of(proto)
    scores = {output.name for output in proto.graph.output}
    found: dict[str, None] = {}
    for node in proto.graph.node:
        if node.name in nodes:
            for name in (*node.input, *node.output):
                if name not in wiring.constants and name not in scores:
                    found[name] = None
    return [name for name in found if not wiring.rectified(name)]


def write_qdq(
    proto: onnx.ModelProto,
    ranges: Mapping[str, Range],
    nodes: Collection[str],
    *,
    means: Mapping[str, NDArray[np.float32]] | None = None,
) -> onnx.ModelProto:
    """Make an 8-bit copy of a graph.

    Args:
        proto: A graph made by :func:`prepared`; it is left as it is.
        ranges: Lowest and highest value of each tensor that is rounded.
        nodes: Names of the nodes that compute in 8 bits; the weights of all are stored in 8 bits.
        means: Mean of each channel of each tensor, for the correction of biases; None: none.

    Returns:
        The copy.
    """
    return _Writer(proto, ranges, nodes, means or {}).written()


def round_one(proto: onnx.ModelProto, name: str, limits: Range | ChannelRange) -> onnx.ModelProto:
    """A copy of a graph in which a single tensor is rounded, all else being in 32 bits.

    Args:
        proto: A graph made by :func:`prepared`.
        name: The tensor.
        limits: Its lowest and highest value.
    """
    copy = onnx.ModelProto()
    copy.CopyFrom(proto)
    constants, pair = rounding_pair(name, limits)
    for node in copy.graph.node:
        for place, read in enumerate(node.input):
            if read == name:
                node.input[place] = pair[-1].output[0]
    nodes = list(copy.graph.node)
    after = max((i + 1 for i, node in enumerate(nodes) if name in node.output), default=0)
    nodes[after:after] = pair
    kept = [onnx.NodeProto.FromString(node.SerializeToString()) for node in nodes]
    del copy.graph.node[:]
    copy.graph.node.extend(kept)
    copy.graph.initializer.extend(constants)
    return copy


class _Writer:
    """Collects the nodes and constants of the copy."""

    def __init__(
        self,
        proto: onnx.ModelProto,
        ranges: Mapping[str, Range],
        nodes: Collection[str],
        means: Mapping[str, NDArray[np.float32]],
    ) -> None:
        self._proto, self._nodes, self._means = proto, nodes, means
        wiring = Wiring.of(proto)
        self._ranges: dict[str, Range] = {}
        for name in rounded_tensors(proto, nodes):
            maker = wiring.makers.get(name)
            same = maker.input[0] if maker is not None and maker.op_type in _KEEP_RANGE else ""
            self._ranges[name] = self._ranges.get(same, ranges[name])
        self._stored = {constant.name: constant for constant in proto.graph.initializer}
        self._made: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def written(self) -> onnx.ModelProto:
        copy = onnx.ModelProto()
        copy.CopyFrom(self._proto)
        graph = copy.graph
        for port in graph.input:
            self._round(port.name)
        for node in self._proto.graph.node:
            self._add(node)
        used = {name for node in self._made for name in node.input}
        kept = [constant for constant in graph.initializer if constant.name in used]
        kept = [onnx.TensorProto.FromString(constant.SerializeToString()) for constant in kept]
        del graph.node[:], graph.initializer[:], graph.value_info[:]
        graph.node.extend(self._made)
        graph.initializer.extend([*kept, *self._constants.values()])
        return copy

    def _add(self, node: onnx.NodeProto) -> None:
        copy = onnx.NodeProto()
        copy.CopyFrom(node)
        for place, name in enumerate(node.input):
            if name in self._ranges:
                copy.input[place] = f"{name}_dequantized"
        if node.op_type in _WEIGHTED and node.input[1] in self._stored:
            self._store_weights(node, copy)
        self._made.append(copy)
        for name in node.output:
            self._round(name)

    def _round(self, name: str) -> None:
        if name in self._ranges:
            constants, pair = rounding_pair(name, self._ranges[name])
            self._keep(constants)
            self._made.extend(pair)

    def _keep(self, constants: Iterable[onnx.TensorProto]) -> None:
        self._constants.update({constant.name: constant for constant in constants})

    def _store_weights(self, node: onnx.NodeProto, copy: onnx.NodeProto) -> None:
        """Give a node 8-bit weights, and a bias that makes up for their rounding."""
        name = f"{node.name}_weight"
        values = numpy_helper.to_array(self._stored[node.input[1]])
        axis = weight_axis(node)
        bias = np.zeros(values.shape[axis], dtype=np.float32)
        if len(node.input) > 2:
            bias = numpy_helper.to_array(self._stored[node.input[2]]).reshape(-1)
        step = _step(self._ranges[node.input[0]]) if node.name in self._nodes else 1.0
        rounded, scale = round_weights(values, axis, least=np.abs(bias) / (step * _BIAS_LIMIT))
        if node.input[0] in self._means:
            bias = bias - mean_error(node, rounded * scale - values, self._means[node.input[0]])
        if node.name in self._nodes:
            copy.input[1] = self._dequantized(name, rounded, scale, axis)
            bias_name = self._dequantized(f"{node.name}_bias", *_rounded_bias(bias, scale, step), 0)
        else:
            copy.input[1] = self._decoded(name, rounded, scale)
            bias_name = f"{node.name}_bias"
            self._keep([numpy_helper.from_array(bias.astype(np.float32), bias_name)])
        del copy.input[2:]
        copy.input.append(bias_name)

    def _dequantized(
        self, name: str, values: NDArray[np.generic], scale: NDArray[np.float32], axis: int
    ) -> str:
        flat = scale.reshape(-1)
        zeros = np.zeros(flat.shape, dtype=values.dtype)
        parts = {name: values, f"{name}_scale": flat, f"{name}_zero": zeros}
        self._keep(numpy_helper.from_array(value, key) for key, value in parts.items())
        result = f"{name}_dequantized"
        self._made.append(
            helper.make_node("DequantizeLinear", list(parts), [result], name=result, axis=axis)
        )
        return result

    def _decoded(self, name: str, rounded: NDArray[np.int8], scale: NDArray[np.float32]) -> str:
        """Turn weights back by Cast and Mul, not by DequantizeLinear.

        onnxruntime computes those once when the file is opened, but a DequantizeLinear at every
        run.
        """
        parts = {f"{name}_int8": rounded, f"{name}_scale": scale}
        self._keep(numpy_helper.from_array(value, key) for key, value in parts.items())
        made, cast = f"{name}_decoded", f"{name}_cast"
        self._made += [
            helper.make_node("Cast", [f"{name}_int8"], [cast], name=cast, to=TensorProto.FLOAT),
            helper.make_node("Mul", [cast, f"{name}_scale"], [made], name=made),
        ]
        return made


def weight_axis(node: onnx.NodeProto) -> int:
    """Axis of the output channels in the weights of a Conv or Gemm."""
    transposed = any(entry.name == "transB" and entry.i == 1 for entry in node.attribute)
    return 0 if node.op_type == "Conv" or transposed else 1


def round_weights(
    values: NDArray[np.float32], axis: int, *, least: NDArray[np.floating] | float = 0.0
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Round to 8 bits with one scale for each output channel.

    Args:
        values: Weights.
        axis: That of the output channels.
        least: Smallest scale, of each channel or of all. Channels that are all but dead would have
            a scale in which their bias is too large a number.

    Returns:
        The rounded ones, and their scale, which can be multiplied: it has ones in its shape.
    """
    others = tuple(index for index in range(values.ndim) if index != axis)
    peak = np.abs(values).max(axis=others, keepdims=True)
    floor = np.broadcast_to(least, (values.shape[axis],)).reshape(
        [-1 if index == axis else 1 for index in range(values.ndim)]
    )
    scale = np.maximum(peak / 127, floor)
    scale = np.where(scale > 0, scale, 1).astype(np.float32)
    return np.rint(values / scale).clip(-127, 127).astype(np.int8), scale


def mean_error(
    node: onnx.NodeProto, error: NDArray[np.float32], means: NDArray[np.float32]
) -> NDArray[np.float32]:
    """What rounded weights add to a node's results on average.

    Nagel, van Baalen, Blankevoort & Welling 2019 ("Data-free quantization through weight
    equalization and bias correction", arXiv:1906.04721), section 4.2, with means measured on
    images.
    """
    if node.op_type == "Gemm":
        error = error if weight_axis(node) == 0 else error.T
        return np.asarray(error @ means)
    groups = len(means) // error.shape[1]
    summed = error.sum(axis=tuple(range(2, error.ndim)))  # (out, in of a group)
    of_group = means.reshape(groups, -1)[np.arange(len(summed)) // (len(summed) // groups)]
    return np.asarray((summed * of_group).sum(axis=1))


def _rounded_bias(
    bias: NDArray[np.float32], scale: NDArray[np.float32], step: float
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """In steps of the products of input and weights, as the sums of an 8-bit node are counted."""
    steps = (scale.reshape(-1) * np.float32(step)).astype(np.float32)
    limit = 2 * _BIAS_LIMIT
    return np.rint(bias / steps).clip(-limit, limit).astype(np.int32), steps


def _step(limits: Range) -> float:
    low, high = min(limits[0], 0.0), max(limits[1], 0.0)
    return max((high - low) / LEVELS, float(np.finfo(np.float32).tiny))


def rounding_pair(
    name: str, limits: Range | ChannelRange
) -> tuple[list[onnx.TensorProto], list[onnx.NodeProto]]:
    """Make the two nodes that round a tensor.

    Args:
        name: The tensor; its rounded values are called ``{name}_dequantized``.
        limits: Lowest and highest value, of all of it or of each channel.

    Returns:
        Constants and nodes.
    """
    low, high = np.minimum(limits[0], 0.0), np.maximum(limits[1], 0.0)
    step = np.maximum((high - low) / LEVELS, np.finfo(np.float32).tiny)
    zero = np.clip(np.rint(-low / step), 0, LEVELS)
    scale, offset = f"{name}_scale", f"{name}_zero"
    constants = [
        numpy_helper.from_array(np.asarray(step, dtype=np.float32), scale),
        numpy_helper.from_array(np.asarray(zero, dtype=np.uint8), offset),
    ]
    short, back = f"{name}_quantized", f"{name}_dequantized"
    axis = {"axis": 1} if step.ndim else {}
    pair = [
        helper.make_node("QuantizeLinear", [name, scale, offset], [short], name=short, **axis),
        helper.make_node("DequantizeLinear", [short, scale, offset], [back], name=back, **axis),
    ]
    return constants, pair
