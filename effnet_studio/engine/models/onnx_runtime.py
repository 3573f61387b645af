"""What all users of onnxruntime need: its errors, and its silence."""

from __future__ import annotations

from typing import Final

import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as runtime

RUNTIME_ERRORS: Final = (
    runtime.EPFail,
    runtime.EngineError,
    runtime.Fail,
    runtime.InvalidArgument,
    runtime.InvalidGraph,
    runtime.InvalidProtobuf,
    runtime.NoModel,
    runtime.NoSuchFile,
    runtime.NotImplemented,
    runtime.RuntimeException,
)
"""Whatever onnxruntime raises; its errors have no common base of their own."""


def silence_telemetry() -> None:
    """Forbid onnxruntime to report to anybody; to be called before a model is opened.

    Microsoft's builds for Windows tell the system's event log what they run, which the system may
    pass on to its maker. What its builds for other systems would do is forbidden before they are
    imported, in ``effnet_studio/engine/__init__.py``.
    """
    onnxruntime.disable_telemetry_events()
