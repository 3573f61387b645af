"""Train a network on a dataset: from settings to the best weights on disk."""

from __future__ import annotations

import contextlib
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import torch

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.device import choose_device
from effnet_studio.engine.errors import Cancelled, DatasetError, TrainingError
from effnet_studio.engine.events import (
    CheckpointSaved,
    EpochFinished,
    Noted,
    OnEvent,
    RunStarted,
    Warned,
    ignore,
)
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.catalog import get_spec, preprocess_for
from effnet_studio.engine.training import checkpoint, runs
from effnet_studio.engine.training.loop import Totals, train_epoch, validate
from effnet_studio.engine.training.prepare import prepare
from effnet_studio.engine.training.runs import TrainResult
from effnet_studio.engine.training.session import Session, TrainJob

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.training.config import TrainConfig

__all__ = ["TrainResult", "check_trainable", "fit"]


def fit(
    config: TrainConfig,
    dataset: Dataset,
    *,
    run_dir: Path,
    cache_dir: Path | None = None,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
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

    Returns:
        What came out; ``stopped`` is True if the user stopped it after the first epoch.

    Raises:
        DatasetError: If there is nothing to train or validate on.
        ModelError: If the architecture is unknown or the weights cannot be had.
        TrainingError: If it cannot go on; the best so far is kept.
        StorageError: If the run's folder cannot be written; what was written before is kept.
        Cancelled: If the user stopped it before the first epoch ended.
    """
    began = time.perf_counter()
    check_trainable(dataset)
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
    )
    with ExitStack() as stack:
        stack.enter_context(_memory_errors())
        stack.enter_context(_own_randomness(job))
        run = prepare(job, stack)
        on_event(_started(run))
        run.state.seconds += time.perf_counter() - began
        stopped = _run_epochs(run)
    result = _result(run, stopped=stopped)
    runs.write_result(result)
    return result


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


def _run_epochs(run: Session) -> bool:
    """Train until the last epoch or until the user stops; say whether the user did."""
    try:
        while run.state.epoch < run.job.config.epochs:
            began, before = time.perf_counter(), run.state.train_seconds
            training = train_epoch(run)
            trained = time.perf_counter()
            validation = validate(run)
            run.pace.validated(time.perf_counter() - trained)
            _finish_epoch(run, training, validation, began, run.state.train_seconds - before)
            run.pace.validated(time.perf_counter() - trained)
    except Cancelled:
        if run.state.best_epoch < 0:
            raise
        return True
    return False


def _finish_epoch(
    run: Session, training: Totals, validation: Totals, began: float, train_seconds: float
) -> None:
    """Write and say what an epoch gave.

    The order matters: whenever the process is killed, the last state on disk is never ahead of the
    record, and what is written twice is the same, so that a continued run ends the same.

    Args:
        run: The session.
        training: Sums of the training pictures.
        validation: Sums of the validation pictures.
        began: When the epoch began, by ``time.perf_counter``.
        train_seconds: Time in its training steps.
    """
    state, job = run.state, run.job
    best = (validation.accuracy, -validation.mean_loss) > (state.best_accuracy, -state.best_loss)
    if best:
        state.best_accuracy = validation.accuracy
        state.best_loss = validation.mean_loss
        state.best_epoch = state.epoch
        checkpoint.save_best(job.run_dir / runs.BEST_FILE, run.model, _about(run))
        job.on_event(CheckpointSaved(job.run_dir / runs.BEST_FILE, state.epoch, best=True))
    seconds = time.perf_counter() - began
    state.seconds += seconds
    finished = EpochFinished(
        epoch=state.epoch,
        epochs=job.config.epochs,
        step=state.step,
        train_loss=training.mean_loss,
        train_accuracy=training.accuracy,
        val_loss=validation.mean_loss,
        val_accuracy=validation.accuracy,
        learning_rate=run.schedule(state.step - 1),
        images_per_second=training.images / max(train_seconds, 1e-9),
        seconds=seconds,
        eta_seconds=run.pace.remaining(state.epoch + 1, 0) or 0.0,
        best=best,
    )
    runs.append_metrics(job.run_dir / runs.METRICS_FILE, finished)
    state.epoch += 1
    checkpoint.save_last(
        job.run_dir, state, run.model, run.optimizer, run.scaler, frozen=run.frozen
    )
    job.on_event(finished)
    job.on_event(CheckpointSaved(job.run_dir / runs.LAST_FOLDER, finished.epoch, best=False))


def _about(run: Session) -> checkpoint.BestModel:
    return checkpoint.BestModel(
        model=run.job.spec.name,
        classes=run.job.dataset.classes,
        preprocess=run.job.preprocess,
        run=run.job.run_dir.name,
        epoch=run.state.best_epoch,
        accuracy=run.state.best_accuracy,
    )


def _result(run: Session, *, stopped: bool) -> TrainResult:
    state = run.state
    return TrainResult(
        run_id=run.job.run_dir.name,
        run_dir=run.job.run_dir,
        epochs=state.epoch,
        accuracy=state.best_accuracy,
        best_epoch=state.best_epoch,
        seconds=state.seconds,
        images_per_second=state.images / max(state.train_seconds, 1e-9),
        stopped=stopped,
        weights=runs.load_run(run.job.run_dir).weights,
    )


@contextlib.contextmanager
def _own_randomness(job: TrainJob) -> Iterator[None]:
    """Seed torch's global generators for this run and put them back as they were."""
    devices = [job.device.index or 0] if job.device.type == "cuda" else []
    with torch.random.fork_rng(devices=devices):
        torch.manual_seed(job.config.seed)
        yield


@contextlib.contextmanager
def _memory_errors() -> Iterator[None]:
    """Say in words when there was not enough memory."""
    try:
        yield
    except (MemoryError, RuntimeError) as error:
        text = str(error)
        short = isinstance(error, MemoryError | torch.OutOfMemoryError)
        if not short and "DefaultCPUAllocator" not in text and "can't allocate memory" not in text:
            raise
        raise TrainingError(
            msg("There is not enough memory for this training."),
            hint=msg(
                "Choose a smaller batch size or image size, or freeze more stages; the best model "
                "so far is kept."
            ),
        ) from error
