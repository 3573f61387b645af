"""How colours contrast, and how they look to the colour-blind: the measures of tests on themes.

Contrast is that of WCAG 2.2. Colour blindness is simulated as by Machado, Oliveira and Fernandes
("A physiologically-based model for simulation of color vision deficiency", 2009) at full strength.
Differences are Euclidean distances in CIELAB.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLIND: Final = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
"""Matrices upon linear RGB, by the kind of sight."""

_TO_XYZ: Final = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
_WHITE: Final = np.array([0.95047, 1.0, 1.08883])


def linear(color: str) -> NDArray[np.float64]:
    """Linear RGB of a colour such as ``"#3b5bdb"``."""
    parts = np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def luminance(color: str) -> float:
    """Relative luminance."""
    return float(np.array([0.2126, 0.7152, 0.0722]) @ linear(color))


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def seen_as(color: str, sight: str) -> NDArray[np.float64]:
    """CIELAB of a colour as somebody sees it.

    Args:
        color: Such as ``"#3b5bdb"``.
        sight: Key of :data:`BLIND`.
    """
    shown = np.clip(BLIND[sight] @ linear(color), 0, 1)
    ratio = _TO_XYZ @ shown / _WHITE
    f = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: str, other: str, sight: str = "normal") -> float:
    """How far two colours are apart to somebody; 2 is just seen, 10 at a glance."""
    return float(np.linalg.norm(seen_as(one, sight) - seen_as(other, sight)))
