"""A job can be stopped and made to wait from another thread."""

from __future__ import annotations

import threading
import time
from threading import Timer

import pytest

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled


def test_that_a_fresh_token_lets_the_job_go_on() -> None:
    token = CancelToken()
    token.check()
    assert not token.cancelled
    assert not token.paused


def test_that_a_cancelled_token_stops_the_job_every_time() -> None:
    token = CancelToken()
    token.cancel()
    for _ in range(2):
        with pytest.raises(Cancelled):
            token.check()


def test_that_pause_blocks_until_resume_and_is_told() -> None:
    token, told, passed = CancelToken(), [], threading.Event()
    waiting = threading.Event()
    token.pause()

    def on_pause(paused: object) -> None:
        told.append(paused)
        waiting.set()

    def job() -> None:
        token.check(on_pause)
        passed.set()

    thread = threading.Thread(target=job)
    thread.start()
    assert waiting.wait(5)
    assert not passed.wait(0.05)
    assert token.paused
    token.resume()
    assert passed.wait(5)
    thread.join()
    assert told == [True, False]


def test_that_a_paused_job_can_be_stopped() -> None:
    token, stopped = CancelToken(), threading.Event()
    token.pause()

    def job() -> None:
        try:
            token.check()
        except Cancelled:
            stopped.set()

    thread = threading.Thread(target=job)
    thread.start()
    token.cancel()
    assert stopped.wait(5)
    thread.join()


def test_that_a_cancelled_job_cannot_be_paused_any_more() -> None:
    token = CancelToken()
    token.cancel()
    token.pause()
    assert not token.paused


def test_that_a_cancel_in_the_middle_of_a_pause_wins() -> None:
    token = CancelToken()

    class Interrupted(threading.Event):
        def clear(self) -> None:
            token.cancel()
            super().clear()

    token._running = Interrupted()
    token.pause()
    assert not token.paused
    with pytest.raises(Cancelled):
        token.check()


def test_that_a_wait_ends_when_the_job_is_stopped() -> None:
    token = CancelToken()
    token.wait(0)
    Timer(0.02, token.cancel).start()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        token.wait(60)
    assert time.monotonic() - began < 30
