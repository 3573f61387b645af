"""From a row of the catalog to a network for the user's classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch.nn.functional as F  # noqa: N812 - PyTorch's own convention
from torch import Tensor, nn

from effnet_studio.engine.models.catalog import preprocess_for
from effnet_studio.engine.models.scaled_net import build_scaled
from effnet_studio.engine.models.stages import (
    SplitForward,
    forward_split,
    freeze_stages,
    head_modules,
    se_blocks,
    se_gate,
    set_train_mode,
    stage_modules,
)
from effnet_studio.engine.torchvision_compat import import_timm, import_torchvision

if TYPE_CHECKING:
    from effnet_studio.engine.models.spec import ModelSpec

__all__ = [
    "DropoutLinear",
    "SplitForward",
    "build_model",
    "forward_split",
    "freeze_stages",
    "head_modules",
    "preprocess_for",
    "se_blocks",
    "se_gate",
    "set_train_mode",
    "stage_modules",
]

_HEAD_STD = 0.01


class DropoutLinear(nn.Linear):
    """A linear layer that hides some of its inputs while training.

    For families that have no dropout before their classifier; as one module it keeps the names in
    the weights file the same.

    Args:
        in_features: Inputs.
        out_features: Outputs.
        dropout: Share of the inputs hidden at each step, in [0, 1).
    """

    def __init__(self, in_features: int, out_features: int, *, dropout: float) -> None:
        super().__init__(in_features, out_features)
        self.dropout = dropout

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002 - nn.Linear's own name for it
        """Map float (n, in_features) to float (n, out_features)."""
        return super().forward(F.dropout(input, self.dropout, self.training))


def build_model(spec: ModelSpec, classes: int, *, dropout: float | None = None) -> nn.Module:
    """Build a network with random weights and a head for ``classes`` classes.

    The backbone is initialised as its library does. The last layer starts at N(0, 0.01²) with
    zero bias whatever the number of classes, so that all classes start about equally likely:
    EfficientNet's own rule, U(±1/√classes), is far too wide for a handful of classes.

    Args:
        spec: Row of the catalog.
        classes: Number of outputs, at least 1.
        dropout: Share of the last features hidden at each training step, in [0, 1); None: what
            the architecture was made with.

    Returns:
        The network in training mode, float32, on the current default device. Its input is float
        (n, 3, s, s), its output logits, float (n, classes).

    Raises:
        ModelError: If the library does not fit the installed PyTorch.
    """
    model: nn.Module
    if spec.scaling is not None:
        model = build_scaled(spec.scaling, classes)
    elif spec.library == "timm":
        model = import_timm().create_model(spec.builder, pretrained=False, num_classes=classes)
    else:
        models = import_torchvision("models")
        model = models.get_model(spec.builder, weights=None, num_classes=classes)
    if dropout is not None:
        _set_dropout(model, spec, dropout)
    classifier = model.get_submodule(spec.classifier)
    if isinstance(classifier, (nn.Linear, nn.Conv2d)) and classifier.bias is not None:
        nn.init.normal_(classifier.weight, std=_HEAD_STD)
        nn.init.zeros_(classifier.bias)
    return model


def set_drop_path(model: nn.Module, most: float) -> None:
    """Change how often residual blocks are skipped while training.

    The probability rises in a straight line from the first block to the last (Huang et al. 2016,
    arXiv:1603.09382, section 3); the libraries' own modules are changed, nothing is added.

    Args:
        model: Network of the catalog; nothing happens where its family has no such modules.
        most: Probability for the last block, in [0, 1).
    """
    blocks = [m for m in model.modules() if type(m).__name__ in {"StochasticDepth", "DropPath"}]
    for number, block in enumerate(blocks, start=1):
        name = "drop_prob" if hasattr(block, "drop_prob") else "p"
        setattr(block, name, most * number / len(blocks))


def _set_dropout(model: nn.Module, spec: ModelSpec, dropout: float) -> None:
    """Change the head's dropout, or give it one."""
    layers = [
        layer
        for module in head_modules(model, spec)
        for layer in module.modules()
        if isinstance(layer, nn.Dropout)
    ]
    for layer in layers:
        layer.p = dropout
    old = model.get_submodule(spec.classifier)
    if not layers and dropout > 0 and isinstance(old, nn.Linear):
        model.set_submodule(
            spec.classifier, DropoutLinear(old.in_features, old.out_features, dropout=dropout)
        )
