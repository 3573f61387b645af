"""What the image browser shows: wishes resolved into rows of the index by pure functions."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine.data.dataset import SPLITS, Sample

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.evaluation.dataset_predictions import DatasetPredictions

_AT_ONCE: Final = 4096
"""Paths that are searched without letting the window's thread in between."""


class State(StrEnum):
    """Which pictures are shown: by whether they are in use, and by what a model says of them."""

    USED = "used"
    EXCLUDED = "excluded"
    ALL = "all"
    WRONG = "wrong"
    RIGHT = "right"


class Order(StrEnum):
    """What the pictures are sorted by."""

    NAME = "name"
    CLASS = "class"
    NEWEST = "newest"
    LARGEST = "largest"
    SMALLEST = "smallest"
    HEAVIEST = "heaviest"
    DARKEST = "darkest"
    BRIGHTEST = "brightest"
    BLURRED = "blurred"
    SHARPEST = "sharpest"
    UNCERTAIN = "uncertain"
    WRONG = "wrong"


PREDICTED: Final = frozenset([State.WRONG, State.RIGHT, Order.UNCERTAIN, Order.WRONG])
"""What can be wished for only where a model has said something."""


@dataclass(frozen=True, eq=False)
class Guesses:
    """Predictions brought into the order of an index's rows.

    Attributes:
        places: int64, (n,): where each row's prediction is among the predictions; -1 for none.
        classes: int64, (n,): number of the predicted class; -1 for none, or for a class that the
            index does not have any more.
        certain: float32, (n,): probability of that class; NaN for none.
    """

    places: NDArray[np.int64]
    classes: NDArray[np.int64]
    certain: NDArray[np.float32]

    def wrong(self, index: Index) -> NDArray[np.bool_]:
        """Rows predicted as another class than theirs; bool, (n,)."""
        wrong: NDArray[np.bool_] = (self.classes >= 0) & (self.classes != index.classes)
        return wrong

    def right(self, index: Index) -> NDArray[np.bool_]:
        """Rows predicted as their own class; bool, (n,)."""
        right: NDArray[np.bool_] = self.classes == index.classes
        return right


@dataclass(frozen=True)
class Wishes:
    """What the user wants to see.

    Attributes:
        class_name: Only this class; empty for all.
        split: Only this part; empty for all.
        state: Whether pictures that are left out are shown, or those with certain predictions.
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


@dataclass(frozen=True, eq=False)
class Shown:
    """Wishes resolved: what the browser shows.

    Attributes:
        index: The pictures.
        rows: int64, (m,): rows of the index in the order to show them.
        predictions: What a model said, if anything.
        guesses: The same for each row of the index.
    """

    index: Index
    rows: NDArray[np.int64]
    predictions: DatasetPredictions | None = None
    guesses: Guesses | None = None


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


def align(index: Index, predictions: DatasetPredictions) -> Guesses:
    """Bring predictions into the order of the index's rows.

    Args:
        index: The pictures.
        predictions: In any order; of pictures the index does not have nothing is kept.

    Returns:
        One for each row.
    """
    count = len(index)
    numbers = {name: number for number, name in index.class_names.items()}
    classes = np.array([numbers.get(name, -1) for name in predictions.classes], dtype=np.int64)
    if not count or not len(predictions.ids):
        nothing = np.full(count, -1, dtype=np.int64)
        return Guesses(nothing, nothing, np.full(count, np.nan, dtype=np.float32))
    order = np.argsort(predictions.ids, kind="stable")
    found = np.searchsorted(predictions.ids, index.ids, sorter=order)
    places = order[np.minimum(found, len(order) - 1)]
    known = predictions.ids[places] == index.ids
    return Guesses(
        np.where(known, places, -1),
        np.where(known, classes[predictions.predicted[places]], -1),
        np.where(known, predictions.confidence[places], np.nan).astype(np.float32),
    )


def resolve(
    index: Index,
    wishes: Wishes,
    predictions: DatasetPredictions | None = None,
    guesses: Guesses | None = None,
) -> Shown:
    """Find what is to be shown.

    Args:
        index: The pictures.
        wishes: What is wanted.
        predictions: What a model said of the pictures.
        guesses: The same, if it was aligned with this index before.

    Returns:
        The rows, in order. Without predictions, wishes about them leave nothing, or no order.
    """
    if predictions is not None and guesses is None:
        guesses = align(index, predictions)
    if wishes.ids is not None:
        rows = index.rows_of(wishes.ids)
    else:
        rows = np.flatnonzero(_kept(index, wishes, guesses))
        if wishes.text:
            rows = rows[_holding(index, rows, wishes.text)]
    rows = _in_order(index, rows, wishes.order, guesses)
    return Shown(index, rows, predictions, guesses)


def _kept(index: Index, wishes: Wishes, guesses: Guesses | None) -> NDArray[np.bool_]:
    keep = np.ones(len(index), dtype=bool)
    if wishes.state is not State.ALL:
        keep &= index.excluded == (wishes.state is State.EXCLUDED)
    if wishes.state in PREDICTED:
        if guesses is None:
            keep[:] = False
        else:
            wrong = wishes.state is State.WRONG
            keep &= guesses.wrong(index) if wrong else guesses.right(index)
    if wishes.class_name:
        numbers = [n for n, name in index.class_names.items() if name == wishes.class_name]
        keep &= np.isin(index.classes, numbers)
    if wishes.split:
        keep &= index.splits == [*SPLITS].index(wishes.split)  # type: ignore[arg-type]
    return keep


def _holding(index: Index, rows: NDArray[np.int64], text: str) -> NDArray[np.bool_]:
    """Which of the rows' paths hold a text, whatever its case; bool, (m,)."""
    # Names may hold accents as letters of their own, as those from macOS do.
    forms = {unicodedata.normalize(form, text).casefold() for form in ("NFC", "NFD")}
    paths, found = index.paths, np.empty(len(rows), dtype=bool)
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE].tolist()
        for number, form in enumerate(forms):
            holds = [form in paths[row].casefold() for row in part]
            if number:
                found[start : start + _AT_ONCE] |= holds
            else:
                found[start : start + _AT_ONCE] = holds
    return found


def _in_order(
    index: Index, rows: NDArray[np.int64], order: Order, guesses: Guesses | None
) -> NDArray[np.int64]:
    key = _key(index, rows, order, guesses)
    return rows if key is None else rows[np.argsort(key, kind="stable")]


def _key(  # noqa: PLR0911 - one for each order
    index: Index, rows: NDArray[np.int64], order: Order, guesses: Guesses | None
) -> NDArray[np.generic] | None:
    """What is sorted by, the least first; None to leave the rows as they are."""
    match order:
        case Order.CLASS:
            names = sorted(index.class_names.items(), key=lambda item: item[1].casefold())
            rank = np.zeros(max(index.class_names, default=0) + 1, dtype=np.uint32)
            rank[[number for number, _ in names]] = np.arange(len(names))
            return rank[index.classes[rows]]
        case Order.NEWEST:
            return -index.mtimes_ns[rows]
        case Order.LARGEST | Order.SMALLEST:
            pixels = index.widths[rows].astype(np.int64) * index.heights[rows]
            return pixels if order is Order.SMALLEST else -pixels
        case Order.HEAVIEST:
            return -index.bytes[rows]
        case Order.DARKEST:
            return index.brightness[rows]
        case Order.BRIGHTEST:
            return -index.brightness[rows]
        case Order.BLURRED:
            return index.sharpness[rows]
        case Order.SHARPEST:
            return -index.sharpness[rows]
        case Order.UNCERTAIN:
            return None if guesses is None else guesses.certain[rows]
        case Order.WRONG if guesses is not None:
            # The surest of the errors first: they are the likeliest to be errors of the labels.
            certain = guesses.certain[rows]
            return np.where(guesses.wrong(index)[rows], -certain, 1 + certain)
    return None
