"""Converting to Core ML, and, on a Mac, running what was converted."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import TYPE_CHECKING, Any

import coremltools as ct
import numpy as np
import torch

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Answer = tuple[Any, list[NDArray[Any]]]

_PACKAGE = "model.mlpackage"
_DEBUG_NOTES = "executorch_debug_handle_mapping.json"
"""Laid into each package for ExecuTorch's debugger; Core ML does not know it."""

_open: dict[str, Any] = {}


def convert(program: str, target: str, size: int) -> Answer:
    """Write a PyTorch program as a Core ML package for one image at a time.

    Args:
        program: The file of the PyTorch program.
        target: An empty folder, which becomes the package.
        size: Side of the input, pixels.
    """
    network = torch.export.load(program).module()
    shape = (1, 3, size, size)
    fixed = torch.export.export(network, (torch.zeros(*shape),), strict=False)
    model = ct.convert(
        fixed.run_decompositions({}),
        inputs=[ct.TensorType(name="input", shape=shape)],
        outputs=[ct.TensorType(name="logits")],
        convert_to="mlprogram",
        minimum_deployment_target=ct.target.iOS16,  # and macOS 13
        compute_precision=ct.precision.FLOAT32,  # by custom it rounds to 16 bits
        skip_model_load=True,
    )
    folder = Path(target)
    package = folder / _PACKAGE  # it insists on the ending
    model.save(str(package))
    (package / _DEBUG_NOTES).unlink(missing_ok=True)
    for item in package.iterdir():
        item.rename(folder / item.name)
    package.rmdir()
    _make_readable(folder)
    return None, []


def version() -> Answer:
    """Of the system, to which Core ML belongs."""
    return f"of macOS {platform.mac_ver()[0]}", []


def open_file(name: str, file: str, threads: int | None) -> Answer:
    """Open a package under a name; Core ML takes as many threads as it likes."""
    del threads
    _open[name] = ct.models.MLModel(file, compute_units=ct.ComputeUnit.CPU_ONLY)
    return None, []


def run(images: NDArray[np.float32], name: str) -> Answer:
    """Raw scores of images, float32, shape (n, classes)."""
    found = [_open[name].predict({"input": image[None]})["logits"][0] for image in images]
    return None, [np.stack(found).astype(np.float32)]


def _make_readable(folder: Path) -> None:
    """Give the files the usual rights; coremltools leaves one to its owner alone."""
    usual = os.umask(0)
    os.umask(usual)
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(0o666 & ~usual)


CALLS = {"convert": convert, "version": version, "open": open_file, "run": run}
