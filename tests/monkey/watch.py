"""What is noted while the monkey plays: failures, and every time the window kept it waiting."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from effnet_studio.gui.precedence import step_back

if TYPE_CHECKING:
    from types import FrameType

BEAT = 0.005
"""Seconds between two beats of the window's heart."""
LATE = 0.1
"""Seconds after which a beat counts as a block."""
_LOOK = 0.02
"""Seconds between two looks at the main thread's stack while a beat is late."""
_DEPTH = 12
"""How many calls of it."""
_WORTH_TELLING = 0.01
"""Seconds of processor time of another thread during a block, or that nobody got Python's lock."""

_Stack = list[tuple[str, int, str]]
"""File, line and function of calls, the innermost last."""


class _Use(NamedTuple):
    """What a thread has used so far.

    Attributes:
        at: When, seconds.
        processor: Processor time, seconds.
        queued: Seconds for which it could have gone on and no processor was free.
        faults: Major page faults: pages of programs or of memory that were read from the disk.
    """

    at: float
    processor: float
    queued: float
    faults: int

    @classmethod
    def now(cls) -> _Use:
        """Of the thread that asks."""
        queued, faults = 0.0, 0
        with contextlib.suppress(ImportError, AttributeError, OSError):  # Linux only
            import resource

            faults = resource.getrusage(resource.RUSAGE_THREAD).ru_majflt
            queued = scheduled(threading.get_native_id())[1]
        return cls(time.perf_counter(), time.thread_time(), queued, faults)


@dataclass
class Block:
    """One time the window did not answer.

    Attributes:
        seconds: How long.
        processor: Seconds of processor time its thread took in it; the rest it waited, for
            Python's lock or for a busy machine.
        faults: How often it waited for the disk, because the system had put a page away.
        action: What the monkey had done last.
        stolen: Seconds for which a virtual machine's processors were not given to it, all together.
        queued: Seconds for which it could have gone on and no processor was free.
        locked: Seconds for which another thread asked for Python's lock in vain, at the longest.
        others: Seconds of processor time that other threads took from when it began to be late, by
            their names.
        stacks: Where the thread was meanwhile, one look after the other.
    """

    seconds: float
    processor: float
    faults: int
    action: str
    stolen: float = 0.0
    queued: float = 0.0
    locked: float = 0.0
    others: dict[str, float] = field(default_factory=dict)
    stacks: tuple[str, ...] = ()

    def __str__(self) -> str:
        head = (
            f"{1000 * self.seconds:.0f} ms late ({1000 * self.processor:.0f} ms of processor, "
            f"{self.faults} pages from the disk), after: {self.action}"
        )
        told = [head]
        if self.stolen > 0:
            told.append(f"the processors were lent to others for {1000 * self.stolen:.0f} ms")
        if self.queued > _WORTH_TELLING:
            told.append(f"no processor was free for {1000 * self.queued:.0f} ms")
        if self.locked > _WORTH_TELLING:
            told.append(f"Python's lock was not to be had for {1000 * self.locked:.0f} ms")
        told += [
            f"{name} took {1000 * seconds:.0f} ms of processor"
            for name, seconds in sorted(self.others.items(), key=lambda each: -each[1])
            if seconds > _WORTH_TELLING
        ]
        return "\n".join([*told, *self.stacks])


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

    Attributes:
        watch: The same.
    """

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self._main = threading.get_ident()
        self._native = threading.get_native_id()
        self._last = _Use.now()
        self._begun = False
        self._look_anew()
        self._stolen = _stolen()
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
        self.watch.gaps.append(max(0.0, gap))
        if gap > LATE:
            self.watch.blocks.append(
                Block(
                    gap,
                    now.processor - last.processor,
                    now.faults - last.faults,
                    self.watch.action,
                    _stolen() - self._stolen,
                    now.queued - last.queued,
                    self._locked,
                    _taken_since(self._before),
                    tuple(_told(calls) + waiting for calls, waiting in self._stacks),
                )
            )
        self._last = now
        self._look_anew()

    def forgive(self) -> None:
        """Begin to count anew: what was done since the last beat was not the window's doing."""
        self._last = _Use.now()
        self._look_anew()

    def stop(self) -> None:
        """End the thread that looks on."""
        self._ended.set()
        self._thread.join()

    def _look_anew(self) -> None:
        self._stacks: list[tuple[_Stack, str]] = []
        self._before: dict[str, float] = {}
        self._locked = 0.0

    def _look(self) -> None:
        step_back()  # it would take Python's lock from whom it watches
        asleep = time.perf_counter()
        while not self._ended.wait(_LOOK):
            now = time.perf_counter()
            if now - self._last.at > 2 * _LOOK:
                self._locked = max(self._locked, now - asleep - _LOOK)
                self._before = self._before or _processor_times()
                stack = _calls(sys._current_frames().get(self._main)), _call(self._native)
                if stack not in self._stacks[-1:]:
                    self._stacks.append(stack)
            else:
                self._stolen = _stolen()
            asleep = time.perf_counter()


def _processor_times() -> dict[str, float]:
    """Processor time that each other thread has taken, seconds; those of a name together."""
    taken: dict[str, float] = {}
    names = {thread.native_id: thread.name for thread in threading.enumerate()}
    names[threading.main_thread().native_id] = ""
    with contextlib.suppress(OSError):  # not Linux
        for number in (int(each.name) for each in Path("/proc/self/task").iterdir()):
            name = names.get(number, "threads that are not Python's")
            with contextlib.suppress(OSError):  # it has ended meanwhile
                if name:
                    taken[name] = taken.get(name, 0.0) + scheduled(number)[0]
    return taken


def _stolen() -> float:
    """Seconds for which the machine that lends the processors has kept them; Linux only."""
    with contextlib.suppress(OSError), Path("/proc/stat").open(encoding="ascii") as table:
        return int(table.readline().split()[8]) / os.sysconf("SC_CLK_TCK")
    return 0.0


def scheduled(thread: int | None) -> tuple[float, float]:
    """Seconds for which a thread has had a processor, and has waited for one; Linux only."""
    told = Path(f"/proc/self/task/{thread}/schedstat").read_text("ascii").split()
    return int(told[0]) / 1e9, int(told[1]) / 1e9


def _call(thread: int) -> str:
    """The number of the system call that a thread waits in (202 is futex on x86-64: a lock)."""
    with contextlib.suppress(OSError):  # not Linux, or not allowed
        told = Path(f"/proc/self/task/{thread}/syscall").read_text("ascii").split()[0]
        return "" if told == "running" else f"  in system call {told}\n"
    return ""


def _taken_since(before: dict[str, float]) -> dict[str, float]:
    now = _processor_times() if before else {}
    return {name: seconds - before.get(name, 0.0) for name, seconds in now.items()}


def _calls(frame: FrameType | None) -> _Stack:
    """File, line and function of the innermost calls.

    Nobody may hold the frame for longer than that: its locals live with it, and a painter that
    lives on paints on (Qt then complains about each picture that follows).
    """
    found: _Stack = []
    while frame is not None and len(found) < _DEPTH:
        if not frame.f_code.co_filename.startswith("<frozen importlib"):
            found.append((frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name))
        frame = frame.f_back
    return found[::-1]


def _told(calls: _Stack) -> str:
    return "".join(
        traceback.format_list(
            [traceback.FrameSummary(file, line, name) for file, line, name in calls]
        )
    )
