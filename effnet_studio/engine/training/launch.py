"""Train inside a project: make the run's folder, train, and clean up what came to nothing."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.data.versions import keep_version
from effnet_studio.engine.errors import TrainingError
from effnet_studio.engine.events import OnEvent, ignore
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.catalog import CATALOG
from effnet_studio.engine.training.checkpoint import has_last
from effnet_studio.engine.training.fit import TrainResult, check_trainable, fit
from effnet_studio.engine.training.run_trash import held
from effnet_studio.engine.training.runs import BEST_FILE, load_run

if TYPE_CHECKING:
    from collections.abc import Callable

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.config import TrainConfig
    from effnet_studio.engine.training.runs import Run
    from effnet_studio.engine.training.world import World

__all__ = ["TrainResult", "resume", "train", "train_on", "train_together"]


def train(
    project: Project,
    config: TrainConfig,
    *,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> TrainResult:
    """Train on a project's dataset, as a new run of the project.

    Args:
        project: The open project.
        config: The settings.
        on_event: Hears everything, in this thread.
        cancel: Stops (the best so far is kept) or pauses.

    Returns:
        What came out.

    Raises:
        ProjectError: If the project is read-only, or has no run of the teacher's name.
        StudioError: As :func:`~.fit.fit`. A run without a single finished epoch leaves no folder.
    """
    project.require_writable()
    dataset = load_dataset(project)
    config = _with_teacher(project, config)
    return train_on(
        project, dataset, config.model, lambda _folder: config, on_event=on_event, cancel=cancel
    )


def train_on(
    project: Project,
    dataset: Dataset,
    model: str,
    settle: Callable[[Path], TrainConfig],
    *,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> TrainResult:
    """As :func:`train`, on a given dataset and with settings that may depend on the new folder.

    Args:
        project: The open project.
        dataset: Of the project, as it is or was.
        model: Catalog name of the architecture.
        settle: Gets the new run's folder, may put files into it, and returns the settings.
        on_event: Hears everything, in this thread.
        cancel: Stops (the best so far is kept) or pauses.

    Returns:
        What came out.

    Raises:
        ProjectError: If the project is read-only.
        StudioError: As :func:`~.fit.fit`, and what ``settle`` raises.
    """
    check_trainable(dataset)
    keep_version(project, dataset)
    run_dir = project.new_run_dir(model)
    try:
        with held(run_dir):
            return fit(
                settle(run_dir),
                dataset,
                run_dir=run_dir,
                cache_dir=project.cache_dir,
                on_event=on_event,
                cancel=cancel,
            )
    finally:
        _clear_away(run_dir, cancel)


def train_together(
    project: Project,
    config: TrainConfig,
    world: World,
    *,
    resume: str | None = None,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> TrainResult:
    """As :func:`train` or :func:`resume`, by several processes of which this is one.

    Args:
        project: Open in each process, writable in the first.
        config: The settings; of a continued run those it was begun with.
        world: The processes.
        resume: Name of the run to go on with, or its beginning; None: a new one.
        on_event: Hears everything, in this thread.
        cancel: Stops (the best so far is kept) or pauses; only the first process's counts.

    Returns:
        What came out.

    Raises:
        StudioError: As :func:`train`.
        TrainingError: If another process has ended.
    """
    dataset = load_dataset(project)
    check_trainable(dataset)
    made: Path | None = None
    if world.first:
        project.require_writable()
        if resume is None:
            config = _with_teacher(project, config)
            keep_version(project, dataset)
            made = project.new_run_dir(config.model)
        else:
            made = _unfinished(project, resume, dataset).run_dir
    run_dir, teacher = world.shared((made, config.teacher))
    config = config.model_copy(update={"teacher": teacher})
    try:
        with held(run_dir) if world.first else contextlib.nullcontext():
            return fit(
                config,
                dataset,
                run_dir=run_dir,
                cache_dir=project.cache_dir if world.first else None,
                on_event=on_event,
                cancel=cancel,
                world=world,
            )
    finally:
        if world.first and resume is None:
            _clear_away(run_dir, cancel)


def _clear_away(run_dir: Path, cancel: CancelToken | None) -> None:
    """Delete a run that has come to nothing, unless it is to go on from where it is."""
    kept = cancel is not None and cancel.suspended and has_last(run_dir)
    if not kept and not (run_dir / BEST_FILE).exists():
        shutil.rmtree(run_dir, ignore_errors=True)


def _with_teacher(project: Project, config: TrainConfig) -> TrainConfig:
    """Put the file of the teacher in the place of the name of its run."""
    if not config.teacher or config.teacher in CATALOG or Path(config.teacher).exists():
        return config
    best = load_run(project.find_run(config.teacher)).best_file
    return config.model_copy(update={"teacher": str(best)})


def resume(
    project: Project,
    run_id: str,
    *,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> TrainResult:
    """Go on with a run that was stopped or interrupted, exactly where it was.

    Args:
        project: The open project.
        run_id: Name of the run, or its beginning.
        on_event: Hears everything, in this thread.
        cancel: Stops (the best so far is kept) or pauses.

    Returns:
        What came out, the epochs before included.

    Raises:
        ProjectError: If there is no such run, or the project is read-only.
        TrainingError: If the run is finished, or the dataset has changed since.
        StudioError: As :func:`~.fit.fit`.
    """
    project.require_writable()
    dataset = load_dataset(project)
    run = _unfinished(project, run_id, dataset)
    with held(run.run_dir):
        return fit(
            run.config,
            dataset,
            run_dir=run.run_dir,
            cache_dir=project.cache_dir,
            on_event=on_event,
            cancel=cancel,
        )


def _unfinished(project: Project, run_id: str, dataset: Dataset) -> Run:
    """The run of this name, if it can be gone on with."""
    run = load_run(project.find_run(run_id))
    if not run.resumable:
        raise TrainingError(
            msg("The run {run} is finished; there is nothing left to train.", run=run.run_id),
            hint=msg("Start a new training with more epochs."),
            path=run.run_dir,
        )
    if dataset.version != run.dataset_version:
        raise TrainingError(
            msg("The images have changed since the run {run} began.", run=run.run_id),
            hint=msg("Start a new training; the best model of this run stays as it is."),
            path=run.run_dir,
        )
    return run
