"""What a network is made of: parameters, multiply-accumulates and feature maps of each stage.

The network is built and run on PyTorch's ``meta`` device: shapes without numbers, so that even
EfficientNet-B7 at 600 pixels is examined in a second or two and no memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from effnet_studio.engine.models.build import build_model

if TYPE_CHECKING:
    from collections.abc import Callable

    from effnet_studio.engine.models.spec import ModelSpec


@dataclass(frozen=True)
class StageFacts:
    """One stage of a network, or its head.

    Attributes:
        name: As in the catalog; ``"Head"`` for what follows the last stage.
        parameters: Trainable numbers.
        macs: Multiply-accumulates for one picture.
        shape: Of its output for one picture: (channels, height, width), (classes,) for the head.
    """

    name: str
    parameters: int
    macs: int
    shape: tuple[int, ...]


@dataclass(frozen=True)
class ModelFacts:
    """A whole network at one input size.

    Attributes:
        image_size: Side of the square input, pixels.
        classes: Outputs.
        stages: In forward order, the head last.
    """

    image_size: int
    classes: int
    stages: tuple[StageFacts, ...]

    @property
    def parameters(self) -> int:
        """Trainable numbers of all stages and the head."""
        return sum(stage.parameters for stage in self.stages)

    @property
    def macs(self) -> int:
        """Multiply-accumulates for one picture."""
        return sum(stage.macs for stage in self.stages)


def probe_model(
    spec: ModelSpec, *, classes: int = 1000, image_size: int | None = None
) -> ModelFacts:
    """Count what a network is made of.

    Multiply-accumulates are those of convolutions and linear layers (He et al. and the catalog's
    sources count the same): output elements times inputs of each. Biases, norms and activations
    are left out.

    Args:
        spec: Row of the catalog.
        classes: Outputs.
        image_size: Side of the square input, pixels; None: what the weights were made for.

    Returns:
        The facts of each stage and the head.

    Raises:
        ModelError: If the library does not fit the installed PyTorch.
    """
    size = spec.input_size if image_size is None else image_size
    with torch.device("meta"):
        model = build_model(spec, classes).eval()
        picture = torch.empty(1, 3, size, size)
    macs: dict[str, int] = {}
    shapes: dict[str, tuple[int, ...]] = {}
    for name, module in model.named_modules():
        module.register_forward_hook(_recorder(name, macs, shapes))
    with torch.no_grad():
        logits = model(picture)
    behind = (*spec.head, spec.classifier)
    parts = [
        *((stage.name, stage.modules, shapes[stage.modules[-1]]) for stage in spec.stages),
        ("Head", behind, tuple(logits.shape[1:])),
    ]
    sizes = {name: parameter.numel() for name, parameter in model.named_parameters()}
    return ModelFacts(
        image_size=size,
        classes=classes,
        stages=tuple(
            StageFacts(name, _sum_below(sizes, modules), _sum_below(macs, modules), shape)
            for name, modules, shape in parts
        ),
    )


def _recorder(
    name: str, macs: dict[str, int], shapes: dict[str, tuple[int, ...]]
) -> Callable[[nn.Module, object, object], None]:
    """A forward hook that writes down one module's work and output shape."""

    def record(module: nn.Module, _inputs: object, output: object) -> None:
        if not isinstance(output, Tensor):
            return
        shapes[name] = tuple(output.shape[1:])
        if isinstance(module, nn.Conv2d):
            kernel = module.kernel_size[0] * module.kernel_size[1]
            macs[name] = output.numel() * kernel * (module.in_channels // module.groups)
        elif isinstance(module, nn.Linear):
            macs[name] = output.numel() * module.in_features

    return record


def _sum_below(counts: dict[str, int], modules: tuple[str, ...]) -> int:
    """Sum of the counts whose dotted name is one of these modules or lies inside one."""
    return sum(
        count
        for name, count in counts.items()
        if any(name == module or name.startswith(f"{module}.") for module in modules)
    )
