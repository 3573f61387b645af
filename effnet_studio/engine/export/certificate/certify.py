"""What is to be known of an exported file before anybody relies on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from effnet_studio.engine.events import ExportStep, Noted, OnEvent, StepStarted, ignore
from effnet_studio.engine.export.certificate.check import compare
from effnet_studio.engine.export.certificate.measure import (
    checksums,
    environment,
    latencies,
    memory_of,
    picture_of,
)
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Dataset, Sample
    from effnet_studio.engine.export.certificate.record import Difference, Latency, PartCheck
    from effnet_studio.engine.export.formats import FormatSpec
    from effnet_studio.engine.predict.predictor import Predictor


@dataclass(frozen=True)
class Evidence:
    """What was found; the fields are those of :class:`~.record.ExportResult`."""

    bytes: int
    sha256: dict[str, str]
    program: str
    notes_fit: bool
    parts: tuple[PartCheck, ...]
    differing: tuple[Difference, ...]
    latencies: tuple[Latency, ...]
    peak_memory: int | None
    environment: dict[str, str]


def certify(
    spec: FormatSpec,
    file: Path,
    app: Predictor,
    dataset: Dataset,
    parts: Mapping[str, Sequence[Sample]],
    *,
    on_event: OnEvent = ignore,
    cancel: CancelToken,
) -> Evidence:
    """Open a file as any user of it would, compare it with the app and measure it.

    Args:
        spec: Its format.
        file: The exported file.
        app: The model inside the app.
        dataset: What the images belong to.
        parts: Images with known classes, by the name of their part.
        on_event: Hears the progress.
        cancel: Stops the job between two images.

    Returns:
        The evidence; :func:`~.verdict.shortcomings` says what it means. Of a file that cannot be
        opened on this computer there is none but its size and checksums.

    Raises:
        ExportError: If no image can be compared.
        ModelError: If the file cannot be opened or run.
        Cancelled: If the job was asked to stop.
    """
    if spec.unopenable() is not None:
        return _unopened(spec, file)
    on_event(StepStarted(ExportStep.COMPARE))
    on_event(Noted(msg("Comparing the file with the app…")))
    runtime = spec.open(file)
    try:
        found = compare(runtime, app, dataset, parts, on_event=on_event, cancel=cancel)
        program = runtime.program
    finally:
        runtime.close()
    on_event(StepStarted(ExportStep.MEASURE))
    on_event(Noted(msg("Measuring its time and memory …")))
    picture = picture_of(parts, app.preprocess)
    files = spec.files(file)
    return Evidence(
        bytes=sum(path.stat().st_size for path in files),
        sha256=checksums(files, file.parent),
        program=program,
        notes_fit=found.notes_fit,
        parts=found.parts,
        differing=found.differing,
        latencies=latencies(spec.open, file, app, picture, cancel),
        peak_memory=memory_of(spec.format, file, picture, cancel),
        environment=environment(program),
    )


def _unopened(spec: FormatSpec, file: Path) -> Evidence:
    files = spec.files(file)
    return Evidence(
        bytes=sum(path.stat().st_size for path in files),
        sha256=checksums(files, file.parent),
        program="",
        notes_fit=False,  # nobody looked
        parts=(),
        differing=(),
        latencies=(),
        peak_memory=None,
        environment=environment(""),
    )
