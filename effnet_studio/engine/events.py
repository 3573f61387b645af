"""What a long job says while it works: a closed union of small frozen values.

Events hold plain Python values only, never tensors or dicts, so that they can cross threads and
processes and be written as JSON lines. Progress is throttled at the source to 10 Hz; first, last
and milestone events always come.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from effnet_studio.engine.messages import Message


class Stage(StrEnum):
    """The kinds of work that report progress."""

    UNPACK = "unpack"
    SCAN = "scan"
    SAMPLE = "sample"
    DOWNLOAD = "download"
    DECODE = "decode"
    FEATURES = "features"
    TRAIN = "train"
    EVALUATE = "evaluate"
    PREDICT = "predict"
    EXPLAIN = "explain"
    FILE = "file"
    EXPORT = "export"
    QUANTIZE = "quantize"
    VERIFY = "verify"
    BENCHMARK = "benchmark"
    CHECK = "check"
    PREPARE = "prepare"


class ExportStep(StrEnum):
    """What an export does, in this order."""

    WRITE = "write"
    """The model is written."""
    ROUND = "round"
    """Ways to round it are tried until one keeps the promise; only where answers may change."""
    COMPARE = "compare"
    """File and app judge the same images."""
    MEASURE = "measure"
    """Time and memory are measured."""
    FINISH = "finish"
    """Certificate and programs are put beside it, all in its place."""


@dataclass(frozen=True)
class Progress:
    """How far one stage of a job has come.

    Attributes:
        stage: The kind of work.
        done: Finished units (files, images, bytes, batches).
        total: All units, or None while that is not known.
        unit: What is counted: ``files``, ``images``, ``bytes``, ``steps`` or ``seconds``.
        rate: Units per second so far, or None at the start.
        eta_seconds: Measured remaining time, or None while it cannot be known.
    """

    stage: Stage
    done: int
    total: int | None
    unit: str = "images"
    rate: float | None = None
    eta_seconds: float | None = None


@dataclass(frozen=True)
class RunStarted:
    """A training run exists on disk and its shape is known.

    Attributes:
        run_id: Name of the run's folder.
        run_dir: Where it is.
        model: Catalog name of the architecture.
        epochs: Planned epochs.
        steps_per_epoch: Optimiser steps in one epoch.
        start_epoch: First epoch to be run (above 0 when a run is resumed), counted from 0.
        train_images: Images trained on.
        val_images: Images validated on.
    """

    run_id: str
    run_dir: Path
    model: str
    epochs: int
    steps_per_epoch: int
    start_epoch: int
    train_images: int
    val_images: int


@dataclass(frozen=True)
class BatchProgress:
    """One training step; throttled.

    Attributes:
        epoch: Epoch the step belongs to, counted from 0.
        step: Optimiser steps finished in the whole run.
        steps: Planned optimiser steps of the whole run.
        loss: Training loss of the step (mean over its images).
        accuracy: Share of the step's (augmented) images that were right, in [0, 1].
        learning_rate: Rate used for the step.
        images_per_second: Measured throughput over the last steps.
        eta_seconds: Measured remaining time of the run, validation included; None at the start.
        gradient_norm: Length of the step's gradient before clipping; None if it is not known.
    """

    epoch: int
    step: int
    steps: int
    loss: float
    accuracy: float
    learning_rate: float
    images_per_second: float
    eta_seconds: float | None
    gradient_norm: float | None = None


@dataclass(frozen=True)
class EpochFinished:
    """One epoch of training and its validation.

    Attributes:
        epoch: Finished epoch, counted from 0.
        epochs: Planned epochs.
        step: Optimiser steps finished in the whole run.
        train_loss: Mean training loss.
        train_accuracy: Accuracy on the (augmented) training images, in [0, 1].
        val_loss: Mean validation loss.
        val_accuracy: Validation accuracy, in [0, 1].
        learning_rate: Rate of the last step.
        images_per_second: Training images per second of this epoch.
        seconds: Duration of the epoch with its validation.
        eta_seconds: Measured remaining time of the run; None while no step was measured.
        best: Whether this is the best epoch so far.
        macro_f1: Mean over the classes of the validation F1, in [0, 1]; None in old records.
        gradient_norm: Mean length of the steps' gradients before clipping; None in old records.
        ema_loss: Validation loss of the averaged weights; None where they are off.
        ema_accuracy: Their validation accuracy, in [0, 1]; None where they are off.
        ema_f1: Their macro F1; None where they are off.
        memory: Bytes of memory in use: of the graphics card, else of this process; None if it is
            not known.
        balanced_accuracy: Mean over the classes of the share of their validation images that are
            right, in [0, 1]; None in old records.
        ema_balanced: The same of the averaged weights; None where they are off.
        averaged: Whether the averaged weights are the better ones, which are kept; None in old
            records: they are if they are more accurate.
    """

    epoch: int
    epochs: int
    step: int
    train_loss: float
    train_accuracy: float
    val_loss: float
    val_accuracy: float
    learning_rate: float
    images_per_second: float
    seconds: float
    eta_seconds: float | None
    best: bool
    macro_f1: float | None = None
    gradient_norm: float | None = None
    ema_loss: float | None = None
    ema_accuracy: float | None = None
    ema_f1: float | None = None
    memory: int | None = None
    balanced_accuracy: float | None = None
    ema_balanced: float | None = None
    averaged: bool | None = None

    @property
    def accuracy(self) -> float:
        """Validation accuracy of the better of plain and averaged weights, which is kept."""
        if self._keeps_averaged and self.ema_accuracy is not None:
            return self.ema_accuracy
        return self.val_accuracy

    @property
    def balanced(self) -> float | None:
        """Balanced accuracy of the weights that :attr:`accuracy` is of; None in old records."""
        return self.ema_balanced if self._keeps_averaged else self.balanced_accuracy

    @property
    def loss(self) -> float:
        """Validation loss of the weights that :attr:`accuracy` is of."""
        if self._keeps_averaged and self.ema_loss is not None:
            return self.ema_loss
        return self.val_loss

    @property
    def _keeps_averaged(self) -> bool:
        if self.averaged is not None:
            return self.averaged
        if self.ema_accuracy is None or self.ema_loss is None:
            return False
        plain = (self.val_accuracy, -self.val_loss)
        return (self.ema_accuracy, -self.ema_loss) > plain


@dataclass(frozen=True)
class Example:
    """A validation image and what the model takes it for.

    Attributes:
        path: The file.
        truth: Its class, as a position in the list of classes.
        predicted: The class with the largest probability.
        probability: Of that class, in [0, 1].
    """

    path: Path
    truth: int
    predicted: int
    probability: float


@dataclass(frozen=True)
class ExamplesJudged:
    """A few validation images, the same after every epoch, and what the model takes them for.

    Attributes:
        epoch: Finished epoch, counted from 0.
        classes: Names of the classes.
        examples: The images.
    """

    epoch: int
    classes: tuple[str, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class CheckpointSaved:
    """A checkpoint is whole on disk.

    Attributes:
        path: File or folder that was written.
        epoch: Epoch it holds, counted from 0.
        best: Whether it is the best so far.
    """

    path: Path
    epoch: int
    best: bool


@dataclass(frozen=True)
class StepStarted:
    """An export has come to its next step."""

    step: ExportStep


@dataclass(frozen=True)
class RecipeTried:
    """One way to round a model was tried and measured on the validation images.

    Attributes:
        recipe: Its name.
        accuracy: Share of the images that the rounded file has right.
        loss: Share that it has right less than the 32-bit file; negative: more.
        agreement: Share of the images with the 32-bit file's answer.
        latency_ms: Median time of one image, milliseconds.
        bytes: Size of the rounded network.
        float_latency_ms: Median time of one image of the 32-bit file, measured in turns.
        float_bytes: Size of the 32-bit file.
        kept_promise: Whether it loses no more than the user allows.
    """

    recipe: str
    accuracy: float
    loss: float
    agreement: float
    latency_ms: float
    bytes: int
    float_latency_ms: float
    float_bytes: int
    kept_promise: bool


@dataclass(frozen=True)
class PauseChanged:
    """The job has begun to wait, or goes on."""

    paused: bool


@dataclass(frozen=True)
class Noted:
    """Something the user should know, nothing wrong with it."""

    message: Message


@dataclass(frozen=True)
class Warned:
    """Something that is not as it should be; the job goes on.

    Attributes:
        message: What is wrong.
        hint: What to do about it, if there is something.
        path: The file concerned, if any.
    """

    message: Message
    hint: Message | None = None
    path: Path | None = None


Event = (
    Progress
    | RunStarted
    | BatchProgress
    | EpochFinished
    | ExamplesJudged
    | CheckpointSaved
    | StepStarted
    | RecipeTried
    | PauseChanged
    | Noted
    | Warned
)
"""Everything a job may say."""

OnEvent = Callable[[Event], None]
"""Where a job says it. Called in the job's own thread."""


def ignore(_event: Event) -> None:
    """Listen to nothing; the default listener of every job."""


class ProgressMeter:
    """Reports the progress of one stage, at most ten times a second.

    Args:
        stage: The kind of work.
        total: All units, or None while that is not known.
        on_event: Where to report.
        unit: What is counted.
        start: Units that were finished before (a resumed download); they do not count as speed.
    """

    INTERVAL = 0.1
    """Least seconds between two reports, the first and last apart."""

    def __init__(
        self,
        stage: Stage,
        total: int | None,
        on_event: OnEvent,
        *,
        unit: str = "images",
        start: int = 0,
    ) -> None:
        self._stage = stage
        self._total = total
        self._on_event = on_event
        self._unit = unit
        self._start = start
        self._done = start
        self._started = time.monotonic()
        self._last = self._started
        self._report()

    def advance(self, units: int = 1) -> None:
        """Count finished units, and report if it is time to."""
        self._done += units
        now = time.monotonic()
        if now - self._last >= self.INTERVAL:
            self._last = now
            self._report()

    def set_total(self, total: int) -> None:
        """Tell how many units there are, once that is known."""
        self._total = total

    def finish(self) -> None:
        """Report the last state."""
        if self._total is None:
            self._total = self._done
        self._report()

    def _report(self) -> None:
        elapsed = time.monotonic() - self._started
        fresh = self._done - self._start
        rate = fresh / elapsed if fresh and elapsed > 0 else None
        eta = (self._total - self._done) / rate if rate and self._total is not None else None
        self._on_event(Progress(self._stage, self._done, self._total, self._unit, rate, eta))
