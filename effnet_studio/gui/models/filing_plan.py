"""Which judged images would come into which folder, counted anew at every move of a slider."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.predict.filing import folder_names

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.predict.answers import Prediction
    from effnet_studio.gui.models.predict_items import Item


@dataclass(frozen=True, eq=False)
class FilingPlan:
    """The images that can be filed, and how many cannot.

    Attributes:
        rows: Images that have a file and an answer.
        pasted: How many have no file.
        refused: How many have a file and no answer.
        unsure: Name of the folder for images that are not sure enough.
        folders: Names of the other folders that get images, in the order of the model's classes.
        places: Of each row, which of the folders is its class's; int64, shape (rows,).
        confidences: Of each row, probability of its answer; float64, shape (rows,).
    """

    rows: tuple[tuple[Path, Prediction], ...]
    pasted: int
    refused: int
    unsure: str
    folders: tuple[str, ...]
    places: NDArray[np.int64]
    confidences: NDArray[np.float64]

    def doubted(self, least: float) -> int:
        """How many images are not sure enough.

        Args:
            least: Least probability of a sure answer, in [0, 1].
        """
        return int((self.confidences < least).sum())

    def counts(self, least: float) -> list[tuple[str, int]]:
        """How many images each folder would get.

        Args:
            least: Least probability of a sure answer, in [0, 1].

        Returns:
            Names and numbers, the folder of the unsure ones first; always the same folders.
        """
        sure = self.places[self.confidences >= least]
        numbers = np.bincount(sure, minlength=len(self.folders)).tolist()
        named = zip(self.folders, numbers, strict=True)
        return [(self.unsure, self.doubted(least)), *named]


def plan_filing(items: Sequence[Item]) -> FilingPlan:
    """Look at what there is to file.

    Args:
        items: All judged images.
    """
    filed = [
        (item.path, item.prediction, item.standing)
        for item in items
        if item.path is not None and item.prediction is not None
    ]
    classes = filed[0][1].classes if filed else ()
    names = folder_names(classes)
    labels = [standing.label for _, _, standing in filed if standing is not None]
    got = set(labels)
    order = {label: place for place, label in enumerate(each for each in classes if each in got)}
    pasted = sum(item.path is None for item in items)
    return FilingPlan(
        rows=tuple((path, prediction) for path, prediction, _ in filed),
        pasted=pasted,
        refused=len(items) - pasted - len(filed),
        unsure=str(names[None]),
        folders=tuple(names[label] for label in order),
        places=np.array([order[label] for label in labels], np.int64),
        confidences=np.array(
            [standing.confidence for _, _, standing in filed if standing is not None], np.float64
        ),
    )
