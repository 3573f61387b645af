"""Which parameters are moved, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from effnet_studio.engine.training.config import Optimizer, TrainConfig

if TYPE_CHECKING:
    from torch import nn


def parameter_groups(model: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    """Divide the trainable parameters into those that decay and those that do not.

    Norms' scales and all biases have one dimension and do not decay: pulling them to zero shrinks
    activations instead of simplifying the function (He et al. 2018, arXiv:1812.01187, section 3.1).

    Args:
        model: Frozen parameters (``requires_grad`` False) are left out.
        weight_decay: For the parameters that decay.

    Returns:
        Groups for an optimiser, in the model's order; empty groups are left out.
    """
    trainable = [parameter for parameter in model.parameters() if parameter.requires_grad]
    groups = [
        {"params": [p for p in trainable if p.ndim > 1], "weight_decay": weight_decay},
        {"params": [p for p in trainable if p.ndim <= 1], "weight_decay": 0.0},
    ]
    return [group for group in groups if group["params"]]


def make_optimizer(model: nn.Module, config: TrainConfig) -> torch.optim.Optimizer:
    """Make the optimiser the settings ask for.

    Args:
        model: The network, already on its device and frozen as it is to be.
        config: The settings.

    Returns:
        An optimiser over the trainable parameters only.
    """
    groups = parameter_groups(model, config.weight_decay)
    # One kernel for all: on a CPU a small network's step takes a quarter of the time of a loop.
    fused = next(model.parameters()).device.type in {"cpu", "cuda"}
    if config.optimizer is Optimizer.SGD:
        return torch.optim.SGD(
            groups,
            lr=config.learning_rate,
            momentum=config.momentum,
            nesterov=config.momentum > 0,
            fused=fused,
        )
    return torch.optim.AdamW(groups, lr=config.learning_rate, fused=fused)


def set_learning_rate(optimizer: torch.optim.Optimizer, rate: float) -> None:
    """Use this learning rate from the next step on."""
    for group in optimizer.param_groups:
        group["lr"] = rate
