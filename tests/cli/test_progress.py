"""Events as bars in a terminal and as sparse lines in a log."""

from __future__ import annotations

import io
import os
import signal
from pathlib import Path

import pytest
from rich.console import Console

from effnet_studio.cli import progress
from effnet_studio.cli.progress import ProgressDisplay
from effnet_studio.cli.terminal import Terminal
from effnet_studio.engine import events
from effnet_studio.engine.events import Event, ProgressMeter, Stage
from effnet_studio.engine.messages import msg

TRAINING: list[Event] = [
    events.RunStarted("run-1", Path("run-1"), "efficientnet_b0", 2, 10, 0, 80, 20),
    *(
        events.BatchProgress(step // 10, step, 20, 1.5, 0.5, 1e-3, 33.0, 20.0 - step)
        for step in range(1, 21)
    ),
    events.EpochFinished(1, 2, 20, 1.2, 0.6, 1.1, 0.75, 1e-4, 33.0, 5.0, 0.0, best=True),
]


def drawn(happened: list[Event], *, terminal: bool) -> str:
    text = io.StringIO()
    console = Console(file=text, force_terminal=terminal, width=120, color_system=None)
    with ProgressDisplay(console) as display:
        for event in happened:
            display.on_event(event)
    return text.getvalue()


def test_that_a_log_gets_one_line_for_each_milestone() -> None:
    lines = drawn(TRAINING, terminal=False).splitlines()
    assert len(lines) == 2
    assert "80 images to learn from" in lines[0]
    assert "Epoch 2/2: accuracy 75.0 %" in lines[1]
    assert "best so far" in lines[1]


def test_that_a_slow_stage_is_heard_of_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "LOG_INTERVAL", 0.0)
    text = drawn([*TRAINING], terminal=False)
    assert "Training: 50 %, loss 1.500" in text


def test_that_a_stage_is_reported_once_when_it_is_finished() -> None:
    happened: list[Event] = []
    for _ in range(2):  # two imports, one after the other
        meter = ProgressMeter(Stage.SCAN, 3, happened.append, unit="files")
        meter.INTERVAL = 0.0
        for _ in range(3):
            meter.advance()
        meter.finish()
    lines = drawn(happened, terminal=False).splitlines()
    assert len(lines) == 2
    assert all(line.startswith("Reading the images: 3 files in ") for line in lines)


def test_that_a_terminal_gets_bars_and_the_same_milestones() -> None:
    happened: list[Event] = [events.Progress(Stage.DOWNLOAD, 5_000_000, 20_000_000, "bytes")]
    text = drawn([*TRAINING, *happened], terminal=True)
    assert "Epoch 2/2" in text
    assert "33 images/s" in text
    assert "5.0 of 20.0 MB" in text


def test_that_warnings_come_with_what_to_do() -> None:
    warning = events.Warned(msg("No weights [x]."), hint=msg("Connect once."))
    text = drawn([warning, events.Noted(msg("Fine."))], terminal=False)
    assert "Warning: No weights [x]. Connect once." in text
    assert "Fine." in text


def test_that_the_first_ctrl_c_asks_and_the_second_breaks_off(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = signal.getsignal(signal.SIGINT)
    with Terminal().job() as job:
        os.kill(os.getpid(), signal.SIGINT)
        assert job.cancel.cancelled
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before
    assert "Stopping" in capsys.readouterr().err
