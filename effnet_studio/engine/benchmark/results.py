"""What was measured, kept in one file for each computer."""

from __future__ import annotations

import dataclasses
import hashlib
import importlib.metadata
import platform
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from effnet_studio import paths
from effnet_studio.engine import atomic
from effnet_studio.engine.benchmark.plan import Runtime, Variant
from effnet_studio.engine.device import GIB, cpu_cores, cpu_name, total_memory

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

FORMAT = 1


@dataclass(frozen=True)
class Timing:
    """Seconds for one picture, over several repeats.

    Attributes:
        median: Of the repeats.
        low: Lower quartile.
        high: Upper quartile: half of the repeats lie between the two.
        repeats: How many there were.
        batch: Pictures computed together.
    """

    median: float
    low: float
    high: float
    repeats: int
    batch: int

    @property
    def per_second(self) -> float:
        """Pictures in a second."""
        return 1 / self.median


def timing(seconds: Sequence[float], batch: int) -> Timing:
    """Sum up repeats.

    Args:
        seconds: For one picture, one entry for each repeat, at least one.
        batch: Pictures computed together.

    Returns:
        Median and quartiles (of one repeat: itself).
    """
    if len(seconds) == 1:
        return Timing(seconds[0], seconds[0], seconds[0], 1, batch)
    low, median, high = statistics.quantiles(seconds, n=4, method="inclusive")
    return Timing(median, low, high, len(seconds), batch)


@dataclass(frozen=True)
class Versions:
    """Libraries that were measured.

    Attributes:
        torch: Version of PyTorch.
        onnxruntime: Version of onnxruntime.
    """

    torch: str
    onnxruntime: str


@dataclass(frozen=True)
class Measurement:
    """One model with one runtime.

    Memory is the most that a process of its own held, Python and the runtime's library included;
    what a graphics card holds is not counted.

    Attributes:
        model: Catalog name, or that of a scaled network.
        size: Side of the input, pixels.
        runtime: What computed it.
        device: Where, as PyTorch names it.
        latency: One picture at a time.
        memory: For one picture at a time, bytes; None where the system does not tell.
        throughput: Pictures in batches; None if there was no time for it.
        train: A training step of the whole network; None if not timed.
        train_frozen: The same with the stages frozen that the preset Balanced freezes.
        train_memory: For training the whole network, bytes.
        versions: Libraries used.
        measured: When, ISO 8601 with time zone.
    """

    model: str
    size: int
    runtime: Runtime
    device: str
    latency: Timing
    memory: int | None
    throughput: Timing | None
    train: Timing | None
    train_frozen: Timing | None
    train_memory: int | None
    versions: Versions
    measured: str

    @property
    def variant(self) -> Variant:
        """What a new measurement takes the place of."""
        return Variant(self.model, self.size, self.runtime)


@dataclass(frozen=True)
class Machine:
    """The computer, as far as it decides how long something takes.

    Attributes:
        processor: Its name.
        cores: That can be used.
        memory: Main memory, GiB, rounded; 0 where the system does not tell.
        system: Operating system and architecture.
    """

    processor: str
    cores: int
    memory: int
    system: str

    @property
    def key(self) -> str:
        """Names this computer's file."""
        text = repr(dataclasses.astuple(self))
        return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


@dataclass(frozen=True)
class Results:
    """Everything measured on one computer.

    Attributes:
        machine: The computer.
        measurements: One for each variant, in the order of their first measuring.
        format: Of the file.
    """

    machine: Machine
    measurements: tuple[Measurement, ...] = ()
    format: int = FORMAT

    def merged(self, fresh: Iterable[Measurement]) -> Results:
        """These results with newer ones in the place of older ones of the same variant."""
        table = {each.variant: each for each in self.measurements}
        for each in fresh:
            table[each.variant] = _with_gaps_filled(each, table.get(each.variant))
        return dataclasses.replace(self, measurements=tuple(table.values()))


def this_machine() -> Machine:
    """Describe the computer this runs on."""
    memory = total_memory()
    return Machine(
        processor=cpu_name(),
        cores=cpu_cores(),
        memory=0 if memory is None else round(memory / GIB),
        system=f"{platform.system()} {platform.machine()}".strip(),
    )


def this_versions() -> Versions:
    """The libraries installed here; nothing is imported."""
    return Versions(_version("torch"), _version("onnxruntime"))


def is_old(measurement: Measurement, versions: Versions) -> bool:
    """Whether the library that computes has changed since.

    Args:
        measurement: What was measured.
        versions: Installed now.
    """
    before = measurement.versions
    if measurement.runtime.trains:
        return before.torch != versions.torch
    return before.onnxruntime != versions.onnxruntime


def results_file(machine: Machine | None = None) -> Path:
    """Where a computer's results are kept.

    Args:
        machine: The computer; None: this one.
    """
    key = (machine or this_machine()).key
    return paths.user_data_dir() / "benchmarks" / f"{key}.json"


def load_results(file: Path | None = None) -> Results:
    """Read what was measured on this computer.

    Args:
        file: The file; None: this computer's.

    Returns:
        The results; empty if there are none, or the file is damaged or another computer's.
    """
    machine = this_machine()
    empty = Results(machine)
    try:
        found = _RESULTS.validate_json((file or results_file(machine)).read_bytes())
    except (OSError, ValidationError):
        return empty  # measuring again costs minutes, nothing that was the user's is lost
    return found if found.format == FORMAT and found.machine == machine else empty


def save_results(fresh: Iterable[Measurement], file: Path | None = None) -> Results:
    """Add measurements to this computer's file.

    Args:
        fresh: They take the place of older ones of the same variant.
        file: The file; None: this computer's.

    Returns:
        All results.

    Raises:
        StorageError: If the file cannot be written.
    """
    results = load_results(file).merged(fresh)
    target = file or results_file(results.machine)
    with atomic.storage_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
    atomic.write_json(target, results_document(results))
    return results


def results_document(results: Results) -> dict[str, Any]:
    """The results as plain values for JSON."""
    document: dict[str, Any] = _RESULTS.dump_python(results, mode="json")
    return document


def _with_gaps_filled(fresh: Measurement, before: Measurement | None) -> Measurement:
    """Keep what was timed before with the same libraries and not this time."""
    if before is None or before.versions != fresh.versions or before.device != fresh.device:
        return fresh
    optional = ("throughput", "train", "train_frozen", "train_memory")
    kept = {name: getattr(before, name) for name in optional if getattr(fresh, name) is None}
    return dataclasses.replace(fresh, **kept)


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


_RESULTS = TypeAdapter(Results)
