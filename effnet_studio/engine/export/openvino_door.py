"""The only door to OpenVINO, which is an optional part.

OpenVINO brings a package that tells its makers of every import unless the user has found out how
to forbid it. Nothing leaves the computer here: that package is never let in.
"""

from __future__ import annotations

import importlib.util
import sys
from typing import TYPE_CHECKING

from effnet_studio.engine.errors import ExportError
from effnet_studio.engine.messages import msg
from effnet_studio.paths import is_frozen

if TYPE_CHECKING:
    from types import ModuleType

    from effnet_studio.engine.messages import Message

TELEMETRY = "openvino_telemetry"
"""The package that reports; OpenVINO runs as well without it."""


def unavailable() -> Message | None:
    """Why nothing can be done with OpenVINO here; None: it is installed.

    It is looked for, not imported, so that a window may ask.
    """
    try:
        found = importlib.util.find_spec("openvino")
    except (ImportError, ValueError):  # half of it was taken away
        found = None
    if found is not None:
        return None
    if is_frozen():
        return msg("OpenVINO is not in this packaged app; set the app up with Python to have it.")
    return msg(
        "OpenVINO is not installed. It comes with {command} (60 MB).",
        command='pip install ".[openvino]" -c packaging/constraints.txt',
    )


def load_openvino() -> ModuleType:
    """Import OpenVINO, without what reports.

    Raises:
        ExportError: If it is not installed, or broken.
    """
    reason = unavailable()
    if reason is not None:
        raise ExportError(reason, hint=msg("Or export in the format {name}.", name="onnx"))
    sys.modules[TELEMETRY] = None  # type: ignore[assignment]  # as if it were not installed
    try:
        import openvino
    except (ImportError, OSError) as error:
        raise ExportError(
            msg("OpenVINO is installed, but does not start: {reason}.", reason=str(error)),
            hint=msg("Install it again, or export in the format {name}.", name="onnx"),
        ) from error
    module: ModuleType = openvino
    return module
