"""How fast this computer trains and answers, beside one that everybody is compared with."""

from __future__ import annotations

import dataclasses
import statistics
import time
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter, ValidationError

from effnet_studio import paths
from effnet_studio.engine import atomic
from effnet_studio.engine.benchmark.plan import Runtime, Task, Variant
from effnet_studio.engine.benchmark.results import this_machine, this_versions
from effnet_studio.engine.benchmark.timed import torch_maker
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.device import choose_device
from effnet_studio.engine.doctor.references import REFERENCES, Reference
from effnet_studio.engine.events import OnEvent, ProgressMeter, Stage, ignore
from effnet_studio.engine.training.config import PRESETS, Preset

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MODEL: Final = "efficientnet_b0"
"""The architecture of the starter weights, and the usual choice."""

SIZE: Final = 224
ROUNDS: Final = 3
ROUND_SECONDS: Final = 0.6
"""A round takes about as long; a slower computer finishes what it has begun."""

BATCH: Final = {"cpu": 8}
CARD_BATCH: Final = 64
"""Pictures in a batch: enough to keep a graphics card busy, and few enough for a processor."""

USUAL_PICTURES: Final = 200
"""Of the training whose length is told as an example."""

VALIDATED: Final = 0.2
"""Share of them that is validated on."""

_START: Final = 3.0
"""Seconds to begin and to end a training, about."""

_TASKS: Final = (Task.THROUGHPUT, Task.TRAIN_FROZEN, Task.TRAIN)


@dataclass(frozen=True)
class Speed:
    """What was measured on a computer, in pictures a second.

    Attributes:
        device: What computed, for people.
        kind: ``cpu``, ``cuda`` or ``mps``.
        batch: Pictures in a batch.
        predict: Answered.
        train_frozen: Trained on, with the early stages frozen as in the preset Balanced.
        train: The same of the whole network.
        torch: Version of PyTorch.
        machine: Names the computer.
        measured: When, ISO 8601 with time zone.
    """

    device: str
    kind: str
    batch: int
    predict: float
    train_frozen: float
    train: float
    torch: str
    machine: str
    measured: str

    @property
    def rates(self) -> tuple[float, float, float]:
        """Answered, trained as Balanced, trained whole."""
        return self.predict, self.train_frozen, self.train

    @property
    def training_seconds(self) -> float:
        """A training of :data:`USUAL_PICTURES` with the preset Balanced, about, at most."""
        epochs: int = PRESETS[Preset.BALANCED]["epochs"]
        trained, validated = USUAL_PICTURES * (1 - VALIDATED), USUAL_PICTURES * VALIDATED
        return _START + epochs * (trained / self.train_frozen + validated / self.predict)

    def beside(self, reference: Reference) -> float:
        """How many times as fast as another computer this one trains and answers.

        Args:
            reference: The other one.

        Returns:
            The geometric mean of the three ratios.
        """
        pairs = zip(self.rates, reference.rates, strict=True)
        return statistics.geometric_mean(mine / other for mine, other in pairs)


def measure_speed(
    *, device: str = "auto", on_event: OnEvent = ignore, cancel: CancelToken | None = None
) -> Speed:
    """Let the starter's network answer and train on random pictures, a few seconds long.

    These are the steps of a real training, with the number formats that it would choose. Reading
    pictures from the disk is not part of it.

    Args:
        device: As in :func:`~effnet_studio.engine.device.choose_device`.
        on_event: Told the progress.
        cancel: Checked between two steps.

    Returns:
        The figures; they are not kept yet.

    Raises:
        ConfigError: If no device has such a name.
        Cancelled: If stopped.
    """
    token = cancel or CancelToken()
    chosen = choose_device(device)
    batch = BATCH.get(chosen.kind, CARD_BATCH)
    meter = ProgressMeter(Stage.BENCHMARK, len(_TASKS) * (ROUNDS + 1), on_event, unit="steps")
    make = torch_maker(Variant(MODEL, SIZE, Runtime.MIXED), chosen.name)
    rates = []
    for task in _TASKS:
        call = make(task, batch)
        rates.append(batch * _rate(call, token, meter))
    meter.finish()
    return Speed(
        device=chosen.title,
        kind=chosen.kind,
        batch=batch,
        predict=rates[0],
        train_frozen=rates[1],
        train=rates[2],
        torch=this_versions().torch,
        machine=this_machine().key,
        measured=datetime.now().astimezone().isoformat(timespec="seconds"),
    )


def speed_file() -> Path:
    """Where the last measurement is kept."""
    return paths.user_data_dir() / "speed.json"


def keep_speed(speed: Speed) -> None:
    """Keep a measurement for the next time.

    Raises:
        StorageError: If it cannot be written.
    """
    file = speed_file()
    with atomic.storage_errors(file):
        file.parent.mkdir(parents=True, exist_ok=True)
    atomic.write_json(file, dataclasses.asdict(speed))


def kept_speed() -> Speed | None:
    """The last measurement on this computer; None if there is none, or it is another one's."""
    try:
        found = _SPEED.validate_json(speed_file().read_bytes())
    except (OSError, ValidationError):
        return None
    return found if found.machine == this_machine().key and found.train > 0 else None


def speed_document(speed: Speed) -> dict[str, Any]:
    """A measurement and what it is compared with, as plain values for JSON."""
    return {
        **dataclasses.asdict(speed),
        "training_seconds": speed.training_seconds,
        "reference": REFERENCES[0].key,
        "times_reference": speed.beside(REFERENCES[0]),
    }


def _rate(call: Callable[[], None], token: CancelToken, meter: ProgressMeter) -> float:
    """Calls a second: the median of a few rounds, after one that warms up."""
    rates = []
    for _ in range(ROUNDS + 1):
        calls, began = 0, time.perf_counter()
        while calls == 0 or time.perf_counter() - began < ROUND_SECONDS:
            token.check()
            call()
            calls += 1
        rates.append(calls / (time.perf_counter() - began))
        meter.advance()
    return statistics.median(rates[1:])


_SPEED = TypeAdapter(Speed)
