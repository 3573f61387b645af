"""How a picture is read for a model: one rule for training, prediction and export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from effnet_studio.engine.images import load_image

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from effnet_studio.engine.preprocess import Preprocess

DRAFT_MARGIN = 2
"""A JPEG may be decoded smaller as long as its short side stays this many times the resize.

Twice the target is what Pillow's own ``thumbnail`` keeps (``reducing_gap=2.0``): the resize still
has pixels to average, and a 12-megapixel photograph is read several times faster.
"""


def load_for(preprocess: Preprocess, source: Path | bytes) -> NDArray[np.uint8]:
    """Read a picture no larger than ``preprocess`` needs it.

    Everything that feeds a model reads through here. A different rule in one place would give
    slightly different pixels, and the app, its evaluation and an exported file would disagree.

    Args:
        preprocess: The model's preprocessing, which is to be applied to the result.
        source: A file or its bytes.

    Returns:
        RGB, uint8, shape (height, width, 3), upright.

    Raises:
        ImageError: If the file cannot be used as a picture.
    """
    return load_image(source, min_side=DRAFT_MARGIN * max(preprocess.resize, preprocess.size))
