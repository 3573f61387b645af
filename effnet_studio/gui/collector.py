"""Lets the garbage collector rest, or do less, while a job makes very many objects that stay alive.

It looks at everything alive whenever there is a quarter more of it, and holds Python's lock
meanwhile: a fifth of a second and more with a million files, in which the window stands still.
Memory is freed all the same when the last reference goes; only cycles wait.
"""

from __future__ import annotations

import contextlib
import gc
import threading
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_lock = threading.Lock()
_resting: list[bool] = []
"""Whether the collector was at work before, for each of those who let it rest."""
_sparing: list[tuple[int, int, int]] = []
"""The collector's thresholds before, for each of those who spare it the old objects."""
_NEVER: Final = 1_000_000
"""Collections of middle-aged objects until one of all: more than any job brings about."""


@contextlib.contextmanager
def resting_collector() -> Iterator[None]:
    """No garbage collection until the last of several such blocks has ended, in any thread."""
    with _lock:
        _resting.append(gc.isenabled() if not _resting else _resting[0])
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            was_enabled = _resting.pop()
            if was_enabled and not _resting:
                gc.enable()


@contextlib.contextmanager
def sparing_collector() -> Iterator[None]:
    """Collect young objects only, until the last of several such blocks has ended, in any thread.

    For jobs that may run for hours and also make cycles that are soon garbage, as errors with their
    tracebacks are: those are still freed.
    """
    with _lock:
        before = gc.get_threshold()
        _sparing.append(before if not _sparing else _sparing[0])
        gc.set_threshold(before[0], before[1], _NEVER)
    try:
        yield
    finally:
        with _lock:
            before = _sparing.pop()
            if not _sparing:
                gc.set_threshold(*before)
