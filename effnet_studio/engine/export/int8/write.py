"""The 8-bit file of a trained model: ranges from training images, judged on validation images."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import ExportError, ImageError
from effnet_studio.engine.events import OnEvent, ignore
from effnet_studio.engine.export.int8.judge import Judged
from effnet_studio.engine.export.int8.search import Quantized, quantize
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.data.dataset import Dataset, Sample
    from effnet_studio.engine.predict.torch_predictor import TorchPredictor

_CALIBRATION_IMAGES = 128
_CALIBRATION_BYTES = 200_000_000
"""Of the normalised images that ranges are chosen on, held in memory together."""

_JUDGED_BYTES = 200_000_000
"""Of the pictures that each recipe is judged on: 1,300 of 224 pixels."""


def write_int8(
    app: TorchPredictor,
    plain: Path,
    draft: Path,
    dataset: Dataset,
    samples: Sequence[Sample],
    *,
    metadata: Mapping[str, str],
    budget_points: float,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> Quantized:
    """Write the fastest 8-bit copy of a 32-bit graph that keeps the promise.

    Args:
        app: The trained model.
        plain: Its 32-bit graph.
        draft: File to write; other graphs in its folder are deleted.
        dataset: Its training images choose the ranges.
        samples: Images with known classes on which the recipes are judged.
        metadata: What the file is to say about itself.
        budget_points: Accuracy that may be lost, percentage points.
        on_event: Hears the progress.
        cancel: Stops the job between two steps.

    Returns:
        The recipe that was kept and all that were tried.

    Raises:
        ExportError: If no image can be read, or the graph cannot be written.
        Cancelled: If the job was asked to stop.
    """
    token = cancel or CancelToken()
    side = app.preprocess.size
    count = max(8, min(_CALIBRATION_IMAGES, _CALIBRATION_BYTES // (12 * side**2)))
    learned, _ = _pictures(app, dataset.subset("train") or samples, count, token)
    held, labels = _pictures(app, samples, max(8, _JUDGED_BYTES // (3 * side**2)), token)
    made = quantize(
        plain,
        draft.parent,
        app.preprocess.normalize(learned),
        Judged(held, labels, app.preprocess.normalize),
        metadata=metadata,
        budget_points=budget_points,
        on_event=on_event,
        cancel=token,
    )
    made.file.replace(draft)
    for leftover in draft.parent.glob("*.onnx"):
        if leftover != draft:
            leftover.unlink()
    return made


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
