"""What is known of an export, kept beside the exported file; read without torch or onnxruntime."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from effnet_studio.engine.evaluation.measures.significance import Share, paired_limits, wilson
from effnet_studio.engine.events import RecipeTried

if TYPE_CHECKING:
    from effnet_studio.engine.project import Project

RECORD_SUFFIX: Final = ".certificate.json"
PAGE_SUFFIX: Final = ".certificate.html"
LABELS_SUFFIX: Final = ".labels.txt"

INT8_AGREEMENT: Final = 0.98
"""Share of images on which a rounded file must give the app's answer to pass."""

SAME_PROBABILITY: Final = 1e-3
"""Largest difference of any probability with which a full-precision file passes."""


class ExportFormat(StrEnum):
    """Files that can be made."""

    ONNX = "onnx"
    """32-bit floating point, images as they are in: answers exactly like the app."""
    ONNX_TENSOR = "onnx-tensor"
    """The network alone: prepared images in, raw scores out, for those who do the rest."""
    ONNX_FP16 = "onnx-fp16"
    """16-bit floating point: half the size, for graphics cards and telephones."""
    ONNX_INT8 = "onnx-int8"
    """8-bit integers: about a quarter to a third of the size."""
    OPENVINO = "openvino"
    """OpenVINO's own pair of files, for Intel's and AMD's processors."""
    OPENVINO_INT8 = "openvino-int8"
    """The same in 8-bit integers."""
    LITERT = "litert"
    """For telephones and small computers, formerly TensorFlow Lite."""
    LITERT_INT8 = "litert-int8"
    """The same in 8-bit integers."""
    EXECUTORCH = "executorch"
    """PyTorch's own format for telephones."""
    COREML = "coreml"
    """Apple's format for iPhones, iPads and Macs: a folder."""
    PYTORCH = "pytorch"
    """A program of ``torch.export`` and the weights as safetensors."""


class Target(StrEnum):
    """What a file is made for: it decides what lies beside it."""

    PYTHON = "python"
    WEB = "web"
    SERVER = "server"
    PHONE = "phone"
    """An app for Android or iOS."""
    PI = "pi"
    """A small computer such as a Raspberry Pi."""
    CPP = "cpp"
    """A program in C++ or another language."""
    RESEARCH = "research"
    """Work with PyTorch."""


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

    def as_event(self) -> RecipeTried:
        """What is said of it while others are still to be tried."""
        return RecipeTried(
            recipe=self.recipe,
            accuracy=self.accuracy,
            loss=self.loss,
            agreement=self.agreement,
            latency_ms=self.latency_ms,
            bytes=self.bytes,
            float_latency_ms=self.float_latency_ms,
            float_bytes=self.float_bytes,
            kept_promise=self.kept_promise,
        )


@dataclass(frozen=True)
class Difference:
    """An image on which file and app differ.

    Attributes:
        image: Its number in the dataset (:attr:`~effnet_studio.engine.data.dataset.Sample.id`).
        name: Its class's name and the file's, without the folders above.
        true: Name of its class.
        app: The app's answer; empty: "none of these".
        file: The file's.
    """

    image: int
    name: str
    true: str
    app: str
    file: str


@dataclass(frozen=True)
class PartCheck:
    """File and app on the images of one part.

    Attributes:
        part: ``val``, ``test``, or ``all`` where there are no validation images.
        images: Compared.
        skipped: That can no longer be read.
        same: With the same answer, "none of these" included.
        correct: That the file has right.
        app_correct: That the app has right.
        lost: That only the app has right.
        won: That only the file has right.
        largest_difference: Of any class's probability on any image.
        silenced: Where the file says "none of these" and the app names a class.
        answered: Where the file names a class and the app says "none of these".
    """

    part: str
    images: int
    skipped: int
    same: int
    correct: int
    app_correct: int
    lost: int
    won: int
    largest_difference: float
    silenced: int = 0
    answered: int = 0

    @property
    def agreement(self) -> float:
        """Share of the images with the same answer, in [0, 1]."""
        return self.same / self.images

    @property
    def accuracy(self) -> float:
        """Share that the file has right, in [0, 1]."""
        return self.correct / self.images

    @property
    def app_accuracy(self) -> float:
        """Share that the app has right, in [0, 1]."""
        return self.app_correct / self.images

    @property
    def loss(self) -> float:
        """Share that the file has right less than the app; negative: more."""
        return (self.lost - self.won) / self.images

    @property
    def accuracy_share(self) -> Share:
        """The file's accuracy with its 95 % interval."""
        return wilson(self.correct, self.images)

    @property
    def agreement_share(self) -> Share:
        """The agreement with its 95 % interval."""
        return wilson(self.same, self.images)

    @property
    def loss_limits(self) -> tuple[float, float]:
        """95 % interval of the loss."""
        return paired_limits(self.lost, self.won, self.images)


@dataclass(frozen=True)
class Latency:
    """Time of one image, from its pixels to the answer, without reading the file.

    Attributes:
        threads: Processor threads it had.
        median_ms: Milliseconds.
        p95_ms: 95th percentile.
        app_median_ms: Of the app with the same threads, measured in turns; 0: not measured.
        rounds: How often it was measured.
    """

    threads: int
    median_ms: float
    p95_ms: float
    app_median_ms: float
    rounds: int


@dataclass(frozen=True)
class ExportResult:
    """An exported file and its certificate.

    Attributes:
        file: The model: a file, or the folder that formats of several files are.
        format: Its format.
        target: What it was made for.
        run: The training it came from.
        model: Catalog name of the architecture.
        classes: How many it tells apart.
        bytes: Size of all its files.
        sha256: Of its files, by their names.
        weights: SHA-256 of the trained weights it was made of.
        dataset_version: Version of the dataset when it was made.
        program: What ran it, with its version; empty: nothing here can.
        notes_fit: Whether what the file says of its preprocessing, its classes and its threshold
            is what the app does.
        parts: The comparison with the app; empty: it was not compared.
        differing: Some of the images with another answer.
        latencies: With one thread and with all.
        peak_memory: Of a process that opens the file and judges one image, bytes; None: unknown.
        environment: Where that was measured: system, processor, versions.
        ok: Whether it passed, see :func:`~.verdict.shortcomings`.
        recipe: How a rounded file was made; empty for others.
        attempts: All that was tried.
        seconds: Duration of the export.
        created: ISO 8601, UTC.
        reject: When the answer is "none of these", for programs other than this one: the ``score``
            (``confidence``: the largest softmax probability; ``energy``: the logarithm of the
            summed exponentials of the outputs), the ``threshold`` below which it is, and what that
            did on the validation images; None: every image is answered.
        budget_points: Accuracy that the file was allowed to lose, percentage points; None where
            it must answer exactly like the app.
        beside: Names of the files that belong to it: programs, labels, certificate.
    """

    file: Path
    format: ExportFormat
    target: Target
    run: str
    model: str
    classes: int
    bytes: int
    sha256: dict[str, str]
    weights: str
    dataset_version: str
    program: str
    notes_fit: bool
    parts: tuple[PartCheck, ...]
    differing: tuple[Difference, ...]
    latencies: tuple[Latency, ...]
    peak_memory: int | None
    environment: dict[str, str]
    ok: bool
    recipe: str
    attempts: tuple[Attempt, ...]
    seconds: float
    created: str
    reject: dict[str, Any] | None = None
    budget_points: float | None = None
    beside: tuple[str, ...] = field(default=())

    @property
    def checked(self) -> bool:
        """Whether the file was opened and compared with the app."""
        return bool(self.parts)

    @property
    def images(self) -> int:
        """Images on which file and app were compared."""
        return sum(part.images for part in self.parts)

    @property
    def skipped(self) -> int:
        """Images that can no longer be read."""
        return sum(part.skipped for part in self.parts)

    @property
    def different(self) -> int:
        """Images with another answer."""
        return sum(part.images - part.same for part in self.parts)

    @property
    def agreement(self) -> float:
        """Share of all images with the same answer, in [0, 1]; 0 if there are none."""
        return 1 - self.different / self.images if self.images else 0.0

    @property
    def max_probability_difference(self) -> float:
        """Largest difference of any class's probability on any image."""
        return max((part.largest_difference for part in self.parts), default=1.0)

    @property
    def accuracy(self) -> float:
        """Of the file on all images compared, in [0, 1]."""
        return sum(part.correct for part in self.parts) / self.images if self.images else 0.0

    @property
    def app_accuracy(self) -> float:
        """Of the app on the same images, in [0, 1]."""
        return sum(part.app_correct for part in self.parts) / self.images if self.images else 0.0

    @property
    def latency_ms(self) -> float:
        """Median time of one image with all threads, milliseconds; 0: not measured."""
        return self.latencies[-1].median_ms if self.latencies else 0.0

    @property
    def app_latency_ms(self) -> float:
        """The same in the app, measured in turns with the file."""
        return self.latencies[-1].app_median_ms if self.latencies else 0.0

    @property
    def labels_file(self) -> Path:
        """Text file with one class name a line, in the order of the outputs."""
        return self.file.with_name(self.file.stem + LABELS_SUFFIX)

    @property
    def page_file(self) -> Path:
        """The certificate as a page for a browser."""
        return self.file.with_name(self.file.stem + PAGE_SUFFIX)

    def to_json(self) -> dict[str, Any]:
        """Plain values for JSON; nothing in them tells of the computer's folders."""
        return {
            "certificate": 1,
            **dataclasses.asdict(self),
            "file": self.file.name,
            "format": self.format.value,
            "target": self.target.value,
        }


def told_share(share: float) -> float:
    """A share of same answers as it is told: 100.0 % means every one, however many there are.

    Args:
        share: In [0, 1].
    """
    return share if share == 1 else min(share, 0.999)


def read_record(record: Path) -> ExportResult:
    """Read what was written beside an exported file.

    Args:
        record: A file whose name ends in :data:`RECORD_SUFFIX`.

    Returns:
        The export; its file is looked for beside the record, so the folder may be moved.

    Raises:
        ValueError: If the record is damaged, or of another version of the app.
        OSError: If it cannot be read.
    """
    about = json.loads(record.read_text(encoding="utf-8"))
    try:
        if about.pop("certificate") != 1:
            raise ValueError(f"{record.name} is of another version")
        return ExportResult(
            **{
                **_known(ExportResult, about),
                "file": record.with_name(Path(about["file"]).name),
                "format": ExportFormat(about["format"]),
                "target": Target(about["target"]),
                "parts": tuple(PartCheck(**_known(PartCheck, part)) for part in about["parts"]),
                "differing": tuple(
                    Difference(**_known(Difference, one)) for one in about["differing"]
                ),
                "latencies": tuple(Latency(**_known(Latency, one)) for one in about["latencies"]),
                "attempts": tuple(
                    Attempt(**_known(Attempt, attempt)) for attempt in about["attempts"]
                ),
                "beside": tuple(about["beside"]),
            }
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{record.name} is damaged") from error


def _known(kind: type[Any], about: dict[str, Any]) -> dict[str, Any]:
    """What this version understands; a newer one may have written more."""
    names = {each.name for each in dataclasses.fields(kind)}
    return {name: value for name, value in about.items() if name in names}


def one_line(name: str) -> str:
    """The name of a class as it stands in a list of one name a line.

    Args:
        name: Perhaps with line breaks, as tables may have them.
    """
    return " ".join(name.splitlines())


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
            if export.file.exists():
                found.append(export)
    return found
