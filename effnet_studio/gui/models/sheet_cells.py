"""Images of a dataset with what they are and what is said of them, as cells of a grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, overload

import numpy as np

from effnet_studio.engine.data.dataset import Countable
from effnet_studio.gui.models.thumbnails import Thumbnail, file_cell, sample_cell
from effnet_studio.gui.text import percent_text

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.data.dataset import Dataset, Sample
    from effnet_studio.engine.evaluation.evaluate import Evaluation
    from effnet_studio.engine.project import Project
    from effnet_studio.gui.models.predict_items import ModelHolder

_OPACITY: Final = 0.5
"""Of a map over its image."""


@dataclass(frozen=True, eq=False)
class SheetRows:
    """Images of a dataset, in the order they are shown, and what is said of each.

    Attributes:
        ids: int64, (n,): numbers of the images.
        said: int64, (n,): the class said, an index into ``classes``.
        certain: float32, (n,), in [0, 1]: how sure that is.
        classes: Names.
    """

    ids: NDArray[np.int64]
    said: NDArray[np.int64]
    certain: NDArray[np.float32]
    classes: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.ids)

    def only(self, keep: NDArray[np.bool_]) -> SheetRows:
        """Some of the rows.

        Args:
            keep: bool, (n,).
        """
        return SheetRows(self.ids[keep], self.said[keep], self.certain[keep], self.classes)

    def named(self, ids: Sequence[int]) -> dict[str, list[int]]:
        """Numbers of some of the images by the class that is said of them.

        Args:
            ids: Some of the numbers.
        """
        found: dict[str, list[int]] = {}
        chosen = set(ids)
        for number, said in zip(self.ids.tolist(), self.said.tolist(), strict=True):
            if number in chosen:
                found.setdefault(self.classes[said], []).append(number)
        return found


def rows_of(evaluation: Evaluation, positions: NDArray[np.int64]) -> SheetRows:
    """What a model said of some of the images of an evaluation.

    Args:
        evaluation: The answers.
        positions: int64, (n,): which, in order.
    """
    return SheetRows(
        np.asarray(evaluation.sample_ids, dtype=np.int64)[positions],
        evaluation.predicted[positions],
        evaluation.confidence[positions],
        evaluation.classes,
    )


class SampleFinder:
    """Finds images of a dataset by their numbers.

    Args:
        dataset: The images.
    """

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        samples = dataset.samples
        numbers = (
            samples.stamps()[:, 0].tolist()
            if isinstance(samples, Countable)
            else [sample.id for sample in samples]
        )
        self._places = {number: place for place, number in enumerate(numbers)}

    def sample(self, number: int) -> Sample:
        """An image.

        Args:
            number: Its number; it must be in the dataset.
        """
        return self.dataset.samples[self._places[number]]

    def present(self, rows: SheetRows) -> SheetRows:
        """Those of some rows whose images are still in the dataset.

        Args:
            rows: Any rows.
        """
        places = self._places  # tens of thousands are asked for
        return rows.only(np.array([number in places for number in rows.ids.tolist()], dtype=bool))


class MapLoader:
    """Loads what a model saw of an image with where it looked over it; called in a thread.

    Args:
        holder: Gives the model.
        model: Which one.
        path: The image.
    """

    def __init__(self, holder: ModelHolder, model: Path, path: Path) -> None:
        self._holder, self._model, self._path = holder, model, path

    def __call__(self) -> NDArray[np.uint8]:
        """Explain the model's own answer; RGB, uint8, shape (size, size, 3)."""
        from effnet_studio.engine.explain.cam import explain_class
        from effnet_studio.engine.explain.overlay import COLORMAPS, blend

        found = explain_class(self._holder.get(self._model), self._path)
        return blend(found.picture, found.heatmap, opacity=_OPACITY, colormap=COLORMAPS[0])


class SheetCells(Sequence[Thumbnail]):
    """Cells, each made when it is looked at: the true class above the answer.

    Args:
        rows: What to show; all of it is in the dataset.
        finder: Finds the images.
        project: Has the thumbnails; None for images of a folder outside.
        maps: Model and its holder, to show where it looked; None for the images alone.
        brief: Whether the answer is left out: it is the true class in all of them.
    """

    def __init__(
        self,
        rows: SheetRows,
        finder: SampleFinder,
        project: Project | None,
        maps: tuple[ModelHolder, Path] | None = None,
        *,
        brief: bool = False,
    ) -> None:
        self._rows, self._finder, self._project, self._maps = rows, finder, project, maps
        self._brief = brief

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Thumbnail: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Thumbnail]: ...

    def __getitem__(self, place: int | slice) -> Thumbnail | Sequence[Thumbnail]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        rows = self._rows
        sample = self._finder.sample(int(rows.ids[place]))
        true, said = self._finder.dataset.classes[sample.label], rows.classes[rows.said[place]]
        certain = percent_text(float(rows.certain[place]), 0)
        caption = certain if self._brief else f"{said} · {certain}"
        tone = "success" if said == true else "danger"
        if self._maps is not None:
            holder, model = self._maps
            loader = MapLoader(holder, model, sample.path)
            key = (sample.id, model)
            return Thumbnail(key, sample.path, loader, caption, tone, sample, title=true)
        if self._project is None:
            return file_cell(sample.path, caption=caption, tone=tone, value=sample, title=true)
        cell = sample_cell(self._project, sample, caption=caption, tone=tone)
        return Thumbnail(cell.key, cell.path, cell.load, caption, tone, sample, title=true)
