"""One variant under the stopwatch; runs in a process of its own.

Nothing heavy is imported before the runtime is known: the process that runs onnxruntime never loads
PyTorch.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio.engine.benchmark.plan import Runtime, Task, Variant
from effnet_studio.engine.benchmark.prepare import CLASSES, Needs, onnx_file
from effnet_studio.engine.device import choose_device, peak_memory

if TYPE_CHECKING:
    import torch
    from torch import Tensor, nn

    from effnet_studio.engine.models.spec import ModelSpec
    from effnet_studio.engine.training.precision import PrecisionPlan

PREDICT_BATCH = 32
TRAIN_BATCH = 16
"""Pictures in a batch, where memory and time allow."""

LEAST_SECONDS = 0.02
"""A repeat takes at least so long: faster calls are made several times and divided."""

MOST_SECONDS = 2.0
"""A batch is halved until it is expected to take no longer."""

TRAIN_COST = 4.0
"""Times that a training step takes longer than an answer, until it has been measured."""


@dataclass(frozen=True)
class Sample:
    """One repeat.

    Attributes:
        seconds: For one picture.
        batch: Pictures computed together.
        peak: Most memory the process has held so far, bytes.
        device: Where it was computed.
    """

    seconds: float
    batch: int
    peak: int | None
    device: str


@dataclass(frozen=True)
class _Work:
    """Something to be timed: what is called, how often in a repeat, on how many pictures."""

    call: Callable[[], None]
    times: int
    batch: int


Maker = Callable[[Task, int], Callable[[], None]]
"""Makes what is called for a task and a batch; a call ends when its result is there."""


def timing_of(
    variant: Variant, folder: Path, needs: Needs, memory: int
) -> Callable[[Task], Sample]:
    """Get ready to time a variant; see :class:`~..helper.Helper`.

    Args:
        variant: What is timed.
        folder: Of its ONNX files.
        needs: Memory of a picture.
        memory: That this process may take for its batches, bytes.

    Returns:
        A function that times a task once; at the first time it also warms up.
    """
    return _Stopwatch(variant, folder, needs, memory).time


class _Stopwatch:
    def __init__(self, variant: Variant, folder: Path, needs: Needs, memory: int) -> None:
        self._needs, self._memory = needs, memory
        self._made: dict[Task, _Work] = {}
        self._seconds = 0.0
        if variant.runtime.trains:
            self._device = choose_device("auto").name
            self._maker = torch_maker(variant, self._device)
        else:
            self._device = "cpu"
            self._maker = _onnx_maker(onnx_file(folder, variant.runtime), variant.size)

    def time(self, task: Task) -> Sample:
        """Time a task once."""
        if task not in self._made:
            self._made.clear()  # of an earlier task: its optimiser and batch hold memory
            self._made[task] = self._warmed_up(task)
        work = self._made[task]
        began = time.perf_counter()
        for _ in range(work.times):
            work.call()
        seconds = (time.perf_counter() - began) / work.times / work.batch
        if task is Task.LATENCY:
            self._seconds = seconds
        return Sample(seconds, work.batch, peak_memory(), self._device)

    def _warmed_up(self, task: Task) -> _Work:
        """Call it until it is as fast as it gets: kernels are chosen, memory is there."""
        batch = self._batch(task)
        call = self._maker(task, batch)
        call()
        began = time.perf_counter()
        call()
        seconds = time.perf_counter() - began
        times = max(1, round(LEAST_SECONDS / max(seconds, 1e-6)))
        for _ in range(min(times, 10)):
            call()
        return _Work(call, times, batch)

    def _batch(self, task: Task) -> int:
        if task is Task.LATENCY:
            return 1
        trains = task in {Task.TRAIN, Task.TRAIN_FROZEN}
        batch, least = (TRAIN_BATCH, 2) if trains else (PREDICT_BATCH, 1)
        each = self._needs.train_bytes if trains else self._needs.predict_bytes
        seconds = self._seconds * (TRAIN_COST if trains else 1)
        while batch > least and (batch * each > self._memory or batch * seconds > MOST_SECONDS):
            batch //= 2
        return batch


def _onnx_maker(file: Path, size: int) -> Maker:
    import numpy as np
    import onnxruntime

    from effnet_studio.engine.models.onnx_runtime import silence_telemetry

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    silence_telemetry()
    session = onnxruntime.InferenceSession(
        str(file), sess_options=options, providers=["CPUExecutionProvider"]
    )
    name = session.get_inputs()[0].name

    def make(_task: Task, batch: int) -> Callable[[], None]:
        pictures = np.random.default_rng(0).normal(size=(batch, 3, size, size)).astype(np.float32)

        def call() -> None:
            session.run(None, {name: pictures})

        return call

    return make


def torch_maker(variant: Variant, name: str) -> Maker:
    """Make a network for PyTorch to be timed with.

    Args:
        variant: The network, and with which numbers.
        name: Of the device, as PyTorch has it.

    Returns:
        Makes what is called for a task and a batch.
    """
    import torch

    from effnet_studio.engine.models.build import build_model
    from effnet_studio.engine.models.catalog import get_spec
    from effnet_studio.engine.training.config import Precision
    from effnet_studio.engine.training.precision import plan_precision

    spec = get_spec(variant.model)
    device = torch.device(name)
    precision = Precision.AUTO if variant.runtime is Runtime.MIXED else Precision.FP32
    plan = plan_precision(precision, device)
    torch.manual_seed(0)
    model = build_model(spec, CLASSES)
    model.to(device=device, memory_format=torch.channels_last)  # type: ignore[call-overload]

    def make(task: Task, batch: int) -> Callable[[], None]:
        pictures = torch.randn(batch, 3, variant.size, variant.size, device=device)
        pictures = pictures.contiguous(memory_format=torch.channels_last)
        if task in {Task.TRAIN, Task.TRAIN_FROZEN}:
            return _training_step(model, spec, plan, pictures, frozen=task is Task.TRAIN_FROZEN)
        return _answer(model, plan, pictures)

    return make


def _answer(model: nn.Module, plan: PrecisionPlan, pictures: Tensor) -> Callable[[], None]:
    import torch

    from effnet_studio.engine.training.precision import ShortFormats

    model.eval()

    def call() -> None:
        with torch.inference_mode(), ShortFormats(model, pictures.device, plan).used():
            model(pictures)
        _wait(pictures.device)

    return call


def _training_step(
    model: nn.Module, spec: ModelSpec, plan: PrecisionPlan, pictures: Tensor, *, frozen: bool
) -> Callable[[], None]:
    """A step as the training loop makes it, without the pictures being read."""
    import torch
    from torch.nn import functional

    from effnet_studio.engine.models.build import forward_split, freeze_stages, set_train_mode
    from effnet_studio.engine.training.config import Preset, make_config
    from effnet_studio.engine.training.optim import make_optimizer
    from effnet_studio.engine.training.precision import ShortFormats

    config = make_config(Preset.BALANCED, model=spec.name)
    stages = config.freeze if frozen else 0
    freeze_stages(model, spec, stages)
    set_train_mode(model, spec, stages)
    optimizer = make_optimizer(model, config)
    scaler = torch.amp.GradScaler(pictures.device.type, enabled=plan.needs_scaler)
    split = forward_split(model, spec, stages)
    labels = torch.arange(len(pictures), device=pictures.device) % CLASSES

    def call() -> None:
        with ShortFormats(model, pictures.device, plan).used():
            logits = split.rest(split.trunk(pictures)).float()
        loss = functional.cross_entropy(logits, labels)
        optimizer.zero_grad(set_to_none=True)
        scaler.scale(loss).backward()  # type: ignore[no-untyped-call]
        scaler.step(optimizer)
        scaler.update()
        _wait(pictures.device)

    return call


def _wait(device: torch.device) -> None:
    """Wait until the device has done what it was given."""
    import torch

    if device.type == "cuda":
        torch.cuda.synchronize(device)
    elif device.type == "mps":
        torch.mps.synchronize()
