"""An exported model made by hand, which answers for good reasons and in no time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.predict.reject_option import RejectOption

COLOR_CLASSES = ("red", "green", "blue")


def write_color_model(path: Path, reject: RejectOption | None = None) -> Path:
    """Write a file that tells which of red, green and blue is strongest.

    Args:
        path: The ``.onnx`` file.
        reject: When it says "none of these"; None: never.

    Returns:
        The same.
    """
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    from effnet_studio.engine.predict.onnx_metadata import PRODUCER, write_metadata
    from effnet_studio.engine.preprocess import Preprocess

    graph = helper.make_graph(
        [
            helper.make_node("GlobalAveragePool", ["input"], ["pooled"]),
            helper.make_node("Flatten", ["pooled"], ["features"]),
            helper.make_node("MatMul", ["features", "weight"], ["logits"]),
        ],
        "colours",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["n", 3, 32, 32])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", 3])],
        [numpy_helper.from_array(4 * np.eye(3, dtype=np.float32), "weight")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    model.producer_name = PRODUCER
    preprocess = Preprocess(size=32, resize=32, interpolation="bilinear")
    notes = write_metadata(
        classes=COLOR_CLASSES,
        preprocess=preprocess,
        model="efficientnet_b0",
        app_version="1.0",
        reject=reject,
    )
    for key, value in notes.items():
        model.metadata_props.add(key=key, value=value)
    onnx.save(model, path)
    return path
