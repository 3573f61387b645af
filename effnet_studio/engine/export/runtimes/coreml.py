"""Core ML packages in Core ML, on a Mac."""

from __future__ import annotations

from typing import TYPE_CHECKING

from effnet_studio.engine.export.converters.kinds import ConverterKind
from effnet_studio.engine.export.runtimes.converted import open_converted

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.export.runtimes.base import Runtime


def open_coreml(file: Path, *, threads: int | None = None) -> Runtime:
    """Open a Core ML package; see :class:`~.base.OpenRuntime`.

    It is run by the processor alone, which computes in 32 bits; how many of its threads Core ML
    takes cannot be chosen.

    Raises:
        ModelError: If it cannot be opened, as on other systems than macOS, or there are no notes
            beside it.
        ExportError: If the converter, which opens it, is not installed.
    """
    return open_converted(ConverterKind.COREML, file, threads)
