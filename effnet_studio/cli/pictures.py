"""Pictures that commands write."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.data.loading.pixels import load_for
from effnet_studio.engine.explain.overlay import blend

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.preprocess import Preprocess

LEAST_SIDE = 256
"""Pixels; what a small model sees is enlarged from the original to be looked at."""


def side_by_side(
    image: Path, preprocess: Preprocess, heatmap: NDArray[np.floating], *, opacity: float = 0.5
) -> NDArray[np.uint8]:
    """Show the part of an image that a model sees, and beside it where it looked.

    Args:
        image: The image's file.
        preprocess: How the model sees it: which part.
        heatmap: In [0, 1], shape (s, s), for that part.
        opacity: Of the heat map, in [0, 1].

    Returns:
        RGB, uint8, shape (h, 2 h + gap, 3), where h is a multiple of the model's input and at
        least :data:`LEAST_SIDE`.

    Raises:
        ImageError: If the image cannot be used.
    """
    times = math.ceil(LEAST_SIDE / preprocess.size)
    larger = preprocess.model_copy(
        update={"size": times * preprocess.size, "resize": times * preprocess.resize}
    )
    seen = larger.geometry(load_for(larger, image))
    gap = np.full((len(seen), len(seen) // 32, 3), 255, dtype=np.uint8)
    return np.concatenate([seen, gap, blend(seen, heatmap, opacity=opacity)], axis=1)
