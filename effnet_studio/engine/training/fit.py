"""Train a network on a dataset: from settings to the best weights on disk."""

from __future__ import annotations

import contextlib
import time
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

import torch

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.device import choose_device
from effnet_studio.engine.errors import Cancelled, DatasetError, TrainingError
from effnet_studio.engine.events import Noted, OnEvent, RunStarted, Warned, ignore
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.catalog import get_spec, preprocess_for
from effnet_studio.engine.training import checkpoint, runs
from effnet_studio.engine.training.epochs import Wait, run_epochs, save
from effnet_studio.engine.training.memory import memory_errors, release_cached
from effnet_studio.engine.training.prepare import prepare
from effnet_studio.engine.training.runs import TrainResult
from effnet_studio.engine.training.session import TrainJob
from effnet_studio.engine.training.tensorboard import writing
from effnet_studio.engine.training.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.training.config import TrainConfig
    from effnet_studio.engine.training.session import Session

__all__ = ["TrainResult", "check_trainable", "fit"]


def fit(
    config: TrainConfig,
    dataset: Dataset,
    *,
    run_dir: Path,
    cache_dir: Path | None = None,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
    world: World | None = None,
) -> TrainResult:
    """Train, validate after every epoch, and keep the best and the last state on disk.

    A folder that holds the last state of a run goes on from there, and ends with the same weights,
    bit for bit on a CPU, as a run that was never interrupted.

    Args:
        config: The settings.
        dataset: Pictures with training and validation parts.
        run_dir: The run's folder; must exist.
        cache_dir: Where decoded pictures are kept, for later runs too; None: in memory only.
        on_event: Hears everything, in this thread.
        cancel: Stops (the best so far is kept) or pauses, at the next step.
        world: The processes that train together; None: this one alone.

    Returns:
        What came out; ``stopped`` is True if the user stopped it after the first epoch.

    Raises:
        DatasetError: If there is nothing to train or validate on.
        ModelError: If the architecture is unknown or the weights cannot be had.
        TrainingError: If it cannot go on; the best so far is kept.
        ImagesGoneError: If the drive with the pictures is gone and nobody attends.
        StorageError: If the run's folder cannot be written; what was written before is kept.
        Cancelled: If the user stopped it before the first epoch ended.
    """
    began = time.perf_counter()
    check_trainable(dataset)
    _check_batches(config, world or World())
    spec = get_spec(config.model)
    job = TrainJob(
        config=config,
        dataset=dataset,
        spec=spec,
        preprocess=preprocess_for(spec, config.image_size),
        device=_device(config, on_event),
        run_dir=run_dir,
        cache_dir=cache_dir,
        on_event=on_event,
        cancel=cancel or CancelToken(),
        world=world or World(),
    )
    with ExitStack() as stack:
        if config.tensorboard and job.world.first:
            job = replace(job, on_event=stack.enter_context(writing(run_dir, on_event)))
        stack.enter_context(memory_errors())
        stack.enter_context(own_randomness(job))
        result = _train(job, began)
    if job.world.first:
        runs.write_result(result)
    return result


def _train(job: TrainJob, began: float) -> TrainResult:
    """Train, and whenever it has to wait, give everything back but what is on the disk.

    Args:
        job: What was asked for.
        began: When it was asked for, by ``time.perf_counter``.
    """
    first = True
    while True:
        with ExitStack() as stack:
            run = _prepare_together(job, stack)
            if first:
                job.on_event(_started(run))
                run.state.seconds += time.perf_counter() - began
            first, job, end = False, run.job, run_epochs(run)
        if not isinstance(end, Wait):
            return _result(run, stopped=end == "stopped")
        state = run.state
        del run, stack
        release_cached(job.device)
        try:
            end.hold(job)
        except Cancelled:
            if state.best_epoch < 0:
                raise
            return _result_of(job, state, stopped=True)


def _prepare_together(job: TrainJob, stack: ExitStack) -> Session:
    """Let the first process settle and write everything; the others begin from that."""
    run: Session | None = None
    if job.world.first:
        run = prepare(job, stack)
        if not checkpoint.has_last(job.run_dir):
            save(run)
    if job.world.size > 1:
        config = job.world.shared(run.job.config if run is not None else None)
        if run is None:
            own = config.model_copy(update={"device": job.config.device})
            run = prepare(replace(job, config=own), stack)
    if run is None:
        raise AssertionError  # one process is always the first
    return run


def check_trainable(dataset: Dataset) -> None:
    """Say what a dataset lacks before any time is spent on it.

    Args:
        dataset: What is to be trained on.

    Raises:
        DatasetError: If it has fewer than two classes, a class without training pictures, no
            validation pictures, or its files are gone.
    """
    if len(dataset.classes) < 2:
        raise DatasetError(
            msg("There must be at least two classes to tell apart."),
            hint=msg("Import a folder with one sub-folder of images for each class."),
        )
    empty = [name for name, count in dataset.counts("train").items() if not count]
    if empty:
        raise DatasetError(
            msg("There are no training images of: {classes}.", classes=", ".join(empty)),
            hint=msg("Add images to these classes, or remove their folders, and import again."),
        )
    if not dataset.subset("val"):
        raise DatasetError(
            msg("There are no validation images, so nothing could tell how good a model is."),
            hint=msg("Import the folder again with a validation share above 0, such as 0.2."),
        )
    for samples in (dataset.subset("train"), dataset.subset("val")):
        probes = samples[:: max(1, len(samples) // 16)]
        if not any(sample.path.exists() for sample in probes):
            raise DatasetError(
                msg("The images are no longer where they were imported from."),
                hint=msg("Connect their drive, or import the folder from its new place."),
                path=probes[0].path.parent,
            )


def _check_batches(config: TrainConfig, world: World) -> None:
    """Say that some processes would have nothing to do.

    Raises:
        TrainingError: If there are fewer than two pictures of a batch for each.
    """
    if world.size > 1 and config.batch_size < 2 * world.size:
        raise TrainingError(
            msg("The batches are too small for {count} processes.", count=world.size),
            hint=msg("Each needs two images of every batch: choose a larger batch size."),
        )


def _device(config: TrainConfig, on_event: OnEvent) -> torch.device:
    choice = choose_device(config.device)
    on_event(Warned(choice.reason) if choice.fallback else Noted(choice.reason))
    return torch.device(choice.name)


def _started(run: Session) -> RunStarted:
    return RunStarted(
        run_id=run.job.run_dir.name,
        run_dir=run.job.run_dir,
        model=run.job.spec.name,
        epochs=run.job.config.epochs,
        steps_per_epoch=run.feed.steps_per_epoch,
        start_epoch=run.state.epoch,
        train_images=run.feed.train_images,
        val_images=run.feed.val_images,
    )


def _result(run: Session, *, stopped: bool) -> TrainResult:
    return _result_of(run.job, run.state, stopped=stopped)


def _result_of(job: TrainJob, state: checkpoint.TrainState, *, stopped: bool) -> TrainResult:
    return TrainResult(
        run_id=job.run_dir.name,
        run_dir=job.run_dir,
        epochs=state.epoch,
        accuracy=state.best_accuracy,
        best_epoch=state.best_epoch,
        seconds=state.seconds,
        images_per_second=state.images / max(state.train_seconds, 1e-9),
        stopped=stopped,
        weights=runs.load_run(job.run_dir).weights,
    )


@contextlib.contextmanager
def own_randomness(job: TrainJob) -> Iterator[None]:
    """Seed torch's global generators for this run and put them back as they were.

    Args:
        job: Its seed, its device, and whether it must be deterministic.
    """
    devices = [job.device.index or 0] if job.device.type == "cuda" else []
    was, warn = (
        torch.are_deterministic_algorithms_enabled(),
        torch.is_deterministic_algorithms_warn_only_enabled(),
    )
    with torch.random.fork_rng(devices=devices):
        torch.manual_seed(job.config.seed)
        try:
            if job.config.deterministic:
                torch.use_deterministic_algorithms(mode=True)
            yield
        finally:
            torch.use_deterministic_algorithms(was, warn_only=warn)
