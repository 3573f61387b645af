"""What is noted while the monkey plays: failures, and every time the window kept it waiting."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
import traceback
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from types import FrameType

BEAT = 0.005
"""Seconds between two beats of the window's heart."""
LATE = 0.1
"""Seconds after which a beat counts as a block."""
_LOOK = 0.06
"""Seconds without a beat after which the main thread's stack is noted."""
_DEPTH = 8
"""How many calls of it."""


class _Use(NamedTuple):
    """What a thread has used so far.

    Attributes:
        at: When, seconds.
        processor: Processor time, seconds.
        faults: Major page faults: pages of programs or of memory that were read from the disk.
    """

    at: float
    processor: float
    faults: int

    @classmethod
    def now(cls) -> _Use:
        """Of the thread that asks."""
        faults = 0
        with contextlib.suppress(ImportError, AttributeError):  # Linux only
            import resource

            faults = resource.getrusage(resource.RUSAGE_THREAD).ru_majflt
        return cls(time.perf_counter(), time.thread_time(), faults)


@dataclass
class Block:
    """One time the window did not answer.

    Attributes:
        seconds: How long.
        processor: Seconds of processor time its thread took in it; the rest it waited, for
            Python's lock or for a busy machine.
        faults: How often it waited for the disk, because the system had put a page away.
        action: What the monkey had done last.
        stack: Where the thread was meanwhile.
    """

    seconds: float
    processor: float
    faults: int
    action: str
    stack: str = ""

    def __str__(self) -> str:
        head = (
            f"{1000 * self.seconds:.0f} ms late ({1000 * self.processor:.0f} ms of processor, "
            f"{self.faults} pages from the disk), after: {self.action}"
        )
        return f"{head}\n{self.stack}" if self.stack else head


@dataclass
class Watch:
    """The notes.

    Attributes:
        failures: What must not happen, in words.
        actions: How many things the monkey did.
        touched: Names of the controls it did them to.
        action: The last of them.
        outcome: How it ended.
        gaps: Seconds between two beats.
        blocks: Those that were too long.
    """

    failures: list[str] = field(default_factory=list)
    actions: int = 0
    touched: set[str] = field(default_factory=set)
    action: str = "nothing yet"
    outcome: str = "not ended"
    gaps: list[float] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def note(self, action: str, control: str) -> None:
        """Note what is done next."""
        self.actions += 1
        self.touched.add(control)
        self.action = action

    def fail(self, text: str) -> None:
        """Note what must not happen."""
        self.failures.append(f"{text}\n(after: {self.action})")

    def lateness(self) -> str:
        """How late the window's heart beat, in one line."""
        late = 1000 * np.array(self.gaps or [0.0])
        slow = sum(block.processor > LATE for block in self.blocks)
        return (
            f"{len(late)} beats: median {np.median(late):.1f} ms, "
            f"p99 {np.percentile(late, 99):.1f} ms, "
            f"p99.9 {np.percentile(late, 99.9):.1f} ms, longest {late.max():.0f} ms; over "
            f"{1000 * LATE:.0f} ms: {len(self.blocks)}, of these by its own work: {slow}"
        )

    def longest(self, count: int) -> list[Block]:
        """The longest blocks, those of the window's own work first."""
        return sorted(self.blocks, key=lambda block: -block.processor)[:count]


class Heart:
    """Notes each beat of the window's thread, and from another thread what keeps it.

    Args:
        watch: Where it is noted.
    """

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._main = threading.get_ident()
        self._last = _Use.now()
        self._begun = False
        self._calls: list[tuple[str, int, str]] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, name="monkey's watch", daemon=True)
        self._thread.start()

    def beat(self) -> None:
        """To be called by the window's thread all the time, the first time when it is idle."""
        if not self._begun:
            self._begun = True
            self.forgive()
            return
        now, last = _Use.now(), self._last
        gap = now.at - last.at - BEAT
        self._watch.gaps.append(max(0.0, gap))
        if gap > LATE:
            used, faults = now.processor - last.processor, now.faults - last.faults
            told = _told(self._calls)
            self._watch.blocks.append(Block(gap, used, faults, self._watch.action, told))
        self._last, self._calls = now, []

    def forgive(self) -> None:
        """Begin to count anew: what was done since the last beat was not the window's doing."""
        self._last, self._calls = _Use.now(), []

    def stop(self) -> None:
        """End the thread that looks on."""
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(0.02):
            if time.perf_counter() - self._last.at > _LOOK and not self._calls:
                self._calls = _calls(sys._current_frames().get(self._main))


def _calls(frame: FrameType | None) -> list[tuple[str, int, str]]:
    """File, line and function of the innermost calls.

    Nobody may hold the frame for longer than that: its locals live with it, and a painter that
    lives on paints on (Qt then complains about each picture that follows).
    """
    found: list[tuple[str, int, str]] = []
    while frame is not None and len(found) < _DEPTH:
        found.append((frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name))
        frame = frame.f_back
    return found[::-1]


def _told(calls: list[tuple[str, int, str]]) -> str:
    return "".join(
        traceback.format_list(
            [traceback.FrameSummary(file, line, name) for file, line, name in calls]
        )
    )
