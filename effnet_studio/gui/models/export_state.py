"""Where an export stands, worked out from its events by one pure function; without Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from effnet_studio.engine.events import (
    ExportStep,
    Noted,
    Progress,
    RecipeTried,
    Stage,
    StepStarted,
)

if TYPE_CHECKING:
    from effnet_studio.engine.events import Event
    from effnet_studio.engine.messages import Message


class Mark(StrEnum):
    """How far a step is."""

    WAITING = "waiting"
    CURRENT = "current"
    DONE = "done"


@dataclass(frozen=True)
class ExportState:
    """An export under way.

    Attributes:
        steps: All it will do, in order.
        current: The one it is at; None before the first.
        progress: How far that step has come, where it says so.
        note: What it said last in this step.
        tried: Ways to round the model that were tried, in order.
    """

    steps: tuple[ExportStep, ...] = ()
    current: ExportStep | None = None
    progress: Progress | None = None
    note: Message | None = None
    tried: tuple[RecipeTried, ...] = ()

    def mark(self, step: ExportStep) -> Mark:
        """How far one of the steps is."""
        if self.current is None:
            return Mark.WAITING
        place, now = self.steps.index(step), self.steps.index(self.current)
        if place == now:
            return Mark.CURRENT
        return Mark.DONE if place < now else Mark.WAITING


def begin(*, rounds: bool) -> ExportState:
    """An export that has not said anything yet.

    Args:
        rounds: Whether ways to round the model are tried until one keeps the promise.
    """
    return ExportState(tuple(step for step in ExportStep if rounds or step != ExportStep.ROUND))


def advance(state: ExportState, event: Event) -> ExportState:
    """Work out where an export stands after one more event.

    Args:
        state: Where it stood.
        event: What happened; what says nothing of an export changes nothing.

    Returns:
        Where it stands now.
    """
    match event:
        case StepStarted(step=step) if step in state.steps:
            return replace(state, current=step, progress=None, note=None)
        case Progress(stage=Stage.QUANTIZE) if state.current is ExportStep.WRITE:
            return _rounding(state, event)
        case Progress():
            return replace(state, progress=event)
        case Noted(message=message) if "recipe" not in dict(message.details):
            return replace(state, note=message)  # recipes are told in numbers
        case RecipeTried():
            return replace(state, tried=(*state.tried, event))
        case _:
            return state


def _rounding(state: ExportState, event: Progress) -> ExportState:
    """Writers that round without saying so first are at the next step all the same."""
    rounds = ExportStep.ROUND in state.steps
    return replace(state, current=ExportStep.ROUND if rounds else state.current, progress=event)
