"""What is written along the axes of plots."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MOST_DIGITS = 7
"""After the point; smaller numbers have an exponent."""


def number_strings(values: Sequence[float], scale: float, spacing: float) -> list[str]:
    """Numbers along an axis as the window's language writes them: 10,000, not 1e+04."""
    digits = max(0, math.ceil(-math.log10(spacing * scale)))
    style = "f" if digits <= _MOST_DIGITS else "g"
    locale = QLocale()
    return [locale.toString(value * scale, style, min(digits, _MOST_DIGITS)) for value in values]


def percent_strings(values: Sequence[float], _scale: float, spacing: float) -> list[str]:
    """Shares along an axis."""
    digits = 0 if spacing >= 0.01 else 1
    return [f"{100 * value:.{digits}f} %" for value in values]


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
