"""One call from an image to a picture that shows where the model looked."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from effnet_studio.engine import atomic
from effnet_studio.engine.errors import ConfigError, ModelError, StorageError
from effnet_studio.engine.events import OnEvent, ignore
from effnet_studio.engine.explain.cam import SCORE_CHANNELS, Explanation, explain_class
from effnet_studio.engine.explain.names import Method
from effnet_studio.engine.explain.overlay import blend
from effnet_studio.engine.explain.squeeze_excitation import SEExplanation, se_explain
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.predict.predictor import Predictor, Source


@dataclass(frozen=True, eq=False)
class ExplainedImage:
    """An explanation ready to be shown.

    Attributes:
        picture: What the model saw, RGB, uint8, shape (s, s, 3).
        heatmap: Where it looked, float32, shape (s, s), in [0, 1].
        overlay: The heat map laid over the picture, RGB, uint8, shape (s, s, 3).
        raw: The method's own numbers, not stretched, float32, shape (h, w) of the layer.
        method: How it was made.
        layer: Dotted name of the layer or block looked at.
        class_index: The class explained (for ``se``: the likeliest).
        label: Its name.
        probability: What the model gives it, in [0, 1].
        against_label: Name of the class it was compared with; empty without.
        explanation: Everything about a class activation map; None for ``se``.
    """

    picture: NDArray[np.uint8]
    heatmap: NDArray[np.float32]
    overlay: NDArray[np.uint8]
    raw: NDArray[np.float32]
    method: Method
    layer: str
    class_index: int
    label: str
    probability: float
    against_label: str = ""
    explanation: Explanation | None = None

    def _repr_png_(self) -> bytes:
        """How a notebook shows it: the picture beside its map."""
        content = io.BytesIO()
        Image.fromarray(np.hstack([self.picture, self.overlay])).save(content, format="PNG")
        return content.getvalue()


def explain_image(
    predictor: Predictor,
    source: Source,
    *,
    method: str = Method.GRADCAM,
    class_index: int | None = None,
    label: str | None = None,
    against: str | None = None,
    layer: str | None = None,
    channels: int | None = SCORE_CHANNELS,
    channel: int | None = None,
    opacity: float = 0.5,
    colormap: str = "viridis",
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> ExplainedImage:
    """Explain the answer for one image.

    Args:
        predictor: A run's model.
        source: The image: a file, its bytes, or RGB pixels.
        method: One of :class:`~effnet_studio.engine.explain.names.Method`, or its value.
        class_index: Which class to explain; None: the likeliest.
        label: The same by name.
        against: Name of a class to compare it with; None: none.
        layer: Title of a stage or block, or dotted name of a module; None: the last.
        channels: As for :func:`~effnet_studio.engine.explain.cam.explain_class`.
        channel: With ``se``: one channel of the block alone; None: the mean over all.
        opacity: Of the heat map in the overlay, in [0, 1].
        colormap: One of :data:`~effnet_studio.engine.explain.overlay.COLORMAPS`.
        on_event: Hears the progress of Score-CAM.
        cancel: Stops Score-CAM.

    Returns:
        Picture, heat map and overlay.

    Raises:
        Cancelled: If the job was asked to stop.
        ModelError: If the model cannot be explained like that, or has no such class or layer.
        ConfigError: If there is no such method or colour map, the method does not fit the other
            wishes, or the opacity is impossible.
        ImageError: If the image cannot be used.
    """
    if method not in set(Method):
        raise ConfigError(
            msg("There is no explanation method named {name}.", name=method),
            hint=msg("Choose one of: {names}.", names=", ".join(Method)),
        )
    if label is not None:
        class_index = index_of(predictor, label)
    other = None if against is None else index_of(predictor, against)
    if method == Method.SE:
        if class_index is not None or other is not None:
            raise ConfigError(
                msg("The squeeze-and-excitation map does not depend on a class."),
                hint=msg("Leave the class out, or choose Grad-CAM."),
            )
        blocks = se_explain(predictor, source, block=layer, channel=channel)
        return _shown_blocks(blocks, opacity, colormap)
    found = explain_class(
        predictor,
        source,
        method=method,
        class_index=class_index,
        against=other,
        layer=layer,
        channels=channels,
        on_event=on_event,
        cancel=cancel,
    )
    return ExplainedImage(
        picture=found.picture,
        heatmap=found.heatmap,
        overlay=blend(found.picture, found.heatmap, opacity=opacity, colormap=colormap),
        raw=found.raw,
        method=Method(method),
        layer=found.layer,
        class_index=found.class_index,
        label=found.label,
        probability=found.probability,
        against_label=found.against_label,
        explanation=found,
    )


def _shown_blocks(found: SEExplanation, opacity: float, colormap: str) -> ExplainedImage:
    return ExplainedImage(
        picture=found.picture,
        heatmap=found.heatmap,
        overlay=blend(found.picture, found.heatmap, opacity=opacity, colormap=colormap),
        raw=found.raw,
        method=Method.SE,
        layer=found.block,
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


def write_array(path: Path, values: NDArray[np.float32]) -> None:
    """Write numbers in NumPy's format, whole or not at all.

    Args:
        path: The file.
        values: Any shape.

    Raises:
        StorageError: If it cannot be written.
    """
    with atomic.replacing(path) as temporary, temporary.open("wb") as file:
        np.save(file, values, allow_pickle=False)


def index_of(predictor: Predictor, label: str) -> int:
    """Find a class by its name.

    Args:
        predictor: The model.
        label: Name of a class.

    Raises:
        ModelError: If the model has none of that name.
    """
    if label in predictor.classes:
        return predictor.classes.index(label)
    raise ModelError(
        msg("This model has no class named {label}.", label=label),
        hint=msg("Its classes are: {names}.", names=", ".join(predictor.classes)),
    )
