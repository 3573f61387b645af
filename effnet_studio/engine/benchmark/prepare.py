"""What must be known and made before a model is timed; runs in a process of its own.

The ONNX files are made here and not where they are timed: the process that runs onnxruntime must
not hold PyTorch too, for its memory is measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio.engine.benchmark.plan import Runtime

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor, nn

CLASSES = 10
"""Outputs of the networks that are timed, as in a small project."""

_CALIBRATION_IMAGES = 4


@dataclass(frozen=True)
class Needs:
    """Memory that a picture takes, so that batches fit.

    Attributes:
        predict_bytes: While it is classified.
        train_bytes: While the whole network is trained on it: every layer's output is kept for
            the backward pass.
        mixed_gains: Whether training uses 16-bit numbers on this computer.
    """

    predict_bytes: int
    train_bytes: int
    mixed_gains: bool


def onnx_file(folder: Path, runtime: Runtime) -> Path:
    """Where a model's file for a runtime is."""
    return folder / f"{runtime}.onnx"


def preparing(model: str, size: int, folder: Path) -> Callable[[frozenset[Runtime]], Needs]:
    """Get ready to prepare a model; see :class:`~..helper.Helper`.

    Args:
        model: Catalog name.
        size: Side of the input, pixels.
        folder: Where the ONNX files go.

    Returns:
        A function that takes the runtimes, writes the files they need and says what it found.
    """
    return partial(_prepare, model, size, folder)


def _prepare(model: str, size: int, folder: Path, runtimes: frozenset[Runtime]) -> Needs:
    import torch

    from effnet_studio.engine.device import choose_device
    from effnet_studio.engine.models.build import build_model
    from effnet_studio.engine.models.catalog import get_spec
    from effnet_studio.engine.training.config import Precision
    from effnet_studio.engine.training.precision import plan_precision

    spec = get_spec(model)
    if runtimes & {Runtime.ONNX, Runtime.INT8}:
        torch.manual_seed(0)
        _write_files(build_model(spec, CLASSES), size, folder, int8=Runtime.INT8 in runtimes)
    with torch.device("meta"):
        network, picture = build_model(spec, CLASSES).eval(), torch.empty(1, 3, size, size)
    outputs = _output_bytes(network, picture)
    device = torch.device(choose_device("auto").name)
    return Needs(
        # Input and output of the largest layer, and a copy in the order the kernel wants.
        predict_bytes=3 * max(outputs),
        # Outputs, and the gradients and conversions on the way back.
        train_bytes=round(1.5 * sum(outputs)),
        mixed_gains=plan_precision(Precision.AUTO, device).kind != "fp32",
    )


def _output_bytes(network: nn.Module, picture: Tensor) -> list[int]:
    """Bytes of every layer's output; on the meta device, so that nothing is computed."""
    import torch

    found: list[int] = []

    def record(_module: nn.Module, _inputs: object, output: Tensor) -> None:
        found.append(output.numel() * output.element_size())

    for module in network.modules():
        if not any(module.children()):
            module.register_forward_hook(record)
    with torch.no_grad():
        network(picture)
    return found


def _write_files(network: nn.Module, size: int, folder: Path, *, int8: bool) -> None:
    """Write the files as an export does.

    The 8-bit ranges are chosen from a few pictures of noise instead of the user's own: the answers
    are worthless, the time is the same.
    """
    import numpy as np
    import onnx

    from effnet_studio.engine.export.graph.network import export_graph, write_graph
    from effnet_studio.engine.export.int8.search import fastest_copy

    plain = onnx_file(folder, Runtime.ONNX)
    export_graph(network, plain, size=size, metadata={})
    if not int8:
        return
    random = np.random.default_rng(0)
    images = random.normal(size=(_CALIBRATION_IMAGES, 3, size, size)).astype(np.float32)
    write_graph(fastest_copy(onnx.load(plain), images), onnx_file(folder, Runtime.INT8), {})
