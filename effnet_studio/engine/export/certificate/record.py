"""What is known of an export, kept beside the exported file; read without torch or onnxruntime."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from effnet_studio.engine.project import Project

RECORD_SUFFIX = ".verification.json"
LABELS_SUFFIX = ".labels.txt"

INT8_AGREEMENT = 0.98
"""Share of images on which an 8-bit file must give the app's answer to pass."""

SAME_PROBABILITY = 1e-3
"""Largest difference of any probability with which a full-precision file passes."""


class ExportFormat(StrEnum):
    """Files that can be made."""

    ONNX = "onnx"
    """32-bit floating point, images as they are in: answers exactly like the app."""
    ONNX_TENSOR = "onnx-tensor"
    """The network alone: prepared images in, raw scores out, for those who do the rest."""
    ONNX_INT8 = "onnx-int8"
    """8-bit integers: about a quarter of the size."""


@dataclass(frozen=True)
class Attempt:
    """One way to make a file smaller, tried and measured.

    Attributes:
        recipe: Its name, see :mod:`effnet_studio.engine.export.int8.search`.
        agreement: Share of the judged images with the 32-bit file's answer, in [0, 1].
        latency_ms: Median time of one image, milliseconds.
        bytes: Size of the file.
        images: Validation images judged.
        accuracy: Share of them that the file has right.
        loss: Share that it has right less than the 32-bit file; negative: more.
        loss_low: Lower end of the loss's 95 % interval.
        loss_high: Upper end; with few images it is far above the loss itself.
        float_latency_ms: Median time of one image of the 32-bit file, measured in turns.
        batch: Images at a time in the next two.
        batch_latency_ms: Median time of that many images.
        float_batch_latency_ms: The same of the 32-bit file, measured in turns.
        float_bytes: Size of the 32-bit file.
        kept_promise: Whether the loss is within what the user allows, and the answers agree.
    """

    recipe: str
    agreement: float
    latency_ms: float
    bytes: int
    images: int = 0
    accuracy: float = 0.0
    loss: float = 0.0
    loss_low: float = -1.0
    loss_high: float = 1.0
    float_latency_ms: float = 0.0
    batch: int = 0
    batch_latency_ms: float = 0.0
    float_batch_latency_ms: float = 0.0
    float_bytes: int = 0
    kept_promise: bool = False

    @property
    def speed_up(self) -> float:
        """How many times faster than the 32-bit file one image is; 0 where not measured."""
        return self.float_latency_ms / self.latency_ms if self.latency_ms else 0.0

    @property
    def batch_speed_up(self) -> float:
        """The same of a batch."""
        if not self.batch_latency_ms:
            return 0.0
        return self.float_batch_latency_ms / self.batch_latency_ms


@dataclass(frozen=True)
class ExportResult:
    """An exported file and how it compares with the app.

    Attributes:
        file: The model.
        format: Its format.
        run: The training it came from.
        model: Catalog name of the architecture.
        bytes: Size of the file.
        images: Validation images on which file and app were compared.
        skipped: Images that can no longer be read.
        agreement: Share of the images with the same likeliest class, in [0, 1].
        max_probability_difference: Largest difference of any class's probability.
        accuracy: Of the file, in [0, 1].
        app_accuracy: Of the app on the same images, in [0, 1].
        latency_ms: Median time of one image in onnxruntime, milliseconds, without reading it.
        app_latency_ms: The same in the app, measured in turns with the file.
        ok: Whether the file passed: all answers and probabilities equal, or enough answers for 8
            bits.
        differing: Some of the images with another answer.
        recipe: How an 8-bit file was made; empty for others.
        attempts: All that was tried for an 8-bit file.
        seconds: Duration of the export.
        created: ISO 8601, UTC.
        reject: When the answer is "none of these", for programs other than this one: the ``score``
            (``confidence``: the largest softmax probability; ``energy``: the logarithm of the
            summed exponentials of the outputs), the ``threshold`` below which it is, and what that
            did on the validation images; None: every image is answered.
        budget_points: Accuracy that the file was allowed to lose, percentage points; None where
            it must answer exactly like the app.
    """

    file: Path
    format: ExportFormat
    run: str
    model: str
    bytes: int
    images: int
    skipped: int
    agreement: float
    max_probability_difference: float
    accuracy: float
    app_accuracy: float
    latency_ms: float
    app_latency_ms: float
    ok: bool
    differing: tuple[Path, ...]
    recipe: str
    attempts: tuple[Attempt, ...]
    seconds: float
    created: str
    reject: dict[str, Any] | None = None
    budget_points: float | None = None

    @property
    def labels_file(self) -> Path:
        """Text file with one class name a line, in the order of the outputs."""
        return self.file.with_name(self.file.stem + LABELS_SUFFIX)

    def to_json(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            **dataclasses.asdict(self),
            "file": str(self.file),
            "format": self.format.value,
            "differing": [str(path) for path in self.differing],
        }


def read_record(record: Path) -> ExportResult:
    """Read what was written beside an exported file.

    Args:
        record: A file whose name ends in :data:`RECORD_SUFFIX`.

    Returns:
        The export; its file is looked for beside the record, so the folder may be moved.

    Raises:
        ValueError: If the record is damaged.
        OSError: If it cannot be read.
    """
    about = json.loads(record.read_text(encoding="utf-8"))
    try:
        return ExportResult(
            **{
                **about,
                "file": record.with_name(Path(about["file"]).name),
                "format": ExportFormat(about["format"]),
                "differing": tuple(Path(path) for path in about["differing"]),
                "attempts": tuple(Attempt(**attempt) for attempt in about["attempts"]),
            }
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"{record.name} is damaged") from error


def list_exports(project: Project) -> list[ExportResult]:
    """Exports inside a project, newest first; damaged or moved ones are left out.

    Args:
        project: The open project.
    """
    found = []
    for folder in project.export_dirs():
        for record in sorted(folder.glob(f"*{RECORD_SUFFIX}")):
            try:
                export = read_record(record)
            except (OSError, ValueError):
                continue  # somebody else's file; nothing of the project depends on it
            if export.file.is_file():
                found.append(export)
    return found
