"""What values flow through a network: watched on real images, for choosing 8-bit ranges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import onnx
import onnxruntime

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.events import OnEvent, ProgressMeter, Stage, ignore
from effnet_studio.engine.predict.whole_model import INPUT_NAME

if TYPE_CHECKING:
    from numpy.typing import NDArray

_KEPT = 16_384
"""Values kept of each tensor; enough for the error of 256 levels, small enough for 300 tensors."""

_SHARES = tuple(float(share) for share in 0.8 ** np.arange(10))
"""Tried for each end of a range, from all of it to an eighth."""

_BATCH = 4
"""Images at a time: every intermediate result of the network is held at once."""


@dataclass(frozen=True, eq=False)
class Observed:
    """The values of one tensor over all images.

    Attributes:
        lowest: Smallest value seen.
        highest: Largest value seen.
        values: Some of them, drawn evenly over all images, float32, shape (n,).
    """

    lowest: float
    highest: float
    values: NDArray[np.float32]


def observe(
    proto: onnx.ModelProto,
    images: NDArray[np.float32],
    *,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> dict[str, Observed]:
    """Run images through a graph and watch every tensor.

    Args:
        proto: The graph, with the types of its tensors inferred.
        images: Normalised, float32, shape (n, 3, size, size).
        on_event: Hears the progress.
        cancel: Stops the job between two batches.

    Returns:
        What was seen, by the tensor's name.

    Raises:
        Cancelled: If the job was asked to stop.
    """
    token = cancel or CancelToken()
    session, names = _watching(proto)
    random = np.random.default_rng(0)
    each = max(1, _KEPT // len(images))
    lows: dict[str, float] = {}
    highs: dict[str, float] = {}
    kept: dict[str, list[NDArray[np.float32]]] = {}
    meter = ProgressMeter(Stage.QUANTIZE, len(images), on_event)
    for start in range(0, len(images), _BATCH):
        token.check()
        batch = images[start : start + _BATCH]
        results = [batch, *session.run(names, {INPUT_NAME: batch})]
        for name, values in zip((INPUT_NAME, *names), results, strict=True):
            lows[name] = min(lows.get(name, np.inf), float(values.min()))
            highs[name] = max(highs.get(name, -np.inf), float(values.max()))
            flat = values.reshape(-1)
            chosen = random.integers(0, flat.size, each * len(batch))
            kept.setdefault(name, []).append(flat[chosen])
        meter.advance(len(batch))
    meter.finish()
    return {
        name: Observed(lows[name], highs[name], np.concatenate(values))
        for name, values in kept.items()
    }


def least_error_range(seen: Observed, levels: int = 256) -> tuple[float, float]:
    """The range whose even steps have the smallest squared error for these values.

    Giving up rare extremes makes the steps finer for all the rest. Each end is drawn in on its
    own: a SiLU's smallest value is -0.28 whatever its largest is.

    Args:
        seen: A tensor's values.
        levels: Steps in the range.

    Returns:
        Lowest and highest value, with zero between them.
    """
    low, high = min(seen.lowest, 0.0), max(seen.highest, 0.0)

    def error(left: float, right: float) -> float:
        step = (right - left) / (levels - 1)
        if step < np.finfo(np.float32).tiny:  # nothing, or too small to divide by
            return float(np.inf)
        rounded = np.rint(np.clip(seen.values, left, right) / step) * step
        return float(np.square(rounded - seen.values).mean())

    high = min((high * share for share in _SHARES), key=lambda right: error(low, right))
    low = min((low * share for share in _SHARES), key=lambda left: error(left, high))
    return low, high


def _watching(proto: onnx.ModelProto) -> tuple[onnxruntime.InferenceSession, list[str]]:
    """Open a copy of the graph that gives out every floating-point tensor."""
    watched = onnx.ModelProto()
    watched.CopyFrom(proto)
    graph = watched.graph
    given = {output.name for output in graph.output}
    floats = {
        info.name
        for info in (*graph.value_info, *graph.output)
        if info.type.tensor_type.elem_type == onnx.TensorProto.FLOAT
    }
    names = [name for node in graph.node for name in node.output if name in floats]
    graph.output.extend(
        onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None)
        for name in names
        if name not in given
    )
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        watched.SerializeToString(), sess_options=options, providers=["CPUExecutionProvider"]
    )
    return session, names
