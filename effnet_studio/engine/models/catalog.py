"""All architectures the app offers, as data. Importing this file loads no deep-learning library.

Weights are each library's own default (its best published ones). Parameters, multiply-accumulates
and top-1 are those of torchvision's weights metadata; tests compare every figure with the built
network and with that metadata, so the rows cannot drift from the library.
"""

from __future__ import annotations

import difflib
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.scaling import parse_name
from effnet_studio.engine.models.spec import ModelSpec, ModelStage
from effnet_studio.engine.preprocess import Preprocess

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TOP1_SOURCE = "torchvision {weights}, ImageNet-1K validation, single crop"
_STEM = "Stem"
_LAST = "Last convolution"


def get_spec(name: str) -> ModelSpec:
    """Look up an architecture.

    Args:
        name: Catalog key; case and ``-`` for ``_`` do not matter. Or the name of a scaled
            EfficientNet, such as ``efficientnet:w1.2-d1.4-r300``.

    Returns:
        Its row.

    Raises:
        ModelError: If there is none; the hint names the closest ones.
    """
    key = name.strip().lower().replace("-", "_")
    if key in CATALOG:
        return CATALOG[key]
    scaling = parse_name(key)
    if scaling is not None:
        # It builds on rows of this file.
        from effnet_studio.engine.models.scaled import spec_for

        return spec_for(scaling)
    close = difflib.get_close_matches(key, CATALOG, n=3, cutoff=0.5)
    raise ModelError(
        msg("There is no model named {name}.", name=name),
        hint=(
            msg("Did you mean: {names}?", names=", ".join(close))
            if close
            else msg("Choose one of: {names}.", names=", ".join(CATALOG))
        ),
    )


def preprocess_for(spec: ModelSpec, image_size: int | None = None) -> Preprocess:
    """How pictures are prepared for an architecture.

    Args:
        spec: The architecture.
        image_size: Side of the square the model sees, pixels; None: what its weights were made
            for. Another size keeps the same share of the picture in the crop.

    Returns:
        The preparation, with ImageNet's mean and standard deviation.
    """
    size = spec.input_size if image_size is None else image_size
    resize = max(size, round(size * spec.resize / spec.input_size))
    return Preprocess(size=size, resize=resize, interpolation=spec.interpolation)


def _stages(*parts: str | tuple[str, ...]) -> tuple[ModelStage, ...]:
    """Name the parts of a network: a stem, numbered stages and, if marked, a last convolution."""
    named = []
    for index, part in enumerate(parts):
        modules = (part,) if isinstance(part, str) else part
        last = modules[0].startswith("last:")
        name = _STEM if index == 0 else _LAST if last else f"Stage {index}"
        named.append(ModelStage(name, tuple(module.removeprefix("last:") for module in modules)))
    return tuple(named)


def _features(first: int, last: int) -> tuple[str, ...]:
    return tuple(f"features.{index}" for index in range(first, last + 1))


_EFFICIENTNET_STAGES = _stages(
    *(f"features.{index}" for index in range(8)),
    "last:features.8",
)
_RESNET_STAGES = _stages(
    ("conv1", "bn1", "relu", "maxpool"), "layer1", "layer2", "layer3", "layer4"
)
# MobileNetV3's blocks are grouped by the resolution they put out: 1/2, 1/4, … of the input.
_MOBILENET_SMALL_STAGES = _stages(
    "features.0",
    "features.1",
    _features(2, 3),
    _features(4, 8),
    _features(9, 11),
    "last:features.12",
)
_MOBILENET_LARGE_STAGES = _stages(
    "features.0",
    "features.1",
    _features(2, 3),
    _features(4, 6),
    _features(7, 12),
    _features(13, 15),
    "last:features.16",
)
_DENSENET_STAGES = _stages(
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


def _by_name(rows: Iterable[ModelSpec]) -> Mapping[str, ModelSpec]:
    return MappingProxyType({row.name: row for row in rows})


CATALOG: Mapping[str, ModelSpec] = _by_name(
    (
        _efficientnet(0, (224, 256), (5_288_548, 0.386, 77.692)),
        _efficientnet(
            1, (240, 255), (7_794_184, 0.687, 79.838), recipe="V2", interpolation="bilinear"
        ),
        _efficientnet(2, (288, 288), (9_109_994, 1.088, 80.608)),
        _efficientnet(3, (300, 320), (12_233_232, 1.827, 82.008)),
        _efficientnet(4, (380, 384), (19_341_616, 4.394, 83.384)),
        _efficientnet(5, (456, 456), (30_389_784, 10.266, 83.444)),
        _efficientnet(6, (528, 528), (43_040_704, 19.068, 84.008)),
        _efficientnet(7, (600, 600), (66_347_960, 37.746, 84.122)),
        _resnet(18, "V1", 256, (11_689_512, 1.814, 69.758)),
        _resnet(50, "V2", 232, (25_557_032, 4.089, 80.858)),
        _mobilenet("Small", "V1", 256, (2_542_856, 0.057, 67.668), _MOBILENET_SMALL_STAGES),
        _mobilenet("Large", "V2", 232, (5_483_032, 0.217, 75.274), _MOBILENET_LARGE_STAGES),
        _row(
            "densenet121",
            "DenseNet-121",
            "DenseNet121_Weights.IMAGENET1K_V1",
            (224, 256),
            (7_978_856, 2.834, 74.434),
            family="DenseNet",
            stages=_DENSENET_STAGES,
            head=("classifier",),
            classifier="classifier",
        ),
    )
)
"""Every architecture by name, in the order in which they are shown."""
