"""The network of a run: built, with its starting weights, frozen as asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import nn

from effnet_studio.engine.models.build import build_model, freeze_stages, set_drop_path
from effnet_studio.engine.models.weights import load_weights

if TYPE_CHECKING:
    from effnet_studio.engine.models.spec import ModelSpec
    from effnet_studio.engine.models.weights import ResolvedWeights
    from effnet_studio.engine.training.session import TrainJob

NORM_MOMENTUM = 0.1
"""Least share of a batch's statistics in the running ones, PyTorch's own default."""


def build_network(job: TrainJob, resolved: ResolvedWeights | None = None) -> nn.Module:
    """Build the network on its device, frozen as asked, in channels-last memory.

    Args:
        job: What was asked for.
        resolved: Weights to start from; None: random ones.

    Returns:
        The network in training mode.

    Raises:
        WeightsError: If the weights cannot be read.
    """
    model = build_model(job.spec, len(job.dataset.classes), dropout=job.config.dropout)
    if resolved is not None and resolved.kind != "none":
        load_weights(model, job.spec, resolved, classes=job.dataset.classes, on_event=job.on_event)
    if job.config.drop_path is not None:
        set_drop_path(model, job.config.drop_path)
    _quicken_norms(model)
    # Convolutions are faster with channels last, on CPUs as on tensor cores.
    model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    model.to(job.device)
    # What is thawed later has its place in the optimiser from the start.
    freeze_stages(model, job.spec, job.always_frozen)
    return model


def _quicken_norms(model: nn.Module) -> None:
    """Let batch-norm statistics keep up with a short run.

    MobileNetV3 and the large EfficientNets come with a momentum of 0.01, made for half a million
    steps; over a few hundred steps validation would look through statistics of long ago.
    """
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d) and module.momentum is not None:
            module.momentum = max(module.momentum, NORM_MOMENTUM)


def frozen_names(model: nn.Module, spec: ModelSpec, n: int) -> frozenset[str]:
    """Names of the tensors in a network's state that belong to its first stages.

    Args:
        model: Network built from ``spec``.
        spec: Its row of the catalog.
        n: Number of stages.

    Returns:
        Names of parameters and buffers.
    """
    prefixes = tuple(f"{name}." for stage in spec.stages[:n] for name in stage.modules)
    return frozenset(name for name in model.state_dict() if name.startswith(prefixes))
