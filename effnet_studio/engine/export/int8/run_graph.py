"""Running a graph by itself, as the search for an 8-bit copy does all the time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol

import numpy as np
import onnx
import onnxruntime

from effnet_studio.engine.models.onnx_runtime import silence_telemetry
from effnet_studio.engine.models.onnx_weights import open_model
from effnet_studio.engine.predict.whole_model import INPUT_NAME, OUTPUT_NAME

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_BATCH = 16
_WARM_UP = 2


class OpenNetwork(Protocol):
    """A network that is open in some program, ready to be judged and timed."""

    def __call__(self, images: NDArray[np.float32], /) -> NDArray[np.float32]:
        """Run a batch at once.

        Args:
            images: Normalised, float32, shape (n, 3, size, size).

        Returns:
            Raw scores, float32, shape (n, classes).
        """
        ...


def open_graph(graph: Path | onnx.ModelProto, *, threads: int | None = None) -> OpenNetwork:
    """Open a graph in onnxruntime on the CPU.

    Args:
        graph: A file, or the graph itself.
        threads: Processor threads it may use; None: one for each core.
    """
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = threads or 0
    if isinstance(graph, onnx.ModelProto):
        session = open_model(graph, options)
    else:
        silence_telemetry()
        session = onnxruntime.InferenceSession(
            str(graph), sess_options=options, providers=["CPUExecutionProvider"]
        )

    def run(images: NDArray[np.float32], /) -> NDArray[np.float32]:
        return np.asarray(session.run([OUTPUT_NAME], {INPUT_NAME: images})[0])

    return run


def scores(network: OpenNetwork, images: NDArray[np.float32]) -> NDArray[np.float32]:
    """Raw scores of any number of images.

    Args:
        network: An open network.
        images: Normalised, float32, shape (n, 3, size, size).

    Returns:
        float32, shape (n, classes).
    """
    batches = range(0, len(images), _BATCH)
    return np.concatenate([network(images[start : start + _BATCH]) for start in batches])


def times_in_turns(
    networks: tuple[OpenNetwork, ...], images: NDArray[np.float32], rounds: int
) -> tuple[float, ...]:
    """Median milliseconds that networks need for the same images, measured in turns.

    In turns, so that whatever else the computer does hits all alike.

    Args:
        networks: Open networks.
        images: Normalised, float32, shape (n, 3, size, size).
        rounds: How often each runs.
    """
    times: list[list[float]] = [[] for _ in networks]
    for turn in range(_WARM_UP + rounds):
        for network, kept in zip(networks, times, strict=True):
            started = time.perf_counter()
            network(images)
            if turn >= _WARM_UP:
                kept.append((time.perf_counter() - started) * 1000)
    return tuple(float(np.median(kept)) for kept in times)
