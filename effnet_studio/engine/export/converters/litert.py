"""The LiteRT files of a trained model, for telephones and small computers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from effnet_studio.engine import atomic
from effnet_studio.engine.events import ExportStep, StepStarted
from effnet_studio.engine.export.converters.convert import convert_draft
from effnet_studio.engine.export.converters.kinds import ConverterKind
from effnet_studio.engine.export.draft import Made

if TYPE_CHECKING:
    from effnet_studio.engine.export.draft import Draft


def write_litert(draft: Draft) -> Made:
    """Write the network in 32 bits; the converter is installed before if it is not.

    Prepared images, float32, shape (1, 3, size, size), become raw scores, float32, shape
    (1, classes).

    Args:
        draft: What it is made from.

    Raises:
        ExportError: If the converter cannot be installed, or fails.
        StorageError: If the disk is full or the folder cannot be written.
        Cancelled: If the job was asked to stop.
    """
    convert_draft(ConverterKind.LITERT, draft, draft.file)
    return Made()


def write_litert_int8(draft: Draft) -> Made:
    """Write the fastest 8-bit copy that keeps the promise; see :func:`write_litert`.

    It takes and gives the same as the file in 32 bits.

    Args:
        draft: What it is made from; the recipes are written into its scratch folder.

    Returns:
        The recipe that was kept and all that were tried.

    Raises:
        ExportError: If the converter cannot be installed or fails, or no image can be read.
        StorageError: If the disk is full or the folder cannot be written.
        Cancelled: If the job was asked to stop.
    """
    from effnet_studio.engine.export.converters.litert_search import quantize_litert
    from effnet_studio.engine.export.int8.write import rounding_images

    plain = draft.scratch / "float.tflite"
    convert_draft(ConverterKind.LITERT, draft, plain)
    draft.on_event(StepStarted(ExportStep.ROUND))
    calibration, judged = rounding_images(draft)
    made = quantize_litert(
        plain,
        draft.scratch,
        calibration,
        judged,
        budget_points=draft.budget_points,
        on_event=draft.on_event,
        cancel=draft.cancel,
    )
    with atomic.replacing(draft.file) as temporary:
        made.file.replace(temporary)
    return Made(made.recipe, made.attempts)
