"""Which number formats a training step uses: 16 bits where they are really faster.

On CUDA that is autocast. On CPUs blanket autocast is slower than float32, because the backward pass
of depthwise convolutions in bfloat16 takes several times as long; the pointwise convolutions,
which are matrix products, gain on processors that multiply bfloat16 natively. So only those change
format there (``tests/benchmarks/bench_step.py`` measures it).
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

import torch
import torch.nn.functional as F  # noqa: N812 - PyTorch's own convention
from torch import Tensor, nn

from effnet_studio.engine.device import cpu_features
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.training.config import Precision

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class PrecisionPlan:
    """The decision for one run.

    Attributes:
        kind: ``fp32``; ``pointwise``: bfloat16 in 1×1 convolutions only; or ``autocast``.
        dtype: The short format.
        reason: Why, in words.
    """

    kind: Literal["fp32", "pointwise", "autocast"]
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
        reason = msg("16-bit numbers in the pointwise convolutions, 32 bits elsewhere.")
        return PrecisionPlan("pointwise", torch.bfloat16, reason)
    if wanted:
        return PrecisionPlan("autocast", torch.bfloat16, msg("Mixed 16- and 32-bit numbers."))
    reason = msg("32-bit numbers: shorter ones are not faster on this device.")
    return PrecisionPlan("fp32", torch.float32, reason)


def has_native_bf16() -> bool:
    """Whether this processor multiplies bfloat16 in hardware (AVX-512 BF16 or AMX)."""
    return not {"BF16", "AMX"}.isdisjoint(cpu_features())


@contextlib.contextmanager
def reduced_precision(
    model: nn.Module, device: torch.device, plan: PrecisionPlan
) -> Iterator[None]:
    """Compute the forward passes inside as planned; everything is as before afterwards.

    Args:
        model: The network; its parameters stay float32.
        device: Where it is.
        plan: From :func:`plan_precision`.
    """
    if plan.kind == "fp32":
        yield
    elif plan.kind == "autocast":
        with torch.autocast(device.type, plan.dtype):
            yield
    else:
        layers = [layer for layer in model.modules() if is_pointwise(layer)]
        try:
            for layer in layers:
                # An attribute of the instance hides the method of its class until it is deleted.
                layer.forward = partial(_pointwise, layer, plan.dtype)
            yield
        finally:
            for layer in layers:
                layer.__dict__.pop("forward", None)


def is_pointwise(layer: nn.Module) -> bool:
    """Whether a layer is a 1×1 convolution over all channels, which is a matrix product."""
    return isinstance(layer, nn.Conv2d) and layer.kernel_size == (1, 1) and layer.groups == 1


def _pointwise(layer: nn.Module, dtype: torch.dtype, x: Tensor) -> Tensor:
    """A 1×1 convolution in a short format; input, output and gradients of weights in float32."""
    assert isinstance(layer, nn.Conv2d)  # noqa: S101 - is_pointwise chose it
    bias = None if layer.bias is None else layer.bias.to(dtype)
    y = F.conv2d(
        x.to(dtype), layer.weight.to(dtype), bias, layer.stride, layer.padding, layer.dilation
    )
    return y.float()
