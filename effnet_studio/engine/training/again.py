"""New runs made from old ones: the same once more, or going on from its weights.

Both keep in ``origin.json`` what they were made from. A run that began with another's weights keeps
them in ``start.safetensors``, so that it can be repeated when the other is gone or has learned on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from effnet_studio.engine import atomic
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.data.versions import dataset_of
from effnet_studio.engine.errors import ConfigError, TrainingError
from effnet_studio.engine.events import Noted, OnEvent, ignore
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.models.build import build_model
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.models.weights import ResolvedWeights, load_weights
from effnet_studio.engine.training import checkpoint
from effnet_studio.engine.training.config import make_config
from effnet_studio.engine.training.launch import train_on
from effnet_studio.engine.training.run_notes import Origin, write_origin
from effnet_studio.engine.training.runs import START_FILE, load_run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.config import TrainConfig
    from effnet_studio.engine.training.fit import TrainResult
    from effnet_studio.engine.training.runs import Run


def reproduce(
    project: Project,
    run_id: str,
    *,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> TrainResult:
    """Train once more with the same settings on the same version of the dataset, as a new run.

    On a CPU the result has the same weights, bit for bit.

    Args:
        project: The open project.
        run_id: Which run; the beginning of its id is enough.
        on_event: Hears everything, in this thread.
        cancel: Stops (the best so far is kept) or pauses.

    Returns:
        What came out.

    Raises:
        DatasetError: If that version is not remembered, or its files are gone or changed.
        ProjectError: If there is no such run, or the project is read-only.
        StudioError: As :func:`~.fit.fit`.
    """
    project.require_writable()
    run = load_run(project.find_run(run_id))
    dataset = dataset_of(project, run.dataset_version)

    def settle(folder: Path) -> TrainConfig:
        write_origin(folder, Origin(run.run_id, "again", run.origin.start if run.origin else ""))
        return run.config.model_copy(update={"weights": _same_weights(run, folder)})

    return train_on(project, dataset, run.model, settle, on_event=on_event, cancel=cancel)


def warm_start(
    project: Project,
    run_id: str,
    *,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
    **changes: Any,
) -> TrainResult:
    """Train on today's images, beginning with the best weights of a run, as a new run.

    Outputs of classes that the run knew are taken over by their names; those of new classes begin
    with random numbers.

    Args:
        project: The open project.
        run_id: Which run; the beginning of its id is enough.
        on_event: Hears everything, in this thread.
        cancel: Stops (the best so far is kept) or pauses.
        **changes: Settings that differ from the run's, as for :func:`~.config.make_config`.

    Returns:
        What came out.

    Raises:
        ConfigError: If a setting is unknown, out of bounds, or belongs to the weights.
        TrainingError: If the run has no weights yet.
        ProjectError: If there is no such run, or the project is read-only.
        StudioError: As :func:`~.fit.fit`.
    """
    project.require_writable()
    run = load_run(project.find_run(run_id))
    config = _changed(run, changes)
    if not run.best_file.exists():
        raise TrainingError(
            msg("The run {run} has no weights yet.", run=run.title),
            hint=msg("Choose a run that finished at least one epoch."),
            path=run.run_dir,
        )
    dataset = load_dataset(project)

    def settle(folder: Path) -> TrainConfig:
        write_origin(folder, Origin(run.run_id, "continued", run.run_id))
        start = folder / START_FILE
        on_event(Noted(_write_start(run, dataset.classes, start, seed=config.seed)))
        return config.model_copy(update={"weights": str(start)})

    return train_on(project, dataset, run.model, settle, on_event=on_event, cancel=cancel)


def _same_weights(run: Run, folder: Path) -> str:
    """The setting that begins with the weights that a run began with."""
    kept = run.run_dir / START_FILE
    if kept.exists():
        with atomic.storage_errors(kept):
            content = kept.read_bytes()
        atomic.write_bytes(folder / START_FILE, content)
        return str(folder / START_FILE)
    # "auto" may find other weights today.
    return run.weights if run.config.weights == "auto" else run.config.weights


def _changed(run: Run, changes: dict[str, Any]) -> TrainConfig:
    fixed = {"model", "weights", "preset"} & changes.keys()
    if fixed:
        raise ConfigError(
            msg("A run that is continued keeps its {setting}.", setting=min(fixed)),
            hint=msg("Start a new training to choose another."),
        )
    values = {name: getattr(run.config, name) for name in type(run.config).model_fields}
    return make_config(values.pop("preset"), **{**values, **changes})


def _write_start(run: Run, classes: Sequence[str], path: Path, *, seed: int) -> Message:
    """Write a run's best weights with outputs for other classes, and say which are new."""
    spec, about = get_spec(run.model), checkpoint.read_best(run.best_file)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = build_model(spec, len(classes))
    weights = ResolvedWeights("file", run.best_file, msg("{run}", run=run.title))
    report = load_weights(model, spec, weights, classes=classes)
    checkpoint.save_best(
        path,
        model,
        checkpoint.BestModel(
            about.model, tuple(classes), about.preprocess, run.run_id, about.epoch, about.accuracy
        ),
    )
    fresh = [name for name in classes if name not in report.classes]
    if not fresh:
        return msg("Begins with what {run} has learned, all classes included.", run=run.title)
    return msg(
        "Begins with what {run} has learned; new to it: {classes}.",
        run=run.title,
        classes=", ".join(fresh),
    )
