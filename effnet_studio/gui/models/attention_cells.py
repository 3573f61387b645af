"""What the view of all images asks of the engine, in background threads, and its cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from effnet_studio.gui.i18n import current_language, translate_message
from effnet_studio.gui.models.thumbnails import Thumbnail
from effnet_studio.gui.text import decimal_text

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Dataset, Sample, Split
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.engine.explain.attention import Attention
    from effnet_studio.engine.explain.names import Detail
    from effnet_studio.engine.explain.regions import Box
    from effnet_studio.engine.explain.shares import RegionShare
    from effnet_studio.engine.explain.standing_out import ClassFocus
    from effnet_studio.engine.preprocess import Preprocess
    from effnet_studio.engine.project import Project

MEAN_SIDE: Final = 320
_PAIR_SIDE: Final = 192


@dataclass(frozen=True, eq=False)
class Looked:
    """Where a run looked.

    Attributes:
        attention: The maps.
        focuses: How the classes differ.
        preprocess: What the run sees of an image.
        samples: The images by their ids.
    """

    attention: Attention
    focuses: tuple[ClassFocus, ...]
    preprocess: Preprocess
    samples: dict[int, Sample]

    def focus_of(self, label: str) -> ClassFocus | None:
        """How a class differs from the others; None if nothing is known."""
        return next((focus for focus in self.focuses if focus.label == label), None)


class PairLoader:
    """Loads an image and its map, side by side; called in a thread."""

    def __init__(self, looked: Looked, place: int, path: Path, colormap: str) -> None:
        self._looked, self._place, self._path, self._colormap = looked, place, path, colormap

    def __call__(self) -> NDArray[np.uint8]:
        """Read the image; RGB, shape (side, 2 side, 3)."""
        import numpy as np

        from effnet_studio.engine.explain.bulk_report import seen_and_overlay

        maps, preprocess = self._looked.attention.maps, self._looked.preprocess
        pair = seen_and_overlay(
            self._path, maps[self._place], preprocess, _PAIR_SIDE, self._colormap
        )
        return np.concatenate(pair, axis=1)


class MeanLoader:
    """Makes a class's mean picture with its mean map; called in a thread.

    Args:
        attention: The maps.
        label: The class.
        colormap: Colours of the map.
        zone: A place to draw a frame around; None: none.
    """

    def __init__(
        self, attention: Attention, label: int, colormap: str, zone: Box | None = None
    ) -> None:
        self._attention, self._label, self._colormap = attention, label, colormap
        self._zone = zone

    def __call__(self) -> NDArray[np.uint8]:
        """Blend both; RGB, shape (side, side, 3)."""
        from effnet_studio.engine.explain.bulk_report import framed, mean_overlay

        pixels = mean_overlay(self._attention, self._label, MEAN_SIDE, self._colormap)
        return pixels if self._zone is None else framed(pixels, self._zone)


def error_cells(looked: Looked, colormap: str, words: str) -> list[Thumbnail]:
    """Wrong answers, the most confident first.

    Args:
        looked: The maps.
        colormap: Colours of the maps.
        words: Translated text with the fields ``truth``, ``answer`` and ``confidence``.
    """
    attention = looked.attention
    cells = []
    for place in attention.errors.tolist():
        sample = looked.samples.get(int(attention.sample_ids[place]))
        if sample is None:
            continue
        caption = words.format(
            truth=attention.classes[int(attention.true[place])],
            answer=attention.classes[int(attention.predicted[place])],
            confidence=decimal_text(100 * float(attention.probability[place]), 0),
        )
        loader = PairLoader(looked, place, sample.path, colormap)
        cells.append(
            Thumbnail((sample.id, colormap), sample.path, loader, caption, "danger", sample)
        )
    return cells


# -- what runs in the threads; the engine is imported there --------------------------------------


def look_at_all(
    project: Project,
    run_dir: Path,
    dataset: Dataset,
    split: Split,
    detail: Detail,
    *,
    on_event: OnEvent,
    cancel: CancelToken,
) -> Looked:
    """Make the maps of all images and keep them, unless the project is open for reading only.

    Raises:
        Cancelled: If the job was stopped.
        StudioError: If the model or all images cannot be used.
    """
    from effnet_studio.engine.explain.kept_attention import open_attention

    attention = open_attention(
        project,
        run_dir,
        dataset,
        split,
        method=detail.method,
        layer=detail.layer,
        on_event=on_event,
        cancel=cancel,
    )
    return _looked(attention, run_dir, dataset, split)


def time_of_look(run_dir: Path, dataset: Dataset, split: Split, detail: Detail) -> float | None:
    """About how many seconds a look at all images takes; None if that cannot be said.

    Raises:
        StudioError: If the model cannot be used.
    """
    from effnet_studio.engine.explain.bulk import seconds_for
    from effnet_studio.engine.predict.predictor import load_predictor

    return seconds_for(
        load_predictor(run_dir), dataset, split, method=detail.method, layer=detail.layer
    )


def read_looked(
    project: Project, run_dir: Path, dataset: Dataset, split: Split, detail: Detail
) -> Looked | None:
    """What was kept earlier, if it still fits.

    Raises:
        ProjectError: If the run cannot be read.
    """
    from effnet_studio.engine.explain.kept_attention import kept_attention

    attention = kept_attention(
        project, run_dir, dataset.version, split, method=detail.method, layer=detail.layer
    )
    return None if attention is None else _looked(attention, run_dir, dataset, split)


def _looked(attention: Attention, run_dir: Path, dataset: Dataset, split: Split) -> Looked:
    from effnet_studio.engine.explain.standing_out import compare_classes
    from effnet_studio.engine.training.runs import load_run

    return Looked(
        attention,
        compare_classes(attention),
        load_run(run_dir).preprocess,
        {sample.id: sample for sample in dataset.subset(split)},
    )


def shares_in(looked: Looked, box: Box) -> tuple[RegionShare, ...]:
    """How much of the attention lies in a box."""
    from effnet_studio.engine.explain.shares import shares_of_box

    return shares_of_box(looked.attention, box)


def save_report(
    path: Path,
    looked: Looked,
    box: Box,
    names: tuple[str, str],
    colormap: str,
    *,
    on_event: OnEvent,
    cancel: CancelToken,
) -> Path:
    """Write the report; ``names`` are the project's and the run's.

    Raises:
        Cancelled: If the job was stopped.
        StorageError: If it cannot be written.
    """
    from effnet_studio.engine.explain.bulk_report import ReportContent, write_report

    content = ReportContent(
        looked.attention,
        looked.samples,
        looked.preprocess,
        *names,
        shares_in(looked, box),
        looked.focuses,
        colormap,
    )
    write_report(
        path,
        content,
        words=translate_message,
        language=current_language(),
        on_event=on_event,
        cancel=cancel,
    )
    return path
