"""What a number of an evaluation stands for: some of its images."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from effnet_studio.gui.models.sheet_cells import SheetRows


@dataclass(frozen=True, eq=False)
class ImageChoice:
    """Images behind a number that was clicked.

    Attributes:
        title: What they have in common, in the window's language.
        positions: Where they are in the evaluation, int64, in the order they are shown.
        hint: What to look for in them, or by what they are sorted; empty for none.
        beside: Other positions, to compare them with; None for nothing.
        beside_title: What those are.
        rows: Images of the whole dataset and what is said of them, in place of ``positions`` and
            the evaluation's answers; None for those.
    """

    title: str
    positions: NDArray[np.int64]
    hint: str = ""
    beside: NDArray[np.int64] | None = None
    beside_title: str = ""
    rows: SheetRows | None = None
