"""Where a model looks in all images of a part, kept in the project's cache.

Reading needs no torch, so that what is known is shown at once.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from effnet_studio.engine import atomic
from effnet_studio.engine.errors import StorageError
from effnet_studio.engine.events import OnEvent, Warned, ignore
from effnet_studio.engine.explain.attention import Attention
from effnet_studio.engine.messages import Message
from effnet_studio.engine.training.runs import weights_state

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Dataset, Split
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


def open_attention(
    project: Project,
    run_dir: Path,
    dataset: Dataset,
    split: Split = "val",
    *,
    method: str = "gradcam",
    layer: str | None = None,
    device: str = "auto",
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> Attention:
    """Where a run looks in all images of a part; computed once, then kept.

    Args:
        project: An open project; one that cannot be written keeps nothing.
        run_dir: The run's folder.
        dataset: Its images.
        split: Which part.
        method: As for :func:`~effnet_studio.engine.explain.bulk.explain_many`.
        layer: The same.
        device: Where to compute, as for
            :func:`~effnet_studio.engine.predict.predictor.load_predictor`.
        on_event: Hears the progress, in images, and if the cache cannot be written.
        cancel: Stops it; nothing is kept then.

    Returns:
        The maps.

    Raises:
        As ``explain_many`` and ``load_predictor`` do.
    """
    from effnet_studio.engine.explain.bulk import explain_many
    from effnet_studio.engine.predict.torch_predictor import TorchPredictor

    known = kept_attention(project, run_dir, dataset.version, split, method=method, layer=layer)
    if known is not None:
        return known
    network = TorchPredictor.from_run(run_dir, device=device)
    found = explain_many(
        network, dataset, split, method=method, layer=layer, on_event=on_event, cancel=cancel
    )
    if not project.read_only:
        try:
            keep_attention(project, run_dir, found, layer, network.weights_state)
        except StorageError as error:  # next time it takes as long again, that is all
            on_event(Warned(error.message, error.hint, error.path))
    return found


def keep_attention(
    project: Project,
    run_dir: Path,
    attention: Attention,
    layer: str | None,
    weights: list[int] | None,
) -> Path:
    """Write maps into the project's cache, whole or not at all; earlier ones are replaced.

    Args:
        project: An open project that may be written.
        run_dir: The run's folder.
        attention: What to keep.
        layer: The layer as it was asked for.
        weights: State of the weights that were asked, as
            :func:`~effnet_studio.engine.training.runs.weights_state` says it.

    Returns:
        The file.

    Raises:
        StorageError: If it cannot be written.
    """
    about = {
        "format": _FORMAT,
        "weights": weights,
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
                or about.pop("weights") != weights_state(run_dir)
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
