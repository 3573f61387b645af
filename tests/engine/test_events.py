"""Progress is told often enough and never too often."""

from __future__ import annotations

import dataclasses
import pickle
import typing
from itertools import pairwise

import pytest

from effnet_studio.engine import events
from effnet_studio.engine.events import Event, Progress, ProgressMeter, Stage


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(events.time, "monotonic", lambda: now[0])
    return now


def progress(heard: list[Event]) -> list[Progress]:
    return [event for event in heard if isinstance(event, Progress)]


def test_that_the_first_and_the_last_state_always_come(clock: list[float]) -> None:
    heard: list[Event] = []
    meter = ProgressMeter(Stage.SCAN, 3, heard.append, unit="files")
    for _ in range(3):
        meter.advance()
    meter.finish()
    told = progress(heard)
    assert [event.done for event in told] == [0, 3]
    assert told[0].eta_seconds is None
    assert told[-1].total == 3
    assert told[-1].unit == "files"


def test_that_reports_are_at_least_a_tenth_of_a_second_apart(clock: list[float]) -> None:
    heard: list[tuple[float, Event]] = []
    meter = ProgressMeter(Stage.TRAIN, 1000, lambda event: heard.append((clock[0], event)))
    for _ in range(1000):
        clock[0] += 0.001
        meter.advance()
    assert 8 <= len(heard) <= 12
    assert all(later - earlier >= 0.0999 for (earlier, _), (later, _) in pairwise(heard))


def test_that_rate_and_remaining_time_are_measured(clock: list[float]) -> None:
    heard: list[Event] = []
    meter = ProgressMeter(Stage.SCAN, 100, heard.append)
    clock[0] += 2.0
    meter.advance(20)
    last = progress(heard)[-1]
    assert last.rate == pytest.approx(10)
    assert last.eta_seconds == pytest.approx(8)


def test_that_an_unknown_total_becomes_known(clock: list[float]) -> None:
    heard: list[Event] = []
    meter = ProgressMeter(Stage.DOWNLOAD, None, heard.append, unit="bytes")
    clock[0] += 1
    meter.advance(5)
    assert progress(heard)[-1].total is None
    assert progress(heard)[-1].eta_seconds is None
    meter.set_total(10)
    clock[0] += 1
    meter.advance(5)
    assert progress(heard)[-1].total == 10
    unknown: list[Event] = []
    other = ProgressMeter(Stage.DOWNLOAD, None, unknown.append)
    other.advance(7)
    other.finish()
    assert progress(unknown)[-1].total == 7


@pytest.mark.parametrize("kind", typing.get_args(Event))
def test_that_events_are_frozen_plain_values(kind: type) -> None:
    assert dataclasses.is_dataclass(kind)
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]


def test_that_events_cross_processes() -> None:
    event = Progress(Stage.SCAN, 1, 2, "files", 3.0, 4.0)
    assert pickle.loads(pickle.dumps(event)) == event
