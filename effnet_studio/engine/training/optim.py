"""Which parameters are moved, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from effnet_studio.engine.models.build import stage_modules
from effnet_studio.engine.training.schema import Optimizer, TrainConfig

if TYPE_CHECKING:
    from torch import nn

    from effnet_studio.engine.models.spec import ModelSpec


def parameter_groups(
    model: nn.Module, weight_decay: float, *, spec: ModelSpec | None = None, layer_decay: float = 1
) -> list[dict[str, Any]]:
    """Divide the trainable parameters into those that decay and those that do not, by stage.

    Norms' scales and all biases have one dimension and do not decay: pulling them to zero shrinks
    activations instead of simplifying the function (He et al. 2018, arXiv:1812.01187, section 3.1).
    Earlier stages may learn more slowly (Howard and Ruder 2018, arXiv:1801.06146, section 3.2).

    Args:
        model: Frozen parameters (``requires_grad`` False) are left out.
        weight_decay: For the parameters that decay.
        spec: The model's row of the catalog, where stages learn at different rates.
        layer_decay: Rate of a stage over that of the next one; the head has the full rate.

    Returns:
        Groups for an optimiser, in the model's order; empty groups are left out. ``scale`` is a
        group's share of the learning rate.
    """
    scales: dict[int, float] = {}
    if spec is not None and layer_decay != 1:
        stages = stage_modules(model, spec)
        for number, modules in enumerate(stages):
            scale = layer_decay ** (len(stages) - number)
            scales |= {id(p): scale for module in modules for p in module.parameters()}
    groups: dict[tuple[float, bool], dict[str, Any]] = {}
    for parameter in model.parameters():
        if not parameter.requires_grad:
            continue
        scale, decays = scales.get(id(parameter), 1.0), parameter.ndim > 1
        decay = weight_decay if decays else 0.0
        new = {"params": [], "weight_decay": decay, "scale": scale}
        groups.setdefault((scale, decays), new)["params"].append(parameter)
    return [groups[key] for key in sorted(groups, reverse=True)]


def make_optimizer(
    model: nn.Module, config: TrainConfig, spec: ModelSpec | None = None
) -> torch.optim.Optimizer:
    """Make the optimiser the settings ask for.

    Args:
        model: The network, already on its device and frozen as it is to be.
        config: The settings.
        spec: The model's row of the catalog; None: all stages learn at one rate.

    Returns:
        An optimiser over the trainable parameters only.
    """
    groups = parameter_groups(model, config.weight_decay, spec=spec, layer_decay=config.layer_decay)
    # One kernel for all: on a CPU a small network's step takes a quarter of the time of a loop.
    fused = next(model.parameters()).device.type in {"cpu", "cuda"}
    if config.optimizer is Optimizer.SGD:
        # The fused kernel does not know parameters that join later, without a momentum yet.
        fused = fused and not config.thaw_every
        return torch.optim.SGD(
            groups,
            lr=config.learning_rate,
            momentum=config.momentum,
            nesterov=config.momentum > 0,
            fused=fused,
        )
    return torch.optim.AdamW(groups, lr=config.learning_rate, fused=fused)


def set_learning_rate(optimizer: torch.optim.Optimizer, rate: float) -> None:
    """Use this learning rate from the next step on, and each group's share of it."""
    for group in optimizer.param_groups:
        group["lr"] = rate * group.get("scale", 1.0)


def gradient_norm(optimizer: torch.optim.Optimizer, most: float = 0.0) -> float:
    """Measure the length of the whole gradient, and shorten it if it is too long.

    Args:
        optimizer: Whose parameters' gradients; those without one count as zero.
        most: Largest length left; 0: only measure.

    Returns:
        The length before (Pascanu et al. 2013, arXiv:1211.5063, algorithm 1).
    """
    gradients = [
        parameter.grad
        for group in optimizer.param_groups
        for parameter in group["params"]
        if parameter.grad is not None
    ]
    if not gradients:
        return 0.0
    norm = torch.nn.utils.get_total_norm(gradients)
    if most and bool(norm > most):
        torch._foreach_mul_(gradients, most / norm)
    return float(norm)
