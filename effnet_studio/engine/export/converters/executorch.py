"""The ExecuTorch file of a trained model, for telephones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from effnet_studio.engine.export.converters.convert import convert_draft
from effnet_studio.engine.export.converters.kinds import ConverterKind
from effnet_studio.engine.export.draft import Made

if TYPE_CHECKING:
    from effnet_studio.engine.export.draft import Draft


def write_executorch(draft: Draft) -> Made:
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
    convert_draft(ConverterKind.EXECUTORCH, draft, draft.file)
    return Made()
