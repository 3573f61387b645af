"""Cheap questions answered in the background, whose stale answers are dropped."""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from effnet_studio.gui.failures import as_studio_error
from effnet_studio.gui.precedence import QUESTION_NICENESS, step_back

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from effnet_studio.gui.idleness import Idleness
    from effnet_studio.gui.jobs import JobRunner, Relay

_PATIENCE_SECONDS: Final = 0.1
"""For which the next question waits, at most, until the window has shown all results."""


class Desk:
    """The waiting questions of one :class:`Requests`, and the threads that answer them."""

    def __init__(
        self,
        number: int,
        relay: Relay,
        shown: threading.Event,
        idleness: Idleness,
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
        self._shown = shown
        self._idleness = idleness
        self._limit = waiting
        self._lock = threading.Lock()
        self._stack: deque[tuple[int, Hashable, Callable[[], object]]] = deque()
        self._pool = ThreadPoolExecutor(
            max_workers=threads,
            thread_name_prefix="requests",
            initializer=step_back,
            initargs=(QUESTION_NICENESS,),
        )

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
        self._shown.set()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _answer_newest(self) -> None:
        # Both at once would take Python's lock from each other, and the window comes first.
        self._shown.wait(_PATIENCE_SECONDS)
        self._idleness.wait()
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
        self._shown.clear()
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
        self._desk = runner.open_desk(self, threads=threads, waiting=waiting, heavy=heavy)

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

    def take_answer(
        self, generation: int, key: object, answer: object, failure: BaseException | None
    ) -> None:
        """Pass on an answer that is not stale; called by the runner in the window's thread."""
        if generation != self._desk.generation:
            return
        if failure is None:
            self.answered.emit(key, answer)
        else:
            self.refused.emit(key, as_studio_error(failure))
