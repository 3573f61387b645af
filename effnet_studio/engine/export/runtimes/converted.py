"""Converted files in their own runtimes, which run in the converters' environments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from effnet_studio.engine.errors import ExportError, ModelError
from effnet_studio.engine.export.converters.child import Child
from effnet_studio.engine.export.converters.kinds import CONVERTERS
from effnet_studio.engine.export.runtimes.base import answer_of
from effnet_studio.engine.export.runtimes.notes import read_notes
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from effnet_studio.engine.export.converters.kinds import ConverterKind
    from effnet_studio.engine.export.runtimes.base import Runtime
    from effnet_studio.engine.predict.onnx_metadata import OnnxMetadata
    from effnet_studio.engine.predict.whole_model import WholeAnswer

_NAME: Final = "model"


def open_converted(kind: ConverterKind, file: Path, threads: int | None) -> Runtime:
    """Open a converted file; see :class:`~.base.OpenRuntime`.

    Args:
        kind: The converter that made it, in whose environment its runtime is.
        file: The file, beside which lie its notes.
        threads: Processor threads it may use; None: as many as it takes by itself.

    Raises:
        ModelError: If it cannot be opened, or there are no notes beside it.
        ExportError: If the converter is not installed.
    """
    notes, title = read_notes(file), CONVERTERS[kind].title
    child = Child(kind)
    try:
        version, _ = child.ask("version")
        child.ask("open", name=_NAME, file=str(file), threads=threads)
    except ExportError as error:
        child.close()
        raise ModelError(
            msg("{name} is not a {kind} model, or it is damaged.", name=file.name, kind=title),
            hint=msg("Export the model again, or choose another file."),
            path=file,
        ) from error
    return _ConvertedFile(child, file, notes, f"{title} {version}")


class _ConvertedFile:
    def __init__(self, child: Child, file: Path, notes: OnnxMetadata, program: str) -> None:
        self.notes, self.program = notes, program
        self._child, self._file = child, file

    def answer(self, picture: NDArray[np.uint8]) -> WholeAnswer:
        try:
            _, (scores,) = self._child.ask(
                "run", [self.notes.preprocess(picture)[None]], name=_NAME
            )
        except ExportError as error:
            raise ModelError(
                msg("{name} could not be run: {reason}", name=self._file.name, reason=str(error)),
                hint=msg("Export the model again, or choose another file."),
                path=self._file,
            ) from error
        return answer_of(scores[0], self.notes)

    def peak_memory(self) -> int | None:
        held, _ = self._child.ask("memory")
        return held if isinstance(held, int) else None

    def close(self) -> None:
        self._child.close()
