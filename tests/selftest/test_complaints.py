"""What the self-test hears: Qt, Python's warnings, the log, and the window."""

from __future__ import annotations

import logging
import warnings

from PySide6.QtCore import QtMsgType, qDebug, qWarning

from effnet_studio.selftest.clock import seconds_since_start
from effnet_studio.selftest.complaints import HARMLESS, Complaints
from effnet_studio.selftest.report import Outcome, Report, StepResult


def test_that_every_kind_of_complaint_is_heard_once() -> None:
    complaints = Complaints()
    with complaints.listening():
        for _ in range(2):
            qWarning("a layout is full")
        qDebug("just so")
        warnings.warn("an old name", DeprecationWarning, stacklevel=1)
        logging.getLogger("effnet_studio.engine.x").warning("no room for %s", "notes")
        logging.getLogger("effnet_studio.engine.x").info("fine")
    said = complaints.take()
    assert len(said) == 3
    assert said[0] == "Qt warning: a layout is full"
    assert said[1].startswith("DeprecationWarning: an old name (")
    assert said[2] == "Log: no room for notes"
    assert complaints.take() == ()


def test_that_what_is_known_to_be_harmless_is_not_counted_and_has_a_reason() -> None:
    complaints = Complaints()
    for words, reason in HARMLESS.items():
        assert reason
        complaints._on_message(QtMsgType.QtWarningMsg, None, f"{words} and more")
    assert complaints.take() == ()


def test_that_nothing_is_heard_any_more_at_the_end() -> None:
    complaints, log = Complaints(), logging.getLogger("effnet_studio")
    before = list(log.handlers), warnings.showwarning
    with complaints.listening():
        assert log.handlers != before[0]
    assert (list(log.handlers), warnings.showwarning) == before


def test_that_the_system_says_when_a_program_began() -> None:
    seconds = seconds_since_start()
    assert seconds is not None
    again = seconds_since_start()
    assert again is not None
    assert 0 < seconds <= again < 3600


def test_that_a_report_is_only_right_when_every_step_is() -> None:
    good = StepResult("a", "A", Outcome.PASSED, 1.0)
    bad = StepResult("b", "B", Outcome.FAILED, 1.0, "", ("It fell.",))
    none = StepResult("c", "C", Outcome.SKIPPED, 0.0)
    for steps, stopped, ok in (
        ((good,), False, True),
        ((good, bad), False, False),
        ((good, none), False, False),
        ((good,), True, False),
        ((), False, False),
    ):
        report = Report(steps, "v", 2.0, 0.5, stopped)
        assert report.ok is ok
        assert report.document()["ok"] is ok
    assert Report((bad,), "v", 2.0, None).document()["steps"][0]["problems"] == ["It fell."]
