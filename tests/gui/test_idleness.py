"""Threads that wait until the event loop has nothing to do."""

from __future__ import annotations

import threading
import time

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.gui.idleness import Idleness
from effnet_studio.gui.jobs import JobRunner
from effnet_studio.gui.questions import Requests


class Busy(QObject):
    """Keeps the event loop for a while, and notes when it lets go."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.ended = 0.0
        self._seconds = seconds

    def keep(self) -> None:
        """Take all of a turn."""
        time.sleep(self._seconds)
        self.ended = time.monotonic()


@pytest.mark.parametrize(("seconds", "waited_out"), [(0.05, True), (1.0, False)])
def test_that_a_turn_is_waited_out_but_not_a_long_one(
    qtbot: QtBot, seconds: float, *, waited_out: bool
) -> None:
    idleness, busy, went_on = Idleness(), Busy(seconds), []

    def work() -> None:
        idleness.wait()
        went_on.append(time.monotonic())

    thread = threading.Thread(target=work)
    QTimer.singleShot(0, busy, thread.start)
    QTimer.singleShot(0, busy, busy.keep)
    qtbot.waitUntil(lambda: bool(busy.ended and went_on))
    thread.join()
    assert (went_on[0] >= busy.ended) is waited_out


def test_that_a_question_is_begun_when_the_turn_in_which_it_was_asked_is_over(
    qtbot: QtBot, runner: JobRunner
) -> None:
    requests, busy, begun = Requests(runner), Busy(0.05), []

    def ask() -> None:
        requests.ask("when", lambda: begun.append(time.monotonic()))
        busy.keep()

    QTimer.singleShot(0, busy, ask)
    with qtbot.waitSignal(requests.answered):
        pass
    assert begun[0] >= busy.ended


def test_that_a_job_looks_up_between_two_steps(qtbot: QtBot, runner: JobRunner) -> None:
    busy, steps, stopped = Busy(0.08), [], threading.Event()

    def work(*, on_event: object, cancel: CancelToken) -> None:
        while not stopped.is_set():
            cancel.check()
            steps.append(time.monotonic())
            time.sleep(0.001)

    job = runner.start(work, title="Steps", heavy=False)
    qtbot.waitUntil(lambda: len(steps) > 3)
    began: list[float] = []

    def keep() -> None:
        began.append(time.monotonic())
        busy.keep()

    QTimer.singleShot(0, busy, keep)
    qtbot.waitUntil(lambda: busy.ended > 0 and steps[-1] > busy.ended)
    with qtbot.waitSignal(job.succeeded):
        stopped.set()
    during = [each for each in steps if began[0] < each < busy.ended]
    assert not during or during[-1] - began[0] < 0.06, "it looks up every 50 ms"
