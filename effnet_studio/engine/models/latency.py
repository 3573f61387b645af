"""How long a network will take, guessed from networks that were timed on the same device."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class LatencyFit:
    """A straight line through measured times over work, both as logarithms.

    Attributes:
        slope: Power of the work by which the time grows: near 1 for large networks, less where
            the cost of each layer counts more than its work.
        offset: Logarithm of the seconds that one multiply-accumulate would take.
        spread: Median distance of the measured points from the line, as a factor: 1.2 means that
            half of them are within 20 %.
        range: Smallest and largest work that was measured; beyond, it is a bold guess.
    """

    slope: float
    offset: float
    spread: float
    range: tuple[float, float]

    def seconds(self, macs: float) -> float:
        """Predict the time for one picture or batch, as the points were measured.

        Args:
            macs: Multiply-accumulates for one picture, above 0.

        Returns:
            Seconds.
        """
        return math.exp(self.offset + self.slope * math.log(macs))


def fit_latency(points: Iterable[tuple[float, float]]) -> LatencyFit | None:
    """Fit a line that single wild measurements do not move.

    The slope is the median of those of all pairs (Sen 1968, doi:10.1080/01621459.1968.10480934),
    and not below 0: more work is never faster.

    Args:
        points: (multiply-accumulates for one picture, seconds) of measured networks, all on the
            same device and batch size. Values that are not above 0 and finite are left out.

    Returns:
        The fit; None unless two networks of different work were measured: nothing is guessed
        from nothing.
    """
    logs = [
        (math.log(macs), math.log(seconds))
        for macs, seconds in points
        if 0 < macs < math.inf and 0 < seconds < math.inf
    ]
    slopes = [
        (second[1] - first[1]) / (second[0] - first[0])
        for first, second in combinations(logs, 2)
        if first[0] != second[0]
    ]
    if not slopes:
        return None
    slope = max(0.0, statistics.median(slopes))
    offset = statistics.median(y - slope * x for x, y in logs)
    distance = statistics.median(abs(y - slope * x - offset) for x, y in logs)
    works = [math.exp(x) for x, _ in logs]
    return LatencyFit(slope, offset, math.exp(distance), (min(works), max(works)))
