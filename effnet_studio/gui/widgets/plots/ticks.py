"""Where the axes of plots have ticks, and what is written beside them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QLocale

from effnet_studio.gui.text import percent_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MOST_DIGITS = 7
"""After the point; smaller numbers have an exponent."""
_SHARE_STEPS: Final = (0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
_MOST_STEPS: Final = 5
"""Steps on the axis, whatever its length."""
_ROOM: Final = 20
"""Least distance between two numbers, pixels."""


def number_strings(values: Sequence[float], scale: float, spacing: float) -> list[str]:
    """Numbers along an axis as the window's language writes them: 10,000, not 1e+04."""
    digits = max(0, math.ceil(-math.log10(spacing * scale)))
    style = "f" if digits <= _MOST_DIGITS else "g"
    locale = QLocale()
    return [locale.toString(value * scale, style, min(digits, _MOST_DIGITS)) for value in values]


def percent_strings(values: Sequence[float], _scale: float, spacing: float) -> list[str]:
    """Shares along an axis, as exact as tells one tick from the next."""
    digits = max(0, math.ceil(-math.log10(100 * spacing) - 1e-9))
    return [percent_text(value, digits) for value in values]


def share_spacings(low: float, high: float, size: float) -> list[tuple[float, float]]:
    """Where an axis has ticks, as pyqtgraph's ``AxisItem.tickSpacing`` says it.

    Args:
        low: Lower end, a share.
        high: Upper end.
        size: Length of the axis, pixels.

    Returns:
        One spacing in round per cents, with its offset.
    """
    most = max(1.0, min(_MOST_STEPS, size / _ROOM))
    # The room at the ends, for half a number, counts for nothing.
    steps = (step for step in _SHARE_STEPS if int((high - low) / step + 1e-9) <= most)
    return [(next(steps, 1.0), 0.0)]


def whole_spacings(
    usual: Callable[..., list[tuple[float, float]]], low: float, high: float, size: float
) -> list[tuple[float, float]]:
    """Spacings of an axis that counts: there is no tick between one epoch and the next."""
    return [each for each in usual(low, high, size) if each[0] >= 1] or [(1.0, 0.0)]


def even_specs(usual: Callable[[Any], Any], painter: Any) -> Any:
    """What pyqtgraph draws of an axis, all numbers with as many decimals as the longest has.

    It writes the coarse and the fine ticks one after the other, as in 1.8 and 1.85, and does not
    know before which of them have room.

    Args:
        usual: The axis's own ``generateDrawSpecs``.
        painter: Of the axis.
    """
    specs = usual(painter)
    if specs is None:
        return None
    axis, ticks, texts = specs
    even = even_decimals([text for *_, text in texts])
    return axis, ticks, [(*place, text) for (*place, _), text in zip(texts, even, strict=True)]


def even_decimals(texts: Sequence[str]) -> list[str]:
    """Give numbers the decimals of the one that has most.

    Args:
        texts: As the window's language writes them; those with an exponent stay as they are.
    """
    point = QLocale().decimalPoint()
    parts = [text.partition(point) for text in texts]
    most = max((len(behind) for *_, behind in parts), default=0)
    if not most or any("e" in text.lower() for text in texts):
        return list(texts)
    return [f"{before}{point}{behind:0<{most}}" for before, _, behind in parts]
