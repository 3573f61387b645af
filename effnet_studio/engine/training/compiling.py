"""Translating a network for the device before a run, with ``torch.compile``, where that pays back.

Translating takes about a minute and needs a compiler: Triton for graphics cards, which comes with
PyTorch there, or a C++ compiler for processors, which most computers do not have. A training step
of EfficientNet-B0 (224 pixels, 16 pictures, two cores) became 1.12 times as fast, after 60 seconds
(``tests/benchmarks/bench_step.py --compiled``).
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import torch

from effnet_studio.engine.events import Noted, Warned
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.build import forward_split, set_train_mode
from effnet_studio.engine.training.memory import out_of_memory, release_memory
from effnet_studio.engine.training.precision import ShortFormats, plan_precision
from effnet_studio.engine.training.schema import Compiled
from effnet_studio.engine.training.trial import random_pictures, untouched
from effnet_studio.engine.training.views import may_keep
from effnet_studio.paths import is_frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor, nn

    from effnet_studio.engine.messages import Message
    from effnet_studio.engine.models.spec import ModelSpec
    from effnet_studio.engine.training.session import TrainJob

FEW_STEPS: Final = 300
"""Steps below which a run is short."""

LONG: Final = 900.0
"""Seconds of training below which translating is not even tried: it costs more than a tenth."""

WORTH: Final = 1.03
"""How much faster a step must be: else the network is left as it is."""

ROUNDS: Final = 3
"""Passes that are timed; the first, which translates, is not among them."""


class CompiledForward:
    """The training pass of a network, translated when it is first run.

    Args:
        model: The network.
        spec: Its row of the catalog.
    """

    def __init__(self, model: nn.Module, spec: ModelSpec) -> None:
        self._model, self._spec = model, spec
        self._made: dict[int, Callable[[Tensor], Tensor]] = {}

    def __call__(self, inputs: Tensor, frozen: int) -> Tensor:
        """Logits of pictures.

        Args:
            inputs: float32, (n, 3, s, s).
            frozen: Stages that are frozen now.

        Returns:
            float, (n, classes).
        """
        if frozen not in self._made:
            split = forward_split(self._model, self._spec, frozen)
            self._made[frozen] = torch.compile(lambda x: split.rest(split.trunk(x)))
        return self._made[frozen](inputs)


@dataclass(frozen=True)
class CompileTrial:
    """What translating a network brought.

    Attributes:
        plain: Seconds of a pass, forward and backward, as it is.
        compiled: The same, translated.
        preparation: Seconds that translating took.
    """

    plain: float
    compiled: float
    preparation: float

    @property
    def gain(self) -> float:
        """How many times as fast a pass is."""
        return self.plain / max(self.compiled, 1e-9)


def has_compiler(device: torch.device) -> bool:
    """Whether there is what ``torch.compile`` needs.

    Args:
        device: Where the network is.
    """
    if sys.platform == "win32":  # wants a developer's command prompt
        return False
    if device.type == "cuda":
        return importlib.util.find_spec("triton") is not None
    # What PyTorch writes includes its own headers, which an installer leaves out.
    headers = Path(torch.__file__).with_name("include")
    wanted = os.environ.get("CXX", "g++")
    return device.type == "cpu" and headers.is_dir() and any(map(shutil.which, (wanted, "clang++")))


def compile_for(
    job: TrainJob, model: nn.Module, steps: int
) -> tuple[TrainJob, CompiledForward | None]:
    """Translate a run's network if it is asked for, or if the run is long enough to win by it.

    Args:
        job: What was asked for.
        model: The network as it is to be trained; it is the same afterwards.
        steps: Of the whole run.

    Returns:
        The job, in which the setting is decided, and the translated pass if it is used.
    """
    wanted = job.config.compiled
    if wanted is Compiled.OFF or (wanted is Compiled.AUTO and not _may_pay(job, model, steps)):
        return _decided(job, Compiled.OFF), None
    if not _can(job):
        job.on_event(
            Warned(
                msg("The network cannot be compiled here; it is trained as it is."),
                hint=_advice(),
            )
        )
        return _decided(job, Compiled.OFF), None
    job.on_event(Noted(msg("Compiling the network for this computer …")))
    forward = CompiledForward(model, job.spec)
    try:
        trial = try_compiled(job, model, forward)
    except (MemoryError, RuntimeError, OSError) as error:  # the run can do without it
        release_memory(job.device)
        job.on_event(
            Warned(
                msg("Compiling the network failed; it is trained as it is."),
                hint=msg("The compiler said: {reason}", reason=str(error).strip().split("\n")[0]),
            )
        )
        return _decided(job, Compiled.OFF), None
    used = wanted is Compiled.ON or trial.gain >= WORTH
    job.on_event(Noted(_said(trial, used=used)))
    return (_decided(job, Compiled.ON), forward) if used else (_decided(job, Compiled.OFF), None)


def _advice() -> Message:
    if is_frozen():
        return msg("The packaged app cannot compile; set the app up with Python to have it.")
    return msg("It takes a C++ compiler, or Triton on a graphics card.")


def _decided(job: TrainJob, choice: Compiled) -> TrainJob:
    return replace(job, config=job.config.model_copy(update={"compiled": choice}))


def try_compiled(job: TrainJob, model: nn.Module, forward: CompiledForward) -> CompileTrial:
    """Time passes as the run will do them, with the network as it is and translated.

    Args:
        job: Its batch size, input size, number formats and frozen stages count.
        model: The network; it is the same afterwards.
        forward: Its translated pass, which is ready for the run afterwards.

    Returns:
        The quickest passes, and how long the first translated one took.
    """
    plain = _passes(job, model, None, ROUNDS)
    compiled = _passes(job, model, forward, ROUNDS + 1)
    quickest = min(compiled[1:])
    return CompileTrial(min(plain), quickest, compiled[0] - quickest)


def _passes(
    job: TrainJob, model: nn.Module, forward: CompiledForward | None, count: int
) -> list[float]:
    """Seconds of each of some forward and backward passes."""
    frozen, size = job.freeze(0), job.config.micro_batch or job.config.batch_size
    pictures = random_pictures(job, size, job.size(0))
    split = forward_split(model, job.spec, frozen)
    formats = ShortFormats(model, job.device, plan_precision(job.config.precision, job.device))
    seconds = []
    with untouched(model):
        set_train_mode(model, job.spec, frozen)
        for _ in range(count):
            job.pause_point()
            began = time.perf_counter()
            with formats.used():
                given = forward(pictures, frozen) if forward else split.rest(split.trunk(pictures))
            given.float().square().mean().backward()  # type: ignore[no-untyped-call]
            if job.device.type == "cuda":
                torch.cuda.synchronize(job.device)
            seconds.append(time.perf_counter() - began)
    return seconds


def _can(job: TrainJob) -> bool:
    """Whether this run's steps can be translated: not where the pass is listened to."""
    listens = bool(job.config.teacher and job.config.teacher_attention)
    return has_compiler(job.device) and not listens and not may_keep(job)


def _may_pay(job: TrainJob, model: nn.Module, steps: int) -> bool:
    """Whether a run is long, and alike from the first step to the last."""
    config = job.config
    if steps < FEW_STEPS:
        return False
    changes = config.thaw_every or config.start_size is not None
    if changes or config.deterministic or job.world.size > 1 or not _can(job):
        return False
    try:
        return min(_passes(job, model, None, 2)) * steps >= LONG
    except (MemoryError, RuntimeError) as error:
        if not out_of_memory(error):
            raise
        release_memory(job.device)
        return False  # the run will compute fewer pictures at once


def _said(trial: CompileTrial, *, used: bool) -> Message:
    if used:
        return msg(
            "The network was compiled for this computer in {seconds:.0f} s: {gain:.2f}× as fast.",
            seconds=trial.preparation,
            gain=trial.gain,
        )
    return msg(
        "The network is trained as it is: compiled it was not faster ({gain:.2f}×).",
        gain=trial.gain,
    )
