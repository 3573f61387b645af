"""Examine many files: a few in threads, many in processes of their own.

Pillow's decoders let go of Python's lock, so threads do for some hundred photographs; but around
each decode stand some hundred steps of Python, which only processes do side by side. Processes are
spawned, never forked, because a window may be open; they are given files by the handful and have
one handful in reserve, so that memory does not grow and nobody waits.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import time
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.data.examine import Examined, examine
from effnet_studio.engine.data.problems import Problem
from effnet_studio.engine.errors import DatasetError, ImageError
from effnet_studio.engine.events import OnEvent, PauseChanged, ProgressMeter, Stage, ignore
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from effnet_studio.engine.cancel import CancelToken

MANY: Final = 1500
"""Files from which processes are worth their start, which takes half a second."""
HANDFUL: Final = 32
"""Files a process is given at a time."""
PATIENCE: Final = 90.0
"""Seconds a process may be silent over one handful; then its files are tried one by one."""
_AHEAD: Final = 64
"""Files waiting for a thread."""
_NICENESS: Final = 5

Outcome = Examined | Problem


def examine_one(path: Path) -> Outcome:
    """Examine a file; what goes wrong is a remark on it.

    Args:
        path: The file.

    Returns:
        What is known of it, or why it cannot be used.
    """
    try:
        return examine(path)
    except ImageError as error:
        return Problem(path, error.message, error.hint if error.hint.template else None)
    except OSError as error:
        return Problem(path, msg("The file vanished: {reason}.", reason=error.strerror or ""), None)


def examine_all(
    paths: Sequence[Path],
    *,
    root: Path | None = None,
    processes: int | None = None,
    examiner: Callable[[Path], Outcome] = examine_one,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> Generator[tuple[int, Outcome]]:
    """Examine files as they come; in no order when there are many.

    Args:
        paths: The files.
        root: The folder they lie in; when it vanishes in the middle, the scan ends.
        processes: How many; 0: threads; None: chosen by the number of files and of processors.
        examiner: What is done with each, a function that can be sent to a process.
        on_event: Hears progress and pauses.
        cancel: Stops or holds the work.

    Yields:
        Position of a file, and what is known of it or why it cannot be used.

    Raises:
        Cancelled: If it was stopped.
        DatasetError: If the folder vanished, such as with an unplugged drive.
    """
    meter = ProgressMeter(Stage.SCAN, len(paths), on_event, unit="files")
    cores = os.cpu_count() or 1
    if processes is None:
        processes = min(8, cores) if len(paths) >= MANY else 0

    def check() -> None:
        if cancel is not None:
            cancel.check(lambda paused: on_event(PauseChanged(paused)))

    outcomes = (
        _in_processes(paths, processes, examiner, check)
        if processes
        else _in_threads(paths, min(8, cores), examiner, check)
    )
    with contextlib.closing(outcomes):
        for place, outcome in outcomes:
            if isinstance(outcome, Problem) and root is not None and not root.is_dir():
                raise DatasetError(
                    msg("The folder vanished while it was read: {path}.", path=str(root)),
                    hint=msg("Connect its drive and import it again; what was read is kept."),
                    path=root,
                )
            yield place, outcome
            meter.advance()
    meter.finish()


def _in_threads(
    paths: Sequence[Path],
    threads: int,
    examiner: Callable[[Path], Outcome],
    check: Callable[[], None],
) -> Generator[tuple[int, Outcome]]:
    waiting: deque[tuple[int, Future[Outcome]]] = deque()
    with ThreadPoolExecutor(threads, thread_name_prefix="import") as pool:
        try:
            for place, path in enumerate(paths):
                check()
                waiting.append((place, pool.submit(examiner, path)))
                if len(waiting) >= _AHEAD:
                    first, future = waiting.popleft()
                    yield first, future.result()
            while waiting:
                check()
                first, future = waiting.popleft()
                yield first, future.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


@dataclass(eq=False)
class _Worker:
    """A process and what it was given, the handful it works at first."""

    process: BaseProcess
    pipe: Connection
    given: deque[list[int]] = field(default_factory=deque)
    since: float = 0.0


def _in_processes(
    paths: Sequence[Path],
    count: int,
    examiner: Callable[[Path], Outcome],
    check: Callable[[], None],
) -> Generator[tuple[int, Outcome]]:
    crew = _Crew(paths, examiner)
    try:
        for _ in range(min(count, -(-len(paths) // HANDFUL))):
            crew.hire()
        while crew.workers:
            check()
            yield from crew.collect()
    finally:
        crew.dismiss()


class _Crew:
    """Processes that examine files, replaced when a file kills one.

    Args:
        paths: All files.
        examiner: What is done with each.
    """

    def __init__(self, paths: Sequence[Path], examiner: Callable[[Path], Outcome]) -> None:
        self._paths = paths
        self._examiner = examiner
        self._next = 0
        self._again: deque[list[int]] = deque()
        self._context = multiprocessing.get_context("spawn")
        self.workers: list[_Worker] = []

    def hire(self) -> None:
        """Start a process and give it work."""
        mine, its = self._context.Pipe()
        process = self._context.Process(
            target=_serve, args=(its, self._examiner), name="import", daemon=True
        )
        process.start()
        its.close()
        worker = _Worker(process, mine)
        self.workers.append(worker)
        self._feed(worker)

    def collect(self) -> list[tuple[int, Outcome]]:
        """Wait a moment for answers, and see to it that everybody has work."""
        found: list[tuple[int, Outcome]] = []
        for pipe in wait([worker.pipe for worker in self.workers], timeout=0.2):
            worker = next(each for each in self.workers if each.pipe is pipe)
            try:
                outcomes = worker.pipe.recv()
            except (EOFError, OSError):
                found += self._bury(worker, msg("The image makes its reader crash."))
                continue
            found += zip(worker.given.popleft(), outcomes, strict=True)
            worker.since = time.monotonic()
            self._feed(worker)
        for worker in list(self.workers):
            if worker.given and time.monotonic() - worker.since > PATIENCE:
                found += self._bury(worker, msg("The image takes too long to be read."))
        return found

    def dismiss(self) -> None:
        """End all processes, whatever they are at."""
        for worker in self.workers:
            worker.process.terminate()
        for worker in self.workers:
            worker.process.join()
            worker.process.close()
            worker.pipe.close()
        self.workers.clear()

    def _feed(self, worker: _Worker) -> None:
        """Give a process a handful to work at and one in reserve; let it go if there is none."""
        while len(worker.given) < 2 and (handful := self._handful()):
            if not worker.given:
                worker.since = time.monotonic()
            worker.given.append(handful)
            with contextlib.suppress(OSError):  # it has died: its pipe says so soon
                worker.pipe.send([self._paths[place] for place in handful])
        if not worker.given:
            self._let_go(worker)

    def _handful(self) -> list[int]:
        if self._again:
            return self._again.popleft()
        start, self._next = self._next, min(self._next + HANDFUL, len(self._paths))
        return list(range(start, self._next))

    def _let_go(self, worker: _Worker) -> None:
        worker.pipe.close()  # it ends when nobody can ask any more
        worker.process.join()
        worker.process.close()
        self.workers.remove(worker)

    def _bury(self, worker: _Worker, message: Message) -> list[tuple[int, Outcome]]:
        """Replace a process that died or hangs; its files are tried one by one."""
        worker.process.kill()
        suspects, *others = worker.given or [[]]
        found: list[tuple[int, Outcome]] = []
        if len(suspects) == 1:
            hint = msg("Open it in another program and save it again, or remove it.")
            found.append((suspects[0], Problem(self._paths[suspects[0]], message, hint)))
        else:
            self._again.extend([place] for place in suspects)
        self._again.extend(others)
        worker.given.clear()
        self._let_go(worker)
        if self._again or self._next < len(self._paths):
            self.hire()
        return found


def _serve(pipe: Connection, examiner: Callable[[Path], Outcome]) -> None:
    """Examine what is asked for until nobody asks any more; runs in a process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent sees to Ctrl-C
    if hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(_NICENESS)
    with contextlib.suppress(EOFError, OSError):
        while True:
            pipe.send([examiner(path) for path in pipe.recv()])
