"""Names for the parts of a network, the same in every family."""

from __future__ import annotations

from typing import Final

from effnet_studio.engine.models.spec import ModelStage

STEM: Final = "Stem"
LAST: Final = "Last convolution"


def stages(*parts: str | tuple[str, ...]) -> tuple[ModelStage, ...]:
    """Name the parts of a network: a stem, numbered stages and, if marked, a last convolution.

    Args:
        *parts: Dotted names of modules, or several that belong together; ``last:`` before the
            first name marks a last convolution.

    Returns:
        The stages, in forward order.
    """
    named = []
    for index, part in enumerate(parts):
        modules = (part,) if isinstance(part, str) else part
        last = modules[0].startswith("last:")
        name = STEM if index == 0 else LAST if last else f"Stage {index}"
        named.append(ModelStage(name, tuple(module.removeprefix("last:") for module in modules)))
    return tuple(named)


def features(first: int, last: int) -> tuple[str, ...]:
    """Names of the modules ``features.<first>`` to ``features.<last>``."""
    return tuple(f"features.{index}" for index in range(first, last + 1))
