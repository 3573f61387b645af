"""A map for any model, exported files too: what becomes of the answer when a place is covered?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import torch
from PIL import Image, ImageFilter

from effnet_studio.engine.explain.maps import normalized, upsampled
from effnet_studio.engine.predict.pipeline import default_batch_size
from effnet_studio.engine.predict.scores import softmax

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.predict.predictor import Predictor, Source

PLACES: Final = 8
"""Places along a side; each is a forward pass, 64 in all."""

COVERED: Final = 0.25
"""Side of a place, as a share of the image's side: twice the step, so that places overlap."""

BLUR: Final = 0.1
"""Standard deviation of the blur that covers a place, as a share of the image's side."""


@dataclass(frozen=True, eq=False)
class Covering:
    """Which places the answer depends on.

    Attributes:
        heatmap: How much the class loses when a place is covered, float32, shape (s, s), in
            [0, 1]; all zeros when it loses nothing anywhere.
        raw: The loss of probability, float32, shape (:data:`PLACES`, :data:`PLACES`); negative
            where the class gains.
        class_index: The class explained.
        label: Its name.
        probability: What the model gives it for the whole image, in [0, 1].
        picture: What the model saw, RGB, uint8, shape (s, s, 3).
    """

    heatmap: NDArray[np.float32]
    raw: NDArray[np.float32]
    class_index: int
    label: str
    probability: float
    picture: NDArray[np.uint8]


def explain_by_covering(
    predictor: Predictor,
    source: Source,
    *,
    class_index: int | None = None,
    cancel: CancelToken | None = None,
) -> Covering:
    """Cover one place of an image after the other and follow the answer.

    Zeiler and Fergus 2014, "Visualizing and Understanding Convolutional Networks", ECCV, section
    4.2, with a blur in the place of their grey square: a network may answer to a square's edges.
    It needs no gradients, so it treats a run and the file exported from it alike.

    Args:
        predictor: Any model.
        source: The image.
        class_index: Which class; None: the likeliest.
        cancel: Stops the job between two batches.

    Returns:
        The map.

    Raises:
        Cancelled: If the job was asked to stop.
        ImageError: If the image cannot be used.
        ModelError: If the model cannot be run.
    """
    picture = predictor.picture(source)
    side = len(picture)
    answer = _probabilities(predictor, picture[None])[0]
    index = int(answer.argmax()) if class_index is None else class_index
    losses: list[NDArray[np.float32]] = []
    for batch in _covered(picture, default_batch_size(side, predictor.at_a_time)):
        if cancel is not None:
            cancel.check()
        losses.append(answer[index] - _probabilities(predictor, batch)[:, index])
    raw = np.concatenate(losses).reshape(PLACES, PLACES)
    # Places where covering helps are no evidence for the class.
    gained = torch.from_numpy(np.maximum(raw, 0))
    return Covering(
        heatmap=upsampled(normalized(gained), side),
        raw=raw,
        class_index=index,
        label=predictor.classes[index],
        probability=float(answer[index]),
        picture=picture,
    )


def _covered(picture: NDArray[np.uint8], size: int) -> Iterator[NDArray[np.uint8]]:
    """The picture with each place blurred, row by row, in batches of uint8 (n, s, s, 3)."""
    side = len(picture)
    blurred = np.asarray(
        Image.fromarray(picture).filter(ImageFilter.GaussianBlur(BLUR * side)), dtype=np.uint8
    )
    half = COVERED * side / 2
    middles = (np.arange(PLACES) + 0.5) * side / PLACES
    spans = [slice(max(0, round(m - half)), round(m + half)) for m in middles]
    places = [(rows, columns) for rows in spans for columns in spans]
    for start in range(0, len(places), size):
        some = places[start : start + size]
        batch = np.repeat(picture[None], len(some), axis=0)
        for image, place in zip(batch, some, strict=True):
            image[place] = blurred[place]
        yield batch


def _probabilities(predictor: Predictor, pictures: NDArray[np.uint8]) -> NDArray[np.float32]:
    return softmax(predictor.logits(predictor.preprocess.normalize(pictures)))
