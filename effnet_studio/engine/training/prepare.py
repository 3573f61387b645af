"""Everything a run needs before its first step: network, weights, batches, optimiser."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import torch
from torch import nn

from effnet_studio.engine.data.balance import Imbalance, class_weights
from effnet_studio.engine.data.loading.cache import DecodeCache
from effnet_studio.engine.data.loading.loader import PictureLoader, reader_of, steps_per_epoch
from effnet_studio.engine.events import Noted, Warned
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.models.build import (
    SplitForward,
    build_model,
    forward_split,
    freeze_stages,
    set_drop_path,
)
from effnet_studio.engine.models.fast_trunk import fast_split
from effnet_studio.engine.models.scaled import inheritance
from effnet_studio.engine.models.weights import load_weights, resolve_weights
from effnet_studio.engine.training import checkpoint, runs
from effnet_studio.engine.training.average import WeightAverage
from effnet_studio.engine.training.config import (
    Precision,
    TrainConfig,
    fit_to_partial_weights,
    fit_to_random_weights,
)
from effnet_studio.engine.training.distill import Teacher, load_teacher
from effnet_studio.engine.training.features import compute_features
from effnet_studio.engine.training.feeds import PictureFeed
from effnet_studio.engine.training.kept_feed import KeptFeed
from effnet_studio.engine.training.linear_head import solves
from effnet_studio.engine.training.optim import make_optimizer
from effnet_studio.engine.training.pace import Pace
from effnet_studio.engine.training.precision import plan_precision
from effnet_studio.engine.training.precision_probe import decide, try_formats, worth_trying
from effnet_studio.engine.training.schedule import make_schedule
from effnet_studio.engine.training.session import Feed, Session, TrainJob
from effnet_studio.engine.training.variation import augmenter_of, recipe_of, unchanging
from effnet_studio.engine.training.views import may_keep, open_views, worth_keeping

if TYPE_CHECKING:
    from contextlib import ExitStack

    from effnet_studio.engine.data.dataset import Split
    from effnet_studio.engine.models.spec import ModelSpec
    from effnet_studio.engine.models.weights import ResolvedWeights

NORM_MOMENTUM = 0.1
"""Least share of a batch's statistics in the running ones, PyTorch's own default."""


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
        job.on_event(Noted(resolved.description))
        job = _suited(job, resolved)
        model = build_network(job, resolved)
        if solves(job):  # there is nothing to repeat
            job = replace(job, config=job.config.model_copy(update={"epochs": 1}))
        if job.config.views and not _keeps_views(job, model):
            job = replace(job, config=job.config.model_copy(update={"views": 0}))
        job = _measured(job, model)
        _write_first_files(job, model, resolved.kind)
    frozen = frozen_names(model, job.spec, job.always_frozen)
    optimizer = make_optimizer(model, job.config, job.spec)
    average = WeightAverage(model, job.config.ema, frozen) if job.config.ema else None
    precision = plan_precision(job.config.precision, job.device)
    scaler = torch.amp.GradScaler(job.device.type, enabled=precision.needs_scaler)
    state = checkpoint.TrainState()
    if continued:
        averaged = average.model if average is not None else None
        state = checkpoint.load_last(job.run_dir, model, optimizer, scaler, average=averaged)
    if job.world.first:
        _forget_after(job, state.epoch)
    split = forward_split(model, job.spec, job.freeze(state.epoch))
    feed = _open_feed(job, model, stack)
    return Session(
        job=job,
        model=model,
        frozen=frozen,
        split=split,
        feed=feed,
        precision=precision,
        optimizer=optimizer,
        scaler=scaler,
        schedule=make_schedule(
            job.config.learning_rate,
            epochs=job.config.epochs,
            steps_per_epoch=feed.steps_per_epoch,
            warmup_epochs=job.config.warmup_epochs,
            floor=job.config.min_learning_rate,
        ),
        state=state,
        pace=Pace(
            job.config.epochs,
            feed.steps_per_epoch,
            feed.train_images,
            feed.val_images,
            () if feed.features else job.step_costs(),
        ),
        class_weights=_class_weights(job),
        average=average,
        teacher=_teacher(job),
    )


def frozen_names(model: nn.Module, spec: ModelSpec, n: int) -> frozenset[str]:
    """Names of the tensors in a network's state that belong to its first stages.

    Args:
        model: Network built from ``spec``.
        spec: Its row of the catalog.
        n: Number of stages.

    Returns:
        Names of parameters and buffers.
    """
    prefixes = tuple(f"{name}." for stage in spec.stages[:n] for name in stage.modules)
    return frozenset(name for name in model.state_dict() if name.startswith(prefixes))


def _keeps_views(job: TrainJob, model: nn.Module) -> bool:
    """Whether activations are kept: as the user wants, else if it pays."""
    if not may_keep(job):
        return False
    return "views" in job.config.model_fields_set or worth_keeping(job, model)


def _measured(job: TrainJob, model: nn.Module) -> TrainJob:
    """Settle the number formats by trying them; a continued run computes as it began."""
    count = len(job.dataset.subset("train"))
    if not worth_trying(job, job.config.epochs * steps_per_epoch(count, job.config.batch_size)):
        return job
    plan = decide(try_formats(job, model), job.device)
    job.on_event(Noted(plan.reason))
    chosen = Precision.FP32 if plan.kind == "fp32" else Precision.MIXED
    return replace(job, config=job.config.model_copy(update={"precision": chosen}))


def _teacher(job: TrainJob) -> Teacher | None:
    """The network to learn from; it remembers its answers if pictures never change."""
    config = job.config
    if not config.teacher:
        return None
    return load_teacher(
        config.teacher,
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
            "The model inherits {share:.0f} % of its weights; its first {stages} stage(s) are as "
            "in the model they come from.",
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
        msg("{setting} {value}", setting=Message(titles[name]), value=values[name])
        for name in changed
    )
    return msg("{reason} Changed from the preset: {changes}.", reason=reason, changes=changes)


def build_network(job: TrainJob, resolved: ResolvedWeights | None = None) -> nn.Module:
    """Build the network on its device, frozen as asked, in channels-last memory.

    Args:
        job: What was asked for.
        resolved: Weights to start from; None: random ones.

    Returns:
        The network in training mode.

    Raises:
        WeightsError: If the weights cannot be read.
    """
    model = build_model(job.spec, len(job.dataset.classes), dropout=job.config.dropout)
    if resolved is not None and resolved.kind != "none":
        load_weights(model, job.spec, resolved, classes=job.dataset.classes, on_event=job.on_event)
    if job.config.drop_path is not None:
        set_drop_path(model, job.config.drop_path)
    _quicken_norms(model)
    # Convolutions are faster with channels last, on CPUs as on tensor cores.
    model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    model.to(job.device)
    # What is thawed later has its place in the optimiser from the start.
    freeze_stages(model, job.spec, job.always_frozen)
    return model


def _quicken_norms(model: nn.Module) -> None:
    """Let batch-norm statistics keep up with a short run.

    MobileNetV3 and the large EfficientNets come with a momentum of 0.01, made for half a million
    steps; over a few hundred steps validation would look through statistics of long ago.
    """
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d) and module.momentum is not None:
            module.momentum = max(module.momentum, NORM_MOMENTUM)


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


def _open_feed(job: TrainJob, model: nn.Module, stack: ExitStack) -> Feed:
    """Choose where batches come from: features computed once if nothing before the head moves."""
    varied = recipe_of(job.config) is not None
    cache = stack.enter_context(DecodeCache(job.cache_dir))
    alone = unchanging(job.config) and not job.config.teacher and job.world.size == 1
    if alone and job.always_frozen == len(job.spec.stages):
        fast = _fast(job, model)
        return KeptFeed(
            compute_features(job, _open_loader(job, "train", stack, cache, again=False), fast),
            compute_features(job, _open_loader(job, "val", stack, cache, again=False), fast),
            job,
        )
    train = _open_loader(job, "train", stack, cache, varied=varied)
    val = _open_loader(job, "val", stack, cache)
    if may_keep(job):
        return open_views(job, model, (train, val), stack)
    return PictureFeed(train, val, job)


def _fast(job: TrainJob, model: nn.Module) -> SplitForward:
    """The frozen network for passing over all pictures: the same numbers in less time."""
    size = job.preprocess.size
    example = torch.randn((2, 3, size, size), generator=torch.Generator().manual_seed(0))
    example = example.to(job.device, memory_format=torch.channels_last)
    images = len(job.dataset.subset("train")) + len(job.dataset.subset("val"))
    return fast_split(model, job.spec, len(job.spec.stages), example, images=images)


def _open_loader(
    job: TrainJob,
    part: Split,
    stack: ExitStack,
    cache: DecodeCache,
    *,
    varied: bool = False,
    again: bool = True,
) -> PictureLoader:
    """Start the threads that read one part of the dataset.

    Args:
        job: What was asked for.
        part: Which part.
        stack: Ends the threads.
        cache: Keeps decoded pictures.
        varied: Whether pictures are varied in each epoch.
        again: Whether this run needs the pictures more than once.
    """
    samples = job.dataset.subset(part)
    reader = reader_of(job.preprocess, varied=varied)
    return stack.enter_context(
        PictureLoader(
            samples,
            reader,
            cache.store(samples, reader, again=again),
            size=job.preprocess.size,
            variation=augmenter_of(job.config, job.preprocess.size) if varied else None,
            workers=job.config.workers,
            on_event=job.on_event,
        )
    )
