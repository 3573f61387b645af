"""Measure models on this computer: how quickly they answer and learn, and the memory they take.

Every variant has a process of its own, so that nobody's memory counts for another. The variants
take turns, one repeat each: whatever else the computer does for a while (another program, a
processor that has become hot) hits them all and not the one that happened to run then.
"""

from __future__ import annotations

import contextlib
import math
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio.engine.benchmark.plan import Plan, Runtime, Task, Variant
from effnet_studio.engine.benchmark.prepare import Needs, preparing
from effnet_studio.engine.benchmark.results import (
    Measurement,
    Results,
    Timing,
    save_results,
    this_versions,
    timing,
)
from effnet_studio.engine.benchmark.timed import Sample, timing_of
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.device import GIB, available_memory
from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.events import Noted, OnEvent, ProgressMeter, Stage, Warned, ignore
from effnet_studio.engine.helper import Helper, HelperFailedError
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NAME = "benchmark"
"""What the processes are called."""

MOST_REPEATS = 15
LEAST_REPEATS = 3
"""Of each variant and task; fewer only when the time is up."""

MOST_AT_ONCE = 8
"""Variants that take turns."""

_PROCESS_BYTES = 3 * GIB // 2
"""Memory planned for each of them."""

_MEMORY_SHARE = 0.6
"""Of the free memory, for all of them together."""

_PREPARING, _STARTING = 15.0, 1.0
"""Seconds a model's files and a variant's start are expected to take; for the progress only."""

Samples = dict[Task, list[Sample]]


@dataclass
class _Runner:
    """A variant, its process, and what it has said."""

    variant: Variant
    helper: Helper[Task, Sample]
    samples: Samples = field(default_factory=dict)
    failed: bool = False


def measure(
    plan: Plan,
    *,
    file: Path | None = None,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> Results:
    """Measure what was planned and add it to this computer's results.

    What a group of variants gave is on disk as soon as the group is finished, so that stopping
    the job loses little. A variant that fails is warned of and left out.

    Args:
        plan: From :func:`~.plan.make_plan`.
        file: Where the results are kept; None: this computer's usual file.
        on_event: Hears the progress, and a note on each variant.
        cancel: Stops or pauses between two repeats; a repeat under way is broken off.

    Returns:
        All results of this computer, earlier ones included.

    Raises:
        ModelError: If nothing could be measured.
        StorageError: If the results cannot be written.
        Cancelled: If the job was asked to stop.
    """
    token = cancel or CancelToken()
    results: Results | None = None
    with tempfile.TemporaryDirectory(prefix="effnet-benchmark-") as name:
        job = _Job(plan, Path(name), on_event, token)
        for group in job.groups():
            found = job.measure_group(group)
            if found:
                results = save_results(found, file)
        job.finish()
    if results is None:
        raise ModelError(
            msg("Nothing could be measured."),
            hint=msg("The warnings say why; close other programs if memory was short."),
        )
    return results


class _Job:
    """The state of one measuring."""

    def __init__(self, plan: Plan, folder: Path, on_event: OnEvent, cancel: CancelToken) -> None:
        self._plan = plan
        self._folder = folder
        self._on_event = on_event
        self._cancel = cancel
        self._left = plan.budget
        self._waiting = len(plan.variants)
        self._needs: dict[tuple[str, int], Needs | None] = {}
        self._progress = 0.0
        models = {(variant.model, variant.size) for variant in plan.variants}
        self._planned = plan.budget + _PREPARING * len(models) + _STARTING * len(plan.variants)
        self._meter = ProgressMeter(
            Stage.BENCHMARK, math.ceil(self._planned), on_event, unit="seconds"
        )

    def finish(self) -> None:
        """Report that all is done."""
        self._reach(math.ceil(self._planned))
        self._meter.finish()

    def _reach(self, seconds: float) -> None:
        """Count planned time as past, if it is not already."""
        self._meter.advance(max(0, int(seconds) - int(self._progress)))
        self._progress = max(self._progress, seconds)

    def _tasks(self, variant: Variant) -> list[Task]:
        trains = self._plan.training and variant.runtime.trains
        return [Task.LATENCY, Task.THROUGHPUT] + [Task.TRAIN_FROZEN, Task.TRAIN] * trains

    def groups(self) -> Iterator[tuple[Variant, ...]]:
        """Divide the variants into those that take turns, as many as memory allows."""
        free = available_memory() or 4 * GIB
        at_once = max(1, min(MOST_AT_ONCE, int(_MEMORY_SHARE * free / _PROCESS_BYTES)))
        variants = self._plan.variants
        count = -(-len(variants) // at_once)
        size = -(-len(variants) // count)  # groups of about the same size
        for start in range(0, len(variants), size):
            yield variants[start : start + size]

    def measure_group(self, group: Sequence[Variant]) -> list[Measurement]:
        """Measure some variants in turns."""
        ready = [variant for variant in group if self._is_ready(variant)]
        # Preparing and starting are not counted; each group has its share of the time that is left.
        share = self._left * len(group) / self._waiting
        self._waiting -= len(group)
        memory = int(_MEMORY_SHARE * (available_memory() or 4 * GIB) / max(1, len(ready)))
        with contextlib.ExitStack() as stack:
            runners = [
                _Runner(each, stack.enter_context(self._start(each, memory))) for each in ready
            ]
            for each in runners:
                self._get_ready(each)
            self._reach(self._progress + _STARTING * len(group))
            began, reached = time.monotonic(), self._progress
            self._take_turns(runners, began, began + share)
            self._left = max(0.0, self._left - (time.monotonic() - began))
            self._reach(reached + share)
        found = [_summed_up(each) for each in runners if each.samples.get(Task.LATENCY)]
        for measurement in found:
            self._on_event(Noted(_describe(measurement)))
        return found

    def _start(self, variant: Variant, memory: int) -> Helper[Task, Sample]:
        needs = self._needs[variant.model, variant.size]
        assert needs is not None  # noqa: S101 - only what is ready is started
        return Helper(NAME, timing_of, variant, self._place(variant), needs, memory)

    def _place(self, variant: Variant) -> Path:
        return self._folder / f"{variant.model}-{variant.size}"

    def _is_ready(self, variant: Variant) -> bool:
        """Prepare the model of a variant, once; False if the variant cannot or need not be."""
        key = (variant.model, variant.size)
        if key not in self._needs:
            self._needs[key] = self._prepare(variant)
            self._reach(self._progress + _PREPARING)
        needs = self._needs[key]
        if needs is not None and variant.runtime is Runtime.MIXED and not needs.mixed_gains:
            text = msg("16-bit numbers are not faster on this computer; they are left out.")
            self._on_event(Noted(text))
            return False
        return needs is not None

    def _prepare(self, variant: Variant) -> Needs | None:
        key = (variant.model, variant.size)
        runtimes = frozenset(
            each.runtime for each in self._plan.variants if (each.model, each.size) == key
        )
        self._place(variant).mkdir(exist_ok=True)
        with Helper(NAME, preparing, *key, self._place(variant)) as helper:
            try:
                return helper.ask(runtimes, self._cancel)
            except HelperFailedError as error:
                self._warn(variant, str(error))
        return None

    def _take_turns(self, runners: Sequence[_Runner], began: float, deadline: float) -> None:
        """Time one task after the other, each of them in rounds over all variants."""
        reached = self._progress
        for number, task in enumerate(Task):
            able = [each for each in runners if task in self._tasks(each.variant)]
            now = time.monotonic()
            if task is not Task.LATENCY and now >= deadline:
                return
            end = now + (deadline - now) / (len(Task) - number)
            for repeat in range(MOST_REPEATS):
                now = time.monotonic()
                if repeat and (now >= deadline or (now >= end and repeat >= LEAST_REPEATS)):
                    break
                for each in able:
                    self._cancel.check()
                    self._ask(task, each)
                    self._reach(reached + min(time.monotonic(), deadline) - began)

    def _get_ready(self, runner: _Runner) -> None:
        try:
            runner.helper.get_ready(self._cancel)
        except HelperFailedError as error:
            runner.failed = True
            self._warn(runner.variant, str(error))

    def _ask(self, task: Task, runner: _Runner) -> None:
        if runner.failed:
            return
        try:
            sample = runner.helper.ask(task, self._cancel)
        except HelperFailedError as error:
            runner.failed = True
            self._warn(runner.variant, str(error))
        else:
            runner.samples.setdefault(task, []).append(sample)

    def _warn(self, variant: Variant, reason: str) -> None:
        text = msg(
            "{variant} was not measured to the end: {reason}.", variant=variant.title, reason=reason
        )
        self._on_event(Warned(text, hint=msg("Memory may be short: choose a smaller input.")))


def _summed_up(runner: _Runner) -> Measurement:
    samples = runner.samples
    latency = samples[Task.LATENCY]
    trained = samples.get(Task.TRAIN)
    return Measurement(
        model=runner.variant.model,
        size=runner.variant.size,
        runtime=runner.variant.runtime,
        device=latency[0].device,
        latency=timing([each.seconds for each in latency], 1),
        memory=latency[-1].peak,
        throughput=_timing_of(samples.get(Task.THROUGHPUT)),
        train=_timing_of(trained),
        train_frozen=_timing_of(samples.get(Task.TRAIN_FROZEN)),
        train_memory=trained[-1].peak if trained else None,
        versions=this_versions(),
        measured=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _timing_of(samples: Sequence[Sample] | None) -> Timing | None:
    if not samples:
        return None
    return timing([each.seconds for each in samples], samples[0].batch)


def _describe(measurement: Measurement) -> Message:
    latency = measurement.latency
    return msg(
        "{variant}: {milliseconds} ms for an image ({repeats} repeats).",
        variant=measurement.variant.title,
        milliseconds=f"{1000 * latency.median:.1f}",
        repeats=latency.repeats,
    )
