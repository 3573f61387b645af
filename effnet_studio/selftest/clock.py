"""When this program began, as the system knows it: before Python, before any import."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from pathlib import Path
from typing import Final

_WINDOWS_EPOCH: Final = 11_644_473_600
"""Seconds from 1601, where Windows begins to count, to 1970."""
_MOST_SECONDS: Final = 3600.0
"""A program that is said to be older was begun by something else, or its clock was set."""


def seconds_since_start() -> float | None:
    """Seconds since the system started this program; None where it does not say."""
    try:
        seconds = _age()
    except (OSError, ValueError, AttributeError, IndexError):
        return None
    return seconds if seconds is not None and 0 <= seconds < _MOST_SECONDS else None


def _age() -> float | None:
    ages = {"linux": _linux_age, "win32": _windows_age}
    age = ages.get(sys.platform)
    return None if age is None else age()


def _linux_age() -> float:
    # The name in brackets may hold spaces; the 22nd field counts clock ticks since the boot.
    fields = Path("/proc/self/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    ticks = float(fields[19]) / os.sysconf("SC_CLK_TCK")
    return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks


def _windows_age() -> float | None:
    kernel = getattr(ctypes, "WinDLL")("kernel32")  # noqa: B009 - elsewhere there is no such name
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    kernel.GetProcessTimes.argtypes = [ctypes.c_void_p] * 5
    times = [ctypes.c_uint64() for _ in range(4)]
    if not kernel.GetProcessTimes(kernel.GetCurrentProcess(), *map(ctypes.byref, times)):
        return None
    return time.time() - (times[0].value / 1e7 - _WINDOWS_EPOCH)
