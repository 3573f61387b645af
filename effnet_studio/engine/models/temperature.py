"""How sure a network may be: one number that makes its probabilities mean what they say."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
import torch
from torch import nn

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from effnet_studio.engine.models.spec import ModelSpec

SPREAD: Final = 1.0
"""Standard deviation of the logarithm of temperatures, as they are expected before any picture is
seen: with few pictures the temperature stays near 1, and with none wrong it does not fall to 0."""

_ENDS: Final = (math.log(0.05), math.log(20.0))
"""Between which the logarithm of the temperature is looked for."""

_STEPS: Final = 40
"""Of the search; each shrinks the interval to 0.62 of its length."""


def fit_temperature(logits: NDArray[np.float32], labels: NDArray[np.int64]) -> float:
    """Find the temperature by which logits are to be divided, for probabilities that hold.

    Temperature scaling (Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, section
    4.2): the temperature T minimises the cross-entropy of softmax(z / T) for pictures that were not
    trained on; which class is the likeliest never changes. Here with a normal prior on log T.

    Args:
        logits: float32, (n, classes).
        labels: int64, (n,).

    Returns:
        The temperature, above 0; 1 if there are no pictures.
    """
    if not len(labels):
        return 1.0
    values = logits.astype(np.float64)
    values -= values[np.arange(len(labels)), labels][:, None]

    def cost(logarithm: float) -> float:
        scaled = values * math.exp(-logarithm)
        most = scaled.max(axis=1)
        losses = most + np.log(np.exp(scaled - most[:, None]).sum(axis=1))
        return float(losses.sum()) + (logarithm / SPREAD) ** 2 / 2

    # Convex in 1 / T, so that there is one lowest place: a golden-section search finds it.
    low, high = _ENDS
    ratio = (math.sqrt(5) - 1) / 2
    left, right = high - ratio * (high - low), low + ratio * (high - low)
    at_left, at_right = cost(left), cost(right)
    for _ in range(_STEPS):
        if at_left <= at_right:
            high, right, at_right = right, left, at_left
            left = high - ratio * (high - low)
            at_left = cost(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + ratio * (high - low)
            at_right = cost(right)
    return math.exp((low + high) / 2)


@torch.no_grad()
def apply_temperature(model: nn.Module, spec: ModelSpec, temperature: float) -> None:
    """Divide a network's logits by a temperature, in its last layer.

    Args:
        model: Network built from ``spec``; changed in place.
        spec: Its row of the catalog.
        temperature: Above 0.
    """
    layer = model.get_submodule(spec.classifier)
    if not isinstance(layer, (nn.Linear, nn.Conv2d)):
        raise TypeError(layer)
    layer.weight.div_(temperature)
    if layer.bias is not None:
        layer.bias.div_(temperature)
