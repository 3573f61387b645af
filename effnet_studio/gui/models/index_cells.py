"""Cells of rows of the index for the grid of thumbnails, each made when it is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from effnet_studio.gui.models.browsing import Shown, sample_of
from effnet_studio.gui.models.thumbnails import Thumbnail, sample_cell
from effnet_studio.gui.text import percent_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from effnet_studio.engine.project import Project


class IndexCells(Sequence[Thumbnail]):
    """Cells of what the browser shows; their value is the number of the picture.

    Args:
        project: Has the thumbnail cache.
        shown: The pictures, in order; predictions are their captions.
        part: int64: rows to have instead of all that are shown.
    """

    def __init__(
        self, project: Project, shown: Shown, part: NDArray[np.int64] | None = None
    ) -> None:
        self._project = project
        self._shown = shown
        self._rows = shown.rows if part is None else part

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Thumbnail: ...

    @overload
    def __getitem__(self, place: slice) -> IndexCells: ...

    def __getitem__(self, place: int | slice) -> Thumbnail | IndexCells:
        if isinstance(place, slice):
            return IndexCells(self._project, self._shown, self._rows[place])
        index, row = self._shown.index, int(self._rows[place])
        sample = sample_of(index, row)
        caption, tone = self._prediction(row)
        return sample_cell(
            self._project,
            sample,
            caption=caption,
            tone=tone,
            value=sample.id,
            dimmed=bool(index.excluded[row]),
        )

    def _prediction(self, row: int) -> tuple[str, str]:
        """What is said of a row, and whether that is good news."""
        guesses, predictions = self._shown.guesses, self._shown.predictions
        if guesses is None or predictions is None or guesses.places[row] < 0:
            return "", "muted"
        label = predictions.classes[predictions.predicted[guesses.places[row]]]
        caption = f"{label} · {percent_text(float(guesses.certain[row]), 0)}"
        if guesses.classes[row] < 0:
            return caption, "muted"
        right = guesses.classes[row] == self._shown.index.classes[row]
        return (f"✓ {caption}", "success") if right else (f"✗ {caption}", "danger")
