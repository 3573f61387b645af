"""Ways to round a model that were tried, as points of a plot and rows of a table; without Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.events import RecipeTried


class Cost(StrEnum):
    """What accuracy is drawn against."""

    TIME = "time"
    """Milliseconds for one image."""
    SIZE = "size"
    """Megabytes of the file."""


@dataclass(frozen=True)
class AttemptPoints:
    """What was tried, ready to be drawn.

    Attributes:
        attempts: In the order in which they were tried.
        costs: Of each, in the unit of the :class:`Cost`.
        accuracies: Of each on the validation images, in [0, 1].
        exact: Cost and accuracy of the 32-bit file that they are compared with.
        floor: Least accuracy that keeps the promise; None where that is not known.
    """

    attempts: tuple[RecipeTried, ...]
    costs: tuple[float, ...]
    accuracies: tuple[float, ...]
    exact: tuple[float, float]
    floor: float | None

    @property
    def cost_limit(self) -> float:
        """Where the axis of costs ends: it begins at 0, so that lengths can be compared."""
        return 1.12 * max(*self.costs, self.exact[0])

    @property
    def accuracy_limits(self) -> tuple[float, float]:
        """Where the axis of accuracies begins and ends, with room for numbers beside points."""
        shown = (*self.accuracies, self.exact[1], *(() if self.floor is None else (self.floor,)))
        low, high = min(shown), max(shown)
        room = max(0.005, 0.15 * (high - low))
        return max(0.0, low - room), min(1.0, high + room)


def points(
    attempts: Sequence[RecipeTried], cost: Cost, budget_points: float | None
) -> AttemptPoints | None:
    """Place attempts.

    Args:
        attempts: In the order in which they were tried.
        cost: What accuracy is drawn against.
        budget_points: Accuracy that may be lost, percentage points; None: not known.

    Returns:
        The points; None if nothing was tried.
    """
    if not attempts:
        return None
    last = attempts[-1]
    exact = min(1.0, last.accuracy + last.loss)
    floor = None if budget_points is None else exact - budget_points / 100
    return AttemptPoints(
        tuple(attempts),
        tuple(_cost(one.latency_ms, one.bytes, cost) for one in attempts),
        tuple(one.accuracy for one in attempts),
        (_cost(last.float_latency_ms, last.float_bytes, cost), exact),
        floor,
    )


def _cost(milliseconds: float, size: int, cost: Cost) -> float:
    return milliseconds if cost is Cost.TIME else size / 1e6
