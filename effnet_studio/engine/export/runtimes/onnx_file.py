"""ONNX files in onnxruntime: whole ones, and networks alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import onnxruntime

from effnet_studio.engine.device import peak_memory
from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.export.runtimes.base import answer_of
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.onnx_predictor import OnnxPredictor
from effnet_studio.engine.predict.whole_model import WholeModel

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from effnet_studio.engine.export.runtimes.base import Runtime
    from effnet_studio.engine.predict.onnx_metadata import OnnxMetadata
    from effnet_studio.engine.predict.whole_model import WholeAnswer

_PROGRAM = f"onnxruntime {onnxruntime.__version__}"


def open_onnx(file: Path, *, threads: int | None = None) -> Runtime:
    """Open an exported ONNX file; see :class:`~.base.OpenRuntime`.

    Raises:
        ModelError: If it cannot be opened, or another program made it.
    """
    predictor = OnnxPredictor.from_file(file, threads=threads)
    if predictor.metadata is None:
        raise ModelError(
            msg("{name} was not exported by this app.", name=file.name),
            hint=msg("Export the model again."),
            path=file,
        )
    if predictor.takes_images:
        return _WholeFile(WholeModel(file, threads=threads), predictor.metadata)
    return _NetworkFile(predictor, predictor.metadata)


class _WholeFile:
    program = _PROGRAM

    def __init__(self, model: WholeModel, notes: OnnxMetadata) -> None:
        self.notes = notes
        self._model = model

    def answer(self, picture: NDArray[np.uint8]) -> WholeAnswer:
        return self._model.answer(picture)

    def peak_memory(self) -> int | None:
        return peak_memory()

    def close(self) -> None:
        del self._model


class _NetworkFile:
    program = _PROGRAM

    def __init__(self, model: OnnxPredictor, notes: OnnxMetadata) -> None:
        self.notes = notes
        self._model = model

    def answer(self, picture: NDArray[np.uint8]) -> WholeAnswer:
        scores = self._model.logits(self.notes.preprocess(picture)[None])
        return answer_of(scores[0], self.notes)

    def peak_memory(self) -> int | None:
        return peak_memory()

    def close(self) -> None:
        del self._model
