"""From a PyTorch program to a file for another runtime, by an installed converter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from effnet_studio.engine import atomic
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.events import Noted, OnEvent, ProgressMeter, Stage, ignore
from effnet_studio.engine.export.converters.child import Child
from effnet_studio.engine.export.converters.environment import install
from effnet_studio.engine.export.converters.kinds import CONVERTERS
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.export.converters.kinds import ConverterKind
    from effnet_studio.engine.export.draft import Draft


def convert(
    kind: ConverterKind,
    program: Path,
    out: Path,
    *,
    size: int,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> None:
    """Convert a network.

    Args:
        kind: The converter; it must be installed.
        program: From :func:`~effnet_studio.engine.export.graph.torch_program.export_program`.
        out: File or folder to write; an earlier one stays until the new one is whole.
        size: Side of the input, pixels.
        on_event: Hears the progress.
        cancel: Stops the job at any moment.

    Raises:
        ExportError: If the converter is not installed, fails or is ended from outside.
        StorageError: If the file cannot be written.
        Cancelled: If the job was asked to stop.
    """
    token = cancel or CancelToken()
    converter = CONVERTERS[kind]
    replacing = atomic.replacing_folder if converter.makes_folder else atomic.replacing
    on_event(Noted(msg("Converting the model to {name} …", name=converter.title)))
    meter = ProgressMeter(Stage.EXPORT, 1, on_event, unit="steps")
    with Child(kind) as child, replacing(out) as temporary:
        child.ask("convert", cancel=token, program=str(program), target=str(temporary), size=size)
    meter.advance()
    meter.finish()


def convert_draft(kind: ConverterKind, draft: Draft, file: Path) -> None:
    """Install a converter if it is not, and write a trained model with it.

    Args:
        kind: The converter.
        draft: What the file is made from.
        file: File or folder to write.

    Raises:
        ExportError: If the converter cannot be installed, or fails.
        StorageError: If the disk is full or a file cannot be written.
        Cancelled: If the job was asked to stop.
    """
    from effnet_studio.engine.export.graph.torch_program import PROGRAM_SUFFIX

    install(kind, on_event=draft.on_event, cancel=draft.cancel)
    program = draft.scratch / f"network{PROGRAM_SUFFIX}"
    size = draft.app.preprocess.size
    draft.write_program(program)
    convert(kind, program, file, size=size, on_event=draft.on_event, cancel=draft.cancel)
    program.unlink()
