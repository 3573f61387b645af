"""Thumbnails of images with their answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, overload

from PySide6.QtCore import QCoreApplication

from effnet_studio.engine.predict.answers import FailedImage
from effnet_studio.gui.models.thumbnails import Thumbnail, file_cell
from effnet_studio.gui.text import none_text, percent_text

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from effnet_studio.gui.models.predict_items import Item


def item_cell(item: Item, review: str | None = None) -> Thumbnail:
    """A cell that shows an image and its answer, or why there is none.

    Args:
        item: The image.
        review: The class a person gave it, which is then shown; None: not reviewed.
    """
    standing = item.standing
    if review is not None:
        caption, tone = f"✓ {review}", "success"
    elif standing is None:
        caption, tone = "", "danger"
        if isinstance(item.verdict, FailedImage):  # why is said where it is looked at
            caption = QCoreApplication.translate("PredictedCells", "cannot be read")
    else:
        caption, tone = f"{standing.label} · {percent_text(standing.confidence, 0)}", "text"
        if standing.rejected:
            caption, tone = none_text(), "warning"
    if item.path is not None:
        cell = file_cell(item.path, caption=caption, tone=tone, value=item)
        return Thumbnail(item.number, cell.path, cell.load, caption, tone, item)
    return Thumbnail(item.number, Path(item.name), _Pixels(item.pixels), caption, tone, item)


class ItemCells(Sequence[Thumbnail]):
    """Cells of many images, each made when it is looked at.

    Args:
        items: What to show; may grow.
        reviews: What people said of images, by :attr:`Item.key`.
    """

    def __init__(self, items: Sequence[Item], reviews: Mapping[Hashable, str]) -> None:
        self._items, self._reviews = items, reviews

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> Thumbnail: ...

    @overload
    def __getitem__(self, index: slice) -> ItemCells: ...

    def __getitem__(self, index: int | slice) -> Thumbnail | ItemCells:
        if isinstance(index, slice):
            return ItemCells(self._items[index], self._reviews)
        item = self._items[index]
        return item_cell(item, self._reviews.get(item.key))


class _Pixels:
    """Gives pixels that are already in memory."""

    def __init__(self, pixels: NDArray[np.uint8] | None) -> None:
        self._pixels = pixels

    def __call__(self) -> NDArray[np.uint8]:
        if self._pixels is None:
            raise ValueError("an image has neither file nor pixels")
        return self._pixels
