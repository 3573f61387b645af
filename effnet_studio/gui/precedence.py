"""The window's thread goes before all others: for a processor, and for Python's lock.

Python gives its lock to who waits for it after the switch interval. A window that lays out and
paints a page takes the lock hundreds of times in one turn of the event loop, because Qt asks
Python for sizes and pictures; beside a thread that computes in Python it waits that long each time.
The interval holds for all threads, and yet they need not be alike: Linux lets a thread sleep longer
than it asked for, by its timer slack, 50 µs unless told otherwise (``man 2 PR_SET_TIMERSLACK``).
So the window's thread gets the lock at once, and the others let it keep it for a while.
``tests/benchmarks/bench_lock.py`` measures it.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import threading
from typing import Final

SWITCH_SECONDS: Final = 0.000005
"""How long a thread may keep Python's lock when another wants it (and its timer slack is over)."""

NICENESS: Final = 10
"""How much job threads step back behind the window's.

With 5 the window waits for a processor a third of the time that it works while all processors are
busy, with 10 a tenth (``tests/benchmarks/bench_niceness.py``); alone they are as quick with either.
"""

QUESTION_NICENESS: Final = 5
"""How much threads that answer questions step back: behind the window, before jobs."""

PROMPT_NS: Final = 1
"""Timer slack of the window's thread, nanoseconds; 0 would mean as usual."""
PATIENT_NS: Final = 1_000_000
"""Timer slack of the others."""

_PR_SET_TIMERSLACK: Final = 29
"""From ``linux/prctl.h``."""


def go_first() -> None:
    """Have the calling thread, the window's, get Python's lock before others."""
    sys.setswitchinterval(SWITCH_SECONDS)
    set_timer_slack(PROMPT_NS)


def step_back(niceness: int = 0) -> None:
    """Let the window's thread go before the calling one, and those that this one starts.

    Args:
        niceness: How far, where all processors are busy. Linux keeps one for each thread; elsewhere
            it belongs to the whole process, and stays.
    """
    set_timer_slack(PATIENT_NS)
    if niceness and sys.platform == "linux":
        thread = threading.get_native_id()
        with contextlib.suppress(OSError):
            nice = os.getpriority(os.PRIO_PROCESS, thread)
            os.setpriority(os.PRIO_PROCESS, thread, nice + niceness)


def set_timer_slack(nanoseconds: int) -> None:
    """Say by how much the calling thread may be woken late; on Linux, elsewhere nothing happens.

    Args:
        nanoseconds: At least 1.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_TIMERSLACK, ctypes.c_ulong(nanoseconds), 0, 0, 0)
