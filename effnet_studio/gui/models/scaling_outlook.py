"""What the user wishes of a scaled network, and what that comes to; no Qt in here."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.models.catalog import CATALOG, get_spec
from effnet_studio.engine.models.mbconv import Counts, Memory, ScaledStage, count, memory
from effnet_studio.engine.models.mbconv import scaled_stages as stages_of
from effnet_studio.engine.models.scaled import Inheritance, inheritance, neighbours
from effnet_studio.engine.models.scaling import (
    ALPHA,
    BETA,
    GAMMA,
    VARIANTS,
    Scaling,
    from_phi,
    published,
    usual_dropout,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from effnet_studio.engine.models.latency import LatencyFit
    from effnet_studio.engine.models.spec import ModelSpec

PHI_RANGE = (-2.0, 7.0)
"""Of the slider."""
PHI_STEP = 0.1
KNOWN_WIDTHS = tuple(sorted({published(variant).width for variant in VARIANTS}))
"""Widths for which there are published weights."""
EVEN_GROWTH = 0.1
"""α·β²·γ² may be so far from 2, as a share, before it is worth a word."""


@dataclass(frozen=True)
class Wishes:
    """What the user chose.

    Attributes:
        phi: How large, see :func:`~effnet_studio.engine.models.scaling.from_phi`.
        alpha: Base of the depth.
        beta: Base of the width.
        gamma: Base of the resolution.
        known_width: Whether the width is the nearest one for which there are weights.
        by_hand: Coefficients that were set one by one, instead of those that φ gives.
    """

    phi: float = 0.0
    alpha: float = ALPHA
    beta: float = BETA
    gamma: float = GAMMA
    known_width: bool = True
    by_hand: Scaling | None = None


@dataclass(frozen=True)
class Outlook:
    """All there is to know of a scaled network before it is built.

    Attributes:
        scaling: Its coefficients.
        stages: Its table.
        counts: Parameters and work.
        needs: Memory.
        heritage: What it takes over from published weights.
        neighbours: The published models around it, the smaller first.
    """

    scaling: Scaling
    stages: tuple[ScaledStage, ...]
    counts: Counts
    needs: Memory
    heritage: Inheritance
    neighbours: tuple[ModelSpec, ...]

    @property
    def nearest(self) -> ModelSpec:
        """The published model with the nearest work."""
        own = math.log(self.counts.total.macs / 1e9)
        return min(self.neighbours, key=lambda spec: abs(math.log(spec.macs) - own))


def resolve(wishes: Wishes) -> Scaling:
    """Find the coefficients that fulfil the wishes.

    Args:
        wishes: What the user chose.

    Returns:
        The scaling.

    Raises:
        ModelError: If a coefficient comes out of its bounds.
    """
    if wishes.by_hand is not None:
        return wishes.by_hand
    scaling = from_phi(wishes.phi, wishes.alpha, wishes.beta, wishes.gamma)
    if not wishes.known_width:
        return scaling
    width = min(KNOWN_WIDTHS, key=lambda known: abs(math.log(known / scaling.width)))
    return replace(scaling, width=width, dropout=usual_dropout(width))


def look_ahead(scaling: Scaling) -> Outlook:
    """Count everything; takes about a millisecond.

    Args:
        scaling: Of the network.

    Returns:
        What it comes to.
    """
    stages = stages_of(scaling)
    return Outlook(
        scaling=scaling,
        stages=stages,
        counts=count(stages),
        needs=memory(stages),
        heritage=inheritance(scaling),
        neighbours=neighbours(scaling),
    )


def catalog_scaling(variant: int) -> Scaling:
    """The coefficients of a published model, with the input that its weights were made for.

    (Only B2's differs from the paper's: 288 pixels, not 260.)

    Args:
        variant: 0 for B0 to 7 for B7.

    Returns:
        Its scaling.
    """
    size = CATALOG[f"efficientnet_b{variant}"].input_size
    return replace(published(variant), resolution=size)


def variant_of(scaling: Scaling) -> int | None:
    """Which published model these coefficients are; None if they are of none."""
    return next((v for v in VARIANTS if scaling == catalog_scaling(v)), None)


def catalog_name(scaling: Scaling) -> str:
    """Name by which to train it: a published model by its own, others by their coefficients."""
    variant = variant_of(scaling)
    return scaling.name if variant is None else f"efficientnet_b{variant}"


@dataclass(frozen=True)
class PhiPoint:
    """A network on the curves of the chart.

    Attributes:
        phi: Where on the slider.
        parameters: With 1,000 classes.
        macs: For one picture.
    """

    phi: float
    parameters: int
    macs: int


@lru_cache(maxsize=8)
def curve(alpha: float = ALPHA, beta: float = BETA, gamma: float = GAMMA) -> tuple[PhiPoint, ...]:
    """The networks along the slider, without snapping; those out of bounds are left out."""
    points = []
    steps = round((PHI_RANGE[1] - PHI_RANGE[0]) / PHI_STEP)
    for step in range(0, steps + 1, 2):
        phi = PHI_RANGE[0] + step * PHI_STEP
        try:
            total = count(stages_of(from_phi(phi, alpha, beta, gamma))).total
        except ModelError:
            continue
        points.append(PhiPoint(round(phi, 1), total.parameters, total.macs))
    return tuple(points)


@lru_cache(maxsize=1)
def published_points() -> tuple[PhiPoint, ...]:
    """B0 to B7, each at the φ that costs the same work: they follow the rule only roughly."""
    totals = [count(stages_of(catalog_scaling(variant))).total for variant in VARIANTS]
    return tuple(PhiPoint(phi_of_work(t.macs), t.parameters, t.macs) for t in totals)


def phi_of_work(macs: int) -> float:
    """The φ whose network costs this work: where to mark one that was not made by φ.

    Args:
        macs: Multiply-accumulates for one picture.

    Returns:
        φ within :data:`PHI_RANGE`, to one decimal.
    """
    return min(curve(), key=lambda point: abs(math.log(point.macs / macs))).phi


def timed_points(times: Iterable[tuple[str, float]]) -> list[tuple[float, float]]:
    """Pairs of work and seconds for the fit of the latency.

    Args:
        times: Catalog name and seconds for one picture, all on the same device.

    Returns:
        (multiply-accumulates, seconds) of those in the catalog or scaled.
    """
    return [(get_spec(name).macs * 1e9, seconds) for name, seconds in times]


def predicted_seconds(fit: LatencyFit | None, outlook: Outlook) -> float | None:
    """Seconds for one picture; None where nothing was measured."""
    return None if fit is None else fit.seconds(outlook.counts.total.macs)


def donor_title(heritage: Inheritance) -> str:
    """Name of the published model whose weights are taken over."""
    return CATALOG[heritage.donor].title
