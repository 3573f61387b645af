"""How long a window's thread waits for a processor while others compute, by how far they step back.

``python -m tests.benchmarks.bench_niceness [--busy 4]`` has one thread work 60 ms at a time, beside
so many threads that multiply matrices all the time, and prints for how long it could have gone on
and no processor was free, and how much the others got done. Linux only.
"""

from __future__ import annotations

import argparse
import os
import threading
import time

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np

from effnet_studio.gui.precedence import NICENESS
from tests.monkey.watch import scheduled

WORK = 0.06
"""Seconds of processor time that the window takes for a page."""
TIMES = 60


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--busy", type=int, default=2 * (os.cpu_count() or 1))
    options = parser.parse_args()
    print(f"{options.busy} busy threads; {1000 * WORK:.0f} ms of work, {TIMES} times")
    for niceness in (0, 5, NICENESS, 15, 0, 5, NICENESS, 15):
        waited, done = _beside(niceness, options.busy)
        print(
            f"niceness {niceness:2}: waited {1000 * np.median(waited):3.0f} ms (median), "
            f"{1000 * max(waited):3.0f} ms (longest); the others' work: {done}"
        )


def _beside(niceness: int, busy: int) -> tuple[list[float], int]:
    """Seconds without a processor of each piece of work, and products of the others per second."""
    ended = threading.Event()
    counts = [0] * busy

    def compute(number: int) -> None:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), niceness)
        matrix = np.ones((700, 700), np.float32)
        while not ended.is_set():
            matrix @ matrix
            counts[number] += 1

    threads = [threading.Thread(target=compute, args=(number,)) for number in range(busy)]
    for thread in threads:
        thread.start()
    waited = []
    began = time.perf_counter()
    small = np.ones((300, 300), np.float32)
    for _ in range(TIMES):
        time.sleep(0.05)
        before = scheduled(threading.get_native_id())[1]
        until = time.thread_time() + WORK
        while time.thread_time() < until:
            small @ small
        waited.append(scheduled(threading.get_native_id())[1] - before)
    ended.set()
    for thread in threads:
        thread.join()
    return waited, round(sum(counts) / (time.perf_counter() - began))


if __name__ == "__main__":
    main()
