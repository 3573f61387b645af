"""Compound scaling: wider, deeper and finer EfficientNets from one number.

Pure arithmetic in plain Python, quick enough for a slider: what a scaled network is made of is in
:mod:`~effnet_studio.engine.models.mbconv`, how it becomes a row of the catalog in
:mod:`~effnet_studio.engine.models.scaled`.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.messages import Message, msg

ALPHA, BETA, GAMMA = 1.2, 1.1, 1.15
"""Bases of depth, width and resolution found for B0 (Tan & Le 2019, arXiv:1905.11946, §3.3)."""
BASE_RESOLUTION = 224
"""Side of B0's input, pixels."""

WIDTHS = (0.1, 4.0)
DEPTHS = (0.1, 8.0)
RESOLUTIONS = (32, 1024)
DROPOUTS = (0.0, 0.9)
PHIS = (-10.0, 10.0)
BASES = (1.0, 2.0)
"""Lowest and highest value of each coefficient, and of the three bases; both are allowed."""

RESOLUTION_STEP = 8
"""Scaled resolutions are multiples of it, pixels: three of the five halvings come out even."""

_PUBLISHED = (
    (1.0, 1.0, 224, 0.2),
    (1.0, 1.1, 240, 0.2),
    (1.1, 1.2, 260, 0.3),
    (1.2, 1.4, 300, 0.3),
    (1.4, 1.8, 380, 0.4),
    (1.6, 2.2, 456, 0.4),
    (1.8, 2.6, 528, 0.5),
    (2.0, 3.1, 600, 0.5),
)
VARIANTS = range(len(_PUBLISHED))
"""The published models: 0 for B0 to 7 for B7."""

# Three decimals are finer than any step of the channels or repeats that they decide.
_DECIMALS = 3

_NUMBER = r"(\d+(?:\.\d+)?)"
_NAME = re.compile(rf"efficientnet[:_-]w{_NUMBER}[_-]d{_NUMBER}[_-]r(\d+)(?:[_-]p{_NUMBER})?")
_MEANT = re.compile(r"efficientnet[:_-]w[\d.]")


@dataclass(frozen=True)
class Scaling:
    """How an EfficientNet differs from B0.

    Attributes:
        width: Factor of all channels, within :data:`WIDTHS`.
        depth: Factor of the repeats in each stage, within :data:`DEPTHS`.
        resolution: Side of the square input, pixels, within :data:`RESOLUTIONS`.
        dropout: Share of the last features hidden in training, within :data:`DROPOUTS`.

    Raises:
        ModelError: If one is out of its bounds.
    """

    width: float = 1.0
    depth: float = 1.0
    resolution: int = BASE_RESOLUTION
    dropout: float = 0.2

    def __post_init__(self) -> None:
        _check(msg("width"), self.width, WIDTHS)
        _check(msg("depth"), self.depth, DEPTHS)
        _check(msg("resolution"), self.resolution, RESOLUTIONS)
        _check(msg("dropout"), self.dropout, DROPOUTS)
        if self.resolution != int(self.resolution):
            raise ModelError(
                msg("A resolution of {value} pixels is not possible.", value=self.resolution),
                hint=msg("Give a whole number of pixels."),
            )

    @property
    def name(self) -> str:
        """Key of the network in the catalog, such as ``"efficientnet_w1.2_d1.4_r300"``.

        :func:`parse_name` gives exactly this scaling back. The dropout is named (``_p0.5``) only
        where it is not :func:`usual_dropout`.
        """
        width, depth = _exact(self.width), _exact(self.depth)
        named = f"efficientnet_w{width}_d{depth}_r{self.resolution}"
        usual = self.dropout == usual_dropout(self.width)
        return named if usual else f"{named}_p{_exact(self.dropout)}"

    @property
    def title(self) -> str:
        """Shown to people, such as ``"EfficientNet w1.2 d1.4 r300"``."""
        return f"EfficientNet w{self.width:g} d{self.depth:g} r{self.resolution}"


def from_phi(
    phi: float,
    alpha: float = ALPHA,
    beta: float = BETA,
    gamma: float = GAMMA,
    base_resolution: int = BASE_RESOLUTION,
) -> Scaling:
    """Scale depth, width and resolution together by one number.

    Depth is α^φ, width β^φ and resolution γ^φ times B0's (Tan & Le 2019, arXiv:1905.11946,
    eq. 3), the first two to three decimals, the last to the nearest multiple of
    :data:`RESOLUTION_STEP`.

    Args:
        phi: How much more there is to spend: the work grows about as :func:`constraint` to the
            power of φ. May be fractional, and negative for networks smaller than B0.
        alpha: Base of the depth, within :data:`BASES`.
        beta: Base of the width, within :data:`BASES`.
        gamma: Base of the resolution, within :data:`BASES`.
        base_resolution: Side of the input at φ = 0, pixels.

    Returns:
        The scaling, with the usual dropout for its width.

    Raises:
        ModelError: If φ, a base or what comes out is out of its bounds.
    """
    _check(msg("φ"), phi, PHIS)
    for title, base in ((msg("α"), alpha), (msg("β"), beta), (msg("γ"), gamma)):
        _check(title, base, BASES)
    width = round(beta**phi, _DECIMALS)
    wanted = base_resolution * gamma**phi
    _check(msg("resolution"), wanted, (RESOLUTIONS[0] - RESOLUTION_STEP / 2, RESOLUTIONS[1]))
    resolution = RESOLUTION_STEP * round(wanted / RESOLUTION_STEP)
    return Scaling(width, round(alpha**phi, _DECIMALS), resolution, usual_dropout(width))


def published(variant: int) -> Scaling:
    """The coefficients of B0–B7, as published with the paper's code and used by all libraries.

    They follow eq. 3 only roughly: the authors chose them by hand.

    Args:
        variant: 0 for B0 to 7 for B7.

    Returns:
        Its scaling.

    Raises:
        ModelError: If there is no such variant.
    """
    if variant not in VARIANTS:
        raise ModelError(
            msg("There is no EfficientNet-B{variant}.", variant=variant),
            hint=msg("Choose B0 to B7."),
        )
    return Scaling(*_PUBLISHED[variant])


def constraint(alpha: float = ALPHA, beta: float = BETA, gamma: float = GAMMA) -> float:
    """α·β²·γ²: by how much the work grows with each step of φ; the paper keeps it near 2."""
    return alpha * beta**2 * gamma**2


def usual_dropout(width: float) -> float:
    """Dropout for a network of this width: from B0's 0.2 in a straight line to B7's 0.5.

    Args:
        width: Factor of the channels.

    Returns:
        Share in [0, 0.5], to two decimals.
    """
    return round(min(0.5, max(0.0, 0.2 + 0.3 * (width - 1))), 2)


def parse_name(name: str) -> Scaling | None:
    """Read a scaling from the name of a model.

    Args:
        name: As in :attr:`Scaling.name`; ``efficientnet:w1.2-d1.4-r300`` means the same.

    Returns:
        The scaling; None if the name is not of this kind.

    Raises:
        ModelError: If it is of this kind but incomplete or out of bounds.
    """
    key = name.strip().lower()
    found = _NAME.fullmatch(key)
    if found is None:
        if _MEANT.match(key) is None:
            return None
        raise ModelError(
            msg("{name} is not the name of a scaled EfficientNet.", name=name),
            hint=msg("Write width, depth and resolution: {example}.", example=from_phi(1.5).name),
        )
    width, depth, resolution, dropout = found.groups()
    return Scaling(
        float(width),
        float(depth),
        int(resolution),
        usual_dropout(float(width)) if dropout is None else float(dropout),
    )


def round_channels(channels: float) -> int:
    """Round to a multiple of 8, never down by more than 10 %.

    Args:
        channels: Scaled number of channels, above 0.

    Returns:
        At least 8.
    """
    rounded = max(8, int(channels + 4) // 8 * 8)
    return rounded if rounded >= 0.9 * channels else rounded + 8


def round_repeats(repeats: float) -> int:
    """Round up, so that no stage loses all its blocks."""
    return math.ceil(repeats)


def _exact(number: float) -> str:
    """The shortest decimals, without exponent, that give this number back."""
    return format(Decimal(repr(float(number))), "f")


def _check(title: Message, value: float, bounds: tuple[float, float]) -> None:
    """Refuse a value that is out of its bounds, or not a number."""
    low, high = bounds
    if not low <= value <= high:
        raise ModelError(
            msg("{title} = {value:g} is out of bounds.", title=title, value=value),
            hint=msg("It must be between {low:g} and {high:g}.", low=low, high=high),
        )
