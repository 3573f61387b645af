"""The progress of long jobs: bars in a terminal, sparse plain lines in a log."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Self

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from effnet_studio.engine import events
from effnet_studio.engine.events import Event, Stage

if TYPE_CHECKING:
    from types import TracebackType

    from rich.console import Console

LOG_INTERVAL = 20.0
"""Seconds between two lines about one stage where no bar can be drawn."""

_TITLES = {
    Stage.UNPACK: "Unpacking",
    Stage.SCAN: "Reading the images",
    Stage.SAMPLE: "Drawing the sample",
    Stage.DOWNLOAD: "Downloading",
    Stage.DECODE: "Decoding the images",
    Stage.FEATURES: "Preparing the images",
    Stage.TRAIN: "Training",
    Stage.EVALUATE: "Evaluating",
    Stage.PREDICT: "Judging the images",
    Stage.EXPLAIN: "Explaining",
    Stage.FILE: "Sorting into folders",
    Stage.EXPORT: "Writing the model",
    Stage.QUANTIZE: "Choosing 8-bit ranges",
    Stage.VERIFY: "Comparing with the app",
    Stage.BENCHMARK: "Measuring",
    Stage.CHECK: "Checking",
    Stage.PREPARE: "Getting ready",
}


class ProgressDisplay:
    """Draws events; use it as a context manager around the job.

    Args:
        console: Where to draw.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bars = _make_bars(console) if console.is_terminal else None
        self._tasks: dict[Stage, TaskID] = {}
        self._started: dict[Stage, float] = {}
        self._logged: dict[Stage, float] = {}

    def __enter__(self) -> Self:
        if self._bars is not None:
            self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._bars is not None:
            self._bars.stop()

    def on_event(self, event: Event) -> None:
        """Draw one event; may be called from any thread."""
        match event:
            case events.Progress():
                self._on_progress(event)
            case events.BatchProgress():
                self._on_batch(event)
            case events.RunStarted():
                self._say(
                    f"Run {event.run_id}: {event.train_images} images to learn from, "
                    f"{event.val_images} to validate on, {event.epochs} epochs"
                )
            case events.EpochFinished():
                self._on_epoch(event)
            case events.PauseChanged():
                self._say("Paused" if event.paused else "Going on")
            case events.Noted():
                self._say(str(event.message))
            case events.Warned():
                self._on_warning(event)
            case events.CheckpointSaved():
                pass  # the line of its epoch says it
            case events.StepStarted() | events.RecipeTried():
                pass  # notes say it in words

    def _on_progress(self, event: events.Progress) -> None:
        stage = event.stage
        finished = event.total is not None and event.done >= event.total > 0
        if stage not in self._started:
            if finished:
                return  # the last state, said once more
            self._started[stage] = self._logged[stage] = time.monotonic()
        if self._bars is not None:
            self._draw(stage, event.done, event.total, f"{_amount(event)}{_speed(event)}")
        now = time.monotonic()
        if finished:
            seconds = now - self._started.pop(stage)
            self._remove_bar(stage)
            self._say(f"{_TITLES[stage]}: {_amount(event)} in {_duration(seconds)}")
        elif self._bars is None and now - self._logged[stage] >= LOG_INTERVAL:
            self._logged[stage] = now
            left = _remaining(event.eta_seconds)
            self._say(f"{_TITLES[stage]}: {_amount(event)}{_speed(event)}{left}")

    def _on_batch(self, event: events.BatchProgress) -> None:
        detail = f"loss {event.loss:.3f} · {event.images_per_second:.0f} images/s"
        if self._bars is not None:
            self._draw(Stage.TRAIN, event.step, event.steps, detail)
            return
        now = time.monotonic()
        if now - self._logged.setdefault(Stage.TRAIN, now) >= LOG_INTERVAL:
            self._logged[Stage.TRAIN] = now
            share = 100 * event.step / event.steps
            self._say(f"Training: {share:.0f} %, {detail}{_remaining(event.eta_seconds)}")

    def _on_epoch(self, event: events.EpochFinished) -> None:
        self._logged[Stage.TRAIN] = time.monotonic()
        self._say(
            f"Epoch {event.epoch + 1}/{event.epochs}: accuracy {100 * event.accuracy:.1f} %, "
            f"loss {event.loss:.3f} (training {event.train_loss:.3f}), "
            f"{event.images_per_second:.0f} images/s{_remaining(event.eta_seconds)}"
            f"{' · best so far' if event.best else ''}"
        )
        if event.epoch + 1 == event.epochs:
            self._remove_bar(Stage.TRAIN)

    def _on_warning(self, event: events.Warned) -> None:
        hint = f" {event.hint}" if event.hint is not None else ""
        self._say(f"Warning: {event.message}{hint}", style="yellow")

    def _draw(self, stage: Stage, done: int, total: int | None, detail: str) -> None:
        if self._bars is None:
            return
        task = self._tasks.get(stage)
        if task is None:
            task = self._tasks[stage] = self._bars.add_task(_TITLES[stage], detail=detail)
        self._bars.update(task, completed=done, total=total, detail=detail)

    def _remove_bar(self, stage: Stage) -> None:
        task = self._tasks.pop(stage, None)
        if self._bars is not None and task is not None:
            self._bars.remove_task(task)

    def _say(self, text: str, *, style: str | None = None) -> None:
        self._console.print(text, style=style, markup=False)


def _make_bars(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[detail]}", style="dim"),
        TimeRemainingColumn(compact=True),
        console=console,
        transient=True,
    )


def _amount(event: events.Progress) -> str:
    """What is done in words, such as ``12 of 100 images``."""
    total = event.total
    if event.unit == "bytes":
        of = f" of {total / 1e6:.1f}" if total is not None else ""
        return f"{event.done / 1e6:.1f}{of} MB"
    if event.unit == "steps" and total == 1:
        return "done" if event.done else "working"
    if total is not None and event.done >= total:
        return f"{total:,} {event.unit}"
    of = f" of {total:,}" if total is not None else ""
    return f"{event.done:,}{of} {event.unit}"


def _speed(event: events.Progress) -> str:
    """How many images or files a second; nothing where other things are counted."""
    if event.unit not in {"images", "files"} or not event.rate:
        return ""
    return f" · {event.rate:.{0 if event.rate >= 10 else 1}f} {event.unit}/s"


def _remaining(seconds: float | None) -> str:
    return f", {_duration(seconds)} left" if seconds is not None and seconds >= 1 else ""


def _duration(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60:02d} min"
