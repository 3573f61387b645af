"""Where a model looked in all images of a part: its values, and how they are kept; no torch."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from effnet_studio.engine import atomic
from effnet_studio.engine.messages import Message
from effnet_studio.engine.training.runs import BEST_FILE

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.data.dataset import Split
    from effnet_studio.engine.project import Project

_FORMAT: Final = 1
_COLUMNS: Final[dict[str, Any]] = {
    "sample_ids": np.int64,
    "true": np.int64,
    "predicted": np.int64,
    "probability": np.float32,
    "maps": np.float16,
    "mean_maps": np.float64,
    "mean_pictures": np.uint8,
}


@dataclass(frozen=True, eq=False)
class Attention:
    """Maps of many images, each of the class that the model answered.

    The arrays of images have one entry for each image that could be read, in the dataset's order.

    Attributes:
        split: Which part of the dataset.
        dataset_version: Version of the dataset.
        model: Name of the model.
        classes: Names of the classes the model knows; all class numbers are indices into these.
        method: How the maps were made, one of
            :data:`~effnet_studio.engine.explain.names.CAMS`.
        layer: Dotted name of the layer looked at.
        size: Side of what the model sees, pixels.
        sample_ids: The images, as ``Sample.id`` of the dataset, int64, shape (n,).
        true: True classes, int64, shape (n,).
        predicted: Likeliest classes, which are explained, int64, shape (n,).
        probability: Their probability, float32, shape (n,).
        maps: What speaks for the answer, stretched to [0, 1], float16, shape (n, h, w) of the
            layer; all zeros where nothing does.
        mean_maps: For each class the mean over the images answered as it, each map first divided
            by its sum, float64, shape (classes, h, w); sums to 1, or to 0 without any map.
        mean_pictures: For each class the mean of what the model saw of these images, RGB, uint8,
            shape (classes, p, p, 3); black without images.
        unreadable: Names of the files that could not be read, with the reasons.
    """

    split: str
    dataset_version: str
    model: str
    classes: tuple[str, ...]
    method: str
    layer: str
    size: int
    sample_ids: NDArray[np.int64]
    true: NDArray[np.int64]
    predicted: NDArray[np.int64]
    probability: NDArray[np.float32]
    maps: NDArray[np.float16]
    mean_maps: NDArray[np.float64]
    mean_pictures: NDArray[np.uint8]
    unreadable: tuple[tuple[str, Message], ...] = ()

    def __len__(self) -> int:
        return len(self.sample_ids)

    @property
    def accuracy(self) -> float:
        """Share of right answers, in [0, 1]."""
        return float((self.true == self.predicted).mean())

    @property
    def counts(self) -> NDArray[np.int64]:
        """How many images were answered as each class, shape (classes,)."""
        return np.bincount(self.predicted, minlength=len(self.classes)).astype(np.int64)

    @property
    def errors(self) -> NDArray[np.int64]:
        """Places of the wrong answers, the most confident first, shape (errors,)."""
        wrong = np.flatnonzero(self.true != self.predicted)
        order = np.argsort(-self.probability[wrong], kind="stable")
        found: NDArray[np.int64] = wrong[order].astype(np.int64)
        return found


def densities(maps: NDArray[np.floating]) -> NDArray[np.float64]:
    """Divide each map by its sum, so that every image counts the same.

    Args:
        maps: Not negative, shape (..., h, w).

    Returns:
        Sums to 1 over each map, or 0 where nothing speaks for the answer; float64, same shape.
    """
    values = np.asarray(maps, dtype=np.float64)
    totals = values.sum(axis=(-2, -1), keepdims=True)
    found: NDArray[np.float64] = np.divide(
        values, totals, out=np.zeros_like(values), where=totals > 0
    )
    return found


def keep_attention(
    project: Project, run_dir: Path, attention: Attention, layer: str | None
) -> Path:
    """Write maps into the project's cache, whole or not at all; earlier ones are replaced.

    Args:
        project: An open project that may be written.
        run_dir: The run's folder.
        attention: What to keep.
        layer: The layer as it was asked for.

    Returns:
        The file.

    Raises:
        StorageError: If it cannot be written.
    """
    about = {
        "format": _FORMAT,
        "weights": _state_of(run_dir / BEST_FILE),
        "split": attention.split,
        "dataset_version": attention.dataset_version,
        "model": attention.model,
        "classes": attention.classes,
        "method": attention.method,
        "layer": attention.layer,
        "size": attention.size,
        "unreadable": [
            (name, message.template, [(key, str(value)) for key, value in message.details])
            for name, message in attention.unreadable
        ],
    }
    data = io.BytesIO()
    columns = {name: getattr(attention, name) for name in _COLUMNS}
    np.savez(data, about=np.array(json.dumps(about)), **columns)
    file = _file(project, run_dir, attention.split, attention.method, layer)
    with atomic.storage_errors(file.parent):
        file.parent.mkdir(parents=True, exist_ok=True)
    atomic.write_bytes(file, data.getvalue())
    return file


def kept_attention(
    project: Project,
    run_dir: Path,
    dataset_version: str,
    split: Split = "val",
    *,
    method: str = "gradcam",
    layer: str | None = None,
) -> Attention | None:
    """Read maps that were kept.

    Args:
        project: An open project.
        run_dir: The run's folder.
        dataset_version: The dataset they must be of.
        split: Which part.
        method: How the maps were made.
        layer: The layer as it was asked for.

    Returns:
        The maps; None if there are none, the run has learned more since, or the dataset is another
        one. A damaged file is no error: it can be made again.
    """
    try:
        with (
            _file(project, run_dir, split, method, layer).open("rb") as file,
            np.load(file, allow_pickle=False) as stored,
        ):
            about = json.loads(str(stored["about"]))
            if (
                about.pop("format") != _FORMAT
                or about.pop("weights") != _state_of(run_dir / BEST_FILE)
                or about["dataset_version"] != dataset_version
            ):
                return None
            columns = {name: stored[name].astype(kind) for name, kind in _COLUMNS.items()}
        about["classes"] = tuple(about["classes"])
        about["unreadable"] = tuple(
            (name, Message(template, tuple((key, value) for key, value in details)))
            for name, template, details in about["unreadable"]
        )
        return Attention(**about, **columns)
    except (OSError, ValueError, TypeError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _file(project: Project, run_dir: Path, split: str, method: str, layer: str | None) -> Path:
    asked = hashlib.sha256(f"{method} {layer or ''}".encode()).hexdigest()[:12]
    return project.cache_dir / "attention" / f"{run_dir.name}-{split}-{asked}.npz"


def _state_of(weights: Path) -> list[int] | None:
    """Changes with the file: a run that is continued gets better weights under the same name."""
    try:
        status = weights.stat()
    except OSError:
        return None
    return [status.st_size, status.st_mtime_ns]
