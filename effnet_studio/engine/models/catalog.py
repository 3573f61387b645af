"""All architectures the app offers, as data. Importing this file loads no deep-learning library.

torchvision builds what it has (:mod:`~.catalog_torchvision`), timm the rest
(:mod:`~.catalog_timm`).
"""

from __future__ import annotations

import difflib
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models import catalog_timm, catalog_torchvision
from effnet_studio.engine.models.scaling import parse_name
from effnet_studio.engine.preprocess import Preprocess

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from effnet_studio.engine.models.spec import ModelSpec


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
        The preparation, with the mean and standard deviation that its weights expect.
    """
    size = spec.input_size if image_size is None else image_size
    resize = max(size, round(size * spec.resize / spec.input_size))
    return Preprocess(
        size=size,
        resize=resize,
        interpolation=spec.interpolation,
        mean=spec.mean,
        std=spec.std,
    )


_FAMILIES: Final = (
    "EfficientNet",
    "EfficientNetV2",
    "EfficientNet-Lite",
    "ResNet",
    "ResNetV2",
    "SE-ResNet",
    "ResNeXt",
    "MobileNet",
    "MobileNetV3",
    "DenseNet",
    "ConvNeXt",
)
"""In the order in which they are shown."""


def _by_name(rows: Iterable[ModelSpec]) -> Mapping[str, ModelSpec]:
    ordered = sorted(rows, key=lambda row: _FAMILIES.index(row.family))
    return MappingProxyType({row.name: row for row in ordered})


CATALOG: Mapping[str, ModelSpec] = _by_name((*catalog_timm.ROWS, *catalog_torchvision.ROWS))
"""Every architecture by name, in the order in which they are shown."""
