"""What is told of a window that kept one waiting."""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from tests.monkey.watch import Block, Heart, Watch

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def heart() -> Iterator[Heart]:
    """One that has begun to beat."""
    heart = Heart(Watch())
    heart.beat()
    yield heart
    heart.stop()


def first_work() -> None:
    time.sleep(0.15)


def second_work() -> None:
    time.sleep(0.1)


def test_that_each_part_of_what_kept_the_window_is_told(heart: Heart) -> None:
    first_work()
    second_work()
    heart.beat()
    (block,) = heart.watch.blocks
    assert block.seconds > 0.2
    assert block.processor < 0.1
    told = str(block)
    assert told.index("in first_work") < told.index("in second_work")


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_that_who_took_the_processor_is_told(heart: Heart) -> None:
    ended = threading.Event()

    def busy() -> None:
        while not ended.is_set():
            pass

    thread = threading.Thread(target=busy, name="somebody busy")
    thread.start()
    time.sleep(0.4)
    heart.beat()
    ended.set()
    thread.join()
    (block,) = heart.watch.blocks
    assert block.others["somebody busy"] > 0.05
    assert "somebody busy took" in str(block)


def test_that_what_was_waited_for_is_told_where_it_counts() -> None:
    others = {"job: Training": 0.12, "idle": 0.0}
    block = Block(0.15, 0.02, 3, "click", stolen=0.01, queued=0.03, locked=0.136, others=others)
    assert str(block).splitlines() == [
        "150 ms late (20 ms of processor, 3 pages from the disk), after: click",
        "the processors were lent to others for 10 ms",
        "no processor was free for 30 ms",
        "Python's lock was not to be had for 136 ms",
        "job: Training took 120 ms of processor",
    ]
    assert len(str(Block(0.15, 0.15, 0, "click", locked=0.002)).splitlines()) == 1


def test_that_beats_in_time_are_no_block(heart: Heart) -> None:
    heart.beat()
    assert not heart.watch.blocks
    assert len(heart.watch.gaps) == 1
