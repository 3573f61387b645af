"""The 8-bit OpenVINO model of a trained model: a search like :mod:`.search`, for another program.

Every candidate is written as it would be handed out, opened in OpenVINO and judged there; what it
is compared with is the 32-bit graph in onnxruntime, so that all searches can be set side by side.
"""

from __future__ import annotations

import time
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
import onnx

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.events import ExportStep, OnEvent, StepStarted, ignore
from effnet_studio.engine.export.answers import Answers
from effnet_studio.engine.export.graph.openvino_ir import write_openvino
from effnet_studio.engine.export.int8.calibration import Observed, least_error_range, observe
from effnet_studio.engine.export.int8.judge import (
    Quantized,
    Timing,
    attempt_of,
    first_that_keeps,
    spread_over,
)
from effnet_studio.engine.export.int8.openvino_qdq import (
    channel_ranges,
    depthwise_tensors,
    read_tensors,
    rounded_nodes,
    write_openvino_qdq,
)
from effnet_studio.engine.export.int8.qdq import Wiring, prepared
from effnet_studio.engine.export.int8.run_graph import open_graph, scores
from effnet_studio.engine.export.int8.search import LEAST_ERROR, WEIGHTS
from effnet_studio.engine.export.int8.sensitivity import Tuned, loudest, tune_ranges
from effnet_studio.engine.export.int8.write import rounding_images
from effnet_studio.engine.export.runtimes.openvino_ir import compile_exactly
from effnet_studio.engine.predict.whole_model import NONE_NAME, PROBABILITIES_NAME, network_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.export.certificate.record import Attempt
    from effnet_studio.engine.export.draft import Draft
    from effnet_studio.engine.export.int8.judge import Judged
    from effnet_studio.engine.export.int8.qdq import ChannelRange, Range

    Limits = Mapping[str, Range | ChannelRange]

CHANNELS = "channels"
"""Every convolution in 8 bits; what depthwise ones read has a range for each channel."""
MIXED = "channels-{percent}"
"""The same, the layers whose input makes so many percent of the noise left in 32 bits."""

_SHARES = (0.5, 0.75, 0.9)
_NOISE_PIXELS = 12 * 224**2
"""Of the images on which the noise of each tensor is measured, all together."""

_BATCH_PIXELS = 32 * 224**2
_WARM_UP, _ROUNDS, _BATCH_ROUNDS = 2, 9, 3
_PAUSE = 0.005
"""Seconds between two runs: the threads of onnxruntime wait for more work by turning in circles,
and would take the processor from OpenVINO's."""

_JUDGED_BATCH = 16


def write_openvino_int8(draft: Draft) -> Quantized:
    """Find the fastest 8-bit OpenVINO model that keeps the promise.

    Args:
        draft: What it is made from; the recipes are written into its scratch folder.

    Returns:
        The recipe that was kept and all that were tried.

    Raises:
        ExportError: If OpenVINO is missing, no image can be read, or the model cannot be written.
        Cancelled: If the job was asked to stop.
    """
    network = draft.network_file
    draft.on_event(StepStarted(ExportStep.ROUND))
    calibration, judged = rounding_images(draft)
    return quantize_openvino(
        network,
        draft.scratch,
        calibration,
        judged,
        metadata=draft.metadata,
        budget_points=draft.budget_points,
        on_event=draft.on_event,
        cancel=draft.cancel,
    )


def quantize_openvino(
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
    """Make the fastest 8-bit OpenVINO copy of a graph that keeps the promise.

    Arguments, promise and result are those of :func:`~.search.quantize`; the copies are pairs of
    ``.xml`` and ``.bin``, whose sizes count together.

    Raises:
        ExportError: If OpenVINO is missing or cannot take the graph.
        Cancelled: If the job was asked to stop.
    """
    token = cancel or CancelToken()
    search = _Search(network_in(onnx.load(source)), calibration, on_event, token)
    judge = _Judge(search.proto, source, judged, budget_points, token)

    def written() -> Iterator[tuple[str, Path]]:
        for candidate in search.candidates():
            token.check()
            file = folder / f"{candidate.recipe}.xml"
            write_openvino(candidate.proto, file, metadata, token)
            yield candidate.recipe, file

    return first_that_keeps(written(), judge.attempt, on_event)


class _Candidate(NamedTuple):
    recipe: str
    proto: onnx.ModelProto


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
        self._nodes = rounded_nodes(self.proto)
        self._depthwise = depthwise_tensors(self.proto, self._nodes)

    def candidates(self) -> Iterator[_Candidate]:
        """From the fastest to the safest."""
        yield _Candidate(LEAST_ERROR, self._written(self._least_error, self._nodes))
        if self._depthwise:
            ranges: Limits = {**self._least_error, **self._channels}
            yield _Candidate(CHANNELS, self._written(ranges, self._nodes))
        tuned = self._tuned()
        done: set[frozenset[str]] = {frozenset()}
        for share in _SHARES:
            exact = self._readers(loudest(tuned.noise, share))
            if exact not in done:
                done.add(exact)
                recipe = MIXED.format(percent=round(100 * share))
                yield _Candidate(recipe, self._written(tuned.ranges, self._nodes - exact))
        yield _Candidate(WEIGHTS, self._written({}, set()))

    @cached_property
    def _seen(self) -> dict[str, Observed]:
        return observe(self.proto, self._images, on_event=self._on_event, cancel=self._token)

    @cached_property
    def _least_error(self) -> dict[str, Range]:
        names = read_tensors(self.proto, self._nodes)
        return {name: least_error_range(self._seen[name]) for name in names}

    @cached_property
    def _channels(self) -> dict[str, ChannelRange]:
        return channel_ranges(self.proto, self._depthwise, self._images, self._token)

    def _tuned(self) -> Tuned:
        """Choose between the least error and all that was seen; measure what is left of noise."""
        choices: dict[str, Sequence[Range | ChannelRange]] = {}
        for name, least in self._least_error.items():
            seen = self._seen[name]
            choices[name] = [least, (min(seen.lowest, 0.0), max(seen.highest, 0.0))]
        choices.update({name: [limits] for name, limits in self._channels.items()})
        size = self._images.shape[-1]
        count = max(4, min(len(self._images), _NOISE_PIXELS // size**2))
        return tune_ranges(
            self.proto,
            # Ranges of channels do as well: they are only handed on to those who round.
            cast("Mapping[str, Sequence[Range]]", choices),
            self._images[spread_over(len(self._images), count)],
            on_event=self._on_event,
            cancel=self._token,
        )

    def _readers(self, names: Sequence[str]) -> frozenset[str]:
        readers = Wiring.of(self.proto).readers
        return frozenset(node.name for name in names for node in readers.get(name, ()))

    def _written(self, ranges: Limits, nodes: set[str]) -> onnx.ModelProto:
        means = {name: seen.means for name, seen in self._seen.items()}
        return write_openvino_qdq(self.proto, ranges, nodes, means=means)


def _answers_in(found: Any) -> Answers:
    """What a model said of some pictures: it holds the verdict itself."""
    return Answers(found[PROBABILITIES_NAME].argmax(axis=1), found[NONE_NAME].astype(np.bool_))


class _Judge:
    """Compares candidates in OpenVINO with the 32-bit graph in onnxruntime."""

    def __init__(
        self,
        proto: onnx.ModelProto,
        source: Path,
        judged: Judged,
        budget_points: float,
        token: CancelToken,
    ) -> None:
        self._judged, self._token = judged, token
        self._budget_points = budget_points
        self._float = open_graph(proto)
        self._float_bytes = source.stat().st_size
        self._reference = self._answers(
            lambda some: Answers.of(scores(self._float, judged.normalize(some)), judged.reject)
        )

    def attempt(self, recipe: str, file: Path) -> Attempt:
        """Judge and time one model."""
        many = compile_exactly(file)
        answers = self._answers(lambda some: _answers_in(many(some)))
        batch = max(1, min(32, _BATCH_PIXELS // self._judged.pictures.shape[1] ** 2))
        one = self._times(compile_exactly(file, pictures=1), 1, _ROUNDS)
        size = sum(file.with_suffix(ending).stat().st_size for ending in (".xml", ".bin"))
        return attempt_of(
            recipe,
            answers,
            self._reference,
            self._judged.labels,
            budget_points=self._budget_points,
            timing=Timing(*one, batch, *self._times(many, batch, _BATCH_ROUNDS)),
            sizes=(size, self._float_bytes),
        )

    def _answers(self, judge: Callable[[NDArray[np.uint8]], Answers]) -> Answers:
        pictures, found = self._judged.pictures, []
        for start in range(0, len(pictures), _JUDGED_BATCH):
            self._token.check()
            found.append(judge(pictures[start : start + _JUDGED_BATCH]))
        return Answers.joined(found)

    def _times(self, ours: Callable[[Any], object], count: int, rounds: int) -> tuple[float, float]:
        """Median milliseconds of prepared pictures, ours and the 32-bit graph's, in turns.

        The graph is given what OpenVINO's model makes of them first: normalised images.
        """
        self._token.check()
        pictures = np.repeat(self._judged.pictures[:1], count, axis=0)
        images = self._judged.normalize(pictures)
        theirs = partial(scores, self._float)
        kept: tuple[list[float], list[float]] = ([], [])
        for turn in range(_WARM_UP + rounds):
            for times, run, given in ((kept[0], ours, pictures), (kept[1], theirs, images)):
                time.sleep(_PAUSE)
                started = time.perf_counter()
                run(given)
                if turn >= _WARM_UP:
                    times.append(1000 * (time.perf_counter() - started))
        return float(np.median(kept[0])), float(np.median(kept[1]))
