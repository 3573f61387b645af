"""What values flow through a network: watched on real images, for choosing 8-bit ranges."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import onnx
import onnxruntime

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.events import OnEvent, ProgressMeter, Stage, ignore
from effnet_studio.engine.models.onnx_weights import open_model
from effnet_studio.engine.predict.whole_model import INPUT_NAME

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Values = NDArray[np.float32]

_KEPT = 16_384
"""Values kept of each tensor; enough for the error of 256 levels, small enough for 300 tensors."""

_SHARES = tuple(float(share) for share in 0.85 ** np.arange(20))
"""Tried for each end of a range, from all of it to a twentieth."""

_ODD_SHARE = 0.02
"""Of the images, whose extremes are left out: one odd photograph in a hundred can make values ten
times larger than all others (406 against 40 were met), and the steps for all others as coarse."""

_EXTREMES = 16
"""Largest and smallest values kept of each image, from different channels. The few large values of
one channel in a thousand may be all that a layer lives on (giving them up was met to cost 56 % of
its output's variance), and values drawn at random would hardly have one of them."""

_BATCH = 4
"""Images at a time: every intermediate result of the network is held at once."""


@dataclass(frozen=True, eq=False)
class Observed:
    """The values of one tensor over all images but the oddest.

    Attributes:
        lowest: Smallest value seen.
        highest: Largest value seen.
        values: Some of those between, drawn evenly over all images, float32, shape (n,).
        means: Mean of each channel (axis 1), float32, shape (channels,); none by default.
        peaks: Largest magnitude of each channel in an image, on average over the images, float32,
            shape (channels,); none by default.
        extremes: Largest and smallest values of each image, float32, shape (m,); none by default.
        extreme_share: What each of these is of all values.
    """

    lowest: float
    highest: float
    values: NDArray[np.float32]
    means: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, dtype=np.float32))
    peaks: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, dtype=np.float32))
    extremes: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, dtype=np.float32))
    extreme_share: float = 0.0


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
        What was seen, by the tensor's name; of fifty images and more without the extremes of the
        oddest fiftieth.

    Raises:
        Cancelled: If the job was asked to stop.
    """
    token = cancel or CancelToken()
    session, names = _watching(proto)
    random = np.random.default_rng(0)
    each = max(1, _KEPT // len(images))
    lows: dict[str, list[NDArray[np.float32]]] = {}
    highs: dict[str, list[NDArray[np.float32]]] = {}
    kept: dict[str, list[NDArray[np.float32]]] = {}
    ends: dict[str, list[NDArray[np.float32]]] = {}
    sizes: dict[str, int] = {}
    means: dict[str, NDArray[np.float64]] = {}
    peaks: dict[str, NDArray[np.float64]] = {}
    meter = ProgressMeter(Stage.QUANTIZE, len(images), on_event)
    for start in range(0, len(images), _BATCH):
        token.check()
        batch = images[start : start + _BATCH]
        results = [batch, *session.run(names, {INPUT_NAME: batch})]
        for name, values in zip((INPUT_NAME, *names), results, strict=True):
            channels = _by_channel(values)
            low, high = np.sort(channels.min(axis=2), axis=1), np.sort(channels.max(axis=2), axis=1)
            lows.setdefault(name, []).append(low[:, 0])
            highs.setdefault(name, []).append(high[:, -1])
            ends.setdefault(name, []).extend((low[:, :_EXTREMES], high[:, -_EXTREMES:]))
            sizes[name] = values.size // len(batch)
            flat = values.reshape(-1)
            chosen = random.integers(0, flat.size, each * len(batch))
            kept.setdefault(name, []).append(flat[chosen])
            means[name] = means.get(name, 0.0) + channels.mean(axis=2, dtype=np.float64).sum(axis=0)
            peaks[name] = peaks.get(name, 0.0) + np.abs(channels).max(axis=2).sum(axis=0)
        meter.advance(len(batch))
    meter.finish()
    return {
        name: without_the_oddest(
            np.concatenate(lows[name]),
            np.concatenate(highs[name]),
            np.concatenate(values),
            means=(means[name] / len(images)).astype(np.float32),
            peaks=(peaks[name] / len(images)).astype(np.float32),
            extremes=np.concatenate([end.reshape(-1) for end in ends[name]]),
            extreme_share=1 / (sizes[name] * len(images)),
        )
        for name, values in kept.items()
    }


def without_the_oddest(
    lows: Values,
    highs: Values,
    values: Values,
    *,
    means: Values | None = None,
    peaks: Values | None = None,
    extremes: Values | None = None,
    extreme_share: float = 0.0,
) -> Observed:
    """Leave out the extremes of few images, when there are fifty or more.

    Args:
        lows: Smallest value of each image, float32, shape (images,).
        highs: Largest value of each.
        values: Some of all, float32, shape (n,).
        means: Of each channel; None: they are not wanted.
        peaks: Of each channel; None: they are not wanted.
        extremes: Largest and smallest values of each image; None: they are not wanted.
        extreme_share: What each of these is of all values.
    """
    odd = int(_ODD_SHARE * len(lows))
    low, high = np.sort(lows)[odd], np.sort(highs)[-1 - odd]
    inside = values[(values >= low) & (values <= high)]
    if extremes is not None:
        extremes = extremes[(extremes >= low) & (extremes <= high)]
    known = {"means": means, "peaks": peaks, "extremes": extremes}
    wanted = {name: values for name, values in known.items() if values is not None}
    return Observed(float(low), float(high), inside, extreme_share=extreme_share, **wanted)


def least_error_range(
    seen: Observed, levels: int = 256, through: Callable[[Values], Values] | None = None
) -> tuple[float, float]:
    """The range whose even steps have the smallest squared error for these values.

    Giving up rare extremes makes the steps finer for all the rest. Each end is drawn in on its
    own: a SiLU's smallest value is -0.28 whatever its largest is.

    Args:
        seen: A tensor's values.
        levels: Steps in the range.
        through: What comes next, if that is all that is done with them: the error is counted
            behind it. What a SiLU makes of all large negative values is nearly 0, so that its
            input needs no fine steps there.

    Returns:
        Lowest and highest value, with zero between them.
    """
    low, high = min(seen.lowest, 0.0), max(seen.highest, 0.0)
    parts = [(seen.values, 1 / max(len(seen.values), 1)), (seen.extremes, seen.extreme_share)]
    exact = [through(values) if through else values for values, _ in parts]

    def error(left: float, right: float) -> float:
        step = (right - left) / (levels - 1)
        if step < np.finfo(np.float32).tiny:  # nothing, or too small to divide by
            return float(np.inf)
        total = 0.0
        for (values, weight), wanted in zip(parts, exact, strict=True):
            rounded = np.rint(np.clip(values, left, right) / step) * step
            off = (through(rounded) if through else rounded) - wanted
            total += weight * float(np.square(off).sum(dtype=np.float64))
        return total

    high = min((high * share for share in _SHARES), key=lambda right: error(low, right))
    low = min((low * share for share in _SHARES), key=lambda left: error(left, high))
    return low, high


def silu(values: Values) -> Values:
    """The activation x · sigmoid(x)."""
    return np.asarray(values / (1 + np.exp(-np.clip(values, -80, 80))))


def _by_channel(values: Values) -> Values:
    """Shape (n, channels, m); a tensor without channels counts as one."""
    return values.reshape(len(values), values.shape[1] if values.ndim > 1 else 1, -1)


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
    session = open_model(watched, options)
    return session, names
