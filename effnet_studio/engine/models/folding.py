"""Batch norms folded into the convolutions before them: the same answers in less time.

In evaluation mode a batch norm is a fixed scale and shift of each channel, which the convolution
can do itself (Jacob et al. 2018, arXiv:1712.05877, section 3.2, eq. 14).
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

if TYPE_CHECKING:
    from torch import Tensor
    from torch.utils.hooks import RemovableHandle

TOLERANCE = 1e-4
"""Largest difference from the original answers, over the largest answer, that is rounding."""


@torch.no_grad()
def fold_norms(model: nn.Module, example: Tensor) -> nn.Module:
    """Copy a network and fold its batch norms where that changes nothing.

    Which norm follows which convolution is seen from a forward pass, so that it works for any
    family; the copy is compared with the original on the example.

    Args:
        model: Any network; neither it nor its mode is changed.
        example: Input, float (n, 3, s, s), on the model's device.

    Returns:
        A copy in evaluation mode; without anything folded if that would change its answers.
    """
    plain = copy.deepcopy(model).eval()
    expected = plain(example)
    folded = copy.deepcopy(plain)
    names = {module: name for name, module in folded.named_modules()}
    for convolution, norm in _pairs(folded, example):
        fused = fuse_conv_bn_eval(convolution, norm)
        folded.set_submodule(names[convolution], fused)
        folded.set_submodule(names[norm], nn.Identity())
    folded.requires_grad_(requires_grad=False)
    largest = float(expected.abs().max())
    if float((folded(example) - expected).abs().max()) > TOLERANCE * max(largest, 1e-6):
        return plain
    return folded.to(memory_format=torch.channels_last)  # type: ignore[call-overload,no-any-return]


def _pairs(model: nn.Module, example: Tensor) -> list[tuple[nn.Conv2d, nn.BatchNorm2d]]:
    """Convolutions whose output goes straight into a batch norm, each used once."""
    outputs: dict[int, tuple[nn.Conv2d, Tensor]] = {}
    found: list[tuple[nn.Conv2d, nn.BatchNorm2d]] = []
    calls: dict[nn.Module, int] = {}
    handles: list[RemovableHandle] = []

    def after(module: nn.Module, _inputs: object, output: Tensor) -> None:
        calls[module] = calls.get(module, 0) + 1
        if isinstance(module, nn.Conv2d):
            outputs[id(output)] = (module, output)  # the tensor is kept, so that its id is its own

    def before(module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        known = outputs.get(id(inputs[0]))
        if known is not None and isinstance(module, nn.BatchNorm2d):
            found.append((known[0], module))

    for module in model.modules():
        if type(module) is nn.Conv2d:
            handles.append(module.register_forward_hook(after))
        elif type(module) is nn.BatchNorm2d and module.track_running_stats:
            handles.append(module.register_forward_hook(after))
            handles.append(module.register_forward_pre_hook(before))
    try:
        model(example)
    finally:
        for handle in handles:
            handle.remove()
    return [pair for pair in found if all(calls[module] == 1 for module in pair)]
