"""The window's thread goes first: what each thread is told on Linux."""

from __future__ import annotations

import ctypes
import os
import sys
import threading

import pytest

from effnet_studio.gui.jobs import JobRunner
from effnet_studio.gui.precedence import (
    NICENESS,
    PATIENT_NS,
    PROMPT_NS,
    QUESTION_NICENESS,
    SWITCH_SECONDS,
    go_first,
)
from effnet_studio.gui.questions import Requests

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have no timer slack")

_PR_GET_TIMERSLACK = 30


def told() -> tuple[int, int]:
    """Timer slack in nanoseconds, and niceness, of the calling thread."""
    nice = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    return ctypes.CDLL(None).prctl(_PR_GET_TIMERSLACK, 0, 0, 0, 0), nice


def test_that_the_windows_thread_is_woken_on_time_and_jobs_and_questions_let_it_go_first(
    qtbot, runner: JobRunner
) -> None:
    go_first()
    slack, nice = told()
    assert slack == PROMPT_NS
    assert sys.getswitchinterval() == pytest.approx(SWITCH_SECONDS)
    requests = Requests(runner)
    with qtbot.waitSignal(requests.answered) as heard:
        requests.ask("key", told)
    assert heard.args[1] == (PATIENT_NS, nice + QUESTION_NICENESS)
    job = runner.start(told, title="job", with_events=False)
    with qtbot.waitSignal(job.succeeded) as ended:
        pass
    assert ended.args[0] == (PATIENT_NS, nice + NICENESS)
