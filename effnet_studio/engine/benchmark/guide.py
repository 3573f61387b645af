"""Which model to take: a few answers and what was measured here, turned into ranked choices.

Every choice is the same rule, a score with three parts: accuracy on ImageNet, less a price for size
that is the higher the fewer pictures there are, less a price for time that is the higher the less
the last bit of accuracy matters. The time limit is no part of the score but a gate: that is why a
tighter limit can never lead to a slower model, and fewer pictures never to a larger one.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from effnet_studio.engine.benchmark.advice import (
    PLACES,
    Advice,
    Answers,
    Candidate,
    Choice,
    Place,
    Where,
)
from effnet_studio.engine.benchmark.plan import Runtime
from effnet_studio.engine.benchmark.reasons import reasons_for, remark_on, tradeoff
from effnet_studio.engine.benchmark.results import Measurement, Versions, is_old
from effnet_studio.engine.models.catalog import CATALOG, get_spec
from effnet_studio.engine.models.latency import fit_latency
from effnet_studio.engine.training.config import PRESETS, Preset

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from effnet_studio.engine.models.spec import ModelSpec

__all__ = ["Advice", "Answers", "Choice", "Where", "recommend"]

ESTIMATE_MARGIN = 1.25
"""Least factor by which an estimated time is taken higher, so that it is not promised too much."""

STRANGER_MARGIN = 2.0
"""The same where no model of the kind was measured."""

LEAST_SPAN, MOST_SLOPE = 2.0, 2.0
"""No estimates from models of nearly the same work (largest over smallest), nor from times that
grow faster than the square of the work: that is noise, and beyond the measured range nonsense."""

_SIZE_PRICE = (4.0, 100, 10_000)
"""Points of accuracy for each doubling of the parameters with 100 pictures; none from 10,000 on."""

_KINDS = {
    **dict.fromkeys(
        ("EfficientNet", "EfficientNet-Lite", "EfficientNetV2", "MobileNet", "MobileNetV3"),
        "inverted bottlenecks",
    ),
    **dict.fromkeys(("ResNet", "ResNetV2", "ResNeXt", "SE-ResNet"), "residual blocks"),
}
"""Families whose time for each multiplication is alike; all others are a kind of their own."""

_TIME_PRICE, _TIME_PRICE_EXACT = 2.0, 0.25
"""Points of accuracy for each doubling of the time."""


def recommend(
    answers: Answers,
    measurements: Sequence[Measurement],
    versions: Versions,
    *,
    specs: Iterable[ModelSpec] = tuple(CATALOG.values()),
    most: int = 3,
) -> Advice:
    """Rank the models that fit.

    Args:
        answers: What the user said.
        measurements: What was measured on this computer.
        versions: Libraries installed now; what was measured with others is marked.
        specs: Models to choose from. Those without a known accuracy are left out.
        most: How many choices to give.

    Returns:
        The choices and what became of the others.
    """
    place = PLACES[answers.where]
    known = [spec for spec in specs if math.isfinite(spec.top1)]
    candidates = [_candidate(spec, answers, place, measurements, versions) for spec in known]
    timed = all(each.seconds is not None for each in candidates)
    unfit, unknown, fitting = list[str](), list[str](), list[Candidate]()
    for each in candidates:
        too_large = place.most_bytes is not None and each.file_bytes > place.most_bytes
        if too_large or (answers.limit and each.seconds and each.seconds > answers.limit):
            unfit.append(each.spec.name)
        elif answers.limit and each.seconds is None:
            unknown.append(each.spec.name)
        else:
            fitting.append(each)
    fitting.sort(key=lambda each: -_score(each, answers, timed=timed))
    chosen = fitting[:most]
    return Advice(
        choices=tuple(_choice(each, chosen[0], answers, measurements) for each in chosen),
        unfit=tuple(unfit),
        unknown=tuple(unknown),
        remark=remark_on(chosen, unknown, answers),
    )


def _candidate(
    spec: ModelSpec,
    answers: Answers,
    place: Place,
    measurements: Sequence[Measurement],
    versions: Versions,
) -> Candidate:
    """A model with the quickest runtime that may be used; measured before estimated."""
    runtimes = [each for each in place.runtimes if not (answers.exact and each is Runtime.INT8)]
    found: list[tuple[float, Runtime, bool]] = []
    for estimated in (False, True):
        for runtime in runtimes:
            of_runtime = [each for each in measurements if each.runtime is runtime]
            seconds = (_estimated if estimated else _measured)(spec, of_runtime)
            if seconds is not None:
                found.append((seconds * place.slowdown, runtime, estimated))
        if found:
            break
    if not found:
        small = Runtime.INT8 in runtimes and place.most_bytes is not None
        return Candidate(spec, None, None, False, False, _file_bytes(spec, int8=small))
    seconds, runtime, estimated = min(found)
    old = any(
        is_old(each, versions)
        for each in measurements
        if each.runtime is runtime and (estimated or each.model == spec.name)
    )
    size = _file_bytes(spec, int8=runtime is Runtime.INT8)
    return Candidate(spec, runtime, seconds, estimated, old, size)


def _measured(spec: ModelSpec, measurements: Sequence[Measurement]) -> float | None:
    """Seconds for a picture of the model's own size."""
    for each in measurements:
        if each.model == spec.name and each.size == spec.input_size:
            return each.latency.median
    return None


def _estimated(spec: ModelSpec, measurements: Sequence[Measurement]) -> float | None:
    """Seconds worked out from other models' times; work grows with the area of the picture.

    How time grows with work is taken from all of them; where the line lies from the model of the
    same kind that is nearest in work, for thin layers take longer than their work says.
    """
    points = [_point(each) for each in measurements]
    fit = fit_latency((work, seconds) for _, work, seconds in points)
    if fit is None or fit.range[1] < LEAST_SPAN * fit.range[0] or fit.slope > MOST_SLOPE:
        return None
    seconds = fit.seconds(spec.macs)
    mates = [(work, found) for kind, work, found in points if kind == _kind(spec)]
    if mates:
        work, found = min(mates, key=lambda mate: abs(math.log(mate[0] / spec.macs)))
        seconds = found * (spec.macs / work) ** fit.slope
    return seconds * max(fit.spread, ESTIMATE_MARGIN if mates else STRANGER_MARGIN)


def _point(measurement: Measurement) -> tuple[str, float, float]:
    """Kind, work (10⁹ multiply-accumulates) and seconds of what was measured."""
    spec = get_spec(measurement.model)
    work = spec.macs * (measurement.size / spec.input_size) ** 2
    return _kind(spec), work, measurement.latency.median


def _kind(spec: ModelSpec) -> str:
    """Families made of the same kind of layers have the same name here."""
    return _KINDS.get(spec.family, spec.family)


def _score(candidate: Candidate, answers: Answers, *, timed: bool) -> float:
    """Points of accuracy, less what size and time cost; never depends on the limit."""
    highest, few, many = _SIZE_PRICE
    step = math.log(answers.images / few) / math.log(many / few)
    size_price = highest * min(1.0, max(0.0, 1 - step))
    time_price = _TIME_PRICE_EXACT if answers.exact else _TIME_PRICE
    seconds = candidate.seconds if timed and candidate.seconds else candidate.spec.macs
    size = candidate.spec.parameters / 1e6
    return candidate.spec.top1 - size_price * math.log2(size) - time_price * math.log2(seconds)


def _file_bytes(spec: ModelSpec, *, int8: bool) -> int:
    return spec.parameters if int8 else 4 * spec.parameters


def _choice(
    candidate: Candidate,
    first: Candidate,
    answers: Answers,
    measurements: Sequence[Measurement],
) -> Choice:
    spec = candidate.spec
    return Choice(
        model=spec.name,
        title=spec.title,
        runtime=candidate.runtime,
        seconds=candidate.seconds,
        estimated=candidate.estimated,
        top1=spec.top1,
        file_bytes=candidate.file_bytes,
        train_seconds=_training(spec, answers, measurements),
        reasons=reasons_for(candidate, answers, first=candidate is first),
        tradeoff=None if candidate is first else tradeoff(candidate, first),
    )


def _training(
    spec: ModelSpec, answers: Answers, measurements: Sequence[Measurement]
) -> float | None:
    """Seconds of a training with the preset Balanced, by the quickest measured way."""
    steps = [
        each.train_frozen.median
        for each in measurements
        if each.model == spec.name and each.size == spec.input_size and each.train_frozen
    ]
    epochs: int = PRESETS[Preset.BALANCED]["epochs"]
    return min(steps) * answers.images * epochs if steps else None
