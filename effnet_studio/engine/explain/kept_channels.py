"""Statistics of a run's gates over the training images, kept in the project's cache."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine import atomic
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.errors import DatasetError, StorageError
from effnet_studio.engine.events import Warned
from effnet_studio.engine.explain.channels import channel_statistics
from effnet_studio.engine.explain.gate_statistics import ChannelStatistics
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Sample
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.engine.predict.torch_predictor import TorchPredictor
    from effnet_studio.engine.project import Project

PER_CLASS: Final = 200
"""Training images of a class that are looked at; of more, so many, evenly spaced by path."""

MOST: Final = 2_000
"""Images that are looked at in all, as far as :data:`LEAST` of each class allow it: about a minute
of EfficientNet-B0 on two cores."""

LEAST: Final = 10
"""Images of a class that are looked at however many classes there are."""

_VERSION: Final = 1
_ARRAYS: Final = ("sizes", "counts", "means", "overall", "spread", "top_values", "top_images")


def open_channels(
    project: Project,
    network: TorchPredictor,
    *,
    on_event: OnEvent,
    cancel: CancelToken,
) -> ChannelStatistics:
    """What the gates of a run's model do over the training images; computed once, then kept.

    The run's weights and the dataset's version decide whether what is kept still holds.

    Args:
        project: An open project; one that cannot be written keeps nothing.
        network: The run's model.
        on_event: Hears the progress, in images, and if the cache cannot be written.
        cancel: Stops it; nothing is kept then.

    Returns:
        The statistics.

    Raises:
        DatasetError: If there are no training images that can be read.
        ModelError: If the model has no squeeze-and-excitation blocks, or cannot be used.
        Cancelled: If the job was asked to stop.
    """
    dataset = load_dataset(project)
    samples = draw(dataset.subset("train"), len(dataset.classes))
    if not samples:
        raise DatasetError(
            msg("There are no training images to compare with."),
            hint=msg("Import images first, or move some to the training part."),
        )
    key = f"{_VERSION} {dataset.version} {network.weights_state}"
    file = cache_file(project, network.path.name)
    found = _read(file, key, samples, dataset.classes)
    if found is None:
        found = channel_statistics(
            samples, network, classes=dataset.classes, on_event=on_event, cancel=cancel
        )
        if not project.read_only:
            try:
                _write(file, key, found)
            except StorageError as error:  # next time it takes as long again, that is all
                on_event(Warned(error.message, error.hint, error.path))
    return found


def cache_file(project: Project, run: str) -> Path:
    """Where the statistics of a run are kept; the file may be deleted."""
    return project.cache_dir / f"channels-{run}.npz"


def draw(samples: Sequence[Sample], classes: int) -> tuple[Sample, ...]:
    """Choose the images that are looked at: the same number of each class, evenly spaced.

    Args:
        samples: All of them.
        classes: How many classes there are.

    Returns:
        At most :data:`PER_CLASS` of each class, fewer where that would be more than :data:`MOST`
        in all, but never fewer than :data:`LEAST`.
    """
    most = min(PER_CLASS, max(LEAST, MOST // max(1, classes)))
    labels = np.fromiter((sample.label for sample in samples), dtype=np.int64, count=len(samples))
    chosen: list[int] = []
    for label in np.unique(labels):
        rows = np.flatnonzero(labels == label)
        spaced = np.linspace(0, len(rows) - 1, min(most, len(rows))).round().astype(np.int64)
        chosen += rows[spaced].tolist()
    return tuple(samples[place] for place in sorted(chosen))


def _write(file: Path, key: str, statistics: ChannelStatistics) -> None:
    with atomic.storage_errors(file):
        file.parent.mkdir(exist_ok=True)
    arrays = {name: np.asarray(getattr(statistics, name)) for name in _ARRAYS}
    arrays |= {
        "key": np.array(key),
        "blocks": np.array(statistics.blocks),
        "titles": np.array(statistics.titles),
        "images": np.array([sample.id for sample in statistics.images], dtype=np.int64),
    }
    with atomic.replacing(file) as temporary, temporary.open("wb") as stream:
        np.savez(stream, allow_pickle=False, **arrays)


def _read(
    file: Path, key: str, samples: Sequence[Sample], classes: tuple[str, ...]
) -> ChannelStatistics | None:
    """What is kept; None if there is nothing, it is of another time, or damaged."""
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as kept:
            if str(kept["key"]) != key:
                return None
            by_id = {sample.id: sample for sample in samples}
            return ChannelStatistics(
                blocks=tuple(kept["blocks"].tolist()),
                titles=tuple(kept["titles"].tolist()),
                sizes=tuple(kept["sizes"].tolist()),
                classes=classes,
                images=tuple(by_id[number] for number in kept["images"].tolist()),
                **{name: kept[name] for name in _ARRAYS if name != "sizes"},
            )
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
