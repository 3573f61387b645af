"""Long work outside the window's thread.

Together with :mod:`~effnet_studio.gui.questions` all that uses threads for a page. What they say
comes in the window's thread, because signals emitted by a worker are connected to methods of
objects that live there: such connections are queued. (A lambda, a partial or a plain method would
run in the worker's thread.) Each result is passed on in a turn of the event loop of its own.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import threading
import weakref
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid
from typing_extensions import override

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled, StudioError
from effnet_studio.engine.events import PauseChanged
from effnet_studio.gui.failures import as_studio_error
from effnet_studio.gui.idleness import Idleness
from effnet_studio.gui.precedence import NICENESS, step_back
from effnet_studio.gui.questions import Desk
from effnet_studio.gui.turns import CallQueue

if TYPE_CHECKING:
    from effnet_studio.engine.events import Event
    from effnet_studio.gui.questions import Requests

_log = logging.getLogger(__name__)

_STACK_BYTES: Final = 16 * 1024 * 1024
"""What the main thread has on most systems; other threads get 0.5 MB on macOS, too little."""


Title = str | Callable[[], str]
"""What a job is called, translated; or what says it in the language of the moment."""


class JobState(StrEnum):
    """Where a job stands."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Relay(QObject):
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
        self._relay = Relay(self)
        self._relay.reported.connect(self._on_reported)
        self._relay.ended.connect(self._on_ended)
        self._relay.answered.connect(self._on_answered)
        self._idleness = Idleness(self)
        self._results = CallQueue(self)
        self._shown = threading.Event()
        self._shown.set()
        self._results.emptied.connect(self._on_all_shown)
        self._numbers = itertools.count()
        self._desks: weakref.WeakSet[Desk] = weakref.WeakSet()
        self._askers: weakref.WeakValueDictionary[int, Requests] = weakref.WeakValueDictionary()

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
        number, token, relay = next(self._numbers), _Token(self._idleness), self._relay
        job = Job(token, title=title, kind=kind, parent=self)
        prepare = self._prepare if (with_events if heavy is None else heavy) else None
        if with_events:
            report = partial(relay.reported.emit, number)
            kwargs = {**kwargs, "on_event": report, "cancel": token}

        def work() -> None:
            try:
                step_back(NICENESS)
                self._idleness.wait()
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

    def open_desk(self, asker: Requests, *, threads: int, waiting: int, heavy: bool) -> Desk:
        """Make the background part of a :class:`Requests`; closed at :meth:`shutdown`."""
        desk = Desk(
            next(self._numbers),
            self._relay,
            self._shown,
            self._idleness,
            threads=threads,
            waiting=waiting,
            prepare=self._prepare if heavy else None,
        )
        self._desks.add(desk)
        self._askers[desk.number] = asker
        return desk

    @Slot(int, object)
    def _on_reported(self, number: int, event: Event) -> None:
        if number in self._jobs:
            self._jobs[number].take_event(event)

    @Slot(int, object, object)
    def _on_ended(self, number: int, result: object, error: BaseException | None) -> None:
        self._show(partial(self._end, number, result, error))

    @Slot(int, int, object, object, object)
    def _on_answered(
        self,
        number: int,
        generation: int,
        key: object,
        answer: object,
        failure: BaseException | None,
    ) -> None:
        self._show(partial(self._answer, number, generation, key, answer, failure))

    def _show(self, call: Callable[[], object]) -> None:
        """Pass on a result in a turn of the event loop of its own; questions wait meanwhile."""
        self._shown.clear()
        self._results.add(call)

    @Slot()
    def _on_all_shown(self) -> None:
        self._shown.set()

    def _end(self, number: int, result: object, error: BaseException | None) -> None:
        job = self._jobs[number]
        job.take_end(result, error)
        del self._jobs[number], self._threads[number]
        self.job_finished.emit(job)
        job.deleteLater()

    def _answer(
        self,
        number: int,
        generation: int,
        key: object,
        answer: object,
        failure: BaseException | None,
    ) -> None:
        asker = self._askers.get(number)
        if asker is not None and isValid(asker):
            asker.take_answer(generation, key, answer, failure)


class _Token(CancelToken):
    """Stops a job, and has it give way to the window.

    Args:
        idleness: Of the window's thread.
    """

    def __init__(self, idleness: Idleness) -> None:
        super().__init__(attended=True)
        self._idleness = idleness

    @override
    def check(self, on_pause: Callable[[bool], None] | None = None) -> None:
        super().check(on_pause)
        self._idleness.wait()


def _start_thread(work: Callable[[], None], name: str) -> threading.Thread:
    """Start a thread with as much stack as the main one."""
    before = threading.stack_size(_STACK_BYTES)
    try:
        thread = threading.Thread(target=work, name=name)
        thread.start()
    finally:
        threading.stack_size(before)
    return thread
