"""Where the time of a network goes: measured stage by stage on this computer."""

from __future__ import annotations

import itertools
import statistics
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.device import choose_device
from effnet_studio.engine.events import ProgressMeter, Stage, ignore
from effnet_studio.engine.models.build import build_model, stage_modules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from effnet_studio.engine.events import OnEvent
    from effnet_studio.engine.models.spec import ModelSpec

HEAD = "Head"
"""Name of what follows the last stage."""

_WARM_UP = 2
"""Passes that are not counted: memory is laid out and kernels are chosen in the first ones."""
_LONGEST = 20.0
"""Seconds after which no further pass is begun."""


@dataclass(frozen=True)
class StageTime:
    """Time of one stage.

    Attributes:
        name: As in the catalog; :data:`HEAD` for what follows the last stage.
        seconds: Median over the passes, for one picture.
    """

    name: str
    seconds: float


@dataclass(frozen=True)
class StageTimes:
    """Times of a whole network for one picture.

    Attributes:
        model: Catalog name.
        image_size: Side of the square input, pixels.
        device: Where it ran, for people.
        passes: How many were counted.
        seconds: Median of a whole pass.
        stages: In forward order, the head last. Medians need not sum up to that of the whole.
    """

    model: str
    image_size: int
    device: str
    passes: int
    seconds: float
    stages: tuple[StageTime, ...]


def time_stages(
    spec: ModelSpec,
    *,
    classes: int = 1000,
    image_size: int | None = None,
    device: str = "auto",
    repeats: int = 9,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> StageTimes:
    """Measure how long each stage takes for one picture.

    The network has random weights: time does not depend on them. It runs as for a prediction,
    without gradients and in 32 bit, with a batch of one. A stage lasts from the end of the one
    before to its own end, so that no time is lost between them.

    Args:
        spec: Row of the catalog.
        classes: Outputs.
        image_size: Side of the square input, pixels; None: what the weights were made for.
        device: As in :func:`~effnet_studio.engine.device.choose_device`.
        repeats: Passes to count, at least 1; fewer if they would take longer than 20 seconds.
        on_event: Told the progress.
        cancel: Checked before every pass.

    Returns:
        Medians of the stages, the head and the whole.

    Raises:
        ModelError: If the library does not fit the installed PyTorch.
        Cancelled: If stopped.
    """
    token = CancelToken() if cancel is None else cancel
    chosen = choose_device(device)
    size = spec.input_size if image_size is None else image_size
    model = build_model(spec, classes).eval().to(chosen.name)
    picture = torch.randn(1, 3, size, size, device=chosen.name)
    wait = _waiter(chosen.kind)
    total = _WARM_UP + max(1, repeats)
    meter = ProgressMeter(Stage.PREDICT, total, on_event, unit="steps")
    rows: list[list[float]] = []
    begun = time.perf_counter()
    with _stamps(model, spec, wait) as stamps, torch.inference_mode():
        for number in range(total):
            token.check()
            row = _one_pass(model, picture, stamps, wait)
            if number >= _WARM_UP:
                rows.append(row)
            meter.advance()
            if rows and time.perf_counter() - begun > _LONGEST:
                break
    meter.finish()
    names = [*(stage.name for stage in spec.stages), HEAD]
    medians = [statistics.median(column) for column in zip(*rows, strict=True)]
    return StageTimes(
        model=spec.name,
        image_size=size,
        device=chosen.title,
        passes=len(rows),
        seconds=statistics.median(sum(row) for row in rows),
        stages=tuple(StageTime(*pair) for pair in zip(names, medians, strict=True)),
    )


def stage_shares(
    model: nn.Module, spec: ModelSpec, pictures: Tensor, *, repeats: int = 3
) -> tuple[float, ...]:
    """Measure which share of a forward pass each stage of a network takes.

    Args:
        model: Network built from ``spec``, in evaluation mode; it is the same afterwards.
        spec: Its row of the catalog.
        pictures: Input, float (n, 3, s, s), on the model's device.
        repeats: Passes that count, at least 1; one more warms up.

    Returns:
        One share for each of ``spec.stages``; what is left to 1 is the head's.
    """
    wait = _waiter(pictures.device.type)
    with _stamps(model, spec, wait) as stamps, torch.inference_mode():
        rows = [_one_pass(model, pictures, stamps, wait) for _ in range(1 + max(1, repeats))]
    medians = [statistics.median(column) for column in zip(*rows[1:], strict=True)]
    whole = max(sum(medians), 1e-9)
    return tuple(seconds / whole for seconds in medians[:-1])


def _one_pass(
    model: nn.Module, picture: Tensor, stamps: list[float], wait: Callable[[], None]
) -> list[float]:
    """Seconds of each stage and the head in one pass."""
    stamps.clear()
    wait()
    start = time.perf_counter()
    model(picture)
    wait()
    moments = [start, *stamps, time.perf_counter()]
    return [after - before for before, after in itertools.pairwise(moments)]


@contextmanager
def _stamps(model: nn.Module, spec: ModelSpec, wait: Callable[[], None]) -> Iterator[list[float]]:
    """Write down the moment at which each stage has ended; takes its hooks off again."""
    stamps: list[float] = []

    def stamp(_module: nn.Module, _inputs: object, _output: object) -> None:
        wait()
        stamps.append(time.perf_counter())

    with ExitStack() as hooks:
        for modules in stage_modules(model, spec):
            hooks.callback(modules[-1].register_forward_hook(stamp).remove)
        yield stamps


def _waiter(kind: str) -> Callable[[], None]:
    """Graphics processors work on while Python goes ahead: they must be waited for."""
    waits: dict[str, Callable[[], None]] = {
        "cuda": torch.cuda.synchronize,
        "mps": torch.mps.synchronize,
    }
    return waits.get(kind, _no_wait)


def _no_wait() -> None:
    """The CPU has finished when the call returns."""
