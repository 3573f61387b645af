"""Ticks of a logarithmic axis; without pyqtgraph, which is loaded when a plot is first shown."""

from __future__ import annotations

import math
from typing import Final

_STEPS: Final = (1, 2, 5)
_MOST_DECADES: Final = 4
"""Of an axis on which there is room for more than one tick in each."""


def plain_number(value: float) -> str:
    """A number as the settings' fields show it: up to seven digits after the point, no exponent."""
    return f"{value:.7f}".rstrip("0").rstrip(".") or "0"


def log_ticks(low: float, high: float) -> list[tuple[float, str]]:
    """One, two and five of each decade; on long axes the decades alone.

    Args:
        low: Left end of the axis, common logarithm.
        high: Right end.

    Returns:
        Places, common logarithms, and what is written there.
    """
    decades = range(math.floor(low), math.ceil(high) + 1)
    steps = _STEPS if high - low <= _MOST_DECADES else _STEPS[:1]
    values = [step * 10.0**decade for decade in decades for step in steps]
    return [(math.log10(v), _tick(v)) for v in values if low <= math.log10(v) <= high]


def _tick(value: float) -> str:
    return plain_number(value) if value < 1 else f"{value:g}"
