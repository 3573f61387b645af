"""Why a model is recommended, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from effnet_studio.engine.benchmark.advice import PLACES, Answers, Candidate
from effnet_studio.engine.benchmark.plan import Runtime
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Sequence

FEW_IMAGES = 500
"""Below, a large network learns the pictures by heart rather than what they show."""


def reasons_for(
    candidate: Candidate, answers: Answers, *, first: bool = True
) -> tuple[Message, ...]:
    """Say why a model is a good choice, and what to know about its figures.

    Args:
        candidate: The model.
        answers: What the user said.
        first: Whether it is the first choice, which alone says what is true of all of them.
    """
    spec, place = candidate.spec, PLACES[answers.where]
    reasons = [msg("Right on {percent} % of ImageNet.", percent=f"{spec.top1:.1f}")]
    if candidate.runtime is not None and candidate.estimated:
        text = msg(
            "The time is an estimate from other models; measure this one to be sure.",
        )
        reasons.append(text)
    elif candidate.runtime is not None:
        reasons.append(
            msg("Measured on this computer with {runtime}.", runtime=candidate.runtime.label)
        )
    if candidate.old:
        reasons.append(msg("Measured with older libraries; measure again."))
    if candidate.runtime is not None and place.slowdown > 1:
        reasons.append(
            msg(
                "Assumed to be {factor} times slower there than on this computer; try it there.",
                factor=f"{place.slowdown:g}",
            )
        )
    if candidate.runtime is Runtime.INT8:
        reasons.append(msg("In 8 bits a few answers may change; Export compares them."))
    if first and answers.images < FEW_IMAGES:
        count = answers.images
        reasons.append(
            msg("With only {count} images a small model often does as well.", count=count)
        )
    return tuple(reasons)


def tradeoff(candidate: Candidate, first: Candidate) -> Message:
    """Say what one gains and loses by taking this one instead of the first."""
    points = candidate.spec.top1 - first.spec.top1
    measured = bool(candidate.seconds and first.seconds)
    if candidate.seconds and first.seconds:
        ratio = candidate.seconds / first.seconds
    else:
        ratio = candidate.spec.macs / first.spec.macs
    more, slower = points >= 0, ratio >= 1
    values = {
        "points": f"{abs(points):.1f}",
        "factor": f"{ratio if slower else 1 / ratio:.1f}",
        "percent": f"{100 * ratio:.0f}",
        "other": first.spec.title,
    }
    if not measured:
        return _tradeoff_in_work(values, more=more, heavier=slower)
    if more and slower:
        return msg(
            "{points} points more accurate than {other}, but takes {factor} times as long.",
            **values,
        )
    if more:
        return msg(
            "{points} points more accurate than {other} and {factor} times as fast, but larger.",
            **values,
        )
    if slower:
        return msg(
            "{points} points less accurate than {other} and takes {factor} times as long.",
            **values,
        )
    return msg("{points} points less accurate than {other}, {factor} times as fast.", **values)


def _tradeoff_in_work(values: dict[str, str], *, more: bool, heavier: bool) -> Message:
    """Say the same where no time is known: what an image takes is work, not time."""
    if more and heavier:
        return msg(
            "{points} points more accurate than {other}, with {factor} times the work for each"
            " image.",
            **values,
        )
    if more:
        return msg(
            "{points} points more accurate than {other}, with {percent} % of the work for each"
            " image.",
            **values,
        )
    if heavier:
        return msg(
            "{points} points less accurate than {other}, with {factor} times the work for each"
            " image.",
            **values,
        )
    return msg(
        "{points} points less accurate than {other}, with {percent} % of the work for each image.",
        **values,
    )


def remark_on(
    chosen: Sequence[Candidate], unknown: Sequence[str], answers: Answers
) -> Message | None:
    """Say what to do if nothing, or not everything, could be judged; None if all could."""
    if unknown:
        return msg(
            "Models of which no time is known: {count}. Measure at least two models with ONNX.",
            count=len(unknown),
        )
    if not chosen:
        return msg("No model fits: allow more time, or a smaller input.")
    if answers.limit is None and chosen[0].seconds is None:
        return msg("Nothing was measured yet: work for each image stands in for time.")
    return None
