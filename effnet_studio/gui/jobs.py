"""Work outside the window's thread: long jobs, and cheap questions whose stale answers are dropped.

The only file that knows threads. Everything here is reported in the window's thread, because
signals emitted by a worker are connected to methods of objects that live there: such connections
are queued. (A lambda, a partial or a plain method would run in the worker's thread.)
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import sys
import threading
import weakref
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled, StudioError
from effnet_studio.engine.events import PauseChanged
from effnet_studio.gui.failures import as_studio_error

if TYPE_CHECKING:
    from collections.abc import Hashable

    from effnet_studio.engine.events import Event

_log = logging.getLogger(__name__)

_STACK_BYTES: Final = 16 * 1024 * 1024
"""What the main thread has on most systems; other threads get 0.5 MB on macOS, too little."""


_NICENESS: Final = 5
"""How much job threads step back behind the window's."""


Title = str | Callable[[], str]
"""What a job is called, translated; or what says it in the language of the moment."""


class JobState(StrEnum):
    """Where a job stands."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class _Relay(QObject):
    """Carries what threads say into the window's thread. Lives as long as the runner.

    Threads hold this object and never a :class:`Job` or :class:`Requests`: were the last reference
    to a QObject dropped in a thread, it would be destroyed there.
    """

    reported = Signal(int, object)  # job, event
    ended = Signal(int, object, object)  # job, result, failure
    answered = Signal(int, int, object, object, object)  # desk, generation, key, answer, failure


class Job(QObject):
    """One long job as the window sees it; made by :meth:`JobRunner.start`.

    Attributes:
        kind: What pages recognise it by.
        about: What it works on, for the record of what was at work; a project's folder.
        state: Where it stands.
        result: What the function returned.
        error: Why it failed.
        last_event: The last thing it said.
    """

    event_received = Signal(object)
    """One :data:`~effnet_studio.engine.events.Event`."""
    succeeded = Signal(object)
    """What the function returned."""
    failed = Signal(object)
    """A :class:`~effnet_studio.engine.errors.StudioError`."""
    cancelled = Signal()
    pause_changed = Signal(bool)
    stop_asked = Signal()
    """It ends at its next check."""
    finished = Signal()
    """After any of the three."""

    def __init__(self, token: CancelToken, *, title: Title, kind: str, parent: QObject) -> None:
        super().__init__(parent)
        self._say_title = title
        self._title = ""
        self._title = self.title
        self.kind = kind
        self.about = ""
        self.state = JobState.RUNNING
        self.result: object = None
        self.error: StudioError | None = None
        self.last_event: Event | None = None
        self._token = token

    @property
    def title(self) -> str:
        """What the job bar calls it, in the window's language of the moment."""
        if callable(self._say_title):
            # Who asked for it may be gone, such as a dialog: then it stays as it was said last.
            with contextlib.suppress(RuntimeError):
                self._title = self._say_title()
        else:
            self._title = self._say_title
        return self._title

    @property
    def running(self) -> bool:
        """Whether the function has not returned yet."""
        return self.state is JobState.RUNNING

    @property
    def paused(self) -> bool:
        """Whether the job was asked to wait."""
        return self._token.paused

    @property
    def cancelling(self) -> bool:
        """Whether the job was asked to stop."""
        return self._token.cancelled

    def cancel(self) -> None:
        """Ask the job to stop; it ends at its next check."""
        self._token.cancel()
        if isValid(self):  # one that has ended may be asked too
            self.stop_asked.emit()

    def suspend(self) -> None:
        """Ask the job to stop so that it can go on later, where it knows how to."""
        self._token.suspend()

    def pause(self) -> None:
        """Ask the job to wait at its next check."""
        if self.running and not self._token.paused:
            self._token.pause()
            self.pause_changed.emit(self._token.paused)

    def resume(self) -> None:
        """Let a paused job go on."""
        if self._token.paused:
            self._token.resume()
            self.pause_changed.emit(False)

    def take_event(self, event: Event) -> None:
        """Pass on what the function said; called by the runner in the window's thread."""
        if not isinstance(event, PauseChanged):
            self.last_event = event
        self.event_received.emit(event)

    def take_end(self, result: object, error: BaseException | None) -> None:
        """Pass on how the function ended; called by the runner in the window's thread."""
        self._token.resume()
        if error is None:
            self.state, self.result = JobState.SUCCEEDED, result
            self.succeeded.emit(result)
        elif isinstance(error, Cancelled):
            self.state = JobState.CANCELLED
            self.cancelled.emit()
        else:
            _log.info("Job %r failed", self.title, exc_info=error)
            self.state, self.error = JobState.FAILED, as_studio_error(error)
            self.failed.emit(self.error)
        self.finished.emit()


class JobRunner(QObject):
    """Starts jobs, knows those that run, and ends them with the window.

    Args:
        parent: Qt's owner.
        prepare: Called in the thread of heavy jobs before their function, and ahead of time by
            :meth:`prepare_early`; loads what they import without freezing the window.
    """

    job_started = Signal(object)
    job_finished = Signal(object)

    def __init__(
        self, parent: QObject | None = None, *, prepare: Callable[[], None] | None = None
    ) -> None:
        super().__init__(parent)
        self._prepare = prepare
        self._jobs: dict[int, Job] = {}
        self._threads: dict[int, threading.Thread] = {}
        self.relay = _Relay(self)
        self.relay.reported.connect(self._on_reported)
        self.relay.ended.connect(self._on_ended)
        self._numbers = itertools.count()
        self._desks: weakref.WeakSet[_Desk] = weakref.WeakSet()

    @property
    def jobs(self) -> list[Job]:
        """The running jobs, oldest first."""
        return list(self._jobs.values())

    def start(
        self,
        function: Callable[..., Any],
        *args: object,
        title: Title,
        kind: str = "",
        with_events: bool = True,
        heavy: bool | None = None,
        **kwargs: object,
    ) -> Job:
        """Run a function in a thread of its own.

        Connect to the returned job's signals before control goes back to the event loop; none is
        delivered earlier.

        Args:
            function: A long job of the engine, or a plain function.
            *args: Its arguments.
            title: What the job bar calls it; where it is shown for long, what says it in the
                window's language of the moment.
            kind: What pages recognise it by, such as ``"train"``.
            with_events: Whether the function takes ``on_event`` and ``cancel``.
            heavy: Whether it needs PyTorch; by default those with events do.
            **kwargs: More of its arguments.

        Returns:
            The job.
        """
        number, token, relay = next(self._numbers), CancelToken(attended=True), self.relay
        job = Job(token, title=title, kind=kind, parent=self)
        prepare = self._prepare if (with_events if heavy is None else heavy) else None
        if with_events:
            report = partial(relay.reported.emit, number)
            kwargs = {**kwargs, "on_event": report, "cancel": token}

        def work() -> None:
            try:
                _give_way()
                if prepare is not None:
                    prepare()
                result = function(*args, **kwargs)
            except BaseException as error:  # noqa: BLE001 - shown by whoever waits for the job
                relay.ended.emit(number, None, error)
            else:
                relay.ended.emit(number, result, None)

        self._jobs[number] = job
        self.job_started.emit(job)
        self._threads[number] = _start_thread(work, f"job: {job.title}")
        return job

    def prepare_early(self) -> None:
        """Load in the background what heavy jobs will need, so that the first starts at once."""
        if self._prepare is not None:
            self.start(self._prepare, title="", kind="quiet", with_events=False)

    def shutdown(self) -> None:
        """Ask everything to stop, then wait until it has."""
        for desk in list(self._desks):
            desk.close()
        for job in self._jobs.values():
            job.cancel()
        for thread in self._threads.values():
            thread.join()

    def open_desk(self, *, threads: int, waiting: int, heavy: bool) -> _Desk:
        """Make the background part of a :class:`Requests`; closed at :meth:`shutdown`."""
        desk = _Desk(
            next(self._numbers),
            self.relay,
            threads=threads,
            waiting=waiting,
            prepare=self._prepare if heavy else None,
        )
        self._desks.add(desk)
        return desk

    @Slot(int, object)
    def _on_reported(self, number: int, event: Event) -> None:
        if number in self._jobs:
            self._jobs[number].take_event(event)

    @Slot(int, object, object)
    def _on_ended(self, number: int, result: object, error: BaseException | None) -> None:
        job = self._jobs[number]
        job.take_end(result, error)
        del self._jobs[number], self._threads[number]
        self.job_finished.emit(job)
        job.deleteLater()


def _give_way() -> None:
    """Let the window's thread go first where all cores are busy (threads started here inherit it).

    Linux keeps a niceness for each thread; elsewhere it belongs to the whole process.
    """
    if sys.platform == "linux":
        thread = threading.get_native_id()
        with contextlib.suppress(OSError):
            nice = os.getpriority(os.PRIO_PROCESS, thread)
            os.setpriority(os.PRIO_PROCESS, thread, nice + _NICENESS)


def _start_thread(work: Callable[[], None], name: str) -> threading.Thread:
    """Start a thread with as much stack as the main one."""
    before = threading.stack_size(_STACK_BYTES)
    try:
        thread = threading.Thread(target=work, name=name)
        thread.start()
    finally:
        threading.stack_size(before)
    return thread


class _Desk:
    """The waiting questions of one :class:`Requests`, and the threads that answer them."""

    def __init__(
        self,
        number: int,
        relay: _Relay,
        *,
        threads: int,
        waiting: int,
        prepare: Callable[[], None] | None,
    ) -> None:
        self.number = number
        self._prepare = prepare
        self.generation = 0
        self.closed = False
        self._relay = relay
        self._limit = waiting
        self._lock = threading.Lock()
        self._stack: deque[tuple[int, Hashable, Callable[[], object]]] = deque()
        self._pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="requests")

    def put(self, key: Hashable, work: Callable[[], object]) -> list[Hashable]:
        """Take a question; returns the keys of those dropped for it."""
        dropped: list[Hashable] = []
        with self._lock:
            if self.closed or any(key == waiting for _, waiting, _ in self._stack):
                return dropped
            self._stack.append((self.generation, key, work))
            while len(self._stack) > self._limit:
                dropped.append(self._stack.popleft()[1])
        self._pool.submit(self._answer_newest)
        return dropped

    def forget(self) -> None:
        """Make everything asked so far stale."""
        with self._lock:
            self.generation += 1
            self._stack.clear()

    def close(self) -> None:
        """End the threads after what they are at."""
        self.closed = True
        self.forget()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _answer_newest(self) -> None:
        with self._lock:
            if not self._stack:
                return
            generation, key, work = self._stack.pop()
        answer: object = None
        failure: BaseException | None = None
        try:
            if self._prepare is not None:
                self._prepare()
            answer = work()
        except Exception as error:  # noqa: BLE001 - handed to whoever asked
            failure = error
        self._relay.answered.emit(self.number, generation, key, answer, failure)


class Requests(QObject):
    """Cheap questions answered in the background, the newest first.

    For what a view needs while one scrolls or moves a slider: thumbnails, an overlay. Each question
    has a key; asking the same key again while it waits changes nothing. :meth:`forget` makes
    everything asked so far stale: its answers are dropped.

    Args:
        runner: Closes the threads with the window.
        threads: How many questions are answered at once.
        waiting: How many may wait; the oldest beyond are dropped (``dropped`` tells).
        heavy: Whether answering needs PyTorch, which is then loaded first.
        parent: Qt's owner.
    """

    answered = Signal(object, object)
    """Key and answer."""
    refused = Signal(object, object)
    """Key and :class:`~effnet_studio.engine.errors.StudioError`."""
    dropped = Signal(object)
    """Key of a question that will not be answered."""

    def __init__(
        self,
        runner: JobRunner,
        *,
        threads: int = 1,
        waiting: int = 256,
        heavy: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = runner.open_desk(threads=threads, waiting=waiting, heavy=heavy)
        runner.relay.answered.connect(self._on_answered)

    def ask(self, key: Hashable, function: Callable[..., object], *args: object) -> None:
        """Have ``function(*args)`` called in the background."""
        for each in self._desk.put(key, partial(function, *args)):
            self.dropped.emit(each)

    def ask_only(self, key: Hashable, function: Callable[..., object], *args: object) -> None:
        """Ask, and make everything asked before stale."""
        self.forget()
        self.ask(key, function, *args)

    def forget(self) -> None:
        """Make everything asked so far stale."""
        self._desk.forget()

    def close(self) -> None:
        """End the threads; questions under way are waited for, others dropped."""
        self._desk.close()

    @Slot(int, int, object, object, object)
    def _on_answered(
        self,
        desk: int,
        generation: int,
        key: object,
        answer: object,
        failure: BaseException | None,
    ) -> None:
        if desk != self._desk.number or generation != self._desk.generation:
            return
        if failure is None:
            self.answered.emit(key, answer)
        else:
            self.refused.emit(key, as_studio_error(failure))
