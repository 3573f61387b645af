"""What is inside each stage of a network: its blocks and layers, with their shapes.

As in :mod:`~effnet_studio.engine.models.probe`, the network runs on PyTorch's ``meta`` device:
shapes without numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Literal, TypeAlias

import torch
from torch import Tensor, nn

from effnet_studio.engine.models.build import build_model
from effnet_studio.engine.models.stages import se_blocks

if TYPE_CHECKING:
    from collections.abc import Callable

    from effnet_studio.engine.models.spec import ModelSpec

LayerKind: TypeAlias = Literal[
    "convolution", "depthwise", "squeeze", "linear", "pool", "norm", "activation", "other"
]
Shortcut: TypeAlias = Literal["", "add", "project", "concatenate"]
Shape: TypeAlias = tuple[int, ...]

_BLOCKS = frozenset(
    {"MBConv", "InvertedResidual", "BasicBlock", "Bottleneck", "_DenseLayer", "_Transition"}
)
"""Names of torchvision's classes that are one block each."""
_SIDE = "downsample"
"""ResNet's name for the layers on the shortcut."""


@dataclass(frozen=True)
class Layer:
    """One call of a layer.

    Attributes:
        name: Dotted name in the network.
        kind: What it does; squeeze-and-excitation counts as one layer.
        shape_in: Of its input for one picture: (channels, height, width), or (features,).
        shape: Of its output, likewise.
        kernel: Side of a convolution's or a pooling's kernel; 0 without.
        stride: Of the kernel; 1 without.
        squeezed: Channels inside squeeze-and-excitation; 0 in others.
        parameters: Trainable numbers.
        macs: Multiply-accumulates for one picture.
        aside: Whether it lies on the shortcut.
    """

    name: str
    kind: LayerKind
    shape_in: Shape
    shape: Shape
    kernel: int = 0
    stride: int = 1
    squeezed: int = 0
    parameters: int = 0
    macs: int = 0
    aside: bool = False


@dataclass(frozen=True)
class BlockAnatomy:
    """Layers that belong together.

    Attributes:
        name: Dotted name; empty for layers that are in no block, such as a stem's.
        kind: Class in the library, such as ``"MBConv"``; empty as well.
        shortcut: How its input reaches its output past the layers: added as it is, added after
            a projection, set beside it, or not at all.
        layers: In the order in which they are called.
    """

    name: str
    kind: str
    shortcut: Shortcut
    layers: tuple[Layer, ...]

    @property
    def depthwise(self) -> Layer | None:
        """Its first depthwise convolution."""
        return next((each for each in self.layers if each.kind == "depthwise"), None)

    @property
    def expansion(self) -> float:
        """Channels of the depthwise convolution as a multiple of the block's; 0 without one."""
        middle = self.depthwise
        return 0.0 if middle is None else middle.shape[0] / self.layers[0].shape_in[0]

    @property
    def kernel(self) -> int:
        """Side of the depthwise kernel, or of the largest one of its convolutions."""
        middle = self.depthwise
        return middle.kernel if middle else max((x.kernel for x in self.layers), default=0)

    @property
    def stride(self) -> int:
        """By how much it makes the map smaller."""
        first, last = self.layers[0].shape_in, self.layers[-1].shape
        return round(first[1] / last[1]) if len(first) == len(last) == 3 else 1

    @property
    def squeezed(self) -> int:
        """Channels inside its squeeze-and-excitation; 0 without."""
        return max(each.squeezed for each in self.layers)

    def like(self, other: BlockAnatomy) -> bool:
        """Whether both are the same but for their names."""
        return _nameless(self) == _nameless(other)


@dataclass(frozen=True)
class StageAnatomy:
    """One stage of a network, or its head.

    Attributes:
        name: As in the catalog; ``"Head"`` for what follows the last stage.
        shape: Of its output for one picture: (channels, height, width), (classes,) for the head.
        blocks: In forward order.
    """

    name: str
    shape: Shape
    blocks: tuple[BlockAnatomy, ...]

    @property
    def layers(self) -> tuple[Layer, ...]:
        """All layers, in forward order."""
        return tuple(layer for block in self.blocks for layer in block.layers)

    @property
    def parameters(self) -> int:
        """Trainable numbers."""
        return sum(layer.parameters for layer in self.layers)

    @property
    def macs(self) -> int:
        """Multiply-accumulates for one picture."""
        return sum(layer.macs for layer in self.layers)


@dataclass(frozen=True)
class Anatomy:
    """A whole network at one input size.

    Attributes:
        model: Catalog name.
        image_size: Side of the square input, pixels.
        stages: In forward order, the head last.
    """

    model: str
    image_size: int
    stages: tuple[StageAnatomy, ...]

    @property
    def parameters(self) -> int:
        """Trainable numbers."""
        return sum(stage.parameters for stage in self.stages)

    @property
    def macs(self) -> int:
        """Multiply-accumulates for one picture."""
        return sum(stage.macs for stage in self.stages)


def dissect(spec: ModelSpec, *, classes: int = 1000, image_size: int | None = None) -> Anatomy:
    """List what each stage of a network is made of.

    Counts are those of :func:`~effnet_studio.engine.models.probe.probe_model`.

    Args:
        spec: Row of the catalog.
        classes: Outputs.
        image_size: Side of the square input, pixels; None: what the weights were made for.

    Returns:
        Stages, blocks and layers in forward order.

    Raises:
        ModelError: If the library does not fit the installed PyTorch.
    """
    size = spec.input_size if image_size is None else image_size
    with torch.device("meta"):
        model = build_model(spec, classes).eval()
        picture = torch.empty(1, 3, size, size)
    calls: list[Layer] = []
    squeezes = dict(se_blocks(model))
    inside = tuple(f"{name}." for name in squeezes)
    for name, module in model.named_modules():
        leaf = not any(True for _ in module.children()) and not name.startswith(inside)
        if (leaf or name in squeezes) and not isinstance(module, nn.Identity):
            module.register_forward_hook(_recorder(name, calls, squeeze=name in squeezes))
    with torch.no_grad():
        model(picture)
    blocks = {n: m for n, m in model.named_modules() if type(m).__name__ in _BLOCKS}
    parts = [(stage.name, stage.modules) for stage in spec.stages]
    stages = [
        _stage(name, [call for call in calls if _is_below(call.name, modules)], blocks)
        for name, modules in [*parts, ("Head", (*spec.head, spec.classifier))]
    ]
    return Anatomy(spec.name, size, tuple(stages))


def _stage(name: str, calls: list[Layer], blocks: dict[str, nn.Module]) -> StageAnatomy:
    """Put the calls of a stage together block by block."""

    def owner(call: Layer) -> str:
        return next((block for block in blocks if call.name.startswith(f"{block}.")), "")

    parts = []
    for block, layers in groupby(calls, owner):
        module = blocks.get(block)
        kind = "" if module is None else type(module).__name__
        parts.append(BlockAnatomy(block, kind, _shortcut(module), tuple(layers)))
    main = [call for call in calls if not call.aside]
    return StageAnatomy(name, main[-1].shape, tuple(parts))


def _shortcut(block: nn.Module | None) -> Shortcut:
    """How a block's input gets past its layers."""
    kind = type(block).__name__
    if kind in {"MBConv", "InvertedResidual"}:
        return "add" if getattr(block, "use_res_connect", False) else ""
    if kind in {"BasicBlock", "Bottleneck"}:
        return "add" if getattr(block, _SIDE, None) is None else "project"
    return "concatenate" if kind == "_DenseLayer" else ""


def _recorder(
    name: str, calls: list[Layer], *, squeeze: bool
) -> Callable[[nn.Module, tuple[object, ...], object], None]:
    """A forward hook that writes down one call of a layer."""

    def record(module: nn.Module, inputs: tuple[object, ...], output: object) -> None:
        given = inputs[0]
        if not isinstance(given, Tensor) or not isinstance(output, Tensor):
            return
        kernel, stride, squeezed = _sizes(module)
        layer = Layer(
            name,
            "squeeze" if squeeze else _kind(module),
            kernel=kernel,
            stride=stride,
            squeezed=squeezed,
            shape_in=tuple(given.shape[1:]),
            shape=tuple(output.shape[1:]),
            parameters=sum(parameter.numel() for parameter in module.parameters()),
            macs=_macs(module, output),
            aside=f".{_SIDE}." in f".{name}.",
        )
        calls.append(layer)

    return record


def _kind(module: nn.Module) -> LayerKind:
    match module:
        case nn.Conv2d():
            alone = module.groups == module.in_channels > 1
            return "depthwise" if alone else "convolution"
        case nn.Linear():
            return "linear"
        case nn.BatchNorm2d():
            return "norm"
        case nn.MaxPool2d() | nn.AvgPool2d() | nn.AdaptiveAvgPool2d():
            return "pool"
        case nn.ReLU() | nn.SiLU() | nn.Hardswish() | nn.Hardsigmoid() | nn.Sigmoid():
            return "activation"
    return "other"


def _sizes(module: nn.Module) -> tuple[int, int, int]:
    """Kernel, stride and squeeze channels; 0, 1 and 0 where there are no such."""
    if isinstance(module, nn.Conv2d):
        return module.kernel_size[0], module.stride[0], 0
    if isinstance(module, nn.MaxPool2d | nn.AvgPool2d):
        kernel, stride = module.kernel_size, module.stride
        return (
            kernel if isinstance(kernel, int) else kernel[0],
            stride if isinstance(stride, int) else stride[0],
            0,
        )
    squeeze = getattr(module, "fc1", None)
    return 0, 1, squeeze.out_channels if isinstance(squeeze, nn.Conv2d) else 0


def _macs(module: nn.Module, output: Tensor) -> int:
    """Multiply-accumulates of convolutions and linear layers; other layers have none."""
    match module:
        case nn.Conv2d():
            kernel = module.kernel_size[0] * module.kernel_size[1]
            return output.numel() * kernel * (module.in_channels // module.groups)
        case nn.Linear():
            return output.numel() * module.in_features
    # Squeeze-and-excitation: its two convolutions see maps of one pixel.
    return sum(layer.weight.numel() for layer in module.modules() if isinstance(layer, nn.Conv2d))


def _is_below(name: str, modules: tuple[str, ...]) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in modules)


def _nameless(block: BlockAnatomy) -> BlockAnatomy:
    layers = tuple(replace(layer, name="") for layer in block.layers)
    return replace(block, name="", layers=layers)
