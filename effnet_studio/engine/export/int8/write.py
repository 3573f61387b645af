"""The 8-bit file of a trained model: ranges from training images, judged on validation images."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.errors import ExportError, ImageError
from effnet_studio.engine.events import ExportStep, StepStarted
from effnet_studio.engine.export.int8.judge import Judged
from effnet_studio.engine.export.int8.search import Quantized, quantize
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Sample
    from effnet_studio.engine.export.draft import Draft
    from effnet_studio.engine.predict.torch_predictor import TorchPredictor

_CALIBRATION_IMAGES = 128
_CALIBRATION_BYTES = 200_000_000
"""Of the normalised images that ranges are chosen on, held in memory together."""

_JUDGED_BYTES = 200_000_000
"""Of the pictures that each recipe is judged on: 1,300 of 224 pixels."""


def write_int8(draft: Draft) -> Quantized:
    """Find the fastest 8-bit copy of a network that keeps the promise.

    Args:
        draft: What it is made from; the recipes are written into its scratch folder.

    Returns:
        The recipe that was kept and all that were tried.

    Raises:
        ExportError: If no image can be read, or the graph cannot be written.
        Cancelled: If the job was asked to stop.
    """
    network = draft.network_file
    draft.on_event(StepStarted(ExportStep.ROUND))
    calibration, judged = rounding_images(draft)
    return quantize(
        network,
        draft.scratch,
        calibration,
        judged,
        metadata=draft.metadata,
        budget_points=draft.budget_points,
        on_event=draft.on_event,
        cancel=draft.cancel,
    )


def rounding_images(draft: Draft) -> tuple[NDArray[np.float32], Judged]:
    """Read the images that a rounded copy is made and judged with.

    Args:
        draft: What it is made from.

    Returns:
        Training images: normalised, float32, shape (n, 3, size, size); and validation images.

    Raises:
        ExportError: If none of either can be read.
        Cancelled: If the job was asked to stop.
    """
    app, token = draft.app, draft.cancel
    side = app.preprocess.size
    count = max(8, min(_CALIBRATION_IMAGES, _CALIBRATION_BYTES // (12 * side**2)))
    learned, _ = _pictures(app, draft.dataset.subset("train") or draft.judged, count, token)
    held, labels = _pictures(app, draft.judged, max(8, _JUDGED_BYTES // (3 * side**2)), token)
    normalize = app.preprocess.normalize
    return normalize(learned), Judged(held, labels, normalize)


def _pictures(
    app: TorchPredictor, samples: Sequence[Sample], most: int, token: CancelToken
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Prepared images, spread evenly over all, and their classes.

    Those that cannot be read are left out: they are counted when the file is verified.
    """
    chosen = np.unique(np.linspace(0, len(samples) - 1, min(most, len(samples))).round())
    pictures, labels = [], []
    for index in chosen.astype(int):
        token.check()
        try:
            pictures.append(app.picture(samples[index].path))
        except ImageError:
            continue
        labels.append(samples[index].label)
    if not pictures:
        raise ExportError(
            msg("None of the {count} images can be read.", count=len(samples)),
            hint=msg("Check that the drive is connected and the folder still exists."),
        )
    return np.stack(pictures), np.array(labels, dtype=np.int64)
