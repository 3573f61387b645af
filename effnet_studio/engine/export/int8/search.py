"""8-bit copies of a graph: a search from the fastest to the safest, until one keeps a promise.

The promise is the user's: at most so many points of accuracy lost on the validation images.
Ranges are chosen on training images, so that the judgement stays fair.

What rounding costs this kind of network was measured: on EfficientNet-B0 two or three tensors of
some 240 make three quarters of the noise in the scores (those of the first layer above all, of one
squeeze-and-excitation branch, and a few whose rare large values decide), weights hardly any. So
those that cost no time in 32 bits are never rounded (:mod:`.spared`), channels are made equally
loud (:mod:`.equalise`), and the last layer is fitted to what it is fed (:mod:`.refit`). The second
attempt chooses the ranges of the loudest tensors by the scores, and the next ones leave the loudest
pieces in 32 bits.

Ranges by the least squared error are the best to begin with. On the same graphs (flowers; ants and
bees) the scores are 21.9 and 20.9 decibels above their noise; with all that was seen 16.8 and 17.3,
with 99.99 % of it 20.7 and 19.5, with 99.9 % 14.7 and 17.2, with the least lost information 15.0.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import onnx

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import ExportError
from effnet_studio.engine.events import OnEvent, ignore
from effnet_studio.engine.export.graph.network import write_graph
from effnet_studio.engine.export.int8.calibration import Observed, least_error_range, observe, silu
from effnet_studio.engine.export.int8.equalise import equalised
from effnet_studio.engine.export.int8.judge import (
    Judge,
    Judged,
    Quantized,
    first_that_keeps,
    spread_over,
)
from effnet_studio.engine.export.int8.qdq import (
    Wiring,
    fusible,
    prepared,
    rounded_tensors,
    write_qdq,
)
from effnet_studio.engine.export.int8.refit import fed, last_layer, refitted, with_last_layer
from effnet_studio.engine.export.int8.run_graph import open_graph, scores
from effnet_studio.engine.export.int8.sensitivity import Tuned, quietest_split, tune_ranges
from effnet_studio.engine.export.int8.spared import spared
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.whole_model import network_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.export.int8.qdq import Range
    from effnet_studio.engine.export.int8.run_graph import OpenNetwork

LEAST_ERROR = "least-error"
"""All that gains by it in 8 bits; ranges that round each tensor with the smallest squared error."""
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

_PEAK_IMAGES = 32
"""On which the loudness of channels is measured; an average over images needs no more."""


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
    open_copy: Callable[[Path], OpenNetwork] = open_graph,
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
        open_copy: Opens a copy in the program that will run it, where it is judged and timed.
        on_event: Hears the progress.
        cancel: Stops the job between two steps.

    Returns:
        The first recipe that keeps the promise; if none does, the one that loses the least.

    Raises:
        ExportError: If the network does not answer with numbers.
        Cancelled: If the job was asked to stop.
    """
    token = cancel or CancelToken()
    network = prepared(network_in(onnx.load(source)))
    judge = Judge(
        network,
        source.stat().st_size,
        judged,
        budget_points=budget_points,
        open_copy=open_copy,
        token=token,
    )
    search = _Search(network, calibration, on_event, token)

    def written() -> Iterator[tuple[str, Path]]:
        for candidate in search.candidates():
            token.check()
            file = folder / f"{candidate.recipe}.onnx"
            write_graph(candidate.proto, file, metadata)
            yield candidate.recipe, file

    return first_that_keeps(written(), judge.attempt, on_event)


def fastest_copy(proto: onnx.ModelProto, images: NDArray[np.float32]) -> onnx.ModelProto:
    """Make the copy that the search tries first: every operator in 8 bits.

    Args:
        proto: The 32-bit graph; it is left as it is.
        images: For calibration: normalised, float32, shape (n, 3, size, size).
    """
    search = _Search(prepared(proto), images, ignore, CancelToken())
    return next(search.candidates()).proto


class _Search:
    """Makes the candidates, each only when those before it have failed."""

    def __init__(
        self,
        network: onnx.ModelProto,
        calibration: NDArray[np.float32],
        on_event: OnEvent,
        token: CancelToken,
    ) -> None:
        self._images = calibration
        self._on_event, self._token = on_event, token
        exact = scores(open_graph(network), calibration)
        if not np.isfinite(exact).all():
            raise ExportError(
                msg("The model does not answer with numbers: its weights are damaged."),
                hint=msg("Train it again."),
            )
        self._wanted = exact
        left = spared(network)
        some = calibration[spread_over(len(calibration), _PEAK_IMAGES)]
        seen = observe(network, some, on_event=on_event, cancel=token)
        peaks = {name: one.peaks for name, one in seen.items()}
        self._proto = equalised(network, peaks, left)
        self._wiring = Wiring.of(self._proto)
        self._nodes = fusible(self._proto) - left
        self._rounded = rounded_tensors(self._proto, self._nodes)

    def candidates(self) -> Iterator[_Candidate]:
        """From the fastest to the safest."""
        yield _Candidate(LEAST_ERROR, self._written(self._least_error, self._nodes))
        tuned = self._tuned()
        ranges = {**self._least_error, **tuned.ranges}
        yield _Candidate(TUNED, self._written(ranges, self._nodes))
        for share in _SHARES:
            exact = quietest_split(self._proto, tuned, share)
            recipe = MIXED.format(percent=round(100 * share))
            yield _Candidate(recipe, self._written(ranges, self._nodes - exact))
        yield _Candidate(WEIGHTS, self._written({}, set()))

    @cached_property
    def _seen(self) -> dict[str, Observed]:
        return observe(self._proto, self._images, on_event=self._on_event, cancel=self._token)

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
        return tune_ranges(
            self._proto, choices, images, on_event=self._on_event, cancel=self._token
        )

    def _written(self, ranges: Mapping[str, Range], nodes: set[str]) -> onnx.ModelProto:
        """A copy whose last layer is fitted to what the others make of the training images."""
        means = {name: seen.means for name, seen in self._seen.items()}
        copy = write_qdq(self._proto, ranges, nodes, means=means)
        layer = last_layer(self._proto)
        if layer is None:
            return copy
        self._token.check()
        better = refitted(layer, fed(copy, self._images), self._wanted)
        return write_qdq(with_last_layer(self._proto, better), ranges, nodes, means=means)
