"""The catalog's rows that timm builds. Importing this file loads no library.

Only families that torchvision does not have. Top-1 is timm's own measurement at the input size of
the row (``results/results-imagenet.csv`` of its repository); parameters and multiply-accumulates
are counted on the built network, by tests too.
"""

from __future__ import annotations

import math
from typing import Final, Literal, NamedTuple

from effnet_studio.engine.models.spec import TERMS, ModelSpec, ModelStage
from effnet_studio.engine.models.stage_names import stages
from effnet_studio.engine.preprocess import IMAGENET_MEAN, IMAGENET_STD

_TOP1_SOURCE: Final = "timm {weights}, results-imagenet.csv, {size} px"
_LICENCE: Final = f"Apache-2.0 (timm); {TERMS}"
_RELEASES: Final = "https://github.com/huggingface/pytorch-image-models/releases/download"
_HALF: Final = (0.5, 0.5, 0.5)


class _Figures(NamedTuple):
    """Parameters, multiply-accumulates in billions, top-1 in percent."""

    parameters: int
    macs: float
    top1: float


class _Input(NamedTuple):
    """Side of the input in pixels, the share of the picture's side it shows, and the resize."""

    size: int
    crop: float
    interpolation: Literal["bilinear", "bicubic"] = "bicubic"


class _Parts(NamedTuple):
    """What a network is made of."""

    family: str
    stages: tuple[ModelStage, ...]
    head: tuple[str, ...]
    classifier: str
    half: bool


_LITE: Final = _Parts(
    "EfficientNet-Lite",
    stages(
        ("conv_stem", "bn1"),
        *(f"blocks.{number}" for number in range(7)),
        ("last:conv_head", "bn2"),
    ),
    ("global_pool", "classifier"),
    "classifier",
    half=True,
)
_MOBILENET: Final = _Parts(
    "MobileNet",
    stages(("conv_stem", "bn1"), *(f"blocks.{number}" for number in range(5))),
    ("global_pool", "classifier"),
    "classifier",
    half=True,
)
_SE_RESNET: Final = _Parts(
    "SE-ResNet",
    stages(("conv1", "bn1", "act1", "maxpool"), "layer1", "layer2", "layer3", "layer4"),
    ("global_pool", "fc"),
    "fc",
    half=False,
)
_RESNET_V2: Final = _Parts(
    "ResNetV2",
    stages("stem", "stages.0", "stages.1", "stages.2", ("stages.3", "norm")),
    ("head",),
    "head.fc",
    half=True,
)


def _row(  # noqa: PLR0917 - a row of a table
    name: str, title: str, parts: _Parts, tag: str, url: str, seen: _Input, figures: _Figures
) -> ModelSpec:
    """One row; ``tag`` is timm's name of architecture and weights."""
    return ModelSpec(
        name=name,
        title=title,
        family=parts.family,
        library="timm",
        builder=tag.partition(".")[0],
        weights=tag,
        input_size=seen.size,
        resize=math.floor(seen.size / seen.crop),  # as timm's own evaluation does
        interpolation=seen.interpolation,
        stages=parts.stages,
        classifier=parts.classifier,
        head=parts.head,
        cam_layer=parts.stages[-1].modules[-1],
        parameters=figures.parameters,
        macs=figures.macs,
        top1=figures.top1,
        top1_source=_TOP1_SOURCE.format(weights=tag, size=seen.size),
        mean=_HALF if parts.half else IMAGENET_MEAN,
        std=_HALF if parts.half else IMAGENET_STD,
        weights_url=url,
        licence=_LICENCE,
    )


def _lite(number: int, checksum: str, seen: _Input, figures: _Figures) -> ModelSpec:
    return _row(
        f"efficientnet_lite{number}",
        f"EfficientNet-Lite{number}",
        _LITE,
        f"tf_efficientnet_lite{number}.in1k",
        f"{_RELEASES}/v0.1-weights/tf_efficientnet_lite{number}-{checksum}.pth",
        seen,
        figures,
    )


ROWS: Final = (
    _lite(0, "0aa007d2", _Input(224, 0.875), _Figures(4_652_008, 0.385, 74.846)),
    _lite(1, "bde8b488", _Input(240, 0.882), _Figures(5_416_680, 0.6, 76.674)),
    _lite(2, "dcccb7df", _Input(260, 0.89), _Figures(6_092_072, 0.86, 77.47)),
    _lite(3, "b733e338", _Input(300, 0.904, "bilinear"), _Figures(8_197_096, 1.608, 79.808)),
    _lite(4, "741542c3", _Input(380, 0.92, "bilinear"), _Figures(13_006_568, 3.944, 81.54)),
    _row(
        "resnetv2_50",
        "ResNetV2-50 (pre-activation)",
        _RESNET_V2,
        "resnetv2_50.a1h_in1k",
        f"{_RELEASES}/v0.1-rsb-weights/resnetv2_50_a1h-000cdf49.pth",
        _Input(224, 0.95),
        _Figures(25_549_352, 4.089, 80.41),
    ),
    _row(
        "se_resnet50",
        "SE-ResNet-50",
        _SE_RESNET,
        "seresnet50.a1_in1k",
        f"{_RELEASES}/v0.1-rsb-weights/seresnet50_a1_0-ffa00869.pth",
        _Input(224, 0.95),
        _Figures(28_088_024, 4.092, 80.012),
    ),
    _row(
        "mobilenet_v1",
        "MobileNetV1",
        _MOBILENET,
        "mobilenetv1_100.ra4_e3600_r224_in1k",
        # Published without a checksum in its name: what is read of it is only as sure as the way.
        "https://huggingface.co/timm/mobilenetv1_100.ra4_e3600_r224_in1k/resolve/main/"
        "model.safetensors",
        _Input(224, 0.875),
        _Figures(4_231_976, 0.569, 75.388),
    ),
)
"""Every row of timm."""
