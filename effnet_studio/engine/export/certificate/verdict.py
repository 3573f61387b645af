"""Whether a file may be called ready, from its certificate alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from effnet_studio.engine.export.certificate.record import (
    INT8_AGREEMENT,
    SAME_PROBABILITY,
    ExportFormat,
)
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from effnet_studio.engine.export.certificate.record import ExportResult, PartCheck
    from effnet_studio.engine.messages import Message

_ROUNDING = 1e-9
"""By which a difference of two shares may be off."""


def shortcomings(result: ExportResult) -> tuple[Message, ...]:
    """Why a file is not ready.

    A file in full precision must give the app's answer and probabilities on every image. A rounded
    one must keep its promise on the images by which it was chosen, the validation images; the
    test images then decide nothing unless they contradict it beyond chance (95 % intervals).

    Args:
        result: What was measured.

    Returns:
        The reasons; none: it is ready.
    """
    return tuple(_reasons(result))


def _reasons(result: ExportResult) -> Iterator[Message]:
    if not result.checked:
        yield msg("It could not be opened on this computer, so nothing is known of its answers.")
        if result.format is ExportFormat.COREML:
            yield msg("Open it on a Mac with macOS 13 or newer, and compare there.")
        return
    if not result.notes_fit:
        yield msg("What it says of its classes, preparation or threshold is not what the app does.")
    for number, part in enumerate(result.parts):
        if result.budget_points is None:
            yield from _inexact(part)
        else:
            yield from _too_coarse(part, result.budget_points, chosen_by=number == 0)


def _inexact(part: PartCheck) -> Iterator[Message]:
    if part.same < part.images:
        yield _other_answers(part)
    if part.largest_difference > SAME_PROBABILITY:
        yield msg(
            "Probabilities differ by up to {points} points on the {part} images; 0.1 are allowed.",
            points=f"{100 * part.largest_difference:.1f}",
            part=part_name(part.part),
        )


def _too_coarse(part: PartCheck, budget_points: float, *, chosen_by: bool) -> Iterator[Message]:
    agreement = part.agreement if chosen_by else part.agreement_share.high
    if agreement < INT8_AGREEMENT:
        yield _other_answers(part)
    loss = part.loss if chosen_by else part.loss_limits[0]
    if 100 * loss > budget_points + _ROUNDING:
        yield msg(
            "It loses {lost} points of accuracy on the {part} images; {allowed} are allowed.",
            lost=f"{100 * part.loss:.1f}",
            part=part_name(part.part),
            allowed=f"{budget_points:g}",
        )


def _other_answers(part: PartCheck) -> Message:
    if part.silenced or part.answered:
        return msg(
            "It gives another answer than the app on {different} of {images} {part} images: "
            '"none of these" instead of a class on {silenced}, a class instead of "none of these" '
            "on {answered}, another class on {other}.",
            different=part.images - part.same,
            images=part.images,
            part=part_name(part.part),
            silenced=part.silenced,
            answered=part.answered,
            other=part.images - part.same - part.silenced - part.answered,
        )
    return msg(
        "It gives another answer than the app on {different} of {images} {part} images.",
        different=part.images - part.same,
        images=part.images,
        part=part_name(part.part),
    )


def part_name(part: str) -> Message:
    """What a part of the images is called.

    Args:
        part: As in :class:`~.record.PartCheck`.
    """
    names = {"val": msg("validation"), "test": msg("test")}
    return names.get(part, msg("compared"))
