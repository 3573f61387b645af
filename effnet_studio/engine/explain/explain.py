"""One call from an image to a picture that shows where the model looked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from PIL import Image

from effnet_studio.engine import atomic
from effnet_studio.engine.errors import ConfigError, ModelError, StorageError
from effnet_studio.engine.explain.cam import Explanation, grad_cam
from effnet_studio.engine.explain.overlay import blend
from effnet_studio.engine.explain.squeeze_excitation import SEExplanation, se_explain
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.predict.predictor import Predictor, Source

Method = Literal["gradcam", "se"]
"""Grad-CAM, or the activation that squeeze-and-excitation lets through."""

METHODS: tuple[Method, ...] = ("gradcam", "se")


@dataclass(frozen=True, eq=False)
class ExplainedImage:
    """An explanation ready to be shown.

    Attributes:
        picture: What the model saw, RGB, uint8, shape (s, s, 3).
        heatmap: Where it looked, float32, shape (s, s), in [0, 1].
        overlay: The heat map laid over the picture, RGB, uint8, shape (s, s, 3).
        method: How it was made.
        layer: Dotted name of the layer or block looked at.
        class_index: The class explained (for ``se``: the likeliest).
        label: Its name.
        probability: What the model gives it, in [0, 1].
    """

    picture: NDArray[np.uint8]
    heatmap: NDArray[np.float32]
    overlay: NDArray[np.uint8]
    method: Method
    layer: str
    class_index: int
    label: str
    probability: float


def explain_image(
    predictor: Predictor,
    source: Source,
    *,
    method: str = "gradcam",
    class_index: int | None = None,
    label: str | None = None,
    layer: str | None = None,
    opacity: float = 0.5,
    colormap: str = "viridis",
) -> ExplainedImage:
    """Explain the answer for one image.

    Args:
        predictor: A run's model.
        source: The image: a file, its bytes, or RGB pixels.
        method: ``gradcam`` or ``se``.
        class_index: Which class to explain; None: the likeliest.
        label: The same by name.
        layer: Title of a stage or block, or dotted name of a module; None: the last.
        opacity: Of the heat map in the overlay, in [0, 1].
        colormap: One of :data:`~effnet_studio.engine.explain.overlay.COLORMAPS`.

    Returns:
        Picture, heat map and overlay.

    Raises:
        ModelError: If the model cannot be explained like that, or has no such class or layer.
        ConfigError: If there is no such method or colour map, or the opacity is impossible.
        ImageError: If the image cannot be used.
    """
    if label is not None:
        class_index = _index_of(predictor, label)
    found: Explanation | SEExplanation
    if method == "gradcam":
        found = grad_cam(predictor, source, class_index=class_index, layer=layer)
    elif method == "se":
        if class_index is not None:
            raise ConfigError(
                msg("The squeeze-and-excitation map does not depend on a class."),
                hint=msg("Leave the class out, or choose Grad-CAM."),
            )
        found = se_explain(predictor, source, block=layer)
    else:
        raise ConfigError(
            msg("There is no explanation method named {name}.", name=method),
            hint=msg("Choose one of: {names}.", names=", ".join(METHODS)),
        )
    return ExplainedImage(
        picture=found.picture,
        heatmap=found.heatmap,
        overlay=blend(found.picture, found.heatmap, opacity=opacity, colormap=colormap),
        method="gradcam" if isinstance(found, Explanation) else "se",
        layer=found.layer if isinstance(found, Explanation) else found.block,
        class_index=found.class_index,
        label=found.label,
        probability=found.probability,
    )


def write_picture(path: Path, picture: NDArray[np.uint8]) -> None:
    """Write a picture to a file, whole or not at all.

    Args:
        path: The file; its suffix decides the format, ``.png`` if it has none or is unknown.
        picture: RGB, uint8, shape (height, width, 3).

    Raises:
        StorageError: If it cannot be written.
    """
    kind = Image.registered_extensions().get(path.suffix.lower(), "PNG")
    image = Image.fromarray(np.ascontiguousarray(picture))
    with atomic.replacing(path) as temporary:
        try:
            image.save(temporary, format=kind)
        except (ValueError, KeyError) as error:
            raise StorageError(
                msg("An image cannot be written as {suffix}.", suffix=path.suffix),
                hint=msg("Choose a name that ends in .png or .jpg."),
                path=path,
            ) from error


def _index_of(predictor: Predictor, label: str) -> int:
    if label in predictor.classes:
        return predictor.classes.index(label)
    raise ModelError(
        msg("This model has no class named {label}.", label=label),
        hint=msg("Its classes are: {names}.", names=", ".join(predictor.classes)),
    )
