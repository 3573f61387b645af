"""The catalog's rows that torchvision builds. Importing this file loads no library.

Weights are each architecture's default in torchvision, the best it publishes. Parameters,
multiply-accumulates and top-1 are those of its metadata; tests compare every figure with the built
network and with that metadata, so the rows cannot drift from the library.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Literal

from effnet_studio.engine.models.spec import VALIDATION, ModelSpec, ModelStage
from effnet_studio.engine.models.stage_names import features, stages

_TOP1_SOURCE = f"torchvision {{weights}}, {VALIDATION}"
_HALF: Final = (0.5, 0.5, 0.5)

_EFFICIENTNET_STAGES = stages(
    *(f"features.{index}" for index in range(8)),
    "last:features.8",
)
_RESNET_STAGES = stages(("conv1", "bn1", "relu", "maxpool"), "layer1", "layer2", "layer3", "layer4")
# MobileNetV3's blocks are grouped by the resolution they put out: 1/2, 1/4, … of the input.
_MOBILENET_SMALL_STAGES = stages(
    "features.0",
    "features.1",
    features(2, 3),
    features(4, 8),
    features(9, 11),
    "last:features.12",
)
_MOBILENET_LARGE_STAGES = stages(
    "features.0",
    "features.1",
    features(2, 3),
    features(4, 6),
    features(7, 12),
    features(13, 15),
    "last:features.16",
)
_DENSENET_STAGES = stages(
    ("features.conv0", "features.norm0", "features.relu0", "features.pool0"),
    ("features.denseblock1", "features.transition1"),
    ("features.denseblock2", "features.transition2"),
    ("features.denseblock3", "features.transition3"),
    ("features.denseblock4", "features.norm5"),
)


def _row(
    name: str,
    title: str,
    weights: str,
    size: tuple[int, int],
    figures: tuple[int, float, float],
    *,
    family: str,
    stages: tuple[ModelStage, ...],
    head: tuple[str, ...],
    classifier: str,
    interpolation: Literal["bilinear", "bicubic"] = "bilinear",
) -> ModelSpec:
    """One torchvision row; ``size`` is (input, resize), ``figures`` (parameters, GMACs, top-1)."""
    parameters, macs, top1 = figures
    return ModelSpec(
        name=name,
        title=title,
        family=family,
        library="torchvision",
        builder=name,
        weights=weights,
        input_size=size[0],
        resize=size[1],
        interpolation=interpolation,
        stages=stages,
        classifier=classifier,
        head=head,
        cam_layer=stages[-1].modules[-1],
        parameters=parameters,
        macs=macs,
        top1=top1,
        top1_source=_TOP1_SOURCE.format(weights=weights),
    )


def _efficientnet(
    variant: int,
    size: tuple[int, int],
    figures: tuple[int, float, float],
    *,
    recipe: str = "V1",
    interpolation: Literal["bilinear", "bicubic"] = "bicubic",
) -> ModelSpec:
    return _row(
        f"efficientnet_b{variant}",
        f"EfficientNet-B{variant}",
        f"EfficientNet_B{variant}_Weights.IMAGENET1K_{recipe}",
        size,
        figures,
        family="EfficientNet",
        stages=_EFFICIENTNET_STAGES,
        head=("avgpool", "classifier"),
        classifier="classifier.1",
        interpolation=interpolation,
    )


def _resnet(depth: int, recipe: str, resize: int, figures: tuple[int, float, float]) -> ModelSpec:
    return _row(
        f"resnet{depth}",
        f"ResNet-{depth}",
        f"ResNet{depth}_Weights.IMAGENET1K_{recipe}",
        (224, resize),
        figures,
        family="ResNet",
        stages=_RESNET_STAGES,
        head=("avgpool", "fc"),
        classifier="fc",
    )


def _mobilenet(
    size: str,
    recipe: str,
    resize: int,
    figures: tuple[int, float, float],
    stages: tuple[ModelStage, ...],
) -> ModelSpec:
    return _row(
        f"mobilenet_v3_{size.lower()}",
        f"MobileNetV3-{size}",
        f"MobileNet_V3_{size}_Weights.IMAGENET1K_{recipe}",
        (224, resize),
        figures,
        family="MobileNetV3",
        stages=stages,
        head=("avgpool", "classifier"),
        classifier="classifier.3",
    )


_MOBILENET_V2_STAGES = stages(
    "features.0",
    "features.1",
    features(2, 3),
    features(4, 6),
    features(7, 13),
    features(14, 17),
    "last:features.18",
)
_CONVNEXT_STAGES = stages("features.0", "features.1", *(features(n, n + 1) for n in (2, 4, 6)))


def _efficientnet_v2(
    size: str,
    side: int,
    last: int,
    figures: tuple[int, float, float],
    *,
    interpolation: Literal["bilinear", "bicubic"] = "bilinear",
    half: bool = False,
) -> ModelSpec:
    """``last`` numbers the last convolution; ``half``: normalised by a half, not ImageNet's."""
    row = _row(
        f"efficientnet_v2_{size.lower()}",
        f"EfficientNetV2-{size}",
        f"EfficientNet_V2_{size}_Weights.IMAGENET1K_V1",
        (side, side),
        figures,
        family="EfficientNetV2",
        stages=stages(*(f"features.{n}" for n in range(last)), f"last:features.{last}"),
        head=("avgpool", "classifier"),
        classifier="classifier.1",
        interpolation=interpolation,
    )
    return replace(row, mean=_HALF, std=_HALF) if half else row


def _densenet(depth: int, figures: tuple[int, float, float]) -> ModelSpec:
    row = _row(
        f"densenet{depth}",
        f"DenseNet-{depth}",
        f"DenseNet{depth}_Weights.IMAGENET1K_V1",
        (224, 256),
        figures,
        family="DenseNet",
        stages=_DENSENET_STAGES,
        head=("classifier",),
        classifier="classifier",
    )
    return replace(row, pool="relu_average")


_RESNEXT = replace(
    _resnet(50, "V2", 232, (25_028_904, 4.23, 81.198)),
    name="resnext50_32x4d",
    title="ResNeXt-50 (32×4d)",
    family="ResNeXt",
    builder="resnext50_32x4d",
    weights="ResNeXt50_32X4D_Weights.IMAGENET1K_V2",
    top1_source=_TOP1_SOURCE.format(weights="ResNeXt50_32X4D_Weights.IMAGENET1K_V2"),
)
_MOBILENET_V2 = replace(
    _row(
        "mobilenet_v2",
        "MobileNetV2",
        "MobileNet_V2_Weights.IMAGENET1K_V2",
        (224, 232),
        (3_504_872, 0.301, 72.154),
        family="MobileNet",
        stages=_MOBILENET_V2_STAGES,
        head=("classifier",),
        classifier="classifier.1",
    ),
    pool="average",
)
_CONVNEXT = replace(
    _row(
        "convnext_tiny",
        "ConvNeXt-T",
        "ConvNeXt_Tiny_Weights.IMAGENET1K_V1",
        (224, 236),
        (28_589_128, 4.456, 82.52),
        family="ConvNeXt",
        stages=_CONVNEXT_STAGES,
        head=("avgpool", "classifier"),
        classifier="classifier.2",
    ),
    flatten=False,
)

ROWS: Final = (
    _efficientnet(0, (224, 256), (5_288_548, 0.386, 77.692)),
    _efficientnet(1, (240, 255), (7_794_184, 0.687, 79.838), recipe="V2", interpolation="bilinear"),
    _efficientnet(2, (288, 288), (9_109_994, 1.088, 80.608)),
    _efficientnet(3, (300, 320), (12_233_232, 1.827, 82.008)),
    _efficientnet(4, (380, 384), (19_341_616, 4.394, 83.384)),
    _efficientnet(5, (456, 456), (30_389_784, 10.266, 83.444)),
    _efficientnet(6, (528, 528), (43_040_704, 19.068, 84.008)),
    _efficientnet(7, (600, 600), (66_347_960, 37.746, 84.122)),
    _efficientnet_v2("S", 384, 7, (21_458_488, 8.366, 84.228)),
    _efficientnet_v2("M", 480, 8, (54_139_356, 24.582, 85.112)),
    _efficientnet_v2("L", 480, 8, (118_515_272, 56.08, 85.808), interpolation="bicubic", half=True),
    _resnet(18, "V1", 256, (11_689_512, 1.814, 69.758)),
    _resnet(34, "V1", 256, (21_797_672, 3.664, 73.314)),
    _resnet(50, "V2", 232, (25_557_032, 4.089, 80.858)),
    _resnet(101, "V2", 232, (44_549_160, 7.801, 81.886)),
    _resnet(152, "V2", 232, (60_192_808, 11.514, 82.284)),
    _RESNEXT,
    _MOBILENET_V2,
    _mobilenet("Small", "V1", 256, (2_542_856, 0.057, 67.668), _MOBILENET_SMALL_STAGES),
    _mobilenet("Large", "V2", 232, (5_483_032, 0.217, 75.274), _MOBILENET_LARGE_STAGES),
    _densenet(121, (7_978_856, 2.834, 74.434)),
    _densenet(169, (14_149_480, 3.36, 75.6)),
    _densenet(201, (20_013_928, 4.291, 76.896)),
    _CONVNEXT,
)
"""Every row of torchvision."""
