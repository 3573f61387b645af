"""Everything a run needs before its first step: network, weights, batches, optimiser."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import torch
from torch import nn

from effnet_studio.engine.data.balance import Imbalance, class_weights
from effnet_studio.engine.data.loading.loader import steps_per_epoch
from effnet_studio.engine.events import Noted, Warned
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.models.build import forward_split
from effnet_studio.engine.models.catalog import CATALOG
from effnet_studio.engine.models.scaled import inheritance
from effnet_studio.engine.models.weights import resolve_weights
from effnet_studio.engine.training import checkpoint, runs
from effnet_studio.engine.training.average import WeightAverage
from effnet_studio.engine.training.catalog_teacher import teach
from effnet_studio.engine.training.compiling import compile_for
from effnet_studio.engine.training.config import (
    Precision,
    TrainConfig,
    fit_to_partial_weights,
    fit_to_random_weights,
)
from effnet_studio.engine.training.distill import Teacher, load_teacher
from effnet_studio.engine.training.linear_head import solves
from effnet_studio.engine.training.network import build_network, frozen_names
from effnet_studio.engine.training.open_feed import open_feed
from effnet_studio.engine.training.optim import make_optimizer
from effnet_studio.engine.training.pace import Pace
from effnet_studio.engine.training.precision import ShortFormats, plan_precision
from effnet_studio.engine.training.precision_probe import decide, try_formats, worth_trying
from effnet_studio.engine.training.schedule import make_schedule
from effnet_studio.engine.training.session import Session, TrainJob
from effnet_studio.engine.training.solved_start import begins_solved
from effnet_studio.engine.training.trial import step_costs
from effnet_studio.engine.training.variation import unchanging
from effnet_studio.engine.training.views import may_keep, worth_keeping

if TYPE_CHECKING:
    from contextlib import ExitStack

    from effnet_studio.engine.models.weights import ResolvedWeights


def prepare(job: TrainJob, stack: ExitStack) -> Session:
    """Build what a run trains with, from the start or from its last state on disk.

    Args:
        job: What was asked for.
        stack: Owns the loader's threads and caches.

    Returns:
        The session, ready for its next epoch.

    Raises:
        ModelError: If the weights cannot be had.
        TrainingError: If the last state on disk is damaged.
        StorageError: If the run's folder cannot be written.
        Cancelled: If the user stops.
    """
    # The others of several processes begin where the first one has written to.
    continued = not job.world.first or checkpoint.has_last(job.run_dir)
    if continued:
        model = build_network(job)
    else:
        resolved = resolve_weights(
            job.spec, job.config.weights, on_event=job.on_event, cancel=job.cancel
        )
        kind = resolved.kind
        job.on_event(Noted(resolved.description))
        job = _suited(job, resolved)
        model = build_network(job, resolved)
        if solves(job):  # there is nothing to repeat
            job = replace(job, config=job.config.model_copy(update={"epochs": 1}))
        if job.config.views and not _keeps_views(job, model):
            job = replace(job, config=job.config.model_copy(update={"views": 0}))
        job = _measured(job, model)
    # What a continued run was not begun with is not tried again.
    job, compiled = compile_for(job, model, 0 if continued else _steps(job))
    if not continued:
        _write_first_files(job, model, kind)
    frozen = frozen_names(model, job.spec, job.always_frozen)
    optimizer = make_optimizer(model, job.config, job.spec)
    average = WeightAverage(model, job.config.ema, frozen) if job.config.ema else None
    precision = plan_precision(job.config.precision, job.device)
    scaler = torch.amp.GradScaler(job.device.type, enabled=precision.needs_scaler)
    balanced = job.config.imbalance is not Imbalance.NONE
    state = checkpoint.TrainState(balanced=balanced)
    if continued:
        averaged = average.model if average is not None else None
        state = checkpoint.load_last(job.run_dir, model, optimizer, scaler, average=averaged)
    if state.balanced:
        job.on_event(Noted(_judged_balanced()))
    if job.world.first:
        _forget_after(job, state.epoch)
    split = forward_split(model, job.spec, job.freeze(state.epoch))
    feed = open_feed(job, model, stack)
    return Session(
        job=job,
        model=model,
        frozen=frozen,
        split=split,
        feed=feed,
        formats=ShortFormats(model, job.device, precision),
        optimizer=optimizer,
        scaler=scaler,
        schedule=make_schedule(
            job.config.learning_rate,
            epochs=job.config.epochs,
            steps_per_epoch=feed.steps_per_epoch,
            warmup_epochs=job.config.warmup_epochs,
            floor=job.config.min_learning_rate,
            solved_epochs=int(begins_solved(job)),
        ),
        state=state,
        pace=Pace(
            job.config.epochs,
            feed.steps_per_epoch,
            feed.train_images,
            feed.val_images,
            () if feed.features else step_costs(job, model),
        ),
        class_weights=_class_weights(job),
        average=average,
        teacher=_teacher(job),
        compiled=compiled,
    )


def _keeps_views(job: TrainJob, model: nn.Module) -> bool:
    """Whether activations are kept: as the user wants, else if it pays."""
    if not may_keep(job):
        return False
    return "views" in job.config.model_fields_set or worth_keeping(job, model)


def _measured(job: TrainJob, model: nn.Module) -> TrainJob:
    """Settle the number formats by trying them; a continued run computes as it began."""
    if not worth_trying(job, _steps(job)):
        return job
    plan = decide(try_formats(job, model), job.device)
    job.on_event(Noted(plan.reason))
    chosen = Precision.FP32 if plan.kind == "fp32" else Precision.MIXED
    return replace(job, config=job.config.model_copy(update={"precision": chosen}))


def _steps(job: TrainJob) -> int:
    """Of the whole run."""
    count = len(job.dataset.subset("train"))
    return job.config.epochs * steps_per_epoch(count, job.config.batch_size)


def _teacher(job: TrainJob) -> Teacher | None:
    """The network to learn from; it remembers its answers if pictures never change."""
    config = job.config
    if not config.teacher:
        return None
    return load_teacher(
        teach(job) if config.teacher in CATALOG else config.teacher,
        job.dataset.classes,
        student=job.preprocess,
        device=job.device,
        remember=len(job.dataset.subset("train")) if unchanging(config) else 0,
    )


def _class_weights(job: TrainJob) -> torch.Tensor | None:
    """Weights of the classes in the loss; None where all count alike."""
    remedy = job.config.imbalance
    if remedy not in {Imbalance.WEIGHTS, Imbalance.EFFECTIVE}:
        return None
    counts = list(job.dataset.counts("train").values())
    weights = class_weights(counts, remedy).tolist()
    return torch.tensor(weights, dtype=torch.float32, device=job.device)


def _suited(job: TrainJob, resolved: ResolvedWeights) -> TrainJob:
    """Change what the preset chose if it makes no sense for the starting weights, and say so."""
    if resolved.kind == "none":
        trained = 0
        config, changed = fit_to_random_weights(job.config)
        reason = msg("The model starts with random weights and learns everything from your images.")
    elif resolved.kind != "file" and job.spec.scaling is not None:
        heritage = inheritance(job.spec.scaling)
        trained = heritage.stages
        config, changed = fit_to_partial_weights(
            job.config, share=heritage.share, stages=heritage.stages
        )
        reason = msg(
            "The model inherits {share:.0f} % of its weights. First stages that are as in the "
            "model they come from: {stages}.",
            share=100 * heritage.share,
            stages=heritage.stages,
        )
    else:
        return job
    if changed:
        job.on_event(Noted(_changed_message(config, changed, reason)))
    if config.freeze > trained:
        job.on_event(
            Warned(
                msg("Frozen stages keep their random weights and learn nothing."),
                msg("Set the frozen stages to {count}, or choose starting weights.", count=trained),
            )
        )
    return replace(job, config=config)


def _changed_message(config: TrainConfig, changed: tuple[str, ...], reason: Message) -> Message:
    values = config.model_dump(mode="json")
    titles = {name: field.title or name for name, field in TrainConfig.model_fields.items()}
    changes = tuple(
        msg("{setting} {value}", setting=Message(titles[name]), value=_said(values[name]))
        for name in changed
    )
    return msg("{reason} Changed from the preset: {changes}.", reason=reason, changes=changes)


def _said(value: object) -> object:
    """A setting's value in words, where it is a yes or a no."""
    if isinstance(value, bool):
        return msg("on") if value else msg("off")
    return value


def _judged_balanced() -> Message:
    return msg(
        "The best epoch is the one with the best balanced accuracy: every class counts alike, "
        "however few images it has."
    )


def _write_first_files(job: TrainJob, model: nn.Module, weights: str) -> None:
    runs.write_about(
        job.run_dir,
        config=job.config,
        classes=job.dataset.classes,
        preprocess=job.preprocess,
        dataset_version=job.dataset.version,
        weights=weights,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    if job.always_frozen:
        names = frozen_names(model, job.spec, job.always_frozen)
        checkpoint.save_frozen(job.run_dir, model, names)


def _forget_after(job: TrainJob, epoch: int) -> None:
    """Drop the record of epochs that will be repeated, and of an earlier end."""
    (job.run_dir / runs.RESULT_FILE).unlink(missing_ok=True)
    path = job.run_dir / runs.METRICS_FILE
    if path.exists():
        epochs = runs.read_metrics(path)
        runs.rewrite_metrics(path, tuple(line for line in epochs if line.epoch < epoch))
