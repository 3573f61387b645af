"""A network as a row of stages: freeze them, run up to one and on from there, find SE blocks."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

import torch
import torch.nn.functional as F  # noqa: N812 - PyTorch's own convention
from torch import Tensor, nn

from effnet_studio.engine.torchvision_compat import import_timm, import_torchvision

if TYPE_CHECKING:
    from collections.abc import Callable

    from effnet_studio.engine.models.spec import ModelSpec


class SplitForward(NamedTuple):
    """A network cut behind one of its stages; ``rest(trunk(x))`` equals ``model(x)``.

    Attributes:
        trunk: From the input, float (n, 3, s, s), to the feature map of the last frozen stage,
            float (n, c, h, w). With no frozen stage it returns its input. Runs without gradients.
        rest: From that feature map to the logits, float (n, classes).
    """

    trunk: Callable[[Tensor], Tensor]
    rest: Callable[[Tensor], Tensor]


def stage_modules(model: nn.Module, spec: ModelSpec) -> list[list[nn.Module]]:
    """The modules of each stage, in forward order.

    Args:
        model: Network built from ``spec``.
        spec: Its row of the catalog.

    Returns:
        One list for each of ``spec.stages``.
    """
    return [[model.get_submodule(name) for name in stage.modules] for stage in spec.stages]


def head_modules(model: nn.Module, spec: ModelSpec) -> list[nn.Module]:
    """The modules behind the last stage, in forward order.

    Args:
        model: Network built from ``spec``.
        spec: Its row of the catalog.

    Returns:
        The modules, the classifier last.
    """
    return [model.get_submodule(name) for name in spec.head]


def freeze_stages(model: nn.Module, spec: ModelSpec, n: int) -> None:
    """Freeze the first ``n`` stages and thaw all others.

    Frozen parameters need no gradient. Batch-norm statistics stay only if the stages also stay in
    evaluation mode: call :func:`set_train_mode` instead of ``model.train()``.

    Args:
        model: Network built from ``spec``.
        spec: Its row of the catalog.
        n: Number of stages, from the input on; more than there are means all. The head is never
            frozen.
    """
    model.requires_grad_(requires_grad=True)
    for modules in stage_modules(model, spec)[: max(0, n)]:
        for module in modules:
            module.requires_grad_(requires_grad=False)
            for parameter in module.parameters():
                parameter.grad = None  # an optimiser must not move it by an old gradient


def set_train_mode(model: nn.Module, spec: ModelSpec, n: int) -> None:
    """Put the network in training mode, its first ``n`` stages in evaluation mode.

    Evaluation mode keeps the frozen batch-norm statistics as they are, and makes the frozen part
    give the same output each time (no stochastic depth), so that it may be cached.

    Args:
        model: Network built from ``spec``.
        spec: Its row of the catalog.
        n: As given to :func:`freeze_stages`.
    """
    model.train()
    for modules in stage_modules(model, spec)[: max(0, n)]:
        for module in modules:
            module.eval()


def forward_split(model: nn.Module, spec: ModelSpec, n: int) -> SplitForward:
    """Cut the forward pass behind stage ``n``.

    The trunk runs under ``torch.no_grad()``, so nothing is stored for the backward pass of frozen
    stages, and its output may be kept and fed to the rest again.

    Args:
        model: Network built from ``spec``. Its modules are used, not copied.
        spec: Its row of the catalog.
        n: Number of stages in the trunk; more than there are means all.

    Returns:
        The two parts; one after the other they give exactly what ``model`` gives.
    """
    stages = stage_modules(model, spec)
    cut = min(max(0, n), len(stages))
    first = [module for stage in stages[:cut] for module in stage]
    second = [module for stage in stages[cut:] for module in stage]
    head: list[Callable[[Tensor], Tensor]] = [*head_modules(model, spec)]
    if spec.pool != "none":
        head.insert(0, _POOLS[spec.pool])
    pool, *last = head

    def trunk(x: Tensor) -> Tensor:
        with torch.no_grad():
            for module in first:
                x = module(x)
        return x

    def rest(x: Tensor) -> Tensor:
        for module in second:
            x = module(x)
        x = pool(x)
        if spec.flatten:
            x = torch.flatten(x, 1)
        for layer in last:
            x = layer(x)
        return x

    return SplitForward(trunk, rest)


def se_blocks(model: nn.Module) -> list[tuple[str, nn.Module]]:
    """Find the squeeze-and-excitation blocks.

    Args:
        model: Any network of the catalog.

    Returns:
        Dotted name and module of each, in forward order; empty for families without them.
    """
    kinds = [import_torchvision("ops").SqueezeExcitation]
    if "timm" in sys.modules:  # else no network of its can be here
        kinds.append(import_timm().layers.SEModule)
    known = tuple(kinds)
    return [(name, module) for name, module in model.named_modules() if isinstance(module, known)]


def se_gate(block: nn.Module) -> nn.Module:
    """The last layer of a squeeze-and-excitation block's branch: its output are the gates.

    Args:
        block: One of :func:`se_blocks`.

    Returns:
        The module; its output is float (n, channels, 1, 1), in [0, 1].
    """
    return block.get_submodule("scale_activation" if hasattr(block, "scale_activation") else "gate")


def _average(x: Tensor) -> Tensor:
    return F.adaptive_avg_pool2d(x, (1, 1))


def _relu_average(x: Tensor) -> Tensor:
    return F.adaptive_avg_pool2d(F.relu(x), (1, 1))


_POOLS: dict[str, Callable[[Tensor], Tensor]] = {
    "average": _average,
    "relu_average": _relu_average,
}
"""Pooling that a family's forward pass does without a module of its own."""
