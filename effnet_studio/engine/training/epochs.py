"""From epoch to epoch: train, measure, keep the best, and survive what comes in between."""

from __future__ import annotations

import contextlib
import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from effnet_studio.engine.data.loading.loader import any_there
from effnet_studio.engine.errors import (
    Cancelled,
    ImagesGoneError,
    StorageError,
    StudioError,
    TrainingError,
)
from effnet_studio.engine.events import (
    CheckpointSaved,
    EpochFinished,
    ExamplesJudged,
    Noted,
    PauseChanged,
    Warned,
)
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.temperature import fit_temperature
from effnet_studio.engine.training import checkpoint, runs
from effnet_studio.engine.training.linear_head import solve_head, solves
from effnet_studio.engine.training.loop import (
    DivergedError,
    PausedError,
    RolledBackError,
    train_epoch,
)
from effnet_studio.engine.training.memory import memory_in_use
from effnet_studio.engine.training.solved_start import begins_solved, solve_first
from effnet_studio.engine.training.validation import Validated, validate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from torch import nn

    from effnet_studio.engine.training.session import Session, TrainJob

RETRIES = 3
"""How often a run goes back and on with a lower rate before it gives up."""

RETRY_FACTOR = 0.3
"""What the learning rate is multiplied by each time."""

SPARE = 64 * 2**20
"""Bytes that must be free, beside what is to be written, before a full disk counts as mended."""


@dataclass(frozen=True)
class Wait:
    """Why a training stands still; everything it needs to go on is on the disk.

    Attributes:
        error: What is wrong; None: somebody asked it to wait.
        mended: Says whether it no longer is; None where nothing is wrong.
    """

    error: StudioError | None = None
    mended: Callable[[], bool] | None = None

    def hold(self, job: TrainJob) -> None:
        """Wait until it may go on.

        Raises:
            Cancelled: If the user stops.
        """
        if self.error is None or self.mended is None:
            job.pause_point()
        else:
            hold(job, self.error, self.mended)


End = Literal["finished", "stopped"] | Wait


def run_epochs(run: Session) -> End:
    """Train until the last epoch, until the user stops, or until it has to wait.

    Args:
        run: The session.

    Returns:
        How it ended.

    Raises:
        Cancelled: If the user stopped it before the first epoch ended.
        ImagesGoneError: If the pictures are gone and nobody attends.
        TrainingError: If it cannot go on.
        StorageError: If the run's folder cannot be written and nobody attends.
    """
    while run.state.epoch < run.job.config.epochs and not _enough(run):
        began = time.perf_counter()
        try:
            _epoch(run, began)
        except (Cancelled, PausedError) as reason:
            run.state.seconds += time.perf_counter() - began
            if isinstance(reason, PausedError):
                save(run)
                return Wait()
            if run.state.best_epoch >= 0 or run.job.cancel.suspended:
                with contextlib.suppress(Cancelled, StorageError):  # the last state is there
                    save(run)
            if run.state.best_epoch < 0:
                raise
            return "stopped"
        except ImagesGoneError as error:
            # Several processes do not wait: some may still have the pictures in memory.
            if not run.job.cancel.attended or run.job.world.size > 1:
                raise
            save(run)
            return Wait(error, lambda: _images_there(run.job))
        except DivergedError:
            _go_back(run, slower=True)
        except RolledBackError:
            _go_back(run, slower=False)
    return "finished"


def _enough(run: Session) -> bool:
    """Whether too many epochs have brought nothing better."""
    patience, state = run.job.config.patience, run.state
    if not patience or state.epoch - 1 - state.best_epoch < patience:
        return False
    run.job.on_event(
        Noted(
            msg(
                "Ended after epoch {epoch}: nothing better came in {count} epochs.",
                epoch=state.epoch,
                count=patience,
            )
        )
    )
    return True


def _epoch(run: Session, began: float) -> None:
    if solves(run.job):
        solve_head(run)
    elif run.state.epoch == 0 and begins_solved(run.job):
        solve_first(run)
    else:
        train_epoch(run, lambda: save(run))
    trained = time.perf_counter()
    plain = validate(run, run.forward)
    averaged = None
    if run.average is not None:
        averaged = validate(run, run.average_forward(run.average))
    run.pace.validated(time.perf_counter() - trained)
    _finish_epoch(run, plain, averaged, began)
    run.pace.validated(time.perf_counter() - trained)


def _finish_epoch(run: Session, plain: Validated, averaged: Validated | None, began: float) -> None:
    """Write and say what an epoch gave.

    The order matters: whenever the process is killed, the last state on disk is never ahead of the
    record, and what is written twice is the same, so that a continued run ends the same.

    Args:
        run: The session.
        plain: Of the trained weights.
        averaged: Of the averaged ones, where they are on.
        began: When the epoch, or its last part, began, by ``time.perf_counter``.
    """
    state, job = run.state, run.job
    better, model = plain, run.model
    if (
        averaged is not None
        and run.average is not None
        and averaged.rank(balanced=state.balanced) > plain.rank(balanced=state.balanced)
    ):
        better, model = averaged, run.average.model
    rank = better.rank(balanced=state.balanced)
    best = rank > (state.best_score, -state.best_loss)
    if best and job.world.first:
        _save_best(run, model, better)
    seconds = time.perf_counter() - began
    state.seconds += seconds
    part = state.part
    finished = EpochFinished(
        epoch=state.epoch,
        epochs=job.config.epochs,
        step=state.step,
        train_loss=part.mean_loss,
        train_accuracy=part.accuracy,
        val_loss=plain.loss,
        val_accuracy=plain.accuracy,
        learning_rate=run.schedule(state.step - 1) * state.rate_factor,
        images_per_second=part.images / max(part.seconds, 1e-9),
        seconds=seconds,
        eta_seconds=run.pace.remaining(state.epoch + 1, 0),
        best=best,
        macro_f1=plain.macro_f1,
        gradient_norm=part.gradient / max(1, part.steps),
        ema_loss=averaged.loss if averaged else None,
        ema_accuracy=averaged.accuracy if averaged else None,
        ema_f1=averaged.macro_f1 if averaged else None,
        memory=memory_in_use(job.device),
        balanced_accuracy=plain.balanced_accuracy,
        ema_balanced=averaged.balanced_accuracy if averaged else None,
        averaged=better is averaged,
    )
    if job.world.first:
        _patiently(job, lambda: runs.append_metrics(job.run_dir / runs.METRICS_FILE, finished))
    if best:
        state.best_accuracy, state.best_loss = better.accuracy, better.loss
        state.best_score, state.best_epoch = rank[0], state.epoch
    state.epoch += 1
    state.part = checkpoint.Totals()
    save(run)
    job.on_event(finished)
    job.on_event(ExamplesJudged(finished.epoch, job.dataset.classes, better.examples))


def _save_best(run: Session, model: nn.Module, found: Validated) -> None:
    job, state = run.job, run.state
    path = job.run_dir / runs.BEST_FILE
    about = checkpoint.BestModel(
        model=job.spec.name,
        classes=job.dataset.classes,
        preprocess=job.preprocess,
        run=job.run_dir.name,
        epoch=state.epoch,
        accuracy=found.accuracy,
        temperature=fit_temperature(found.logits, found.labels),
    )
    _patiently(job, lambda: checkpoint.save_best(path, model, about))
    job.on_event(CheckpointSaved(path, state.epoch, best=True))


def save(run: Session) -> None:
    """Write where the run stands; if the disk is full and somebody attends, wait until it is not.

    Args:
        run: The session, between two steps.

    Raises:
        StorageError: If it cannot be written and nobody attends.
        Cancelled: If the user stops instead of waiting.
    """
    if not run.job.world.first:
        return
    average = run.average.model if run.average is not None else None
    _patiently(
        run.job,
        lambda: checkpoint.save_last(
            run.job.run_dir,
            run.state,
            run.model,
            run.optimizer,
            run.scaler,
            frozen=run.frozen,
            average=average,
        ),
    )
    epoch = max(0, run.state.epoch - 1)
    run.job.on_event(CheckpointSaved(run.job.run_dir / runs.LAST_FOLDER, epoch, best=False))


def _patiently(job: TrainJob, write: Callable[[], None]) -> None:
    """Write; while that is impossible and somebody attends, wait."""
    while True:
        try:
            write()
        except StorageError as error:
            if not job.cancel.attended:
                raise
            hold(job, error, lambda: _can_write(job.run_dir))
        else:
            return


def hold(job: TrainJob, error: StudioError, mended: Callable[[], bool]) -> None:
    """Say what is wrong and wait until it is mended, or until somebody resumes or stops.

    Args:
        job: Whose training stands still.
        error: What is wrong.
        mended: Says whether it no longer is.

    Raises:
        Cancelled: If the user stops.
    """
    job.on_event(
        Warned(
            msg("The training waits: {reason}", reason=error.message),
            error.hint or msg("It goes on by itself when this is mended."),
            error.path,
        )
    )
    job.cancel.hold(mended, lambda paused: job.on_event(PauseChanged(paused)))


def _can_write(folder: Path) -> bool:
    """Whether a file of some size can be written again."""
    probe = folder / ".probe"
    try:
        with probe.open("wb") as stream:
            stream.write(bytes(SPARE))
            stream.flush()
            os.fsync(stream.fileno())
    except OSError:
        return False
    finally:
        probe.unlink(missing_ok=True)
    return True


def _images_there(job: TrainJob) -> bool:
    return any_there(job.dataset.subset("train")) and any_there(job.dataset.subset("val"))


def _go_back(run: Session, *, slower: bool) -> None:
    """Take the last state from the disk, with a lower rate where the loss was no number."""
    state, job = run.state, run.job
    retries, factor, micro = state.retries, state.rate_factor, state.micro_batch
    if slower:
        if retries >= RETRIES:
            raise _astray(run)
        retries, factor = retries + 1, factor * RETRY_FACTOR
    average = run.average.model if run.average is not None else None
    run.optimizer.zero_grad(set_to_none=True)
    run.state = checkpoint.load_last(
        job.run_dir, run.model, run.optimizer, run.scaler, average=average
    )
    run.state.retries, run.state.rate_factor, run.state.micro_batch = retries, factor, micro
    job.world.most(0)  # all have read what is written over now
    save(run)
    if slower:
        job.on_event(
            Warned(
                msg(
                    "The loss was no longer a number in epoch {epoch}; the training went back and "
                    "goes on with a learning rate of {rate:.2g}.",
                    epoch=state.epoch + 1,
                    rate=job.config.learning_rate * factor,
                ),
                msg("If this happens again, choose a lower learning rate."),
            )
        )


def _astray(run: Session) -> TrainingError:
    return TrainingError(
        msg(
            "Training went astray in epoch {epoch}: the loss is no longer a number, at lower "
            "learning rates too.",
            epoch=run.state.epoch + 1,
        ),
        hint=msg(
            "Train again with a learning rate of {rate:.2g} or less and 32-bit precision; the best "
            "model so far is kept.",
            rate=run.job.config.learning_rate * run.state.rate_factor / 4,
        ),
    )
