"""Where a model looked in all images of a part; no torch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.messages import Message

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Attention:
    """Maps of many images, each of the class that the model answered.

    The arrays of images have one entry for each image that could be read, in the dataset's order.

    Attributes:
        split: Which part of the dataset.
        dataset_version: Version of the dataset.
        model: Name of the model.
        classes: Names of the classes the model knows; all class numbers are indices into these.
        method: How the maps were made, one of
            :data:`~effnet_studio.engine.explain.names.CAMS`.
        layer: Dotted name of the layer looked at.
        size: Side of what the model sees, pixels.
        sample_ids: The images, as ``Sample.id`` of the dataset, int64, shape (n,).
        true: True classes, int64, shape (n,).
        predicted: Likeliest classes, which are explained, int64, shape (n,).
        probability: Their probability, float32, shape (n,).
        maps: What speaks for the answer, stretched to [0, 1], float16, shape (n, h, w) of the
            layer; all zeros where nothing does.
        mean_maps: For each class the mean over the images answered as it, each map first divided
            by its sum, float64, shape (classes, h, w); sums to 1, or to 0 without any map.
        mean_pictures: For each class the mean of what the model saw of these images, RGB, uint8,
            shape (classes, p, p, 3); black without images.
        unreadable: Names of the files that could not be read, with the reasons.
    """

    split: str
    dataset_version: str
    model: str
    classes: tuple[str, ...]
    method: str
    layer: str
    size: int
    sample_ids: NDArray[np.int64]
    true: NDArray[np.int64]
    predicted: NDArray[np.int64]
    probability: NDArray[np.float32]
    maps: NDArray[np.float16]
    mean_maps: NDArray[np.float64]
    mean_pictures: NDArray[np.uint8]
    unreadable: tuple[tuple[str, Message], ...] = ()

    def __len__(self) -> int:
        return len(self.sample_ids)

    @property
    def accuracy(self) -> float:
        """Share of right answers, in [0, 1]."""
        return float((self.true == self.predicted).mean())

    @property
    def counts(self) -> NDArray[np.int64]:
        """How many images were answered as each class, shape (classes,)."""
        return np.bincount(self.predicted, minlength=len(self.classes)).astype(np.int64)

    @property
    def errors(self) -> NDArray[np.int64]:
        """Places of the wrong answers, the most confident first, shape (errors,)."""
        wrong = np.flatnonzero(self.true != self.predicted)
        order = np.argsort(-self.probability[wrong], kind="stable")
        found: NDArray[np.int64] = wrong[order].astype(np.int64)
        return found


def densities(maps: NDArray[np.floating]) -> NDArray[np.float64]:
    """Divide each map by its sum, so that every image counts the same.

    Args:
        maps: Not negative, shape (..., h, w).

    Returns:
        Sums to 1 over each map, or 0 where nothing speaks for the answer; float64, same shape.
    """
    values = np.asarray(maps, dtype=np.float64)
    totals = values.sum(axis=(-2, -1), keepdims=True)
    found: NDArray[np.float64] = np.divide(
        values, totals, out=np.zeros_like(values), where=totals > 0
    )
    return found
