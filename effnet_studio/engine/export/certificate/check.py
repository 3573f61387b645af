"""Whether an exported file answers like the app: both judge the same image files."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import ExportError, ImageError
from effnet_studio.engine.events import OnEvent, ProgressMeter, Stage, ignore
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.onnx_predictor import OnnxPredictor
from effnet_studio.engine.predict.pipeline import judge
from effnet_studio.engine.predict.predictor import read_pixels
from effnet_studio.engine.predict.scores import softmax
from effnet_studio.engine.predict.whole_model import WholeModel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.data.dataset import Dataset, Sample
    from effnet_studio.engine.predict.predictor import Predictor

_LATENCY_ROUNDS = 15
_WARM_UP = 3
_DIFFERING_KEPT = 20


@dataclass(frozen=True)
class Verification:
    """The comparison; the fields are those of :class:`~.record.ExportResult`."""

    images: int
    skipped: int
    agreement: float
    max_probability_difference: float
    accuracy: float
    app_accuracy: float
    latency_ms: float
    app_latency_ms: float
    differing: tuple[Path, ...]


def verify(
    file: Path,
    app: Predictor,
    dataset: Dataset,
    samples: Sequence[Sample],
    *,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> Verification:
    """Open a file as any user of it would, and compare its answers with the app's.

    The file's own notes decide how it reads images and what its classes are called, so that a
    wrong label or a wrong preprocessing shows as well as a wrong number.

    Args:
        file: The exported file, opened from disk.
        app: The model inside the app.
        dataset: What the samples belong to.
        samples: Images with known classes.
        on_event: Hears the progress.
        cancel: Stops the job between two images.

    Returns:
        The comparison.

    Raises:
        ExportError: If no image can be compared.
        ModelError: If the file cannot be opened or run.
        Cancelled: If the job was asked to stop.
    """
    token = cancel or CancelToken()
    exported = OnnxPredictor.from_file(file)
    meter = ProgressMeter(Stage.VERIFY, len(samples), on_event)
    paths = [sample.path for sample in samples]
    ours, theirs, compared = [], [], []
    verdicts: list[tuple[bool, bool]] = []
    pairs = zip(judge(app, paths, cancel=token), _outside(exported, app, paths, token), strict=True)
    for sample, (inside, outside) in zip(samples, pairs, strict=True):
        if inside.logits is not None and outside is not None:
            ours.append(softmax(inside.logits))
            theirs.append(outside[0])
            rejects = app.reject is not None and bool(app.reject.rejects(inside.logits))
            verdicts.append((rejects, outside[1]))
            compared.append(sample)
        meter.advance()
    meter.finish()
    if not compared:
        raise ExportError(
            msg("None of the {count} validation images can be read.", count=len(samples)),
            hint=msg("Check that the drive is connected and the folder still exists."),
        )
    truth = [dataset.classes[sample.label] for sample in compared]
    mine, other = _named(app, ours), _named(exported, theirs)
    differing = tuple(
        sample.path
        for sample, a, b, (rejects, told) in zip(compared, mine, other, verdicts, strict=True)
        if a != b or rejects is not told
    )
    token.check()
    latency, app_latency = _latencies(exported, app, compared[0].path)
    return Verification(
        images=len(compared),
        skipped=len(samples) - len(compared),
        agreement=1 - len(differing) / len(compared),
        max_probability_difference=_largest_difference(app, exported, ours, theirs),
        accuracy=_share_equal(other, truth),
        app_accuracy=_share_equal(mine, truth),
        latency_ms=latency,
        app_latency_ms=app_latency,
        differing=differing[:_DIFFERING_KEPT],
    )


def _named(predictor: Predictor, rows: list[NDArray[np.float32]]) -> list[str]:
    return [predictor.classes[int(row.argmax())] for row in rows]


def _share_equal(answers: list[str], truth: list[str]) -> float:
    return sum(a == b for a, b in zip(answers, truth, strict=True)) / len(truth)


def _largest_difference(
    app: Predictor,
    exported: Predictor,
    ours: list[NDArray[np.float32]],
    theirs: list[NDArray[np.float32]],
) -> float:
    """Compare class by class, by name; files with other classes differ as much as possible."""
    if set(app.classes) != set(exported.classes):
        return 1.0
    order = [exported.classes.index(name) for name in app.classes]
    return float(np.abs(np.stack(ours) - np.stack(theirs)[:, order]).max())


def _outside(
    exported: OnnxPredictor, app: Predictor, paths: Sequence[Path], token: CancelToken
) -> Iterator[tuple[NDArray[np.float32], bool] | None]:
    """Probabilities that a file gives image files, and whether it says "none of these".

    A file that takes images as they are is run as a whole, as any other program runs it; unless its
    notes tell of another preprocessing than the app's, by which it is judged then. None for images
    that cannot be read.
    """
    if not exported.takes_images or exported.preprocess != app.preprocess:
        limit = exported.reject
        for judged in judge(exported, paths, cancel=token):
            if judged.logits is None:
                yield None
            else:
                told = limit is not None and bool(limit.rejects(judged.logits))
                yield softmax(judged.logits), told
        return
    whole = WholeModel(exported.path)
    for path in paths:
        token.check()
        try:
            answer = whole.answer(read_pixels(path, exported.preprocess))
        except ImageError:
            yield None
        else:
            yield answer.probabilities, answer.rejected


def _latencies(exported: OnnxPredictor, app: Predictor, path: Path) -> tuple[float, float]:
    """Median milliseconds of one image, in turns so that both meet the same machine."""
    pixels = read_pixels(path, app.preprocess)
    size = app.preprocess.size
    tensor = np.zeros((1, 3, size, size), dtype=np.float32)
    runs: list[Callable[[], object]]
    if exported.takes_images:
        whole = WholeModel(exported.path)
        runs = [partial(whole.answer, pixels), partial(app.predict, pixels)]
    else:
        runs = [partial(exported.logits, tensor), partial(app.logits, tensor)]
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(_WARM_UP + _LATENCY_ROUNDS):
        for run, kept in zip(runs, times, strict=True):
            started = time.perf_counter()
            run()
            if turn >= _WARM_UP:
                kept.append((time.perf_counter() - started) * 1000)
    return float(np.median(times[0])), float(np.median(times[1]))
