"""From feature maps to heat maps of the picture's size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F  # noqa: N812 - PyTorch's own convention

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from torch import Tensor


def normalized(values: Tensor) -> Tensor:
    """Stretch a map to [0, 1]; a map without differences becomes all zeros.

    Args:
        values: Shape (h, w).

    Returns:
        float32, shape (h, w), on the CPU. Values that are not finite count as 0.
    """
    # In double precision, where the difference of two float32 cannot overflow.
    clean = torch.nan_to_num(values.cpu().double(), nan=0.0, posinf=0.0, neginf=0.0)
    shifted = clean - clean.min()
    highest = shifted.max()
    return (shifted / highest if highest > 0 else shifted).float()


def upsampled(values: Tensor, side: int) -> NDArray[np.float32]:
    """Bring a map to the size of the model's input, bilinearly.

    Args:
        values: In [0, 1], shape (h, w).
        side: Of the input, pixels.

    Returns:
        float32, shape (side, side), in [0, 1].
    """
    enlarged = F.interpolate(
        values[None, None], size=(side, side), mode="bilinear", align_corners=False
    )
    array: NDArray[np.float32] = enlarged[0, 0].clamp(0, 1).numpy()
    return array
