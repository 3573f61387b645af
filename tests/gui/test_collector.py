"""The collector rests as long as anybody needs it to, and is as before afterwards."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest

from effnet_studio.gui.collector import resting_collector, sparing_collector


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


class _Ring:
    """Garbage that only the collector finds."""

    def __init__(self) -> None:
        self.me = self


def _full_collections() -> int:
    """Make objects that stay and rings that do not.

    Returns:
        How often the collector went through all objects meanwhile.
    """
    before, kept = gc.get_stats()[2]["collections"], []
    rings = []
    for number in range(20_000):
        kept.append([number])
        if number % 100 == 0:
            rings.append(weakref.ref(_Ring()))
    assert not any(ring() for ring in rings[:100]), "young garbage is freed"
    return int(gc.get_stats()[2]["collections"] - before)


def test_that_old_objects_are_spared_until_the_last_block_ends() -> None:
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()  # else the many objects of the tests put collections off
    gc.collect()
    gc.set_threshold(50, 2, 2)
    try:
        with sparing_collector():
            with sparing_collector():
                pass
            assert _full_collections() == 0
        assert gc.get_threshold() == (50, 2, 2)
        assert _full_collections() > 0
    finally:
        gc.set_threshold(*before)
