"""What the preview of the augmentation asks the engine; runs in a background thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.data.dataset import Sample
    from effnet_studio.engine.training.config import TrainConfig
    from effnet_studio.engine.training.preview import Kept, PreviewRow


class VariantMaker:
    """Makes variants of a set's pictures and keeps what it read, in one thread at a time.

    Args:
        samples: The training pictures.
    """

    def __init__(self, samples: Sequence[Sample]) -> None:
        self._samples = samples
        self._chosen: list[Sample] | None = None
        self._kept: Kept = {}

    def make(
        self, config: TrainConfig, *, rows: int, columns: int, first: int, series: int
    ) -> list[PreviewRow]:
        """See :func:`~effnet_studio.engine.training.preview.preview_variants`.

        Raises:
            StudioError: If no picture can be read.
        """
        from effnet_studio.engine.training.preview import choose_pictures, preview_variants

        if self._chosen is None:
            self._chosen = choose_pictures(self._samples)
        return preview_variants(
            self._chosen,
            config,
            rows=rows,
            columns=columns,
            first=first,
            series=series,
            kept=self._kept,
        )
