"""Converting to LiteRT, and running what was converted."""

from __future__ import annotations

import importlib.metadata
import time
from typing import TYPE_CHECKING, Any

import numpy as np
from ai_edge_litert.interpreter import Interpreter

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float32]
    Answer = tuple[Any, list[NDArray[Any]]]

_open: dict[str, Interpreter] = {}


def convert(program: str, target: str, size: int) -> Answer:
    """Write a PyTorch program as a LiteRT file for one image at a time."""
    import litert_torch
    import torch

    network = torch.export.load(program).module()
    litert_torch.convert(network, (torch.zeros(1, 3, size, size),)).export(target)
    return None, []


def version() -> Answer:
    """Of the interpreter."""
    return importlib.metadata.version("ai-edge-litert"), []


def open_file(name: str, file: str, threads: int | None) -> Answer:
    """Open a file under a name."""
    model = Interpreter(model_path=file, num_threads=threads)
    model.allocate_tensors()
    _open[name] = model
    return None, []


def close_file(name: str) -> Answer:
    """Let go of a file."""
    _open.pop(name, None)
    return None, []


def run(images: Values, name: str) -> Answer:
    """Raw scores of images, float32, shape (n, classes)."""
    return None, [np.stack([_scores(_open[name], image) for image in images])]


def times(image: Values, names: list[str], rounds: int, warm_up: int) -> Answer:
    """Milliseconds of each file for one image, in turns, shape (files, rounds)."""
    found = np.zeros((len(names), rounds))
    for turn in range(warm_up + rounds):
        for row, name in enumerate(names):
            started = time.perf_counter()
            _scores(_open[name], image)
            if turn >= warm_up:
                found[row, turn - warm_up] = (time.perf_counter() - started) * 1000
    return None, [found]


def _scores(model: Interpreter, image: Values) -> Values:
    model.set_tensor(model.get_input_details()[0]["index"], image[None])
    model.invoke()
    scores: Values = model.get_tensor(model.get_output_details()[0]["index"])[0]
    return scores


CALLS = {
    "convert": convert,
    "version": version,
    "open": open_file,
    "close": close_file,
    "run": run,
    "times": times,
}
