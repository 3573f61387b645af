"""The LiteRT file of a trained model, for telephones and small computers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from effnet_studio.engine.export.converters.convert import convert
from effnet_studio.engine.export.converters.environment import install
from effnet_studio.engine.export.converters.kinds import ConverterKind
from effnet_studio.engine.export.draft import Made
from effnet_studio.engine.export.graph.torch_program import PROGRAM_SUFFIX, export_program

if TYPE_CHECKING:
    from pathlib import Path

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
    write_float(draft, draft.file)
    return Made()


def write_float(draft: Draft, file: Path) -> None:
    """Write the network in 32 bits to a file of its own; see :func:`write_litert`."""
    install(ConverterKind.LITERT, on_event=draft.on_event, cancel=draft.cancel)
    program = draft.scratch / f"network{PROGRAM_SUFFIX}"
    size = draft.app.preprocess.size
    with draft.app.exclusive() as model:
        export_program(model, program, size=size, notes=draft.metadata)
    draft.cancel.check()
    convert(
        ConverterKind.LITERT,
        program,
        file,
        size=size,
        on_event=draft.on_event,
        cancel=draft.cancel,
    )
    program.unlink()
