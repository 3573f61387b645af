"""The learning curve of a project, measured once for each state of its images."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine import atomic
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.evaluation.learning.learning_curve import (
    SHARES,
    LearningCurve,
    instant_config,
    measure_learning_curve,
    seeds_for,
    threads_for,
)
from effnet_studio.engine.evaluation.learning.power_law import Draws
from effnet_studio.engine.events import OnEvent, ignore

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.project import Project

_FORMAT: Final = 1
_COLUMNS: Final = {
    "support": np.int64,
    "share": np.float64,
    "images": np.int64,
    "right": np.int64,
}
_DRAWS: Final = ("exponent", "amplitude", "floor", "noise")


def open_learning_curve(
    project: Project,
    dataset: Dataset,
    *,
    model: str | None = None,
    device: str = "auto",
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> LearningCurve:
    """Give the curve that is kept, or measure and keep it.

    One of the starter backbone's is measured anew when ImageNet's weights have come meanwhile, with
    which Instant would train now.

    Args:
        project: An open project; a read-only one keeps nothing.
        dataset: Its images.
        model: Catalog name of the architecture; None: the one that Instant takes by itself.
        device: Where the network computes, such as ``auto`` or ``cpu``.
        on_event: Hears the progress.
        cancel: Stops or pauses the job.

    Returns:
        The curve.

    Raises:
        StorageError: If the cache cannot be written.
        StudioError: As :func:`~.learning_curve.measure_learning_curve`.
    """
    wanted = instant_config(model).model
    kept = read_learning_curve(project, dataset)
    if kept is not None and kept.model == wanted and not _surpassed(kept):
        return kept
    curve = measure_learning_curve(
        project, model=model, device=device, on_event=on_event, cancel=cancel
    )
    if not project.read_only:
        _keep(project, curve)
    return curve


def read_learning_curve(project: Project, dataset: Dataset) -> LearningCurve | None:
    """The curve that was measured last.

    Args:
        project: An open project.
        dataset: Its images.

    Returns:
        The curve; None if there is none of these images as they are now. A damaged file is no
        error: it can be made again.
    """
    try:
        with (
            _file(project).open("rb") as file,
            np.load(file, allow_pickle=False) as stored,
        ):
            about = json.loads(str(stored["about"]))
            if about["format"] != _FORMAT or about["dataset_version"] != dataset.version:
                return None
            columns = {name: stored[name].astype(kind) for name, kind in _COLUMNS.items()}
            draws = Draws(*(stored[name].astype(np.float32) for name in _DRAWS))
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        return None
    return LearningCurve(
        dataset_version=about["dataset_version"],
        model=about["model"],
        weights=about["weights"],
        classes=tuple(about["classes"]),
        draws=draws,
        **columns,
    )


def learning_curve_seconds(
    project: Project, dataset: Dataset, *, cancel: CancelToken | None = None
) -> float:
    """About how long measuring the curve takes, tried for a moment on this computer.

    Args:
        project: An open project; images that it has decoded need not be read.
        dataset: Its images.
        cancel: Stops the try.

    Raises:
        DatasetError: If there is nothing to train or validate on.
        Cancelled: If it was stopped.
    """
    from effnet_studio.engine.device import torch_threads
    from effnet_studio.engine.models.build import build_model
    from effnet_studio.engine.models.catalog import get_spec
    from effnet_studio.engine.training.estimate import estimate, solving_seconds
    from effnet_studio.engine.training.linear_head import classifier_inputs

    token = cancel or CancelToken()
    config = instant_config()
    once = estimate(config, dataset, cache_dir=project.cache_dir, cancel=token).seconds
    spec, classes = get_spec(config.model), len(dataset.classes)
    images = len(dataset.subset("train"))
    parts = seeds_for(images) * sum(SHARES[:-1])  # the whole is in the first figure
    with torch_threads(threads_for(images)):
        width = classifier_inputs(build_model(spec, classes), spec)
        solving = solving_seconds(width, classes, images, on_step=token.check)
    return once + parts * solving


def _surpassed(kept: LearningCurve) -> bool:
    """Whether there are better weights on this computer than those that the curve is of."""
    if kept.weights != "starter":
        return False
    from effnet_studio.engine.models.catalog import get_spec
    from effnet_studio.engine.models.weights import cached_imagenet

    spec = get_spec(kept.model)
    return spec.scaling is None and cached_imagenet(spec) is not None


def _file(project: Project) -> Path:
    return project.cache_dir / "learning_curve.npz"


def _keep(project: Project, curve: LearningCurve) -> None:
    about = {
        "format": _FORMAT,
        "dataset_version": curve.dataset_version,
        "model": curve.model,
        "weights": curve.weights,
        "classes": curve.classes,
    }
    data = io.BytesIO()
    np.savez(
        data,
        about=np.array(json.dumps(about)),
        **{name: getattr(curve, name) for name in _COLUMNS},
        **{name: getattr(curve.draws, name) for name in _DRAWS},
    )
    with atomic.storage_errors(project.cache_dir):
        project.cache_dir.mkdir(exist_ok=True)
    atomic.write_bytes(_file(project), data.getvalue())
