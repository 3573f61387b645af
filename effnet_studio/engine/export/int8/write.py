"""The 8-bit file of a trained model: ranges from training images, judged on validation images."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.errors import ExportError, ImageError
from effnet_studio.engine.events import ExportStep, ProgressMeter, Stage, StepStarted
from effnet_studio.engine.export.int8.judge import Judged, Quantized, spread_over
from effnet_studio.engine.export.int8.search import quantize
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from effnet_studio.engine.data.dataset import Sample
    from effnet_studio.engine.export.draft import Draft

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
    side = draft.app.preprocess.size
    count = max(8, min(_CALIBRATION_IMAGES, _CALIBRATION_BYTES // (12 * side**2)))
    learned = _some(draft.dataset.subset("train") or draft.judged, count)
    held = _some(draft.judged, max(8, _JUDGED_BYTES // (3 * side**2)))
    meter = ProgressMeter(Stage.DECODE, len(learned) + len(held), draft.on_event)
    calibration, _ = _pictures(draft, learned, meter)
    judged, labels = _pictures(draft, held, meter)
    meter.finish()
    normalize = draft.app.preprocess.normalize
    return normalize(calibration), Judged(judged, labels, normalize, draft.app.reject)


def _some(samples: Sequence[Sample], most: int) -> list[Sample]:
    return [samples[index] for index in spread_over(len(samples), most)]


def _pictures(
    draft: Draft, samples: Sequence[Sample], meter: ProgressMeter
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Prepared images and their classes.

    Those that cannot be read are left out: they are counted when the file is verified.
    """
    pictures, labels = [], []
    for sample in samples:
        draft.cancel.check()
        with contextlib.suppress(ImageError):
            pictures.append(draft.app.picture(sample.path))
            labels.append(sample.label)
        meter.advance()
    if not pictures:
        raise ExportError(
            msg("None of the {count} images can be read.", count=len(samples)),
            hint=msg("Check that the drive is connected and the folder still exists."),
        )
    return np.stack(pictures), np.array(labels, dtype=np.int64)
