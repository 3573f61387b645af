"""ExecuTorch files in ExecuTorch's own runtime."""

from __future__ import annotations

from typing import TYPE_CHECKING

from effnet_studio.engine.export.converters.kinds import ConverterKind
from effnet_studio.engine.export.runtimes.converted import open_converted

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.export.runtimes.base import Runtime


def open_executorch(file: Path, *, threads: int | None = None) -> Runtime:
    """Open an ExecuTorch file; see :class:`~.base.OpenRuntime`.

    Raises:
        ModelError: If it cannot be opened, or there are no notes beside it.
        ExportError: If the converter, which brings the runtime, is not installed.
    """
    return open_converted(ConverterKind.EXECUTORCH, file, threads)
