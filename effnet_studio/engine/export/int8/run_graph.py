"""Running a graph by itself, as the search for an 8-bit copy does all the time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import onnx
import onnxruntime

from effnet_studio.engine.predict.whole_model import INPUT_NAME, OUTPUT_NAME

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_BATCH = 16
_WARM_UP = 2


def open_graph(graph: Path | onnx.ModelProto) -> onnxruntime.InferenceSession:
    """Open a graph on the CPU.

    Args:
        graph: A file, or the graph itself.
    """
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        graph.SerializeToString() if isinstance(graph, onnx.ModelProto) else str(graph),
        sess_options=options,
        providers=["CPUExecutionProvider"],
    )


def scores(
    session: onnxruntime.InferenceSession, images: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Raw scores of images.

    Args:
        session: An open graph.
        images: Normalised, float32, shape (n, 3, size, size).

    Returns:
        float32, shape (n, classes).
    """
    found = [
        session.run([OUTPUT_NAME], {INPUT_NAME: images[start : start + _BATCH]})[0]
        for start in range(0, len(images), _BATCH)
    ]
    return np.concatenate(found)


def times_in_turns(
    sessions: tuple[onnxruntime.InferenceSession, ...], images: NDArray[np.float32], rounds: int
) -> tuple[float, ...]:
    """Median milliseconds that graphs need for the same images, measured in turns.

    In turns, so that whatever else the computer does hits all alike.

    Args:
        sessions: Open graphs.
        images: Normalised, float32, shape (n, 3, size, size).
        rounds: How often each runs.
    """
    times: list[list[float]] = [[] for _ in sessions]
    for turn in range(_WARM_UP + rounds):
        for session, kept in zip(sessions, times, strict=True):
            started = time.perf_counter()
            session.run([OUTPUT_NAME], {INPUT_NAME: images})
            if turn >= _WARM_UP:
                kept.append((time.perf_counter() - started) * 1000)
    return tuple(float(np.median(kept)) for kept in times)
