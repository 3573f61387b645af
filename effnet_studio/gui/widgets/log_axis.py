"""Ticks of a logarithmic axis; without pyqtgraph, which is loaded when a plot is first shown."""

from __future__ import annotations

import math
from typing import Final

_STEPS: Final = (1, 2, 5)


def log_ticks(low: float, high: float) -> list[tuple[float, str]]:
    """One, two and five of each decade.

    Args:
        low: Left end of the axis, common logarithm.
        high: Right end.

    Returns:
        Places, common logarithms, and what is written there.
    """
    decades = range(math.floor(low), math.ceil(high) + 1)
    values = [step * 10.0**decade for decade in decades for step in _STEPS]
    return [(math.log10(v), f"{v:g}") for v in values if low <= math.log10(v) <= high]
