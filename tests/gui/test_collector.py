"""The collector rests as long as anybody needs it to, and is as before afterwards."""

from __future__ import annotations

import gc
import threading

import pytest

from effnet_studio.gui.collector import resting_collector


def test_that_the_collector_rests_until_the_last_of_several_threads_is_done() -> None:
    inside, leave = threading.Event(), threading.Event()

    def other() -> None:
        with resting_collector():
            inside.set()
            leave.wait(10)

    thread = threading.Thread(target=other)
    with resting_collector():
        thread.start()
        assert inside.wait(10)
        assert not gc.isenabled()
    assert not gc.isenabled(), "the other thread still needs it"
    leave.set()
    thread.join()
    assert gc.isenabled()


def test_that_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with resting_collector(), resting_collector():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_that_a_failure_lets_it_work_again() -> None:
    with pytest.raises(ZeroDivisionError), resting_collector():
        print(1 // 0)
    assert gc.isenabled()
