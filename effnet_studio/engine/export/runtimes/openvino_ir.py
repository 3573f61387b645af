"""OpenVINO's files in OpenVINO, on the processor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from effnet_studio.engine.device import peak_memory
from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.export.openvino_door import load_openvino
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.onnx_metadata import (
    APP_VERSION_KEY,
    LABELS_KEY,
    MODEL_KEY,
    PREPROCESS_KEY,
    REJECT_KEY,
    read_metadata,
)
from effnet_studio.engine.predict.whole_model import (
    CERTAINTY_NAME,
    NONE_NAME,
    PROBABILITIES_NAME,
    WholeAnswer,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from effnet_studio.engine.export.runtimes.base import Runtime
    from effnet_studio.engine.predict.onnx_metadata import OnnxMetadata

_KEYS = (LABELS_KEY, PREPROCESS_KEY, MODEL_KEY, APP_VERSION_KEY, REJECT_KEY)


def open_openvino(file: Path, *, threads: int | None = None) -> Runtime:
    """Open an exported OpenVINO model; see :class:`~.base.OpenRuntime`.

    Args:
        file: The ``.xml``; its ``.bin`` lies beside it.
        threads: Processor threads it may use; None: as many as it takes by itself.

    Raises:
        ExportError: If OpenVINO is not installed.
        ModelError: If a file is missing or damaged, or another program made it.
    """
    openvino = load_openvino()
    try:
        model = openvino.Core().read_model(file)
        about = {
            key: model.get_rt_info([key]).astype(str) for key in _KEYS if model.has_rt_info([key])
        }
        notes = read_metadata(about)
        compiled = compile_exactly(model, threads=threads, pictures=1)
    except (RuntimeError, ValueError) as error:
        raise ModelError(
            msg("{name} or its weights beside it are missing or damaged.", name=file.name),
            hint=msg("Export the model again."),
            path=file,
        ) from error
    if notes is None:
        raise ModelError(
            msg("{name} was not exported by this app.", name=file.name),
            hint=msg("Export the model again."),
            path=file,
        )
    return _OpenVinoFile(file, compiled, notes, str(openvino.__version__).partition("-")[0])


def compile_exactly(model: Any, *, threads: int | None = None, pictures: int | None = None) -> Any:
    """Make a model ready to run on the processor as exactly as it was written.

    Left to itself OpenVINO computes in bfloat16 where a processor can: 1.3 to 1.8 times as fast,
    but probabilities are then off by two points.

    Args:
        model: ``openvino.Model``, or the path of one.
        threads: Processor threads it may use; None: as many as it takes by itself.
        pictures: How many it is always going to be given at once, which makes it a tenth faster
            for one; None: any number.

    Returns:
        ``openvino.CompiledModel``.
    """
    settings: dict[str, str | int] = {
        "INFERENCE_PRECISION_HINT": "f32",
        "PERFORMANCE_HINT": "LATENCY",
    }
    if threads is not None:
        settings["INFERENCE_NUM_THREADS"] = threads
    core = load_openvino().Core()
    if pictures is not None:
        model = core.read_model(model) if isinstance(model, Path) else model
        model.reshape([pictures, *model.input().partial_shape[1:]])
    return core.compile_model(model, "CPU", settings)


class _OpenVinoFile:
    def __init__(self, file: Path, compiled: Any, notes: OnnxMetadata, version: str) -> None:
        self.notes = notes
        self.program = f"OpenVINO {version}"
        self._file = file
        self._compiled = compiled

    def answer(self, picture: NDArray[np.uint8]) -> WholeAnswer:
        prepared = self.notes.preprocess.geometry(picture)
        try:
            found = self._compiled(prepared[None])
        except RuntimeError as error:
            raise ModelError(
                msg("{name} could not be run: {reason}", name=self._file.name, reason=str(error)),
                hint=msg("Export the model again."),
                path=self._file,
            ) from error
        return WholeAnswer(
            found[PROBABILITIES_NAME][0],
            float(found[CERTAINTY_NAME][0]),
            bool(found[NONE_NAME][0]),
        )

    def peak_memory(self) -> int | None:
        return peak_memory()

    def close(self) -> None:
        del self._compiled
