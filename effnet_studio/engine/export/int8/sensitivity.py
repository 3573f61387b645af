"""Where rounding hurts: measured at the scores, one tensor at a time, on a few images."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import onnx

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.events import OnEvent, ProgressMeter, Stage, ignore
from effnet_studio.engine.export.int8.qdq import Wiring, round_one
from effnet_studio.engine.export.int8.run_graph import open_graph, scores

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from effnet_studio.engine.export.int8.qdq import Range

_TUNED_SHARE = 0.8
"""Part of the noise whose tensors are tried with other ranges, until all loud ones have been."""


@dataclass(frozen=True)
class Tuned:
    """Ranges chosen by what they do to the scores.

    Attributes:
        ranges: By the tensor's name.
        noise: Mean squared error of the scores when only that tensor is rounded.
        signal: Mean square of the scores themselves, around their mean over the classes.
    """

    ranges: Mapping[str, Range]
    noise: Mapping[str, float]
    signal: float


def tune_ranges(
    proto: onnx.ModelProto,
    choices: Mapping[str, Sequence[Range]],
    images: NDArray[np.float32],
    *,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> Tuned:
    """Choose the ranges of the tensors that matter by the scores.

    A range that rounds a tensor with the least error of its own may still be a poor one: the few
    large values that it gives up may be just those that decide.

    Args:
        proto: A graph made by :func:`~.qdq.prepared`.
        choices: Ranges to try for each tensor, the one that is taken in doubt first.
        images: Normalised, float32, shape (n, 3, size, size); a dozen are enough.
        on_event: Hears the progress.
        cancel: Stops the job between two tensors.

    Returns:
        The ranges and the noise of each tensor.

    Raises:
        Cancelled: If the job was asked to stop.
    """
    token = cancel or CancelToken()
    exact = scores(open_graph(proto), images)

    def measured(name: str, limits: Range) -> float:
        token.check()
        error = scores(open_graph(round_one(proto, name, limits)), images) - exact
        return _spread(error)

    meter = ProgressMeter(Stage.QUANTIZE, len(choices), on_event, unit="steps")
    ranges: dict[str, Range] = {}
    noise: dict[str, float] = {}
    for name, tried in choices.items():
        ranges[name], noise[name] = tried[0], measured(name, tried[0])
        meter.advance()
    meter.finish()
    tuned: set[str] = set()
    while loud := [name for name in loudest(noise, _TUNED_SHARE) if name not in tuned]:
        tuned.update(loud)
        meter = ProgressMeter(Stage.QUANTIZE, len(loud), on_event, unit="steps")
        for name in loud:
            for limits in dict.fromkeys(choices[name][1:]):
                found = measured(name, limits)
                if found < noise[name]:
                    ranges[name], noise[name] = limits, found
            meter.advance()
        meter.finish()
    return Tuned(ranges, noise, _spread(exact))


def loudest(noise: Mapping[str, float], share: float) -> list[str]:
    """The fewest names that together make a share of the noise, loudest first.

    Args:
        noise: By name, at least 0.
        share: Of its sum, in [0, 1].
    """
    order = sorted(noise, key=lambda name: (-noise[name], name))
    before = np.cumsum([0.0, *(noise[name] for name in order)])
    return [name for name, sum_ in zip(order, before, strict=False) if sum_ < share * before[-1]]


def units(proto: onnx.ModelProto) -> list[list[str]]:
    """Cut a graph where a single tensor holds all that is known, so that pieces stand alone.

    A residual block is one piece; elsewhere a layer with its activation is one.

    Args:
        proto: A graph made by :func:`~.qdq.prepared`.

    Returns:
        Names of the nodes of each piece, in order.
    """
    wiring = Wiring.of(proto)
    left = {name: len(readers) for name, readers in wiring.readers.items()}
    alive = {port.name for port in proto.graph.input}
    pieces: list[list[str]] = [[]]
    for node in proto.graph.node:
        pieces[-1].append(node.name)
        for name in node.input:
            left[name] -= 1
            if left[name] == 0:
                alive.discard(name)
        alive.update(name for name in node.output if left.get(name, 0))
        if len(alive) == 1:
            pieces.append([])
    return [piece for piece in pieces if piece]


def quietest_split(proto: onnx.ModelProto, tuned: Tuned, share: float) -> set[str]:
    """Choose pieces to leave in 32 bits so that a share of the noise goes with them.

    Pieces that bring much noise for little arithmetic go first. A tensor between two pieces is
    free of rounding only if both are.

    Args:
        proto: A graph made by :func:`~.qdq.prepared`.
        tuned: The noise of its tensors.
        share: Of the noise to be rid of, in (0, 1).

    Returns:
        Names of the nodes to leave in 32 bits.
    """
    wiring, pieces = Wiring.of(proto), units(proto)
    owner = {name: number for number, piece in enumerate(pieces) for name in piece}
    around: dict[str, set[int]] = {}
    for name in tuned.noise:
        nodes = [*wiring.readers.get(name, ())]
        nodes += [wiring.makers[name]] if name in wiring.makers else []
        around[name] = {owner[node.name] for node in nodes}
    work = _arithmetic(proto, owner, len(pieces))
    total = sum(tuned.noise.values())
    chosen: set[int] = set()
    while total - _remaining(tuned, around, chosen) < share * total and len(chosen) < len(pieces):
        chosen |= _next_pieces(tuned, around, chosen, work)
    return {name for number in chosen for name in pieces[number]}


def _next_pieces(
    tuned: Tuned, around: Mapping[str, set[int]], chosen: set[int], work: NDArray[np.float64]
) -> set[int]:
    """One more piece, or two in a row, that rid of most noise for their arithmetic."""
    pieces = len(work)
    groups = [{number} - chosen for number in range(pieces)]
    groups += [{number, number + 1} - chosen for number in range(pieces - 1)]
    now = _remaining(tuned, around, chosen)

    def worth(group: set[int]) -> float:
        gain = now - _remaining(tuned, around, chosen | group)
        return gain / float(sum(work[number] for number in group))

    return max((group for group in groups if group), key=worth)


def _remaining(tuned: Tuned, around: Mapping[str, set[int]], chosen: set[int]) -> float:
    return sum(tuned.noise[name] for name, pieces in around.items() if not pieces <= chosen)


def _arithmetic(
    proto: onnx.ModelProto, owner: Mapping[str, int], pieces: int
) -> NDArray[np.float64]:
    """Share of the multiplications in each piece, and a little so that none is for nothing."""
    weights = {constant.name: constant.dims for constant in proto.graph.initializer}
    shapes = {
        info.name: [side.dim_value or 1 for side in info.type.tensor_type.shape.dim]
        for info in (*proto.graph.value_info, *proto.graph.output)
    }
    work = np.zeros(pieces)
    for node in proto.graph.node:
        made = shapes.get(node.output[0], [1])
        if node.op_type in {"Conv", "Gemm"} and node.input[1] in weights:
            area = float(np.prod(made[2:])) if node.op_type == "Conv" else 1.0
            work[owner[node.name]] += float(np.prod(weights[node.input[1]])) * area
    return work / max(float(work.sum()), 1.0) + 1 / 1000


def _spread(scores_: NDArray[np.float32]) -> float:
    """Mean square around the mean over the classes, which changes no answer."""
    centred = scores_ - scores_.mean(axis=1, keepdims=True)
    return float(np.square(centred, dtype=np.float64).mean())
