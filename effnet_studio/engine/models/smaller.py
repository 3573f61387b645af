"""A smaller architecture to teach what a larger one has learned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from effnet_studio.engine.models.catalog import CATALOG, get_spec

if TYPE_CHECKING:
    from effnet_studio.engine.models.spec import ModelSpec

_WORTHWHILE: Final = 0.5
"""Share of parameters and work that a smaller model may have: training anew should pay."""


def smaller_model(name: str) -> ModelSpec | None:
    """The best architecture that is much smaller than another.

    Args:
        name: Catalog name of the larger one, or the name of a scaled one.

    Returns:
        Of those with at most half the parameters and half the multiply-accumulates, the one with
        the highest ImageNet accuracy; if there is none, the smallest with fewer of both; None if
        there is no smaller one either.

    Raises:
        ModelError: If there is no architecture of that name.
    """
    spec = get_spec(name)
    half = _within(spec, _WORTHWHILE)
    if half:
        return max(half, key=lambda each: each.top1)
    below = [each for each in _within(spec, 1.0) if each.name != spec.name]
    return min(below, key=lambda each: each.parameters, default=None)


def _within(spec: ModelSpec, share: float) -> list[ModelSpec]:
    return [
        each
        for each in CATALOG.values()
        if each.parameters <= share * spec.parameters and each.macs <= share * spec.macs
    ]
