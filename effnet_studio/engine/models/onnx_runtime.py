"""What both users of onnxruntime need: the frozen part of a training, and the predictor."""

from __future__ import annotations

from typing import Final

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
