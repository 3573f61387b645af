"""Scaled EfficientNets as rows of the catalog, and what they inherit from the published ones."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from effnet_studio.engine.models.catalog import CATALOG
from effnet_studio.engine.models.mbconv import count, layers, scaled_stages
from effnet_studio.engine.models.scaling import VARIANTS, Scaling, published

if TYPE_CHECKING:
    from effnet_studio.engine.models.mbconv import Block, ScaledStage
    from effnet_studio.engine.models.spec import ModelSpec

MOSTLY = 0.5
"""Share of the backbone above which a network counts as pre-trained."""

_LEAST_SHARE = 0.1


@dataclass(frozen=True)
class Inheritance:
    """What a scaled network can take over from a published one; known before any file is read.

    A tensor is taken where name and shape are the same. Blocks that the donor does not have start
    as the identity, see :func:`~effnet_studio.engine.models.scaled_net.hush_added_blocks`.

    Attributes:
        variant: The published model: 0 for B0 to 7 for B7.
        parameters: Numbers of the backbone that are taken over.
        share: The same as a share of the backbone, in [0, 1].
        stages: How many stages, from the input on, compute exactly what the donor's do; only
            these are worth freezing. The stem counts.
    """

    variant: int
    parameters: int
    share: float
    stages: int

    @property
    def donor(self) -> str:
        """Catalog name of the published model."""
        return f"efficientnet_b{self.variant}"

    @property
    def worthwhile(self) -> bool:
        """Whether it is more than single tensors that fit by chance."""
        return self.stages > 0 or self.share >= _LEAST_SHARE


@lru_cache(maxsize=64)
def inheritance(scaling: Scaling) -> Inheritance:
    """Find the published model that gives most.

    Channels decide: where none of a donor's widths is met, little more than single tensors fit.
    Among equals the one with the nearest work is taken, so that B0's width with twice its depth
    does not ask for a larger download than needed.

    Args:
        scaling: Of the network.

    Returns:
        The best donor and what it gives.
    """
    own = scaled_stages(scaling)
    work = math.log(count(own).total.macs)

    def rank(variant: int) -> tuple[int, float]:
        table = _published_stages(variant)
        return _shared(own, table), -abs(math.log(count(table).total.macs) - work)

    best = max(VARIANTS, key=rank)
    donor = _published_stages(best)
    taken = _shared(own, donor)
    backbone = sum(stage.parameters for stage in count(own).stages[:-1])
    whole = [_is_whole(mine, theirs) for mine, theirs in zip(own[:-1], donor[:-1], strict=True)]
    leading = whole.index(False) if False in whole else len(whole)
    return Inheritance(best, taken, taken / backbone, leading)


def nearest(scaling: Scaling) -> ModelSpec:
    """The published model whose weights a scaled network starts from.

    Args:
        scaling: Of the network.

    Returns:
        Its row of the catalog.
    """
    return CATALOG[inheritance(scaling).donor]


def neighbours(scaling: Scaling) -> tuple[ModelSpec, ...]:
    """The published models to compare with: the next with less work and the next with more.

    Args:
        scaling: Of the network.

    Returns:
        One or two rows of the catalog, the smaller first.
    """
    work = count(scaled_stages(scaling)).total.macs / 1e9
    rows = [CATALOG[f"efficientnet_b{variant}"] for variant in VARIANTS]
    smaller = [row for row in rows if row.macs <= work][-1:]
    larger = [row for row in rows if row.macs > work][:1]
    return (*smaller, *larger)


def spec_for(scaling: Scaling) -> ModelSpec:
    """Make a row of the catalog, so that the network is trained and used like any other.

    Args:
        scaling: Of the network.

    Returns:
        The row; its name is :attr:`Scaling.name`. Its pictures are prepared as for its donor.
    """
    donor = nearest(scaling)
    total = count(scaled_stages(scaling)).total
    return replace(
        donor,
        name=scaling.name,
        title=scaling.title,
        input_size=scaling.resolution,
        resize=max(scaling.resolution, round(scaling.resolution * donor.resize / donor.input_size)),
        parameters=total.parameters,
        macs=round(total.macs / 1e9, 3),
        top1=math.nan,
        top1_source="",
        scaling=scaling,
        donor=donor.name,
    )


@lru_cache(maxsize=len(VARIANTS))
def _published_stages(variant: int) -> tuple[ScaledStage, ...]:
    return scaled_stages(published(variant))


def _shared(own: tuple[ScaledStage, ...], donor: tuple[ScaledStage, ...]) -> int:
    """Parameters of the backbone whose tensors have the same names and shapes in both."""
    return sum(_shared_by(*pair) for pair in zip(own[:-1], donor[:-1], strict=True))


def _shared_by(own: ScaledStage, donor: ScaledStage) -> int:
    if own.kind == "convolution":
        if own.out_channels != donor.out_channels:
            return 0
        same = own.in_channels == donor.in_channels
        return own.out_channels * (2 + same * own.kernel**2 * own.in_channels)
    # The first blocks face each other, and the others, as far as there are some in both.
    repeats = (1, min(own.repeats, donor.repeats) - 1)
    pairs = zip(own.blocks, donor.blocks, repeats, strict=False)
    return sum(times * _shared_by_block(mine, theirs) for (mine, _), (theirs, _), times in pairs)


def _shared_by_block(own: Block, donor: Block) -> int:
    """As in a file: weights fit if inputs and outputs do, norms and biases if outputs do."""
    shared = 0
    for (inputs, outputs, further, _), other in zip(layers(own), layers(donor), strict=True):
        if outputs == other[1]:
            shared += outputs * (further + (inputs if inputs == other[0] else 0))
    return shared


def _is_whole(own: ScaledStage, donor: ScaledStage) -> bool:
    """Whether a stage has all that the donor's has; more blocks do no harm."""
    widths = (own.in_channels, own.out_channels) == (donor.in_channels, donor.out_channels)
    return widths and own.repeats >= donor.repeats
