"""8-bit copies of a graph: a search from the fastest to the safest, until one keeps a promise.

The promise is the user's: at most so many points of accuracy lost on the validation images.
Ranges are chosen on training images, so that the judgement stays fair.

What rounding costs this kind of network was measured: on EfficientNet-B0 two or three tensors of
some 240 make three quarters of the noise in the scores (the stem's output above all, and a few
whose rare large values decide), weights hardly any. So the second attempt chooses the ranges of
the loudest tensors by the scores, and the next ones leave the loudest pieces in 32 bits.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import onnx

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.evaluation.measures.significance import paired_limits
from effnet_studio.engine.events import Noted, OnEvent, ignore
from effnet_studio.engine.export.certificate.record import INT8_AGREEMENT, Attempt
from effnet_studio.engine.export.graph.network import write_graph
from effnet_studio.engine.export.int8.calibration import Observed, least_error_range, observe, silu
from effnet_studio.engine.export.int8.qdq import (
    Wiring,
    fusible,
    prepared,
    rounded_tensors,
    write_qdq,
)
from effnet_studio.engine.export.int8.run_graph import open_graph, scores, times_in_turns
from effnet_studio.engine.export.int8.sensitivity import Tuned, quietest_split, tune_ranges
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.whole_model import network_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.export.int8.qdq import Range
    from effnet_studio.engine.messages import Message

LEAST_ERROR = "least-error"
"""Every operator in 8 bits; ranges that round each tensor with the smallest squared error."""
TUNED = "tuned"
"""The same, the ranges of the tensors that matter chosen by the scores."""
MIXED = "tuned-{percent}"
"""The same, the pieces that make so many percent of the noise left in 32 bits."""
WEIGHTS = "weights"
"""Weights stored in 8 bits, computed in 32 bits: as small, as accurate, not faster."""

_SHARES = (0.5, 0.75, 0.9, 0.95)
"""Of the noise that the mixed recipes leave out. With 0.9 EfficientNet-B0 was still 1.2 to 1.35
times as fast as in 32 bits (batches of 32, one thread), with none left out 1.44 times."""

_SENSITIVE_PIXELS = 16 * 224**2
"""Of the images on which the noise of each tensor is measured, all together."""

_BATCH_PIXELS = 32 * 224**2
"""Of the batch that is timed: larger inputs, fewer images, so that memory suffices."""

_ROUNDS = 9
_BATCH_ROUNDS = 3


@dataclass(frozen=True, eq=False)
class Judged:
    """Images that no recipe has seen, on which all are judged.

    Attributes:
        pictures: As the app prepares them, uint8, shape (n, size, size, 3).
        labels: True classes, int64, shape (n,).
        normalize: Makes the network's input of some of them.
    """

    pictures: NDArray[np.uint8]
    labels: NDArray[np.int64]
    normalize: Callable[[NDArray[np.uint8]], NDArray[np.float32]]


@dataclass(frozen=True)
class Quantized:
    """The recipe that was kept.

    Attributes:
        file: The 8-bit graph.
        recipe: How it was made.
        attempts: Every recipe tried, in order.
        kept_promise: Whether the one that was kept loses no more than is allowed.
    """

    file: Path
    recipe: str
    attempts: tuple[Attempt, ...]
    kept_promise: bool


class _Candidate(NamedTuple):
    recipe: str
    proto: onnx.ModelProto


def quantize(
    source: Path,
    folder: Path,
    calibration: NDArray[np.float32],
    judged: Judged,
    *,
    metadata: Mapping[str, str],
    budget_points: float = 0.5,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> Quantized:
    """Make the fastest 8-bit copy of a graph that keeps the promise.

    Recipes are tried from the fastest on. The first is kept that loses at most ``budget_points``
    of accuracy and gives the source's answer on at least :data:`INT8_AGREEMENT` of the images.

    Args:
        source: 32-bit graph of a network, or a whole one around it.
        folder: Where the copies are written.
        calibration: Training images: normalised, float32, shape (n, 3, size, size).
        judged: Validation images with their classes.
        metadata: What the file is to say about itself.
        budget_points: Accuracy that may be lost, percentage points.
        on_event: Hears the progress.
        cancel: Stops the job between two steps.

    Returns:
        The first recipe that keeps the promise; if none does, the one that loses the least.

    Raises:
        Cancelled: If the job was asked to stop.
    """
    token = cancel or CancelToken()
    search = _Search(network_in(onnx.load(source)), calibration, on_event, token)
    judge = _Judge(search.proto, source, judged, budget_points, token)
    attempts: list[Attempt] = []
    for candidate in search.candidates():
        token.check()
        file = folder / f"{candidate.recipe}.onnx"
        write_graph(candidate.proto, file, metadata)
        attempts.append(judge.attempt(candidate.recipe, file))
        tell(attempts[-1], on_event)
        if attempts[-1].kept_promise:
            break
    best = max(attempts, key=lambda one: (one.kept_promise, -one.loss, one.agreement))
    file = folder / f"{best.recipe}.onnx"
    return Quantized(file, best.recipe, tuple(attempts), best.kept_promise)


def fastest_copy(proto: onnx.ModelProto, images: NDArray[np.float32]) -> onnx.ModelProto:
    """Make the copy that the search tries first: every operator in 8 bits.

    Args:
        proto: The 32-bit graph; it is left as it is.
        images: For calibration: normalised, float32, shape (n, 3, size, size).
    """
    search = _Search(proto, images, ignore, CancelToken())
    return next(search.candidates()).proto


class _Search:
    """Makes the candidates, each only when those before it have failed."""

    def __init__(
        self,
        proto: onnx.ModelProto,
        calibration: NDArray[np.float32],
        on_event: OnEvent,
        token: CancelToken,
    ) -> None:
        self.proto = prepared(proto)
        self._images = calibration
        self._on_event, self._token = on_event, token
        self._wiring = Wiring.of(self.proto)
        self._nodes = fusible(self.proto)
        self._rounded = rounded_tensors(self.proto, self._nodes)

    def candidates(self) -> Iterator[_Candidate]:
        """From the fastest to the safest."""
        yield _Candidate(LEAST_ERROR, self._written(self._least_error, self._nodes))
        tuned = self._tuned()
        ranges = {**self._least_error, **tuned.ranges}
        yield _Candidate(TUNED, self._written(ranges, self._nodes))
        for share in _SHARES:
            exact = quietest_split(self.proto, tuned, share)
            recipe = MIXED.format(percent=round(100 * share))
            yield _Candidate(recipe, self._written(ranges, self._nodes - exact))
        yield _Candidate(WEIGHTS, self._written({}, set()))

    @cached_property
    def _seen(self) -> dict[str, Observed]:
        return observe(self.proto, self._images, on_event=self._on_event, cancel=self._token)

    @cached_property
    def _least_error(self) -> dict[str, Range]:
        return {name: self._least_error_range(name) for name in self._rounded}

    def _least_error_range(self, name: str) -> Range:
        if self._is_share(name):
            return 0.0, 1.0
        through = silu if self._wiring.feeds_silu(name) else None
        return least_error_range(self._seen[name], through=through)

    def _is_share(self, name: str) -> bool:
        maker = self._wiring.makers.get(name)
        return maker is not None and maker.op_type == "Sigmoid"

    def _tuned(self) -> Tuned:
        """Choose between the least error, all that was seen, and what lies between."""
        choices = {}
        for name in self._rounded:
            if not self._is_share(name):
                seen, least = self._seen[name], self._least_error[name]
                whole = min(seen.lowest, 0.0), max(seen.highest, 0.0)
                middle = (least[0] + whole[0]) / 2, (least[1] + whole[1]) / 2
                choices[name] = (least, middle, whole)
        size = self._images.shape[-1]
        count = max(4, min(len(self._images), _SENSITIVE_PIXELS // size**2))
        images = self._images[spread_over(len(self._images), count)]
        return tune_ranges(self.proto, choices, images, on_event=self._on_event, cancel=self._token)

    def _written(self, ranges: Mapping[str, Range], nodes: set[str]) -> onnx.ModelProto:
        means = {name: seen.means for name, seen in self._seen.items()}
        return write_qdq(self.proto, ranges, nodes, means=means)


class _Judge:
    """Compares candidates with the 32-bit graph on the same images."""

    def __init__(
        self,
        proto: onnx.ModelProto,
        source: Path,
        judged: Judged,
        budget_points: float,
        token: CancelToken,
    ) -> None:
        self._judged, self._token = judged, token
        self._allowed = budget_points / 100
        self._float = open_graph(proto)
        self._float_bytes = source.stat().st_size
        self._reference = self._answers(self._float)

    def attempt(self, recipe: str, file: Path) -> Attempt:
        """Judge and time one file."""
        session = open_graph(file)
        answers, true = self._answers(session), self._judged.labels
        lost = int(((self._reference == true) & (answers != true)).sum())
        won = int(((self._reference != true) & (answers == true)).sum())
        agreement = float((answers == self._reference).mean())
        loss = (lost - won) / len(true)
        low, high = paired_limits(lost, won, len(true))
        side = self._judged.pictures.shape[1]
        batch = max(1, min(32, _BATCH_PIXELS // side**2))
        one = self._judged.normalize(self._judged.pictures[:1])
        many = np.repeat(one, batch, axis=0)
        ours, theirs = times_in_turns((session, self._float), one, _ROUNDS)
        self._token.check()
        ours_many, theirs_many = times_in_turns((session, self._float), many, _BATCH_ROUNDS)
        return Attempt(
            recipe=recipe,
            agreement=agreement,
            latency_ms=ours,
            bytes=file.stat().st_size,
            images=len(true),
            accuracy=float((answers == true).mean()),
            loss=loss,
            loss_low=low,
            loss_high=high,
            float_latency_ms=theirs,
            batch=batch,
            batch_latency_ms=ours_many,
            float_batch_latency_ms=theirs_many,
            float_bytes=self._float_bytes,
            kept_promise=loss <= self._allowed and agreement >= INT8_AGREEMENT,
        )

    def _answers(self, session: object) -> NDArray[np.intp]:
        pictures, found = self._judged.pictures, []
        for start in range(0, len(pictures), 16):
            self._token.check()
            batch = self._judged.normalize(pictures[start : start + 16])
            found.append(scores(session, batch).argmax(axis=1))
        return np.concatenate(found)


def spread_over(images: int, count: int) -> NDArray[np.intp]:
    """Places of some images, spread evenly over all.

    Args:
        images: How many there are.
        count: How many are wanted, at most.
    """
    return np.unique(np.linspace(0, images - 1, count).round().astype(np.intp))


def tell(attempt: Attempt, on_event: OnEvent) -> None:
    """Say what came of a recipe, in numbers and in a sentence."""
    on_event(attempt.as_event())
    on_event(Noted(_describe(attempt)))


def _describe(attempt: Attempt) -> Message:
    return msg(
        "8-bit recipe {recipe}: {percent} % the same answers, {points} points of accuracy lost "
        "({low} to {high}), {speed} times as fast, {megabytes} MB.",
        recipe=attempt.recipe,
        percent=f"{100 * attempt.agreement:.1f}",
        points=f"{100 * attempt.loss:.1f}",
        low=f"{100 * attempt.loss_low:.1f}",
        high=f"{100 * attempt.loss_high:.1f}",
        speed=f"{attempt.batch_speed_up:.2f}",
        megabytes=f"{attempt.bytes / 1e6:.1f}",
    )
