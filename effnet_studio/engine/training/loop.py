"""One epoch of training, one step, and what goes wrong in it."""

from __future__ import annotations

import contextlib
import itertools
import math
import time
from typing import TYPE_CHECKING, NamedTuple

import torch

from effnet_studio.engine.data.loading.mixing import mix_inputs
from effnet_studio.engine.errors import Cancelled
from effnet_studio.engine.events import BatchProgress, PauseChanged
from effnet_studio.engine.training.distill import attention_loss, listening, soft_loss
from effnet_studio.engine.training.memory import out_of_memory, release_memory, smaller
from effnet_studio.engine.training.optim import gradient_norm, set_learning_rate
from effnet_studio.engine.training.running_statistics import RunningStatistics
from effnet_studio.engine.training.targets import Targets, count_right, make_targets, target_loss
from effnet_studio.engine.training.variation import mix_of_step
from effnet_studio.engine.training.world import average_statistics, sum_gradients

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from torch import Tensor

    from effnet_studio.engine.training.session import Session, TrainBatch

REPORT_INTERVAL = 0.1
"""Least seconds between two reports of steps."""

ASK_INTERVAL = 0.2
"""Seconds between two questions whether a pause of several processes is over."""

SAVE_INTERVAL = 300.0
"""Seconds of training that a crash may cost at most."""


class DivergedError(Exception):
    """The loss or its gradient is infinite or not a number."""


class RolledBackError(Exception):
    """A step broke off after it may have changed weights."""


class PausedError(Exception):
    """Somebody asked the training to wait; it stands between two steps."""


class StepResult(NamedTuple):
    """What a step of the optimiser gave.

    Attributes:
        loss: Mean over its pictures.
        right: How many were classified correctly; of mixed ones, by the class they show most of.
        gradient: Length of the gradient before clipping.
        images: Its pictures, in all processes.
    """

    loss: float
    right: int
    gradient: float
    images: int


def train_epoch(run: Session, save: Callable[[], None]) -> None:
    """Train on what is left of an epoch.

    Args:
        run: The session; its network, optimiser, scaler and state move on.
        save: Called now and then between two steps.

    Raises:
        Cancelled: If the user stops.
        PausedError: If the user wants to wait.
        DivergedError: If the loss is no longer a number; nothing was changed by that step.
        RolledBackError: If the state must be read again from the disk.
        TrainingError: If it cannot go on.
    """
    state, epoch = run.state, run.state.epoch
    begin = epoch * run.feed.steps_per_epoch
    saved, last_report, asked = time.monotonic(), -math.inf, time.perf_counter()
    run.begin_epoch()
    for batch in run.feed.train(epoch, state.step - begin):
        arrived = time.perf_counter()
        state.step = begin + batch.number  # batches whose pictures were all lost count
        pause_point(run)
        began = time.perf_counter()
        rate = run.schedule(state.step) * state.rate_factor
        result = train_step(run, batch, rate)
        now = time.perf_counter()
        _count(run, result, (arrived - asked) + (now - began))
        run.pace.step(epoch, arrived - asked, now - began, result.images)
        if now - last_report >= REPORT_INTERVAL or state.step == begin + run.feed.steps_per_epoch:
            last_report = now
            run.job.on_event(_progress(run, result, rate))
        if time.monotonic() - saved >= SAVE_INTERVAL:
            save()
            saved = time.monotonic()
        asked = time.perf_counter()
    state.step = begin + run.feed.steps_per_epoch


def pause_point(run: Session) -> None:
    """Between two steps: go on, wait or stop as the user of the first process wants."""
    world, cancel = run.job.world, run.job.cancel
    if world.size == 1:
        if cancel.paused:
            raise PausedError
        cancel.check()
        return
    waits = False
    while True:
        # Asked anew all the time, so that who waits can tell a pause from a process that is gone.
        wish = world.most((2 if cancel.cancelled else int(cancel.paused)) if world.first else 0)
        if waits != (wish == 1):
            waits = not waits
            run.job.on_event(PauseChanged(waits))
        if wish == 2:
            raise Cancelled
        if wish == 0:
            return
        time.sleep(ASK_INTERVAL)


def _count(run: Session, result: StepResult, seconds: float) -> None:
    """Note a finished step."""
    state = run.state
    state.step += 1
    state.images += result.images
    state.train_seconds += seconds
    state.part.add(result.images, result.loss, result.right)
    state.part.seconds += seconds
    state.part.steps += 1
    state.part.gradient += result.gradient


def _progress(run: Session, result: StepResult, rate: float) -> BatchProgress:
    state = run.state
    done = state.step - state.epoch * run.feed.steps_per_epoch
    return BatchProgress(
        epoch=state.epoch,
        step=state.step,
        steps=run.schedule.steps,
        loss=result.loss,
        accuracy=result.right / max(1, result.images),
        learning_rate=rate,
        images_per_second=run.pace.images_per_second(),
        eta_seconds=run.pace.remaining(state.epoch, done),
        gradient_norm=result.gradient,
    )


def train_step(run: Session, batch: TrainBatch, rate: float) -> StepResult:
    """One step of the optimiser; with half as many pictures at once where memory runs short.

    Args:
        run: The session.
        batch: What the feed gave.
        rate: Learning rate.

    Returns:
        What it gave.

    Raises:
        DivergedError: If the loss or its gradient is not a number; no weight has been changed.
        RolledBackError: If memory ran short while weights were changed.
        RuntimeError: If memory is short even for one picture at once.
    """
    labels, size = batch.labels.to(run.job.device), batch.inputs.shape[-1]
    mix = mix_of_step(run.job.config, len(labels), size, run.state.step)
    if mix is not None:
        batch = batch._replace(inputs=mix_inputs(batch.inputs, mix))
    targets = make_targets(labels, mix)
    statistics = RunningStatistics(run.model)
    while True:
        try:
            loss, right = _gradients(run, batch, targets, statistics)
            odd = False
            break
        except DivergedError:
            loss, right, odd = 0.0, 0, True
            break
        except (MemoryError, RuntimeError) as error:
            if not out_of_memory(error) or not smaller(run, len(labels), least=2):
                raise
        # What the broken attempt left: batch-norm statistics, and gradients in memory.
        run.optimizer.zero_grad(set_to_none=True)
        statistics.put_back()
        release_memory(run.job.device)
    loss, right, images = _of_all(run, loss, right, len(labels), odd=odd)
    if not images:  # they were all lost
        return StepResult(0.0, 0, 0.0, 0)
    world = run.job.world
    sum_gradients(world, run.parameters, batch.total / images)
    norm = _update_together(run, rate)
    average_statistics(world, run.model)
    if run.average is not None:
        run.average.update(run.state.step)
    return StepResult(loss, right, norm, images)


def _of_all(
    run: Session, loss: float, right: int, count: int, *, odd: bool
) -> tuple[float, int, int]:
    """Mean loss, how many right and how many pictures, over the processes.

    Raises:
        DivergedError: If the loss is odd in one of them: all go back, or none.
    """
    world = run.job.world
    if world.size > 1:
        own = [float(odd), loss * count, float(right), float(count)]
        given = torch.tensor(own, dtype=torch.float64, device=run.job.device)
        broken, loss, *counts = world.total(given).tolist()
        odd, right, count = broken > 0, int(counts[0]), int(counts[1])
        loss /= max(1, count)
    if odd:
        raise DivergedError
    return loss, right, count


def _update_together(run: Session, rate: float) -> float:
    """As :func:`_update`; where it broke off in one process, all go back."""
    world = run.job.world
    if world.size == 1:
        return _update(run, rate)
    norm, broken = 0.0, False
    try:
        norm = _update(run, rate)
    except RolledBackError:
        broken = True
    if world.most(int(broken)):
        raise RolledBackError
    return norm


def _gradients(
    run: Session, batch: TrainBatch, targets: Targets, statistics: RunningStatistics
) -> tuple[float, int]:
    """Add up the gradients of a batch, some pictures at a time; mean loss, and how many right."""
    count = len(targets.labels)
    # Dropout and stochastic depth draw from the global generator: seeded by place, not by history.
    torch.manual_seed(step_seed(run.job.config.seed, run.state.step, run.job.world.rank))
    run.optimizer.zero_grad(set_to_none=True)
    loss, right = 0.0, 0
    if not count:  # the others of several processes have the batch
        return loss, right
    for first, last in parts(count, micro_batch(run, count), least=2):
        part = targets.part(first, last)
        with _maps(run) as maps:
            cost, logits = _cost(run, batch.part(first, last), part, maps)
        cost = cost * ((last - first) / batch.total)
        value = cost.item()
        if not math.isfinite(value):
            raise DivergedError
        run.scaler.scale(cost).backward()  # type: ignore[no-untyped-call]
        loss += value * (batch.total / count)
        right += count_right(logits, part)
        statistics.add_part()
    statistics.take_mean()
    return loss, right


def _cost(run: Session, batch: TrainBatch, targets: Targets, maps: Maps) -> tuple[Tensor, Tensor]:
    """Mean loss against labels and teacher, a scalar, and logits, float32 (n, classes)."""
    config = run.job.config
    logits = run.train_forward(batch.inputs).float()
    cost = target_loss(
        logits,
        targets,
        weights=run.class_weights,
        label_smoothing=config.label_smoothing,
        focal_gamma=config.focal_gamma,
    )
    if run.teacher is None:
        return cost, logits
    own = list(maps.own)  # before the teacher answers, which may be of the same network
    taught = run.teacher.logits(batch.inputs, None if own else batch.indices)
    soft = soft_loss(logits, taught, config.temperature)
    cost = (1 - config.teacher_share) * cost + config.teacher_share * soft
    if own:
        cost = cost + config.teacher_attention * attention_loss(own, maps.teacher)
    return cost, logits


class Maps(NamedTuple):
    """Feature maps of the last stages, float, (n, c, h, w); empty where they are not compared.

    Attributes:
        own: Of the network.
        teacher: Of its teacher.
    """

    own: Sequence[Tensor]
    teacher: Sequence[Tensor]


@contextlib.contextmanager
def _maps(run: Session) -> Iterator[Maps]:
    """Collect what the forward passes inside give in the stages that are compared."""
    if run.teacher is None or not run.job.config.teacher_attention:
        yield Maps((), ())
        return
    with (
        listening(run.model, run.job.spec) as own,
        listening(run.teacher.model, run.teacher.spec) as other,
    ):
        yield Maps(own, other)


def _update(run: Session, rate: float) -> float:
    """Move the weights along the gradient; its length."""
    set_learning_rate(run.optimizer, rate)
    run.scaler.unscale_(run.optimizer)
    norm = gradient_norm(run.optimizer, run.job.config.clip_norm)
    # Under a scaler, too large a scale gives such gradients; it passes the step over by itself.
    if not math.isfinite(norm) and not run.scaler.is_enabled():
        raise DivergedError
    try:
        run.scaler.step(run.optimizer)
    except (MemoryError, RuntimeError) as error:
        if out_of_memory(error) and smaller(run, micro_batch(run, run.job.config.batch_size)):
            raise RolledBackError from error
        raise
    run.scaler.update()
    return norm


def micro_batch(run: Session, count: int) -> int:
    """How many of a batch's pictures are computed together."""
    limits = (count, run.job.config.micro_batch, run.state.micro_batch)
    return min(limit for limit in limits if limit)


def parts(count: int, most: int, *, least: int = 1) -> list[tuple[int, int]]:
    """Divide a batch into parts of nearly equal size.

    Args:
        count: Pictures in the batch.
        most: Most pictures in a part, where ``least`` allows it.
        least: Fewest in a part, if there are as many: one alone has no batch statistics.

    Returns:
        First and behind the last of each part.
    """
    number = max(1, min(math.ceil(count / most), count // least))
    edges = [count * place // number for place in range(number + 1)]
    return list(itertools.pairwise(edges))


def step_seed(seed: int, step: int, rank: int = 0) -> int:
    """Seed of the random numbers that one step draws.

    Args:
        seed: The run's.
        step: Counted from 0 over the whole run.
        rank: Number of the process.

    Returns:
        A number below 2**63, different for different steps and processes and for neighbouring
        seeds.
    """
    return (seed * 1_000_003 + step + (rank << 48)) % 2**63
