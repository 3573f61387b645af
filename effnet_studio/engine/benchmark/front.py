"""Accuracy against time: which measured models no other beats in both."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from effnet_studio.engine.models.catalog import get_spec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from effnet_studio.engine.benchmark.results import Measurement


@dataclass(frozen=True)
class Point:
    """A measured model in the plane of time and accuracy.

    Attributes:
        measurement: What was measured.
        seconds: For one picture.
        top1: ImageNet top-1 of its weights, percent.
        best: Whether no other is as quick and more accurate, or as accurate and quicker.
    """

    measurement: Measurement
    seconds: float
    top1: float
    best: bool


def points(measurements: Iterable[Measurement]) -> tuple[Point, ...]:
    """Place what was measured, and mark the Pareto front.

    Args:
        measurements: What was measured. Those without a known accuracy are left out: scaled
            networks, and inputs of another size than the weights were made for.

    Returns:
        The points in rising order of time.
    """
    placed = []
    for each in measurements:
        spec = get_spec(each.model)
        if each.size == spec.input_size and math.isfinite(spec.top1):
            placed.append((each.latency.median, -spec.top1, each))
    placed.sort(key=lambda entry: entry[:2])
    found, highest = [], -math.inf
    for seconds, negative, each in placed:
        best = -negative > highest
        highest = max(highest, -negative)
        found.append(Point(each, seconds, -negative, best))
    return tuple(found)
