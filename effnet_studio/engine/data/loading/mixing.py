"""Mix the pictures of a batch with each other: MixUp and CutMix.

MixUp (Zhang et al. 2018, arXiv:1710.09412) lays two pictures over each other; CutMix (Yun et al.
2019, arXiv:1905.04899) pastes a rectangle of one into the other. The answer asked for is both
labels, in the shares in which the pictures are there. As in the papers' own programs one share is
drawn for a batch, and each picture's partner is another of the same batch.

How a batch is mixed is drawn by NumPy from (seed, step) alone, so that a continued run mixes as an
uninterrupted one would, and so that the window can show it without PyTorch.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from torch import Tensor

_TAG = 0x313C
"""Keeps these random numbers apart from others of the same seed and step."""


@dataclass(frozen=True, eq=False)
class Mix:
    """How the pictures of one batch are mixed.

    Attributes:
        partner: For each picture the position of the other in the batch, int64, shape (n,).
        share: Of the picture itself, in [0, 1]; the partner has the rest.
        box: Top, left, bottom, right of the rectangle taken from the partner, in pixels; None:
            the pictures are laid over each other.
    """

    partner: NDArray[np.int64]
    share: float
    box: tuple[int, int, int, int] | None = None


def draw_mix(
    count: int, size: int, *, mixup: float, cutmix: float, seed: int, step: int
) -> Mix | None:
    """Choose how a batch is mixed.

    Args:
        count: Pictures in the batch.
        size: Their side, pixels.
        mixup: Parameter alpha of MixUp's Beta distribution; 0: no MixUp.
        cutmix: The same of CutMix; where both are above 0, each is used for half of the batches.
        seed: The run's.
        step: Counted from 0 over the whole run.

    Returns:
        The choice; None if nothing is to be mixed.
    """
    if count < 2 or not (mixup > 0 or cutmix > 0):
        return None
    rng = np.random.default_rng((seed, step, _TAG))
    cut = rng.random() < 0.5 if mixup > 0 and cutmix > 0 else cutmix > 0
    alpha = cutmix if cut else mixup
    share = float(rng.beta(alpha, alpha))
    partner = rng.permutation(count)
    if not cut:
        return Mix(partner, share)
    box = _random_box(rng, size, share)
    covered = (box[2] - box[0]) * (box[3] - box[1]) / (size * size)
    return Mix(partner, 1 - covered, box)


def mix_pictures(own: NDArray[np.uint8], other: NDArray[np.uint8], mix: Mix) -> NDArray[np.uint8]:
    """Mix pictures as they are shown.

    Args:
        own: RGB, uint8, shape (..., size, size, 3).
        other: Their partners, of the same shape.
        mix: How.

    Returns:
        A new array of the same shape and type.
    """
    if mix.box is None:
        blended = own * np.float32(mix.share) + other * np.float32(1 - mix.share)
        return np.rint(blended).astype(np.uint8)
    top, left, bottom, right = mix.box
    mixed = own.copy()
    mixed[..., top:bottom, left:right, :] = other[..., top:bottom, left:right, :]
    return mixed


def mix_inputs(inputs: Tensor, mix: Mix) -> Tensor:
    """Mix pictures as the model gets them; normalising before or after comes to the same.

    Args:
        inputs: Float, shape (n, 3, size, size), on any device.
        mix: How; drawn for n pictures.

    Returns:
        A new tensor of the same shape, type and memory format.
    """
    import torch

    other = inputs[torch.from_numpy(mix.partner).to(inputs.device)]
    if mix.box is None:
        return inputs.lerp(other, 1 - mix.share)
    top, left, bottom, right = mix.box
    mixed = inputs.clone()
    mixed[..., top:bottom, left:right] = other[..., top:bottom, left:right]
    return mixed


def _random_box(rng: np.random.Generator, size: int, share: float) -> tuple[int, int, int, int]:
    """A square of ``1 - share`` of the area around any point, cut off at the edges (eq. 2)."""
    half = size * math.sqrt(1 - share) / 2
    middle = rng.uniform(0, size, 2)
    top, left = (max(0, round(float(place - half))) for place in middle)
    bottom, right = (min(size, round(float(place + half))) for place in middle)
    return top, left, bottom, right
