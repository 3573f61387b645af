"""Scaled EfficientNets as torchvision modules."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import torch
from torch import nn

from effnet_studio.engine.models.mbconv import scaled_stages
from effnet_studio.engine.models.scaling import published
from effnet_studio.engine.torchvision_compat import import_torchvision

if TYPE_CHECKING:
    from effnet_studio.engine.models.scaling import Scaling

_STOCHASTIC_DEPTH = 0.2
# torchvision builds B5 and wider with TensorFlow's batch-norm settings; inherited weights need
# the same epsilon.
_WIDE = published(5).width
_WIDE_EPSILON = 1e-3
_WIDE_MOMENTUM = 0.01


def build_scaled(scaling: Scaling, classes: int) -> nn.Module:
    """Build torchvision's EfficientNet with our own table.

    Names and shapes of its tensors are torchvision's; with B0's coefficients all are the same as
    in ``efficientnet_b0``.

    Args:
        scaling: Its coefficients.
        classes: Number of outputs.

    Returns:
        The network with random weights, on the current default device.

    Raises:
        ModelError: If torchvision does not fit the installed PyTorch.
    """
    library = import_torchvision("models.efficientnet")
    settings = [
        library.MBConvConfig(
            stage.expansion,
            stage.kernel,
            stage.stride,
            stage.in_channels,
            stage.out_channels,
            stage.repeats,
        )
        for stage in scaled_stages(scaling, classes)
        if stage.kind == "blocks"
    ]
    wide = partial(nn.BatchNorm2d, eps=_WIDE_EPSILON, momentum=_WIDE_MOMENTUM)
    model: nn.Module = library.EfficientNet(
        settings,
        dropout=scaling.dropout,
        stochastic_depth_prob=_STOCHASTIC_DEPTH,
        num_classes=classes,
        norm_layer=wide if scaling.width >= _WIDE else None,
    )
    return model


def hush_added_blocks(model: nn.Module, scaling: Scaling, donor: Scaling) -> int:
    """Let blocks that the donor of the weights does not have start as the identity.

    The scale of their last batch norm becomes zero, so that they add nothing to what they pass
    on: where all channels are the donor's, the deeper network at first computes exactly what the
    donor does, and learns from there. Random blocks would spoil the inherited features behind
    them, and copies of the last block would repeat a step that was learned to be done once.
    (Identity deepening: Chen et al. 2016, arXiv:1511.05641; by a zero scale: Goyal et al. 2017,
    arXiv:1706.02677, §5.1.)

    Args:
        model: From :func:`build_scaled`; changed in place.
        scaling: Its coefficients.
        donor: Scaling of the network whose weights were laid over it.

    Returns:
        How many blocks were added.
    """
    added = 0
    tables = (scaled_stages(scaling), scaled_stages(donor))
    for number, (own, given) in enumerate(zip(*tables, strict=True)):
        for index in range(given.repeats, own.repeats):
            # features.N is the stage, .I its block, whose last layer is convolution and norm.
            last = model.get_submodule(f"features.{number}.{index}.block")
            norms = [module for module in last.modules() if isinstance(module, nn.BatchNorm2d)]
            with torch.no_grad():
                norms[-1].weight.zero_()
            added += 1
    return added
