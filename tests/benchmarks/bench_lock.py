"""How long the window waits for Python's lock beside a thread that computes in Python.

``python -m tests.benchmarks.bench_lock`` has one thread do what a page does that is laid out and
painted: short work without Python's lock, and shorter and longer work with it. Beside it another
looks into networks, as the Models page does. It prints how long a turn takes by switch interval and
by the timer slack of both threads, and how many networks the other looked into; and how many two
such threads look into that have only each other. Linux only.
"""

from __future__ import annotations

import statistics
import sys
import threading
import time
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.models.anatomy import dissect
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.gui.precedence import PATIENT_NS, PROMPT_NS, SWITCH_SECONDS, set_timer_slack

if TYPE_CHECKING:
    from collections.abc import Callable

CALLS = 1000
"""Pieces of work without the lock in a turn, 10 µs each; as many with it, of 5 µs."""
STRETCHES = 10
"""Longer pieces with it, of 0.5 ms."""
TURNS = 20
USUAL_NS = 50_000
"""Linux's timer slack."""
WAYS = [
    (0.005, USUAL_NS, USUAL_NS),
    (0.0001, USUAL_NS, USUAL_NS),
    (0.0001, PROMPT_NS, PATIENT_NS),
    (SWITCH_SECONDS, USUAL_NS, USUAL_NS),
    (SWITCH_SECONDS, PROMPT_NS, USUAL_NS),
    (SWITCH_SECONDS, PROMPT_NS, PATIENT_NS),
]
"""Switch interval in seconds, slack of the window and of the other in nanoseconds."""


def main() -> None:
    """Print the times."""
    _look_inside()
    print(f"alone: {1000 * statistics.median(_turns()):.0f} ms")
    for interval, prompt, patient in WAYS * 2:
        sys.setswitchinterval(interval)
        took, one = _beside(1, prompt, patient, _turns)
        _, two = _beside(2, prompt, patient, _rest)
        print(
            f"interval {1e6 * interval:4.0f} µs, slack {prompt:5} and {patient:7} ns: "
            f"{1000 * statistics.median(took):3.0f} ms (median), {1000 * max(took):3.0f} ms "
            f"(longest); the other looked into {one:.1f} a second, two by themselves {two:.1f}"
        )


def _turns() -> list[float]:
    """Seconds that each turn of the event loop takes."""
    small = np.ones((64, 64), np.float32)
    took = []
    for _ in range(TURNS):
        time.sleep(0.05)
        began = time.perf_counter()
        for _ in range(STRETCHES):
            for _ in range(CALLS // STRETCHES):
                small @ small  # numpy lets go of the lock
                sum(range(250))
            for _ in range(50):
                sum(range(500))
        took.append(time.perf_counter() - began)
    return took


def _rest() -> list[float]:
    time.sleep(2)
    return []


def _beside(
    threads: int, prompt: int, patient: int, work: Callable[[], list[float]]
) -> tuple[list[float], float]:
    """What ``work`` gives, and how many networks the threads looked into each second meanwhile."""
    ended = threading.Event()
    counts = [0] * threads

    def compute(number: int) -> None:
        set_timer_slack(patient)
        while not ended.is_set():
            _look_inside()
            counts[number] += 1

    set_timer_slack(prompt)
    others = [threading.Thread(target=compute, args=(number,)) for number in range(threads)]
    began = time.perf_counter()
    for other in others:
        other.start()
    found = work()
    ended.set()
    for other in others:
        other.join()
    return found, sum(counts) / (time.perf_counter() - began)


def _look_inside() -> None:
    dissect(get_spec("efficientnet_b0"))


if __name__ == "__main__":
    main()
