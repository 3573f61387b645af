"""The Core ML package of a trained model, for iPhones, iPads and Macs."""

from __future__ import annotations

import platform
import sys
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.export.converters.kinds import ConverterKind
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from effnet_studio.engine.export.draft import Draft, Made

_OLDEST_MACOS: Final = 13
"""The oldest that opens the packages, which are made for it and for iOS 16."""


def unopenable() -> Message | None:
    """Why the packages cannot be opened on this computer; None: they can.

    They are made on others too, but what runs them is a part of Apple's systems.
    """
    if sys.platform == "darwin" and int(platform.mac_ver()[0].partition(".")[0]) >= _OLDEST_MACOS:
        return None
    return msg("Only a Mac with macOS {version} or newer opens it.", version=_OLDEST_MACOS)


def write_coreml(draft: Draft) -> Made:
    """Write the network in 32 bits; the converter is installed before if it is not.

    Prepared images (``input``), float32, shape (1, 3, size, size), become raw scores (``logits``),
    float32, shape (1, classes). It is an ML program for iOS 16, macOS 13 and newer.

    Args:
        draft: What it is made from.

    Raises:
        ExportError: If the converter cannot be installed, or fails.
        StorageError: If the disk is full or the folder cannot be written.
        Cancelled: If the job was asked to stop.
    """
    from effnet_studio.engine.export.converters.convert import convert_draft
    from effnet_studio.engine.export.draft import Made

    convert_draft(ConverterKind.COREML, draft, draft.file)
    return Made()
