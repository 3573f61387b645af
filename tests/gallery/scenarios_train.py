"""The Train page: nothing to learn from, ready, every phase of a run, and what came of runs."""

from __future__ import annotations

import math
import threading
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from effnet_studio.engine.events import (
    BatchProgress,
    EpochFinished,
    Example,
    ExamplesJudged,
    Noted,
    Progress,
    RunStarted,
    Warned,
)
from effnet_studio.engine.events import (
    Stage as Work,
)
from effnet_studio.engine.messages import msg
from effnet_studio.engine.training.config import Preset
from effnet_studio.engine.training.estimate import Estimate
from effnet_studio.engine.training.memory import memory_errors
from tests.gallery.names import in_words
from tests.gallery.registry import Scenario

if TYPE_CHECKING:
    from collections.abc import Iterator

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.events import Event, OnEvent
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.pages.train import TrainPage
    from tests.gallery.stage import Stage

EPOCHS, STEPS = 10, 24
_IMAGES_PER_SECOND = 11.6


def _curve(epoch: float, start: float, end: float) -> float:
    return end + (start - end) * math.exp(-epoch / 3)


def run_events(epochs: float) -> list[Event]:
    """A run as it would be told, up to a number of epochs (a fraction for one under way)."""
    total = EPOCHS * STEPS
    events: list[Event] = [
        RunStarted(
            "20260721-101500-efficientnet_b0",
            Path("run"),
            "efficientnet_b0",
            EPOCHS,
            STEPS,
            0,
            768,
            192,
        ),
    ]
    for step in range(1, round(epochs * STEPS) + 1):
        at = step / STEPS
        noise = math.sin(step * 12.9898) * 0.6 + math.sin(step * 4.1414) * 0.4
        left = (total - step) * 32 / _IMAGES_PER_SECOND
        rate = 1e-3 * min(at, 0.5 + 0.5 * math.cos(math.pi * max(0.0, at - 1) / (EPOCHS - 1)))
        loss = _curve(at, 1.85, 0.62) + 0.12 * noise
        accuracy = min(1.0, max(0.0, _curve(at, 0.2, 0.93) - 0.05 * noise))
        events.append(
            BatchProgress(
                (step - 1) // STEPS,
                step,
                total,
                loss,
                accuracy,
                rate,
                _IMAGES_PER_SECOND,
                left,
                gradient_norm=2.4 + 1.1 * noise,
            )
        )
        if step % STEPS == 0:
            epoch = step // STEPS - 1
            events.append(
                EpochFinished(
                    epoch,
                    EPOCHS,
                    step,
                    _curve(at, 1.9, 0.64),
                    _curve(at, 0.22, 0.92),
                    _curve(at, 1.7, 0.58) + 0.03 * math.sin(epoch * 2.2),
                    _curve(at, 0.3, 0.95) - 0.015 * math.sin(epoch * 2.2),
                    rate,
                    _IMAGES_PER_SECOND,
                    74.0,
                    left,
                    True,
                    macro_f1=_curve(at, 0.25, 0.93),
                    gradient_norm=_curve(at, 4.0, 2.2),
                    ema_loss=_curve(at, 1.8, 0.5),
                    ema_accuracy=_curve(at, 0.25, 0.96),
                    memory=round(2.9 * 2**30),
                )
            )
    return events


def begin(stage: Stage, events: list[Event]) -> Job:
    """Replay a training on the open project."""

    def start(function: object) -> Job:
        return stage.session._begin_training(function, None, title=in_words("Session", "Training"))

    return stage.perform(start, events)


def judged(stage: Stage, epoch: int) -> ExamplesJudged:
    """Some of the project's images, one of them taken for something else."""
    dataset = stage.session.dataset
    assert dataset is not None
    samples = dataset.subset("val")[:: max(1, len(dataset.subset("val")) // 8)][:8]
    examples = [
        Example(
            sample.path,
            sample.label,
            (sample.label + (number == 2)) % len(dataset.classes),
            0.58 + 0.05 * number,
        )
        for number, sample in enumerate(samples)
    ]
    return ExamplesJudged(epoch, dataset.classes, tuple(examples))


def _empty(stage: Stage) -> None:
    stage.session.create_project(stage.folder / "Garden.effnet", "Garden")
    stage.wait_for(lambda: stage.session.project is not None)
    stage.window.show_page("train")


def _ready(stage: Stage) -> None:
    stage.open_copy(stage.material.imported, "train")
    page = cast("TrainPage", stage.window.page("train"))
    for preset, seconds, memory, disk in (
        (Preset.INSTANT, 9, 0.9e9, 55e6),
        (Preset.BALANCED, 64, 1.4e9, 130e6),
        (Preset.BEST, 940, 3.4e9, 160e6),
    ):
        page.setup.presets.set_estimate(preset, Estimate(seconds, int(memory), int(disk)))


def _preparing(stage: Stage) -> None:
    stage.open_copy(stage.material.imported, "train")
    begin(stage, [Progress(Work.DOWNLOAD, 8_400_000, 21_400_000, "bytes", 1.1e6, 11.8)])


def _working(stage: Stage) -> None:
    stage.open_copy(stage.material.trained, "train")
    note = msg(
        "Starter backbone shipped with the app: {model} knows simple shapes and textures "
        "from small images. ImageNet weights are better when there is a network.",
        model="EfficientNet-B0",
    )
    begin(stage, [Noted(note), *run_events(6.4), judged(stage, 5)])


def _uneven(stage: Stage) -> None:
    """Of one class there are far fewer images: accuracy alone would mislead."""
    stage.open_copy(stage.material.imported, "train")
    dataset = stage.session.dataset
    assert dataset is not None
    few = [sample.id for sample in dataset.subset("train") if sample.label == 0][8:]
    stage.session.editor.exclude(few, excluded=True)
    stage.wait_for(lambda: stage.session.dataset is not dataset)
    begin(
        stage,
        [
            replace(event, balanced_accuracy=0.61, averaged=False)
            if isinstance(event, EpochFinished)
            else event
            for event in run_events(6.4)
        ],
    )


def _warned(stage: Stage) -> None:
    stage.open_copy(stage.material.imported, "train")
    warning = Warned(
        msg(
            "No pre-trained weights are available ({reason}): {model} starts from nothing and "
            "will be far less accurate on a small set of images.",
            reason=msg("no network"),
            model="EfficientNet-B0",
        ),
        hint=msg("Connect to the network once, or choose a weights file (.pth, .safetensors)."),
    )
    begin(stage, [warning, *run_events(1.5)])


def _paused(stage: Stage) -> None:
    stage.open_copy(stage.material.imported, "train")
    job = begin(stage, run_events(3.2))
    job.pause()


def _stopping(stage: Stage) -> Iterator[None]:
    """A stop that was asked for while a long step is under way."""
    stage.open_copy(stage.material.imported, "train")
    events, over = run_events(3.2), threading.Event()

    def long_step(*_: object, on_event: OnEvent, cancel: CancelToken) -> None:
        for event in events:
            on_event(event)
        over.wait()
        cancel.check()

    job = stage.session._begin_training(long_step, None, title=in_words("Session", "Training"))
    stage.wait_for(lambda: job.last_event == events[-1])
    stage.window.page("train")._on_stop()
    try:
        yield
    finally:
        over.set()


def _failed(stage: Stage) -> None:
    stage.open_copy(stage.material.imported, "train")
    events = run_events(2.3)

    def fail(*_: object, on_event: object, cancel: object) -> None:
        for event in events:
            on_event(event)  # type: ignore[operator]
        with memory_errors():
            raise MemoryError

    stage.session._begin_training(fail, None, title=in_words("Session", "Training"))
    stage.wait_for(lambda: stage.session.training_job is None)


def _run(stage: Stage, state: str) -> None:
    stage.open_copy(stage.material.trained, "train")
    page = stage.window.page("train")
    run = next(run for run in stage.session.runs if run.state == state)
    page._on_run_chosen(run)


def _table(stage: Stage) -> None:
    stage.open_copy(stage.material.trained, "train")
    page = stage.window.page("train")
    page.plots.accuracy._table_button.setChecked(True)


def _hovered(stage: Stage) -> None:
    stage.open_copy(stage.material.imported, "train")
    begin(stage, run_events(6.4))
    stage.window.page("train").plots.accuracy._on_hovered(3.4)


def _advanced(stage: Stage) -> None:
    stage.open_copy(stage.material.imported, "train")
    setup = stage.window.page("train").setup
    setup.unfold()
    stage.settle(0.1)
    setup.findChild(object, "train_setup_scroll").verticalScrollBar().setValue(330)


SCENARIOS = (
    Scenario("train", "empty", _empty),
    Scenario("train", "ready", _ready),
    Scenario("train", "advanced", _advanced),
    Scenario("train", "preparing", _preparing),
    Scenario("train", "working", _working),
    Scenario("train", "hovered", _hovered),
    Scenario("train", "uneven", _uneven),
    Scenario("train", "warned", _warned),
    Scenario("train", "paused", _paused),
    Scenario("train", "stopping", _stopping),
    Scenario("train", "done", partial(_run, state="finished")),
    Scenario("train", "stopped", partial(_run, state="stopped")),
    Scenario("train", "interrupted", partial(_run, state="interrupted")),
    Scenario("train", "table", _table),
    Scenario("train", "failed", _failed),
)
