"""Converting to ExecuTorch, and running what was converted."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from executorch.extension.pybindings import portable_lib
from executorch.runtime import Runtime

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Answer = tuple[Any, list[NDArray[Any]]]

_open: dict[str, Any] = {}


def convert(program: str, target: str, size: int) -> Answer:
    """Write a PyTorch program as an ExecuTorch file for one image at a time."""
    from executorch.backends.xnnpack.partition.xnnpack_partitioner import XnnpackPartitioner
    from executorch.exir import to_edge_transform_and_lower

    network = torch.export.load(program).module()
    fixed = torch.export.export(network, (torch.zeros(1, 3, size, size),), strict=False)
    edge = to_edge_transform_and_lower(fixed, partitioner=[XnnpackPartitioner()])
    Path(target).write_bytes(edge.to_executorch().buffer)
    return None, []


def version() -> Answer:
    """Of the runtime."""
    return importlib.metadata.version("executorch"), []


def open_file(name: str, file: str, threads: int | None) -> Answer:
    """Open a file under a name."""
    if threads is not None:
        portable_lib._unsafe_reset_threadpool(threads)  # noqa: SLF001 - there is no other way
    _open[name] = Runtime.get().load_program(file).load_method("forward")
    return None, []


def run(images: NDArray[np.float32], name: str) -> Answer:
    """Raw scores of images, float32, shape (n, classes)."""
    found = [_open[name].execute([torch.tensor(image[None])])[0].numpy()[0] for image in images]
    return None, [np.stack(found)]


CALLS = {"convert": convert, "version": version, "open": open_file, "run": run}
