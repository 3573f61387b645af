"""Two models on the same images: a run beside another run, or beside the file exported from it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import numpy as np

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import ImageError, ModelError, StudioError
from effnet_studio.engine.events import OnEvent, PauseChanged, ProgressMeter, Stage, ignore
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.answers import FailedImage
from effnet_studio.engine.predict.batch import expand, failed_image
from effnet_studio.engine.predict.class_match import ClassMatch, match_classes, shortened
from effnet_studio.engine.predict.pipeline import Judged, default_batch_size, judge
from effnet_studio.engine.predict.predictor import Predictor

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from effnet_studio.engine.predict.answers import Prediction
    from effnet_studio.engine.predict.predictor import Forward, Source


_TIMED_IMAGES: Final = 8
"""Different images that the models are timed on, in turn."""
_LOOKED_AT: Final = 32
"""Files that are tried to find them."""
_WARM_UP: Final = 3
"""Answers of each model that are not timed: the first ones prepare memory and kernels."""
_ROUNDS: Final = 20
_LEAST_ROUNDS: Final = 5
_PATIENCE_S: Final = 4.0
"""Slow models are timed less often than :data:`_ROUNDS`, once this time has passed."""


@dataclass(frozen=True)
class Latency:
    """How long a model takes for one image, from the resized pixels to the scores.

    Attributes:
        median_ms: Median, milliseconds.
        p95_ms: 95th percentile, milliseconds.
        rounds: Answers measured.
        threads: Processor threads the model may compute with; None on a graphics card.
    """

    median_ms: float
    p95_ms: float
    rounds: int
    threads: int | None


@dataclass(frozen=True, eq=False)
class ComparedImage:
    """What two models say of one image.

    Attributes:
        path: The image's file; None for one without.
        first: The first model's answer.
        second: The second's.
        difference: Largest difference of a probability over the classes both know, in [0, 1].
        mean_difference: The mean over these classes.
    """

    path: Path | None
    first: Prediction
    second: Prediction
    difference: float
    mean_difference: float

    @property
    def agree(self) -> bool:
        """Whether both name the same class."""
        return self.first.best.label == self.second.best.label


@dataclass(frozen=True, eq=False)
class ModelComparison:
    """Two models on the same images.

    Attributes:
        first: Name of the first model.
        second: Name of the second.
        classes: What they know; probabilities are compared over the shared classes.
        verdicts: Of each image, in order.
        first_latency: Of the first model; None if no image could be read.
        second_latency: Of the second, measured in turns with the first.
        failure: Why a model gave up midway, if one did: ``verdicts`` are of the images before.
    """

    first: str
    second: str
    classes: ClassMatch
    verdicts: tuple[ComparedImage | FailedImage, ...]
    first_latency: Latency | None = None
    second_latency: Latency | None = None
    failure: StudioError | None = None

    @property
    def images(self) -> tuple[ComparedImage, ...]:
        """The images that both have judged, in order."""
        return tuple(each for each in self.verdicts if isinstance(each, ComparedImage))

    @property
    def failed(self) -> tuple[FailedImage, ...]:
        """The files that could not be judged."""
        return tuple(each for each in self.verdicts if isinstance(each, FailedImage))

    @property
    def agreeing(self) -> int:
        """Images of which both name the same class."""
        return sum(each.agree for each in self.images)

    @property
    def largest_difference(self) -> float:
        """Of a probability, over all images and shared classes, in [0, 1]; 0 without images."""
        return max((each.difference for each in self.images), default=0.0)

    @property
    def mean_difference(self) -> float:
        """Of the probabilities, over all images and shared classes; 0 without images."""
        images = self.images
        return sum(each.mean_difference for each in images) / len(images) if images else 0.0

    @property
    def speed(self) -> float | None:
        """How many times as fast the second model answers as the first; None if not measured."""
        if self.first_latency is None or self.second_latency is None:
            return None
        return self.first_latency.median_ms / max(self.second_latency.median_ms, 1e-6)

    def most_different(self) -> tuple[ComparedImage, ...]:
        """The images, those with different answers first, in both parts the most different."""
        return tuple(sorted(self.images, key=lambda each: (each.agree, -each.difference)))


def compare_models(
    first: Predictor,
    second: Predictor,
    paths: Iterable[Path],
    *,
    pasted: Sequence[NDArray[np.uint8]] = (),
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> ModelComparison:
    """Ask two models about the same images.

    Each file is read once where both models prepare images alike. Latency is that of a single
    image, without reading it, after a warm-up; the models take turns, and each goes first in every
    other round, so that both meet the same machine.

    Args:
        first: A model.
        second: Another; its classes are matched to the first's by name.
        paths: Files and folders; see :func:`~.batch.expand`.
        pasted: Images without a file, RGB, uint8, each of shape (h, w, 3).
        on_event: Hears the progress.
        cancel: Stops the job between two images.

    Returns:
        The comparison, with the pasted images first. If a model fails midway, what both have
        judged before is kept.

    Raises:
        Cancelled: If the job was asked to stop.
        ModelError: If the models share no class, or one cannot be run at all.
    """
    classes = match_classes(first.classes, second.classes)
    _check_shared(first, second, classes)
    token = cancel or CancelToken()
    entries = expand(paths)
    files = [entry for entry in entries if isinstance(entry, Path)]
    latencies = _latencies(first, second, [*pasted, *files], token)
    compare = _Comparing(first, second, classes)
    verdicts: list[ComparedImage | FailedImage] = []
    failure: ModelError | None = None
    meter = ProgressMeter(Stage.PREDICT, len(pasted) + len(files), on_event)
    try:
        for pixels in pasted:
            token.check()
            verdicts.append(compare.pasted(pixels))
            meter.advance()
        on_pause = _pause_reporter(on_event)
        with contextlib.closing(_in_step(first, second, files, token, on_pause)) as pairs:
            for one, other in pairs:
                verdicts.append(compare.judged(one, other))
                meter.advance()
    except ModelError as error:
        if not any(isinstance(verdict, ComparedImage) for verdict in verdicts):
            raise
        failure = error
    meter.finish()
    return ModelComparison(
        first.name,
        second.name,
        classes,
        _in_place(verdicts, entries, len(pasted)),
        *latencies,
        failure=failure,
    )


def _check_shared(first: Predictor, second: Predictor, classes: ClassMatch) -> None:
    if not classes.shared:
        raise ModelError(
            msg("The two models know none of the same classes, so there is nothing to compare."),
            hint=msg(
                "{first} knows {ours}; {second} knows {theirs}.",
                first=first.name,
                second=second.name,
                ours=shortened(first.classes),
                theirs=shortened(second.classes),
            ),
            path=second.path,
        )


def _pause_reporter(on_event: OnEvent) -> Callable[[bool], None]:
    return lambda paused: on_event(PauseChanged(paused))


def _in_place(
    verdicts: Sequence[ComparedImage | FailedImage],
    entries: Sequence[Path | FailedImage],
    pasted: int,
) -> tuple[ComparedImage | FailedImage, ...]:
    """Put what is wrong with folders between the verdicts of files, as they were given."""
    ready = iter(verdicts[pasted:])
    found = list(verdicts[:pasted])
    for entry in entries:
        verdict = entry if isinstance(entry, FailedImage) else next(ready, None)
        if verdict is not None:
            found.append(verdict)
    return tuple(found)


class _Comparing:
    """Turns the outputs of two models for an image into what is compared."""

    def __init__(self, first: Predictor, second: Predictor, classes: ClassMatch) -> None:
        self._first, self._second = first, second
        self._columns = tuple(
            np.array([side.classes.index(name) for name in classes.shared], dtype=np.intp)
            for side in (first, second)
        )

    def pasted(self, pixels: NDArray[np.uint8]) -> ComparedImage:
        with _naming(self._first):
            one = self._first.predict(pixels)
        with _naming(self._second):
            other = self._second.predict(pixels)
        return self._compared(one, other)

    def judged(self, one: Judged, other: Judged) -> ComparedImage | FailedImage:
        # A file that is replaced between two readings may be refused in one of them only.
        error = one.error or other.error
        if error is not None or one.logits is None or other.logits is None:
            return failed_image(one.path, error or ImageError(msg("The file cannot be read.")))
        return self._compared(
            self._first.answer(one.path, one.logits), self._second.answer(one.path, other.logits)
        )

    def _compared(self, first: Prediction, second: Prediction) -> ComparedImage:
        ours, theirs = self._columns
        gaps = np.abs(first.probabilities[ours] - second.probabilities[theirs])
        return ComparedImage(
            first.path,
            first,
            second,
            difference=float(gaps.max()),
            mean_difference=float(gaps.mean()),
        )


class _Both(Predictor):
    """Two models that prepare images alike, run one after the other on the same batches."""

    def __init__(self, first: Predictor, second: Predictor) -> None:
        super().__init__(
            name=first.name, path=first.path, classes=first.classes, preprocess=first.preprocess
        )
        self._sides = (first, second)
        self.at_a_time = min(first.at_a_time, second.at_a_time)

    def logits(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        """Outputs of both, side by side: float32, shape (n, classes of one + of the other)."""
        return self._together([side.logits for side in self._sides], batch)

    def ready_for(self, images: int) -> Forward:
        """Both in their fastest form; see :meth:`Predictor.ready_for`."""
        forwards = []
        for side in self._sides:
            with _naming(side):
                forwards.append(side.ready_for(images))
        return partial(self._together, forwards)

    def _together(
        self, forwards: Sequence[Forward], batch: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        found = []
        for side, forward in zip(self._sides, forwards, strict=True):
            with _naming(side):
                found.append(forward(batch))
        return np.concatenate(found, axis=1)


def _in_step(
    first: Predictor,
    second: Predictor,
    files: Sequence[Path],
    cancel: CancelToken,
    on_pause: Callable[[bool], None],
) -> Generator[tuple[Judged, Judged]]:
    """What each model says of the files, one after the other."""
    if first.preprocess == second.preprocess:
        cut = len(first.classes)
        with _streaming(_Both(first, second), files, None, cancel, on_pause) as together:
            for judged in together:
                if judged.logits is None:
                    yield judged, judged
                else:
                    one, other = judged.logits[:cut], judged.logits[cut:]
                    yield replace(judged, logits=one), replace(judged, logits=other)
        return
    size = min(default_batch_size(side.preprocess.size, side.at_a_time) for side in (first, second))
    with (
        _streaming(first, files, size, cancel, on_pause) as ones,
        _streaming(second, files, size, cancel, on_pause) as others,
    ):
        for _ in files:
            with _naming(first):
                before = next(ones)
            with _naming(second):
                after = next(others)
            yield before, after


def _streaming(
    predictor: Predictor,
    files: Sequence[Path],
    size: int | None,
    cancel: CancelToken,
    on_pause: Callable[[bool], None],
) -> contextlib.closing[Generator[Judged]]:
    """The verdicts of one model; its reading threads end with the block."""
    verdicts = judge(
        predictor, files, images=len(files), batch_size=size, cancel=cancel, on_pause=on_pause
    )
    return contextlib.closing(cast("Generator[Judged]", verdicts))


@contextlib.contextmanager
def _naming(predictor: Predictor) -> Iterator[None]:
    """Let a failure say which of the two models it is of."""
    try:
        yield
    except ModelError as error:
        raise ModelError(
            msg("{model} gave up. {reason}", model=predictor.name, reason=error.message),
            hint=error.hint,
            path=error.path,
        ) from error


def _latencies(
    first: Predictor, second: Predictor, sources: Sequence[Source], cancel: CancelToken
) -> tuple[Latency | None, Latency | None]:
    """Time both on a few images, before anything else makes the machine busy."""
    sides = (first, second)
    pictures = _timed_pictures(sides, sources, cancel)
    if not pictures:
        return None, None
    times: tuple[list[float], list[float]] = ([], [])
    started = time.perf_counter()
    for turn in range(_WARM_UP + _ROUNDS):
        cancel.check()
        measured = turn - _WARM_UP
        if measured >= _LEAST_ROUNDS and time.perf_counter() - started > _PATIENCE_S:
            break
        for number in (0, 1) if turn % 2 else (1, 0):
            side, picture = sides[number], pictures[turn % len(pictures)][number]
            before = time.perf_counter()
            with _naming(side):
                side.logits(side.preprocess.normalize(picture[None]))
            if measured >= 0:
                times[number].append((time.perf_counter() - before) * 1000)
    return _latency(first, times[0]), _latency(second, times[1])


def _timed_pictures(
    sides: tuple[Predictor, Predictor], sources: Sequence[Source], cancel: CancelToken
) -> list[tuple[NDArray[np.uint8], ...]]:
    found: list[tuple[NDArray[np.uint8], ...]] = []
    for source in sources[:_LOOKED_AT]:
        cancel.check()
        with contextlib.suppress(ImageError):
            found.append(tuple(side.picture(source) for side in sides))
        if len(found) == _TIMED_IMAGES:
            break
    return found


def _latency(predictor: Predictor, times: Sequence[float]) -> Latency:
    median, high = np.percentile(times, [50, 95])
    return Latency(float(median), float(high), len(times), predictor.threads)
