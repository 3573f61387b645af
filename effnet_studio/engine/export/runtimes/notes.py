"""Notes beside an exported file, for formats that have no room for them inside."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.onnx_metadata import read_metadata

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from effnet_studio.engine.predict.onnx_metadata import OnnxMetadata

NOTES_SUFFIX: Final = ".notes.json"
"""Ends the name of the notes: the entries of ``metadata_props`` of an ONNX file as one object."""


def notes_text(entries: Mapping[str, str]) -> str:
    """Write the notes of a file.

    Args:
        entries: As from :func:`~effnet_studio.engine.predict.onnx_metadata.write_metadata`.
    """
    return json.dumps(dict(entries), ensure_ascii=False, indent=2) + "\n"


def read_notes(file: Path) -> OnnxMetadata:
    """Read the notes beside a file.

    Args:
        file: The exported file or folder; the notes have its name without the ending.

    Returns:
        Classes, preprocessing and threshold.

    Raises:
        ModelError: If there are none, or they are damaged.
    """
    path = file.with_name(file.stem + NOTES_SUFFIX)
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        notes = read_metadata(entries)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ModelError(
            msg("The notes beside {name} are missing or damaged.", name=file.name),
            hint=msg("Export the model again."),
            path=path,
        ) from error
    if notes is None:
        raise ModelError(
            msg("The notes beside {name} are missing or damaged.", name=file.name),
            hint=msg("Export the model again."),
            path=path,
        )
    return notes
