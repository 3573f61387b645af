"""A graph that answers as the app does: images as they are in, calibrated probabilities out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnx
from onnx import TensorProto, helper

from effnet_studio.engine.export.graph.image_graph import GraphWriter, write_preprocess
from effnet_studio.engine.predict.reject_option import Score
from effnet_studio.engine.predict.whole_model import (
    CERTAINTY_NAME,
    IMAGE_NAME,
    INPUT_NAME,
    NONE_NAME,
    OUTPUT_NAME,
    PROBABILITIES_NAME,
)

if TYPE_CHECKING:
    from effnet_studio.engine.predict.reject_option import RejectOption
    from effnet_studio.engine.preprocess import Preprocess


def image_model(
    network: onnx.ModelProto, preprocess: Preprocess, reject: RejectOption | None = None
) -> onnx.ModelProto:
    """Put the app's preprocessing before a network, and its probabilities and verdict behind it.

    Args:
        network: From normalised images to raw scores; it is left as it is.
        preprocess: What the app does with a picture.
        reject: When the verdict is "none of these"; None: never.

    Returns:
        The whole: images in, three results out. The inner names stay, so that the network can
        be taken out again (:func:`~effnet_studio.engine.predict.whole_model.network_in`).
    """
    before = GraphWriter("preprocess_")
    result = write_preprocess(before, preprocess)
    port = helper.make_tensor_value_info(
        IMAGE_NAME, TensorProto.UINT8, ["batch", "height", "width", 3]
    )
    return wrapped(network, before, result, port, reject)


def wrapped(
    network: onnx.ModelProto,
    before: GraphWriter,
    result: str,
    port: onnx.ValueInfoProto,
    reject: RejectOption | None,
) -> onnx.ModelProto:
    """Put operators before a network, and the app's probabilities and verdict behind it.

    Args:
        network: From normalised images to raw scores; it is left as it is.
        before: What makes normalised images.
        result: Name of its result.
        port: What the whole takes.
        reject: When the verdict is "none of these"; None: never.
    """
    whole = onnx.ModelProto()
    whole.CopyFrom(network)
    graph = whole.graph
    before.nodes.append(helper.make_node("Identity", [result], [INPUT_NAME], name="to_network"))
    behind = GraphWriter("answer_")
    _write_answers(behind, reject)
    nodes = [*before.nodes, *graph.node, *behind.nodes]
    classes = graph.output[0].type.tensor_type.shape.dim[1].dim_value
    graph.value_info.extend([*graph.input, *graph.output])  # what is to be found again inside
    copied = [onnx.NodeProto.FromString(node.SerializeToString()) for node in nodes]
    del graph.node[:], graph.input[:], graph.output[:]
    graph.node.extend(copied)
    graph.initializer.extend([*before.constants, *behind.constants])
    graph.input.append(port)
    for name, kind, shape in (
        (PROBABILITIES_NAME, TensorProto.FLOAT, ["batch", classes]),
        (CERTAINTY_NAME, TensorProto.FLOAT, ["batch"]),
        (NONE_NAME, TensorProto.BOOL, ["batch"]),
    ):
        graph.output.append(helper.make_tensor_value_info(name, kind, shape))
    return whole


def _write_answers(graph: GraphWriter, reject: RejectOption | None) -> None:
    """From the scores to the three results."""
    graph.nodes.append(
        helper.make_node("Softmax", [OUTPUT_NAME], [PROBABILITIES_NAME], axis=1, name="softmax")
    )
    axis = graph.constant([1], np.int64)
    if reject is not None and reject.score is Score.ENERGY:
        kind, source = "ReduceLogSumExp", OUTPUT_NAME
    else:
        kind, source = "ReduceMax", PROBABILITIES_NAME
    graph.nodes.append(
        helper.make_node(kind, [source, axis], [CERTAINTY_NAME], keepdims=0, name="certainty_of")
    )
    limit = graph.constant(-np.inf if reject is None else reject.threshold, np.float32)
    graph.nodes.append(
        helper.make_node("Less", [CERTAINTY_NAME, limit], [NONE_NAME], name="is_none_of_these")
    )
