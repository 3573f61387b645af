"""Ticks of an axis of shares of which only a part is shown."""

from __future__ import annotations

from typing import Final

_STEPS: Final = (0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
_MOST: Final = 5
"""Steps on the axis, whatever its length."""
_ROOM: Final = 20
"""Least distance between two numbers, pixels."""


def share_spacings(low: float, high: float, size: float) -> list[tuple[float, float]]:
    """Where an axis has ticks, as pyqtgraph's ``AxisItem.tickSpacing`` says it.

    Args:
        low: Lower end, a share.
        high: Upper end.
        size: Length of the axis, pixels.

    Returns:
        One spacing in round per cents, with its offset.
    """
    most = max(1.0, min(_MOST, size / _ROOM))
    # The room at the ends, for half a number, counts for nothing.
    steps = (step for step in _STEPS if int((high - low) / step + 1e-9) <= most)
    return [(next(steps, 1.0), 0.0)]
