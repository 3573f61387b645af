"""Spreads costly work over several turns of the event loop, so that none of them is a long one."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from PySide6.QtWidgets import QWidget

_SLICE_SECONDS: Final = 0.01
"""Of one turn of the event loop that :class:`Portions` takes."""


class _Dispatcher(QObject):
    """Has one of the timers that are due time out in each turn of the event loop."""

    def __init__(self) -> None:
        super().__init__(QCoreApplication.instance())
        self._due: deque[TurnTimer] = deque()
        # One that repeats would rest while a call of its own opens a dialog and waits for it.
        self._timer = QTimer(self, interval=0, singleShot=True)
        self._timer.timeout.connect(self._on_turn)

    def add(self, timer: TurnTimer) -> None:
        if not any(each is timer for each in self._due):
            self._due.append(timer)
            self._timer.start()

    @Slot()
    def _on_turn(self) -> None:
        while self._due:
            timer = self._due.popleft()
            if isValid(timer) and timer.isActive():
                if self._due:
                    self._timer.start()  # for an event loop that is begun in this turn
                try:
                    timer.take_turn()
                finally:
                    if self._due:
                        self._timer.start()  # again: behind what fell due in this turn
                return


_dispatcher: _Dispatcher | None = None


class TurnTimer(QObject):
    """A timer for the next turns of the event loop that leaves each to one of its kind.

    Timers of Qt with no interval all time out in the same turn: ten that each do a small part of
    something keep the window for ten parts.

    Args:
        parent: Qt's owner.
        single_shot: Whether it times out once for each start.
    """

    timeout = Signal()

    def __init__(self, parent: QObject, *, single_shot: bool = True) -> None:
        super().__init__(parent)
        self._single_shot = single_shot
        self._active = False

    def isActive(self) -> bool:  # noqa: N802 - as QTimer has it
        """Whether it will time out."""
        return self._active

    def start(self) -> None:
        """Time out in the next turn that is nobody else's."""
        global _dispatcher  # noqa: PLW0603 - one for all windows, as there is one event loop
        self._active = True
        if _dispatcher is None or not isValid(_dispatcher):
            _dispatcher = _Dispatcher()
        _dispatcher.add(self)

    def stop(self) -> None:
        """Not time out any more."""
        self._active = False

    def take_turn(self) -> None:
        """Time out; called in its turn."""
        self._active = False
        if not self._single_shot:
            self.start()
        self.timeout.emit()


class CallQueue(QObject):
    """Calls what it is given one after the other, each in a turn of the event loop of its own.

    What is posted to an object is different: Qt delivers all that has come before it looks at the
    mouse or paints again.

    Args:
        parent: Qt's owner.
    """

    emptied = Signal()
    """All were called, and what the last one changed is laid out and painted."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._calls: deque[Callable[[], object]] = deque()
        self._timer = TurnTimer(self)
        self._timer.timeout.connect(self._call_next)

    def add(self, call: Callable[[], object]) -> None:
        """Have something called after all that waits."""
        self._calls.append(call)
        self._timer.start()

    @Slot()
    def _call_next(self) -> None:
        if not self._calls:
            self.emptied.emit()
            return
        call = self._calls.popleft()
        self._timer.start()
        call()


class _Turns(QObject):
    """What waits, and the timer that takes one of it in each turn."""

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self._waiting: deque[tuple[QWidget, Callable[[], object]]] = deque()
        self._timer = TurnTimer(self, single_shot=False)
        self._timer.timeout.connect(self._take_one)

    def add(self, widget: QWidget, call: Callable[[], object]) -> None:
        if not any(each is widget for each, _ in self._waiting):
            self._waiting.append((widget, call))
            self._timer.start()

    @Slot()
    def _take_one(self) -> None:
        while self._waiting:
            widget, call = self._waiting.popleft()
            if isValid(widget) and widget.isVisible():
                call()
                break
        if not self._waiting:
            self._timer.stop()


_turns: _Turns | None = None


def in_turn(widget: QWidget, call: Callable[[], object]) -> None:
    """Have something done soon, and nothing else of this kind in the same turn of the event loop.

    Between two calls, clicks and keys are answered and what changed is painted.

    Args:
        widget: What it is for: nothing is done twice for one that waits already, nor for one that
            is hidden by then.
        call: Does it.
    """
    global _turns  # noqa: PLW0603 - one queue for all windows, as there is one event loop
    if _turns is None or not isValid(_turns):
        _turns = _Turns(QCoreApplication.instance())
    _turns.add(widget, call)


class Portions(QObject):
    """Hands on many things one after the other, some in each turn of the event loop.

    Args:
        take: Gets each of them.
        parent: Qt's owner.
    """

    ended = Signal()
    """All were handed on."""

    def __init__(self, take: Callable[[Any], object], parent: QObject) -> None:
        super().__init__(parent)
        self._take = take
        self._rest: Iterator[object] = iter(())
        self._timer = TurnTimer(self, single_shot=False)
        self._timer.timeout.connect(self._go_on)

    @property
    def running(self) -> bool:
        """Whether there are things that were not handed on."""
        return self._timer.isActive()

    def start(self, things: Iterable[object]) -> None:
        """Begin with the first of some things, at once; a list may grow meanwhile."""
        self._rest = iter(things)
        self._timer.start()
        self._go_on()

    def stop(self) -> None:
        """Leave the others."""
        self._rest = iter(())
        self._timer.stop()

    @Slot()
    def _go_on(self) -> None:
        until = time.monotonic() + _SLICE_SECONDS
        for thing in self._rest:
            self._take(thing)
            if time.monotonic() >= until:
                return
        self.stop()
        self.ended.emit()
