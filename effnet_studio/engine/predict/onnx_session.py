"""The only door by which the app opens ONNX files of unknown origin in onnxruntime."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import onnxruntime

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.onnx_runtime import RUNTIME_ERRORS, silence_telemetry
from effnet_studio.engine.models.onnx_weights import open_model

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np
    import onnx
    from numpy.typing import NDArray

    from effnet_studio.engine.messages import Message
    from effnet_studio.engine.predict.onnx_safety import CheckedFile

_ERRORS: Final = (*RUNTIME_ERRORS, RuntimeError, MemoryError, OSError)
"""Whatever opening or running a session raises; the last three come from C++ by themselves."""

_MEMORY_SIGNS: Final = (
    "allocate memory",
    "bad_alloc",
    "bad allocation",
    "bfc_arena",
    "storage size overflowed",
)
"""Parts of onnxruntime's message when memory does not suffice; it has no type of its own."""


def open_session(
    checked: CheckedFile, graph: onnx.ModelProto | None = None, *, threads: int | None = None
) -> onnxruntime.InferenceSession:
    """Open a checked file, or a graph that comes out of it, on the CPU.

    No libraries with operators are ever loaded.

    Args:
        checked: The file, see :func:`~.onnx_safety.check_file`.
        graph: A part of its model; None: the file as it is.
        threads: Processor threads it may use; None: one for each core.

    Returns:
        The open graph.

    Raises:
        ModelError: If it cannot be opened, or the memory does not suffice.
    """
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3  # its warnings are for developers
    options.intra_op_num_threads = threads or 0
    # Else bytes that pass for both kinds of file would be read as the kind that was not checked.
    options.add_session_config_entry("session.load_model_format", "ONNX")
    options.add_session_config_entry(
        "session.model_external_initializers_file_folder_path", str(checked.file.parent)
    )
    try:
        if graph is not None:
            session = open_model(graph, options)
        else:
            silence_telemetry()
            session = onnxruntime.InferenceSession(
                str(checked.file), sess_options=options, providers=["CPUExecutionProvider"]
            )
    except (*_ERRORS, ValueError) as error:
        raise _failure(
            error,
            checked.path,
            msg("{name} is not an ONNX model, or it is damaged.", name=checked.path.name),
        ) from error
    checked.require_unchanged()
    return session


def run_session(
    session: onnxruntime.InferenceSession,
    outputs: Sequence[str],
    inputs: Mapping[str, NDArray[np.generic]],
    path: Path,
) -> list[Any]:
    """Run an open graph.

    Args:
        session: The graph.
        outputs: Names of what is wanted.
        inputs: Arrays by name.
        path: Its file, for what is said when it fails.

    Returns:
        An array for each output.

    Raises:
        ModelError: If it cannot be run, or the memory does not suffice.
    """
    try:
        found: list[Any] = session.run(list(outputs), dict(inputs))
    except _ERRORS as error:
        raise _failure(
            error,
            path,
            msg("{name} could not be run: {reason}", name=path.name, reason=str(error)),
        ) from error
    return found


def _failure(error: Exception, path: Path, message: Message) -> ModelError:
    """Tell lack of memory from everything else."""
    if isinstance(error, MemoryError) or any(sign in str(error) for sign in _MEMORY_SIGNS):
        return ModelError(
            msg("There is not enough memory to run this model."),
            hint=msg("Close other programs, or choose a smaller model or image size."),
            path=path,
        )
    return ModelError(
        message, hint=msg("Export the model again, or choose another file."), path=path
    )
