"""Work done in processes of their own, which some item may crash or hang without ending the rest.

A process is given items by the handful, one handful to work at and one in reserve, so that memory
does not grow and nobody waits. When it dies or falls silent, another takes its place, and the items
it was given are tried one by one until it is known which of them did it.

``concurrent.futures`` would do for the work but not for this: there one dead process breaks the
whole pool, and nobody is told by which item.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib.machinery
import multiprocessing
import os
import queue
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

HANDFUL: Final = 128
"""Most items a process is given at a time."""

SLICE: Final = 0.25
"""Seconds of work a process is given at a time, as far as that can be foreseen."""

PATIENCE: Final = 60.0
"""Seconds a process may take over one item."""

START_PATIENCE: Final = 120.0
"""Seconds a process may take to start."""

NICENESS: Final = 5
"""By how much the processes give way to what the user is doing, where the system knows that."""

NAME: Final = "examiner"
"""What the processes are called."""

_FAILED_STARTS: Final = 3

Result = TypeVar("Result")
Work = Callable[[Sequence[str]], Sequence[Result]]
"""What is done with items: gives a result for each, or for the first ones only (at least one) when
that has taken about :data:`SLICE` seconds. A function of some module, for it is sent by name."""


class Lost(Enum):
    """What became of an item that has no result."""

    CRASHED = auto()
    HUNG = auto()


@dataclass(eq=False)
class _Worker:
    """A process, its two pipes, and the places of the items it was given, in order.

    Attributes:
        ready: Whether it has started.
        alone: Whether it was given one item by itself, which is to blame for whatever happens.
        waited: Seconds for which it has been waited for since it last said something.
    """

    process: BaseProcess
    tasks: Connection[Any, Any]
    results: Connection[Any, Any]
    given: deque[int] = field(default_factory=deque)
    ready: bool = False
    alone: bool = False
    waited: float = 0.0

    def is_late(self) -> bool:
        if not self.ready:
            return self.waited > START_PATIENCE
        # Half of it for a handful: the items are tried one by one then, and the wait is for two.
        return bool(self.given) and self.waited > (PATIENCE if self.alone else PATIENCE / 2)


class WorkerPool(Generic[Result]):
    """Processes that work on items, each replaced when an item kills it.

    Args:
        work: What is done with the items.
        items: All of them; looked up, and sent as text, when it is their turn.
        processes: How many to start, unless there are fewer items.
    """

    def __init__(self, work: Work[Result], items: Sequence[object], processes: int) -> None:
        self._work = work
        self._items = items
        self._next = 0
        self._suspects: deque[int] = deque()
        self._item_seconds = SLICE / 8  # until it is known: the first handfuls are small
        self._failed_starts = 0
        self._workers: list[_Worker] = []
        self._wanted = min(processes, len(items))
        for _ in range(self._wanted):
            self._hire()

    @property
    def working(self) -> bool:
        """Whether there are processes; if not, all is done, or none could be started."""
        return bool(self._workers)

    @property
    def suspects(self) -> list[int]:
        """Places of the items of which one has ended a process."""
        return list(self._suspects)

    @property
    def untouched(self) -> range:
        """Places of the items that no process was given."""
        return range(self._next, len(self._items))

    def collect(self, seconds: float) -> list[tuple[int, Result | Lost]]:
        """Wait for results, and see to it that everybody has work.

        Args:
            seconds: To wait at most.

        Returns:
            Places of items, and what became of them.
        """
        found: list[tuple[int, Result | Lost]] = []
        began = time.monotonic()
        said = wait([worker.results for worker in self._workers], seconds)
        # Summed up from these waits: while the job is held or the computer sleeps, nobody is late.
        waited = min(time.monotonic() - began, seconds)
        for worker in list(self._workers):
            if worker.results in said:
                found += self._listen(worker)
                continue
            worker.waited += waited
            if worker.is_late():
                found += self._replace(worker, Lost.HUNG)
        return found

    def close(self) -> None:
        """End all processes at once, whatever they are at."""
        for worker in self._workers:
            worker.process.kill()
        while self._workers:
            self._let_go(self._workers[-1])

    def _listen(self, worker: _Worker) -> list[tuple[int, Result | Lost]]:
        try:
            seconds, results = worker.results.recv()
        except (EOFError, OSError):
            return self._replace(worker, Lost.CRASHED)
        worker.ready, worker.waited = True, 0.0
        if results:
            self._item_seconds += 0.3 * (seconds / len(results) - self._item_seconds)
        found = [(worker.given.popleft(), result) for result in results]
        self._feed(worker)
        return found

    def _feed(self, worker: _Worker) -> None:
        """Give a process what it may work at next; let it go if there is nothing."""
        if worker.given and (worker.alone or self._suspects):
            return
        worker.alone = bool(self._suspects)
        if worker.alone:
            self._give(worker, [self._suspects.popleft()])
            return
        size = self._handful_size()
        while len(worker.given) <= size and self._next < len(self._items):
            end = min(self._next + size, len(self._items))
            places = range(self._next, end)
            self._next = end
            self._give(worker, places)
        if not worker.given:
            self._let_go(worker)

    def _handful_size(self) -> int:
        """Items for a slice of time; few towards the end, so that all end together."""
        fair = (len(self._items) - self._next) // (2 * self._wanted)
        return max(1, min(HANDFUL, fair, int(SLICE / max(self._item_seconds, 1e-9))))

    def _give(self, worker: _Worker, places: Sequence[int]) -> None:
        worker.given.extend(places)
        with contextlib.suppress(OSError):  # it has died: its other pipe says so soon
            worker.tasks.send([str(self._items[place]) for place in places])

    def _hire(self) -> None:
        """Start a process; it says when it is ready for work."""
        context = multiprocessing.get_context("spawn")
        asked, tasks = context.Pipe(duplex=False)
        results, answers = context.Pipe(duplex=False)
        process = context.Process(target=_serve, args=(asked, answers), name=NAME, daemon=True)
        try:
            with apart():
                process.start()
            tasks.send(self._work)
        except OSError:
            self._failed_starts += 1
            tasks.close()
            results.close()
        else:
            self._workers.append(_Worker(process, tasks, results))
        asked.close()
        answers.close()

    def _replace(self, worker: _Worker, lost: Lost) -> list[tuple[int, Result | Lost]]:
        """End a process that died or hangs, and start another if there is work."""
        worker.process.kill()
        self._let_go(worker)
        if not worker.ready:
            self._failed_starts += 1
        elif not worker.alone:
            self._suspects.extend(worker.given)
        if (self._suspects or self.untouched) and self._failed_starts < _FAILED_STARTS:
            self._hire()
        return [(worker.given[0], lost)] if worker.alone and worker.given else []

    def _let_go(self, worker: _Worker) -> None:
        worker.tasks.close()  # it ends when nobody can ask any more
        worker.results.close()
        worker.process.join(10)
        with contextlib.suppress(ValueError):  # still there: the system cannot end it
            worker.process.close()
        self._workers.remove(worker)


@contextlib.contextmanager
def apart() -> Iterator[None]:
    """Start processes that neither import the program's main module nor hear Ctrl-C.

    ``multiprocessing`` has every process import the main module, which may be a window or a script
    that imports its data without ``if __name__ == "__main__"``. It makes an exception for main
    modules of packages, by their name.
    """
    main = sys.modules["__main__"]
    with _starting, _deaf():
        spec = main.__spec__
        main.__spec__ = importlib.machinery.ModuleSpec("__main__", None)
        try:
            yield
        finally:
            main.__spec__ = spec


_starting = threading.Lock()


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """Block Ctrl-C in this thread; processes inherit that, from before they can see to it."""
    if sys.platform == "win32":
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # on its own start it would let the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(asked: Connection[Any, Any], answers: Connection[Any, Any]) -> None:
    """Work on what is asked for until nobody asks any more; runs in a process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started it sees to Ctrl-C
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.nice(NICENESS)
    _keep_memory()
    # NumPy comes with the work, and would start threads that wait by turning in circles.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    work: Work[object] = asked.recv()
    gc.freeze()  # what was imported stays, and need not be looked through again and again
    inbox: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(asked, inbox), daemon=True).start()
    with contextlib.suppress(OSError):
        answers.send((0.0, ()))
        while True:
            items = inbox.get()
            while items:
                began = time.monotonic()
                results = work(items)
                answers.send((time.monotonic() - began, results))
                items = items[len(results) :]


def _receive(asked: Connection[Any, Any], inbox: queue.SimpleQueue[list[str]]) -> None:
    """Keep the pipe empty, so that no two ends wait for each other; end with whoever asks."""
    with contextlib.suppress(EOFError, OSError):
        while True:
            inbox.put(asked.recv())
    os._exit(0)


def _keep_memory() -> None:
    """Let the C library keep freed memory for the next picture.

    Left to itself, glibc returns every large block to the system, whose empty pages cost a small
    picture a tenth of its time. Other C libraries do not know this function.
    """
    trim_threshold, mmap_threshold = -1, -3
    with contextlib.suppress(OSError, AttributeError, TypeError):
        library = ctypes.CDLL(None)
        library.mallopt(trim_threshold, 64 << 20)
        library.mallopt(mmap_threshold, 32 << 20)
