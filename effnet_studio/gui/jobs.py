"""Work outside the window's thread: long jobs, and cheap questions whose stale answers are dropped.

The only file that knows threads. Everything here is reported in the window's thread, because
signals emitted by a worker are connected to methods of objects that live there: such connections
are queued. (A lambda, a partial or a plain method would run in the worker's thread.)
"""

from __future__ import annotations

import itertools
import logging
import threading
import weakref
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QThread, Signal, Slot
from typing_extensions import override

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled, StudioError
from effnet_studio.engine.events import PauseChanged
from effnet_studio.gui.failures import as_studio_error

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from effnet_studio.engine.events import Event

_log = logging.getLogger(__name__)

_STACK_BYTES = 16 * 1024 * 1024
"""What the main thread has on most systems; other threads get 0.5 MB on macOS, too little."""


class JobState(StrEnum):
    """Where a job stands."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class _Worker(QThread):
    """Runs one function and hands over what came of it.

    Args:
        work: The function, complete with its arguments.
    """

    ended = Signal(object, object)  # result, exception

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__()
        self._work: Callable[[], object] | None = work
        self.setStackSize(_STACK_BYTES)

    @override
    def run(self) -> None:
        work, self._work = self._work, None
        if work is None:
            return
        try:
            result = work()
        except BaseException as error:  # noqa: BLE001 - shown to the user by whoever waits for it
            self.ended.emit(None, error)
        else:
            self.ended.emit(result, None)


class Job(QObject):
    """One long job as the window sees it; made by :meth:`JobRunner.start`."""

    event_received = Signal(object)
    """One :data:`~effnet_studio.engine.events.Event`."""
    succeeded = Signal(object)
    """What the function returned."""
    failed = Signal(object)
    """A :class:`~effnet_studio.engine.errors.StudioError`."""
    cancelled = Signal()
    pause_changed = Signal(bool)
    finished = Signal()
    """After any of the three, when the thread is gone."""

    _reported = Signal(object)

    def __init__(
        self,
        function: Callable[..., object],
        args: tuple[object, ...],
        kwargs: dict[str, object],
        *,
        title: str,
        kind: str,
        with_events: bool,
        prepare: Callable[[], None] | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.title = title
        self.kind = kind
        self.state = JobState.RUNNING
        self.result: object = None
        self.error: StudioError | None = None
        self.last_event: Event | None = None
        self._token = CancelToken()
        if with_events:
            kwargs = {**kwargs, "on_event": self._reported.emit, "cancel": self._token}

        def work() -> object:
            if prepare is not None:
                prepare()
            return function(*args, **kwargs)

        self._worker = _Worker(work)
        self._reported.connect(self._on_event)
        self._worker.ended.connect(self._on_ended)
        self._worker.finished.connect(self._on_thread_finished)

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

    def begin(self) -> None:
        """Start the thread; called once by the runner."""
        self._worker.start()

    def wait(self, milliseconds: int | None = None) -> bool:
        """Block until the thread is gone.

        Args:
            milliseconds: Longest wait; None for no limit.

        Returns:
            Whether it is gone.
        """
        return self._worker.wait() if milliseconds is None else self._worker.wait(milliseconds)

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        if not isinstance(event, PauseChanged):
            self.last_event = event
        self.event_received.emit(event)

    @Slot(object, object)
    def _on_ended(self, result: object, error: BaseException | None) -> None:
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

    @Slot()
    def _on_thread_finished(self) -> None:
        self._worker.wait()
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
        self._jobs: list[Job] = []
        self.relay = _Relay(self)
        self._numbers = itertools.count()
        self._desks: weakref.WeakSet[_Desk] = weakref.WeakSet()

    @property
    def jobs(self) -> list[Job]:
        """The running jobs, oldest first."""
        return list(self._jobs)

    def start(
        self,
        function: Callable[..., Any],
        *args: object,
        title: str,
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
            title: What the job bar calls it, translated.
            kind: What pages recognise it by, such as ``"train"``.
            with_events: Whether the function takes ``on_event`` and ``cancel``.
            heavy: Whether it needs PyTorch; by default those with events do.
            **kwargs: More of its arguments.

        Returns:
            The job.
        """
        job = Job(
            function,
            args,
            dict(kwargs),
            title=title,
            kind=kind,
            with_events=with_events,
            prepare=self._prepare if (with_events if heavy is None else heavy) else None,
            parent=self,
        )
        self._jobs.append(job)
        job.finished.connect(self._on_finished)
        self.job_started.emit(job)
        job.begin()
        return job

    def prepare_early(self) -> None:
        """Load in the background what heavy jobs will need, so that the first starts at once."""
        if self._prepare is not None:
            self.start(self._prepare, title="", kind="quiet", with_events=False)

    def shutdown(self) -> None:
        """Ask everything to stop, then wait until it has."""
        for desk in list(self._desks):
            desk.close()
        for job in self._jobs:
            job.cancel()
        for job in self._jobs:
            job.wait()

    def open_desk(self, *, threads: int, waiting: int) -> _Desk:
        """Make the background part of a :class:`Requests`; closed at :meth:`shutdown`."""
        desk = _Desk(next(self._numbers), self.relay, threads=threads, waiting=waiting)
        self._desks.add(desk)
        return desk

    @Slot()
    def _on_finished(self) -> None:
        job = self.sender()
        if not isinstance(job, Job):
            return
        self._jobs.remove(job)
        self.job_finished.emit(job)
        job.deleteLater()


class _Relay(QObject):
    """Carries answers into the window's thread. Lives as long as the runner.

    Threads hold this object and never a :class:`Requests`: were the last reference to a QObject
    dropped in a thread, it would be destroyed there.
    """

    answered = Signal(int, int, object, object, object)  # desk, generation, key, answer, failure


class _Desk:
    """The waiting questions of one :class:`Requests`, and the threads that answer them."""

    def __init__(self, number: int, relay: _Relay, *, threads: int, waiting: int) -> None:
        self.number = number
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
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = runner.open_desk(threads=threads, waiting=waiting)
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
