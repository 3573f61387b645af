"""What the image browser shows: wishes resolved into rows of the index by one pure function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, overload

import numpy as np

from effnet_studio.engine.data.dataset import SPLITS, Sample
from effnet_studio.gui.models.thumbnails import Thumbnail, sample_cell

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.project import Project


class State(StrEnum):
    """Whether pictures that are left out are shown."""

    USED = "used"
    EXCLUDED = "excluded"
    ALL = "all"


class Order(StrEnum):
    """What the pictures are sorted by."""

    NAME = "name"
    NEWEST = "newest"
    LARGEST = "largest"
    SMALLEST = "smallest"
    DARKEST = "darkest"
    BRIGHTEST = "brightest"
    BLURRED = "blurred"
    SHARPEST = "sharpest"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True)
class Predictions:
    """What a model says of pictures.

    Attributes:
        ids: int64, (n,): numbers of the pictures.
        labels: Names of the likeliest classes, (n,).
        probabilities: float32, (n,): of those classes.
    """

    ids: NDArray[np.int64]
    labels: Sequence[str]
    probabilities: NDArray[np.float32]


@dataclass(frozen=True)
class Wishes:
    """What the user wants to see.

    Attributes:
        class_name: Only this class; empty for all.
        split: Only this part; empty for all.
        state: Whether pictures that are left out are shown.
        text: Only paths that hold it, in any case.
        order: What they are sorted by.
        ids: Only these pictures, whatever else is wished; None for all.
    """

    class_name: str = ""
    split: str = ""
    state: State = State.USED
    text: str = ""
    order: Order = Order.NAME
    ids: tuple[int, ...] | None = None


_KEYS: Final = {
    Order.NEWEST: ("mtimes_ns", -1),
    Order.DARKEST: ("brightness", 1),
    Order.BRIGHTEST: ("brightness", -1),
    Order.BLURRED: ("sharpness", 1),
    Order.SHARPEST: ("sharpness", -1),
}


def visible_rows(
    index: Index, wishes: Wishes, predictions: Predictions | None = None
) -> NDArray[np.int64]:
    """Find the rows to show.

    Args:
        index: The pictures.
        wishes: What is wanted.
        predictions: Needed to sort by certainty.

    Returns:
        int64, (m,): rows in the order to show them.
    """
    if wishes.ids is not None:
        rows = index.rows_of(wishes.ids)
        return rows if wishes.order is Order.NAME else _sorted(index, rows, wishes, predictions)
    keep = np.ones(len(index), dtype=bool)
    if wishes.class_name:
        numbers = [n for n, name in index.class_names.items() if name == wishes.class_name]
        keep &= np.isin(index.classes, numbers)
    if wishes.split:
        keep &= index.splits == [*SPLITS].index(wishes.split)  # type: ignore[arg-type]
    if wishes.state is not State.ALL:
        keep &= index.excluded == (wishes.state is State.EXCLUDED)
    rows = np.flatnonzero(keep)
    if wishes.text:
        wanted = wishes.text.casefold()
        rows = rows[[wanted in index.paths[row].casefold() for row in rows.tolist()]]
    return _sorted(index, rows, wishes, predictions)


def _sorted(
    index: Index, rows: NDArray[np.int64], wishes: Wishes, predictions: Predictions | None
) -> NDArray[np.int64]:
    order = wishes.order
    if order is Order.NAME:
        return rows
    if order is Order.UNCERTAIN:
        sure = np.full(len(index), np.inf)
        if predictions is not None:
            known = index.rows_of(predictions.ids.tolist())
            sure[known] = predictions.probabilities[: len(known)]
        key = sure[rows]
    elif order in {Order.LARGEST, Order.SMALLEST}:
        pixels = index.widths[rows].astype(np.int64) * index.heights[rows]
        key = -pixels if order is Order.LARGEST else pixels
    else:
        name, sign = _KEYS[order]
        key = sign * getattr(index, name)[rows]
    return rows[np.argsort(key, kind="stable")]


class IndexCells(Sequence[Thumbnail]):
    """Cells of rows of the index, each made when it is looked at.

    Args:
        project: Has the thumbnail cache.
        index: The pictures.
        rows: int64, (n,): which of them, in order.
    """

    def __init__(self, project: Project, index: Index, rows: NDArray[np.int64]) -> None:
        self._project = project
        self._index = index
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Thumbnail: ...

    @overload
    def __getitem__(self, place: slice) -> IndexCells: ...

    def __getitem__(self, place: int | slice) -> Thumbnail | IndexCells:
        if isinstance(place, slice):
            return IndexCells(self._project, self._index, self._rows[place])
        index, row = self._index, int(self._rows[place])
        sample = sample_of(index, row)
        return sample_cell(self._project, sample, value=sample.id, dimmed=bool(index.excluded[row]))


def sample_of(index: Index, row: int) -> Sample:
    """A picture of the index as a sample; its label is the number of its class."""
    return Sample(
        int(index.ids[row]),
        index.path(row),
        int(index.classes[row]),
        SPLITS[index.splits[row]],
        int(index.widths[row]),
        int(index.heights[row]),
    )
