"""Lets the garbage collector rest while a job makes very many objects that all stay alive.

It looks at everything alive whenever there is a quarter more of it, and holds Python's lock
meanwhile: a fifth of a second and more with a million files, in which the window stands still.
Memory is freed all the same when the last reference goes; only cycles wait.
"""

from __future__ import annotations

import contextlib
import gc
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_lock = threading.Lock()
_resting: list[bool] = []
"""Whether the collector was at work before, for each of those who let it rest."""


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
