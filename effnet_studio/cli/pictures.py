"""Pictures that commands write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def side_by_side(left: NDArray[np.uint8], right: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Put two pictures of the same size beside each other, with a white gap.

    Args:
        left: RGB, uint8, shape (h, w, 3).
        right: The same.

    Returns:
        RGB, uint8, shape (h, 2 w + gap, 3).
    """
    gap = np.full((len(left), max(2, len(left) // 32), 3), 255, dtype=np.uint8)
    return np.concatenate([left, gap, right], axis=1)
