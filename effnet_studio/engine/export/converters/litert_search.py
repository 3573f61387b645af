"""8-bit LiteRT files: a search from the fastest to the safest, until one keeps a promise.

The same promise and the same measures as for ONNX (:mod:`~..int8.search`); what is rounded and how
is up to LiteRT's own quantizer, and each recipe is judged in LiteRT's own interpreter.

Two recipes that others try were measured and left out, EfficientNet-B0 on one thread against 19 ms
in 32 bits: 16-bit activations, for which LiteRT has only its slow reference kernels (661 ms), and
activations rounded anew for each image (26 to 31 ms).
"""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from effnet_studio.engine.events import ProgressMeter, Stage
from effnet_studio.engine.export.answers import Answers
from effnet_studio.engine.export.converters.child import Child
from effnet_studio.engine.export.converters.kinds import ConverterKind
from effnet_studio.engine.export.int8.calibration import (
    least_error_range,
    silu,
    without_the_oddest,
)
from effnet_studio.engine.export.int8.judge import (
    Quantized,
    Timing,
    attempt_of,
    first_that_keeps,
    spread_over,
)
from effnet_studio.engine.export.int8.sensitivity import loudest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.engine.export.certificate.record import Attempt
    from effnet_studio.engine.export.int8.judge import Judged

    Range = tuple[float, float]

LEAST_ERROR: Final = "least-error"
"""Everything in 8 bits; ranges that round each tensor with the smallest squared error."""
MIXED: Final = "mixed-{percent}"
"""The same, the pieces that make so many percent of the noise left in 32 bits."""
WEIGHTS: Final = "weights"
"""Weights stored in 8 bits, computed in 32 bits: as small, as accurate, hardly faster."""

_SHARES: Final = (0.5, 0.75, 0.9, 0.95)
_CALIBRATION_IMAGES: Final = 64
_SENSITIVE_IMAGES: Final = 12
_KEPT: Final = 256
"""Values kept of each tensor and image."""

_ROUNDS: Final = 9
_WARM_UP: Final = 2
_BATCH: Final = 16
_FLOAT: Final = "float"
_TRIED: Final = "tried"


def quantize_litert(
    source: Path,
    folder: Path,
    calibration: NDArray[np.float32],
    judged: Judged,
    *,
    budget_points: float,
    on_event: OnEvent,
    cancel: CancelToken,
) -> Quantized:
    """Make the fastest 8-bit copy of a LiteRT file that keeps the promise.

    Args:
        source: The file in 32 bits.
        folder: Where the copies are written.
        calibration: Training images: normalised, float32, shape (n, 3, size, size).
        judged: Validation images with their classes.
        budget_points: Accuracy that may be lost, percentage points.
        on_event: Hears the progress and what came of each recipe.
        cancel: Stops the job at any moment.

    Returns:
        The first recipe that keeps the promise; if none does, the one that loses the least.

    Raises:
        ExportError: If the converter is not installed, or ends.
        Cancelled: If the job was asked to stop.
    """
    with Child(ConverterKind.LITERT) as child:
        search = _Search(child, source, calibration, on_event, cancel)
        judge = _Judge(child, source, judged, budget_points, cancel)

        def written() -> Iterator[tuple[str, Path]]:
            for recipe, write in search.candidates():
                file = folder / f"{recipe}.tflite"
                write(file)
                yield recipe, file

        return first_that_keeps(written(), judge.attempt, on_event)


class _Search:
    """Makes the candidates, each only when those before it have failed."""

    def __init__(
        self,
        child: Child,
        source: Path,
        calibration: NDArray[np.float32],
        on_event: OnEvent,
        cancel: CancelToken,
    ) -> None:
        self._child, self._source = child, source
        self._images = calibration[spread_over(len(calibration), _CALIBRATION_IMAGES)]
        self._on_event, self._cancel = on_event, cancel
        self._about: dict[str, Any] = child.ask("structure", file=str(source), cancel=cancel)[0]

    def candidates(self) -> Iterator[tuple[str, Callable[[Path], None]]]:
        """From the fastest to the safest: names, and what writes the file."""
        yield LEAST_ERROR, self._write_all
        for share in _SHARES:
            yield MIXED.format(percent=round(100 * share)), partial(self._write_mixed, share)
        yield WEIGHTS, self._write_weights

    def _write_all(self, file: Path) -> None:
        self._round(file)

    def _write_mixed(self, share: float, file: Path) -> None:
        pieces = self._about["pieces"]
        loud = loudest(self._noise, share)
        self._round(file, exact=[name for piece in loud for name in pieces[int(piece)]])

    def _write_weights(self, file: Path) -> None:
        given: dict[str, Any] = {"file": str(self._source), "target": str(file)}
        self._child.ask("round_weights", cancel=self._cancel, **given)

    def _round(
        self, file: Path, *, only: list[str] | None = None, exact: list[str] | None = None
    ) -> None:
        self._child.ask(
            "round_all",
            cancel=self._cancel,
            file=str(self._source),
            target=str(file),
            ranges=self._ranges,
            only=only,
            exact=exact or [],
        )

    @cached_property
    def _ranges(self) -> dict[str, Range]:
        """The ranges that round each tensor with the least error, seen on training images."""
        lows, highs, values = self._watched()
        through, shares = set(self._about["before_silu"]), set(self._about["shares"])
        ranges = {}
        for column, name in enumerate(self._about["tensors"]):
            self._cancel.check()
            seen = without_the_oddest(lows[:, column], highs[:, column], values[column])
            behind = silu if name in through else None
            ranges[name] = (0.0, 1.0) if name in shares else least_error_range(seen, through=behind)
        return ranges

    def _watched(self) -> tuple[NDArray[np.float32], ...]:
        meter = ProgressMeter(Stage.QUANTIZE, len(self._images), self._on_event)
        found = []
        for start in range(0, len(self._images), _BATCH):
            batch = self._images[start : start + _BATCH]
            given: dict[str, Any] = {"file": str(self._source), "kept": _KEPT}
            found.append(self._child.ask("watch", [batch], cancel=self._cancel, **given)[1])
            meter.advance(len(batch))
        meter.finish()
        lows, highs, values = zip(*found, strict=True)
        return np.concatenate(lows), np.concatenate(highs), np.concatenate(values, axis=1)

    @cached_property
    def _noise(self) -> dict[str, float]:
        """Mean squared error of the scores when one piece is rounded, by the piece's number."""
        images = self._images[spread_over(len(self._images), _SENSITIVE_IMAGES)]
        exact = _scores(self._child, _FLOAT, images, self._cancel)
        file = self._source.with_name("piece.tflite")
        meter = ProgressMeter(
            Stage.QUANTIZE, len(self._about["pieces"]), self._on_event, unit="steps"
        )
        noise = {}
        for number, piece in enumerate(self._about["pieces"]):
            self._round(file, only=piece)
            _open(self._child, "piece", file)
            error = _scores(self._child, "piece", images, self._cancel) - exact
            noise[str(number)] = float((error - error.mean(axis=1, keepdims=True)).var())
            meter.advance()
        meter.finish()
        self._child.ask("close", name="piece")
        file.unlink()
        return noise


class _Judge:
    """Compares candidates with the 32-bit file on the same images."""

    def __init__(
        self,
        child: Child,
        source: Path,
        judged: Judged,
        budget_points: float,
        cancel: CancelToken,
    ) -> None:
        self._child, self._judged, self._cancel = child, judged, cancel
        self._budget_points = budget_points
        self._float_bytes = source.stat().st_size
        _open(child, _FLOAT, source)
        self._reference = self._answers(_FLOAT)

    def attempt(self, recipe: str, file: Path) -> Attempt:
        """Judge and time one file."""
        _open(self._child, _TRIED, file)
        answers = self._answers(_TRIED)
        image = self._judged.normalize(self._judged.pictures[:1])[0]
        given: dict[str, Any] = {"rounds": _ROUNDS, "warm_up": _WARM_UP}
        names = [_TRIED, _FLOAT]
        _, (times,) = self._child.ask("times", [image], cancel=self._cancel, names=names, **given)
        ours, theirs = (float(np.median(row)) for row in times)
        self._child.ask("close", name=_TRIED)
        return attempt_of(
            recipe,
            answers,
            self._reference,
            self._judged.labels,
            budget_points=self._budget_points,
            timing=Timing(ours, theirs, 1, ours, theirs),  # the file takes one image at a time
            sizes=(file.stat().st_size, self._float_bytes),
        )

    def _answers(self, name: str) -> Answers:
        found = []
        for start in range(0, len(self._judged.pictures), _BATCH):
            batch = self._judged.normalize(self._judged.pictures[start : start + _BATCH])
            scores = _scores(self._child, name, batch, self._cancel)
            found.append(Answers.of(scores, self._judged.reject))
        return Answers.joined(found)


def _open(child: Child, name: str, file: Path) -> None:
    child.ask("open", name=name, file=str(file), threads=1)


def _scores(
    child: Child, name: str, images: NDArray[np.float32], cancel: CancelToken
) -> NDArray[np.float32]:
    scores: NDArray[np.float32]
    _, (scores,) = child.ask("run", [images], cancel=cancel, name=name)
    return scores
