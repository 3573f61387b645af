"""Thumbnails of images with their answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.models.thumbnails import Thumbnail, file_cell
from effnet_studio.gui.text import percent_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from effnet_studio.gui.models.predict_items import Item


def item_cell(item: Item) -> Thumbnail:
    """A cell that shows an image and its answer, or why there is none."""
    prediction = item.prediction
    if prediction is None:
        message = getattr(item.verdict, "message", None)
        caption, tone = (translate_message(message) if message is not None else ""), "danger"
    else:
        best = prediction.best
        caption, tone = f"{best.label} · {percent_text(best.probability, 0)}", "text"
    if item.path is not None:
        cell = file_cell(item.path, caption=caption, tone=tone, value=item)
        return Thumbnail(item.number, cell.path, cell.load, caption, tone, item)
    return Thumbnail(item.number, Path(item.name), _Pixels(item.pixels), caption, tone, item)


class _Pixels:
    """Gives pixels that are already in memory."""

    def __init__(self, pixels: NDArray[np.uint8] | None) -> None:
        self._pixels = pixels

    def __call__(self) -> NDArray[np.uint8]:
        if self._pixels is None:
            raise ValueError("an image has neither file nor pixels")
        return self._pixels
