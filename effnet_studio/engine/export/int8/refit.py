"""The last layer fitted anew to what an 8-bit network feeds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import onnx
from onnx import numpy_helper

from effnet_studio.engine.export.int8.qdq import Wiring, weight_axis
from effnet_studio.engine.export.int8.run_graph import open_graph, scores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_PENALTIES = tuple(float(value) for value in 10.0 ** np.arange(-3, 3, 0.5))
"""Tried for the change of the weights, in parts of the features' mean square."""

_FEWEST = 16
"""Images below which nothing is fitted."""


class LastLayer(NamedTuple):
    """scores = features · weights + bias.

    Attributes:
        features: Name of the tensor it reads.
        weights: float32, shape (features, classes).
        bias: float32, shape (classes,).
    """

    features: str
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]


def last_layer(proto: onnx.ModelProto) -> LastLayer | None:
    """Read the layer that makes the scores.

    Args:
        proto: A graph made by :func:`~.qdq.prepared`.

    Returns:
        The layer; None where it is not a Gemm with stored weights.
    """
    node = Wiring.of(proto).makers.get(proto.graph.output[0].name)
    stored = {constant.name: constant for constant in proto.graph.initializer}
    if node is None or node.op_type != "Gemm" or not stored.keys() >= set(node.input[1:]):
        return None
    weights = numpy_helper.to_array(stored[node.input[1]])
    weights = weights if weight_axis(node) == 1 else weights.T
    bias = np.zeros(weights.shape[1], dtype=np.float32)
    if len(node.input) > 2:
        bias = numpy_helper.to_array(stored[node.input[2]]).reshape(-1)
    return LastLayer(node.input[0], weights, bias)


def fed(copy: onnx.ModelProto, images: NDArray[np.float32]) -> NDArray[np.float32]:
    """What the last layer of a graph reads.

    Args:
        copy: A graph whose last layer is a Gemm.
        images: Normalised, float32, shape (n, 3, size, size).

    Returns:
        float32, shape (n, features).
    """
    cut = onnx.ModelProto()
    cut.CopyFrom(copy)
    port = cut.graph.output[0]
    last = next(node for node in cut.graph.node if port.name in node.output)
    last.op_type, feature = "Identity", last.input[0]
    del last.input[:], last.attribute[:]
    last.input.append(feature)
    port.type.tensor_type.shape.dim[1].Clear()
    return scores(open_graph(cut), images)


def with_last_layer(proto: onnx.ModelProto, layer: LastLayer) -> onnx.ModelProto:
    """A copy of a graph with another last layer.

    Args:
        proto: A graph made by :func:`~.qdq.prepared` whose last layer is a Gemm.
        layer: The new weights and bias.
    """
    copy = onnx.ModelProto()
    copy.CopyFrom(proto)
    node = next(one for one in copy.graph.node if copy.graph.output[0].name in one.output)
    weights = layer.weights if weight_axis(node) == 1 else np.ascontiguousarray(layer.weights.T)
    parts = {"scores_weight": weights, "scores_bias": layer.bias}
    del node.input[1:]
    node.input.extend(parts)
    copy.graph.initializer.extend(numpy_helper.from_array(v, name) for name, v in parts.items())
    return copy


def refitted(
    layer: LastLayer, features: NDArray[np.float32], scores: NDArray[np.float32]
) -> LastLayer:
    """Change a layer so that it gives wanted scores, as little as is good for images not seen.

    Ridge regression of what is missing in the scores, so that a large penalty leaves the layer as
    it is (Hoerl & Kennard 1970, "Ridge regression: biased estimation for nonorthogonal problems",
    Technometrics 12). The penalty is the one with the smallest error of each image when it is left
    out, which the hat matrix tells without fitting again (Allen 1974, "The relationship between
    variable selection and data augmentation and a method for prediction", Technometrics 16).
    What is added to all scores of an image changes no probability, and does not count.

    Args:
        layer: As it is.
        features: What it is fed, float32, shape (n, features).
        scores: What it should give, float32, shape (n, classes).

    Returns:
        The changed layer; the same where nothing can be gained or fewer than 16 images are there.
    """
    if len(features) < _FEWEST:
        return layer
    inputs = features.astype(np.float64)
    missing = scores - (inputs @ layer.weights + layer.bias)
    missing -= missing.mean(axis=1, keepdims=True)
    middle, shift = inputs.mean(axis=0), missing.mean(axis=0)
    inputs, missing = inputs - middle, missing - shift
    values, vectors = np.linalg.eigh(inputs @ inputs.T)
    values = np.maximum(values, 0)
    turned = vectors.T @ missing
    best, chosen = float(np.square(missing + shift).mean()), None
    for penalty in _PENALTIES:
        damping = penalty * values.mean() + np.finfo(np.float64).tiny
        kept = damping / (values + damping)
        left = vectors @ (kept[:, None] * turned)
        own = (np.square(vectors) * kept).sum(axis=1) - 1 / len(inputs)
        error = float(np.square(left / np.maximum(own, 1e-6)[:, None]).mean())
        if error < best:
            best, chosen = error, turned / (values + damping)[:, None]
    if chosen is None:
        return layer
    change = inputs.T @ (vectors @ chosen)
    return LastLayer(
        layer.features,
        (layer.weights + change).astype(np.float32),
        (layer.bias + shift - middle @ change).astype(np.float32),
    )
