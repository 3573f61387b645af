"""What the app knows of an architecture: one row of the catalog."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from effnet_studio.engine.preprocess import IMAGENET_MEAN, IMAGENET_STD

if TYPE_CHECKING:
    from effnet_studio.engine.models.scaling import Scaling

TERMS: Final = "the terms of the training images, ImageNet-1K, may apply"
"""What holds beside the licence of weights."""
VALIDATION: Final = "ImageNet-1K validation, single crop"
"""How torchvision measured its weights."""
TORCHVISION_LICENCE: Final = f"BSD-3-Clause (torchvision); {TERMS}"


@dataclass(frozen=True)
class ModelStage:
    """A part of the network that is frozen, thawed and explained as one.

    Attributes:
        name: Shown to people, such as ``"Stage 3"``.
        modules: Dotted module names in forward order.
    """

    name: str
    modules: tuple[str, ...]


@dataclass(frozen=True)
class ModelSpec:
    """One architecture.

    Attributes:
        name: Key in the catalog, such as ``"efficientnet_b0"``.
        title: Shown to people, such as ``"EfficientNet-B0"``.
        family: Such as ``"EfficientNet"``.
        library: Who builds it.
        builder: Name of the library's function.
        weights: Name of the library's weights entry for ImageNet, such as
            ``"EfficientNet_B0_Weights.IMAGENET1K_V1"`` or ``"tf_efficientnet_lite0.in1k"``.
        input_size: Side of the square the weights were made for, pixels.
        resize: Short side before the crop, pixels.
        interpolation: Of the resize.
        stages: From the input to the last feature map; freezing, learning-rate groups and layer
            choice of explanations all use them.
        classifier: Dotted name of the last linear layer, replaced for the user's classes.
        head: Dotted names of the modules behind the last stage.
        cam_layer: Dotted name of the module whose output Grad-CAM uses by default.
        parameters: With the 1,000-class head.
        macs: Multiply-accumulates at ``input_size``, in billions.
        top1: ImageNet top-1 of the weights, percent; NaN for a scaled network, which has none.
        top1_source: Where that figure comes from.
        pool: What stands between the last stage and ``head``: ``none``, as the head pools by
            itself; ``average`` over all places; or ``relu_average``, of what is above zero. Only
            pooling without a module of its own is told here.
        flatten: Whether the forward pass flattens behind the pooling; if not, the head does.
        mean: Subtracted from RGB in [0, 1].
        std: Divided by afterwards.
        weights_url: Where the library says the weights are; empty: torchvision tells itself.
        licence: Of the weights, for people.
        scaling: Of a scaled EfficientNet; None: the library's own function builds it.
        donor: Catalog name of the row whose weights it starts from, wherever they fit; empty:
            ``weights`` are its own.
    """

    name: str
    title: str
    family: str
    library: Literal["torchvision", "timm"]
    builder: str
    weights: str
    input_size: int
    resize: int
    interpolation: Literal["bilinear", "bicubic"]
    stages: tuple[ModelStage, ...]
    classifier: str
    head: tuple[str, ...]
    cam_layer: str
    parameters: int
    macs: float
    top1: float
    top1_source: str
    pool: Literal["none", "average", "relu_average"] = "none"
    flatten: bool = True
    mean: tuple[float, float, float] = IMAGENET_MEAN
    std: tuple[float, float, float] = IMAGENET_STD
    weights_url: str = ""
    licence: str = TORCHVISION_LICENCE
    scaling: Scaling | None = None
    donor: str = ""
