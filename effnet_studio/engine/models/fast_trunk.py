"""The frozen part of a network as fast as this computer can run it, with the same numbers.

Milliseconds for a picture with two threads, onnxruntime taking four at a time, whose activations
stay in the processor's cache (bench_trunk.py):

| | channels first | channels last | norms folded | onnxruntime |
|---|---|---|---|---|
| EfficientNet-B0 at 224 px | 44 | 27 | 17 | 7.0 |
| EfficientNet-B3 at 192 px | 61 | 33 | 38 | 18 |
| EfficientNet-Lite0 at 192 px | 23 | 16 | 16 | 3.8 |
| MobileNetV3-Small at 224 px | 4.4 | 2.0 | 1.6 | 1.3 |
| ConvNeXt-Tiny at 192 px | 81 | 80 | 80 | 46 |
| ResNet-18 at 224 px | 31 | 22 | 20 | 21 |

Residual networks without depthwise convolutions gain nothing and lose nothing but the second of
preparation; nothing in the catalog is slower by more than what two measurements differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import onnxruntime
import torch

from effnet_studio.engine.models.folding import TOLERANCE, fold_norms
from effnet_studio.engine.models.onnx_runtime import RUNTIME_ERRORS
from effnet_studio.engine.models.onnx_weights import open_model
from effnet_studio.engine.models.stages import SplitForward, forward_split, stage_modules
from effnet_studio.engine.models.trunk_graph import GRAPH_INPUT, write_trunk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from torch import Tensor, nn

    from effnet_studio.engine.models.spec import ModelSpec

ENOUGH: Final = 20.0
"""Work, in billions of multiply-accumulates, that pays for preparing onnxruntime.

Preparing takes 0.1 to 0.4 seconds; of a billion EfficientNet-B0 saves 25 ms against folded norms,
MobileNetV3-Small 5 (bench_trunk.py)."""

AT_A_TIME: Final = 4
"""Pictures in a pass through onnxruntime."""


def fast_split(
    model: nn.Module, spec: ModelSpec, n: int, example: Tensor, *, images: int
) -> SplitForward:
    """Cut a network behind its frozen stages, for passing over many pictures without gradients.

    Batch norms are folded. On a CPU the trunk runs in onnxruntime if that pays and gives the same
    numbers for the example. The choice never depends on a clock: the same settings give the same
    numbers, bit for bit, each time.

    Args:
        model: Network built from ``spec``; neither it nor its mode is changed, and later changes
            of its weights do not reach the result.
        spec: Its row of the catalog.
        n: Number of frozen stages.
        example: Input, float32 (m, 3, s, s), on the model's device.
        images: Pictures that will be passed over, each view counted.

    Returns:
        The two parts, in evaluation mode.
    """
    split = forward_split(fold_norms(model, example), spec, n)
    side = example.shape[-1]
    if not n or example.device.type != "cpu" or not pays(spec, side, images):
        return split
    trunk = onnx_trunk([module for stage in stage_modules(model, spec)[:n] for module in stage])
    if trunk is None:
        return split
    try:
        same = relative_error(trunk(example), split.trunk(example)) <= TOLERANCE
    except RUNTIME_ERRORS:
        return split
    return SplitForward(trunk, split.rest) if same else split


def pays(spec: ModelSpec, side: int, images: int) -> bool:
    """Whether onnxruntime saves more time than its preparation takes.

    Args:
        spec: The network's row of the catalog.
        side: Of its input, pixels.
        images: How many are to come.
    """
    return spec.macs * (side / spec.input_size) ** 2 * images > ENOUGH


def relative_error(found: Tensor, expected: Tensor) -> float:
    """‖found − expected‖ / ‖expected‖; infinite if their shapes differ or one is not finite."""
    if found.shape != expected.shape:
        return float("inf")
    length = torch.linalg.vector_norm(expected, dtype=torch.float64).item()
    gap = torch.linalg.vector_norm(found - expected, dtype=torch.float64).item()
    error = gap / length if length else gap
    return error if np.isfinite(error) else float("inf")


def onnx_trunk(modules: Sequence[nn.Module]) -> Callable[[Tensor], Tensor] | None:
    """Open modules that run one after the other in onnxruntime.

    Args:
        modules: In forward order; they are copied.

    Returns:
        From a float32 tensor (n, 3, s, s) on the CPU to the output of the last module, float32 (n,
        c, h, w); None if one of them does something that cannot be written as ONNX here.
    """
    graph = write_trunk(modules)
    if graph is None:
        return None
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3  # its warnings are for developers
    options.intra_op_num_threads = torch.get_num_threads()
    # Threads that spin while they wait take the cores that decode the next pictures.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        session = open_model(graph, options)
    except RUNTIME_ERRORS:
        return None

    def run(inputs: Tensor) -> Tensor:
        pictures = inputs.detach().contiguous().numpy()
        parts = [
            session.run(None, {GRAPH_INPUT: pictures[start : start + AT_A_TIME]})[0]
            for start in range(0, len(pictures), AT_A_TIME)
        ]
        return torch.from_numpy(np.concatenate(parts))

    return run
