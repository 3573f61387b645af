"""Which number formats a training step uses: 16 bits where they are really faster.

On CUDA that is autocast. On CPUs blanket autocast is slower than float32, because the backward pass
of depthwise convolutions in bfloat16 takes several times as long. Dense convolutions are matrix
products and gain on processors that multiply bfloat16 natively: with one thread of a Xeon with AMX,
forward and backward together, 1×1 with 112 to 672 channels 1.9 times, 3×3 with 64 to 512 channels
2 to 4.6 times; but 1×1 with 16 to 96 channels 0.6 to 1.1 times, and tiny ones 0.7 times, as the
conversion costs more than it saves. So only the convolutions that gain change format there, which
makes a whole step of EfficientNet-B0 and ResNet-50 1.4 times, of ResNet-18 1.7 times as fast
(``tests/benchmarks/bench_step.py``).
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeGuard

import torch
import torch.nn.functional as F  # noqa: N812 - PyTorch's own convention
from torch import Tensor, nn

from effnet_studio.engine.device import cpu_features
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.training.config import Precision

if TYPE_CHECKING:
    from collections.abc import Iterator

MIN_CHANNELS = 16
"""Input channels below which a convolution does not gain from bfloat16."""

MIN_INTENSITY = 20.0
"""Multiplications for each number read or written, below which it does not gain."""

MIN_MACS = 10_000_000
"""Multiplications of a whole batch, below which converting costs more than it saves."""


@dataclass(frozen=True)
class PrecisionPlan:
    """The decision for one run.

    Attributes:
        kind: ``fp32``; ``selective``: bfloat16 in the convolutions that gain; or ``autocast``.
        dtype: The short format.
        reason: Why, in words.
    """

    kind: Literal["fp32", "selective", "autocast"]
    dtype: torch.dtype
    reason: Message

    @property
    def needs_scaler(self) -> bool:
        """Whether small gradients would vanish in the short format."""
        return self.kind == "autocast" and self.dtype is torch.float16


def plan_precision(precision: Precision, device: torch.device) -> PrecisionPlan:
    """Decide how a run computes.

    Args:
        precision: The setting. ``auto`` takes short formats only where they are known to be faster;
            ``mixed`` takes them on any device; ``fp32`` never.
        device: Where the run computes.

    Returns:
        The decision.
    """
    wanted = precision is Precision.MIXED
    if precision is Precision.FP32:
        return PrecisionPlan("fp32", torch.float32, msg("32-bit numbers, as chosen."))
    if device.type == "cuda":
        dtype = torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16
        return PrecisionPlan("autocast", dtype, msg("Mixed 16- and 32-bit numbers."))
    if device.type == "cpu" and (wanted or has_native_bf16()):
        reason = msg("16-bit numbers in the convolutions that gain from them, 32 bits elsewhere.")
        return PrecisionPlan("selective", torch.bfloat16, reason)
    if wanted:
        return PrecisionPlan("autocast", torch.bfloat16, msg("Mixed 16- and 32-bit numbers."))
    reason = msg("32-bit numbers: shorter ones are not faster on this device.")
    return PrecisionPlan("fp32", torch.float32, reason)


def has_native_bf16() -> bool:
    """Whether this processor multiplies bfloat16 in hardware (AVX-512 BF16 or AMX)."""
    return not {"BF16", "AMX"}.isdisjoint(cpu_features())


class ShortFormats:
    """The number formats of a network's forward passes, put on and taken off.

    Args:
        model: The network; its parameters stay float32.
        device: Where it is.
        plan: From :func:`plan_precision`.
    """

    def __init__(self, model: nn.Module, device: torch.device, plan: PrecisionPlan) -> None:
        self._device, self._plan = device, plan
        gaining = [] if plan.kind != "selective" else [m for m in model.modules() if may_gain(m)]
        # The same each time: what is compiled with them is compiled once.
        self._layers = [(layer, partial(_convolve, layer, plan.dtype)) for layer in gaining]

    @contextlib.contextmanager
    def used(self) -> Iterator[None]:
        """Compute the forward passes inside as planned; everything is as before afterwards."""
        if self._plan.kind == "autocast":
            with torch.autocast(self._device.type, self._plan.dtype):
                yield
            return
        try:
            for layer, forward in self._layers:
                # An attribute of the instance hides the method of its class until it is deleted.
                layer.forward = forward  # type: ignore[method-assign]
            yield
        finally:
            for layer, _ in self._layers:
                layer.__dict__.pop("forward", None)


def may_gain(layer: nn.Module) -> TypeGuard[nn.Conv2d]:
    """Whether a layer is a dense convolution with enough arithmetic for each number it moves."""
    if not isinstance(layer, nn.Conv2d) or layer.groups != 1 or layer.padding_mode != "zeros":
        return False
    inputs, outputs = layer.in_channels, layer.out_channels
    area = layer.kernel_size[0] * layer.kernel_size[1]
    return inputs >= MIN_CHANNELS and area * inputs * outputs / (inputs + outputs) >= MIN_INTENSITY


def _convolve(layer: nn.Conv2d, dtype: torch.dtype, x: Tensor) -> Tensor:
    """The layer's convolution, in a short format if the input is large enough to gain.

    Input, output and the gradients of the weights are float32 either way.
    """
    weight, bias = layer.weight, layer.bias
    places = x.shape[0] * x.shape[2] * x.shape[3] / (layer.stride[0] * layer.stride[1])
    if places * weight.numel() >= MIN_MACS:
        x, weight = x.to(dtype), weight.to(dtype)
        bias = None if bias is None else bias.to(dtype)
    y = F.conv2d(x, weight, bias, layer.stride, layer.padding, layer.dilation)
    return y.float()
