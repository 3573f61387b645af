"""Goes through what happened so far, a part at a time, so that the window answers meanwhile."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from effnet_studio.engine.events import Event

_SLICE_SECONDS: Final = 0.01
"""In one turn of the event loop; a night of training tells a hundred thousand things and more."""


class Replay(QObject):
    """Hands on the events of a job one after the other, also those that join them meanwhile.

    Args:
        take: Gets each event.
        parent: Qt's owner.
    """

    def __init__(self, take: Callable[[Event], None], parent: QObject) -> None:
        super().__init__(parent)
        self._take = take
        self._events: Sequence[Event] = ()
        self._next = 0
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    @property
    def running(self) -> bool:
        """Whether there are events that were not handed on."""
        return self._timer.isActive()

    def start(self, events: Sequence[Event]) -> None:
        """Begin with the first of some events; the sequence may grow."""
        self._events, self._next = events, 0
        self._timer.start()
        self._go_on()

    def stop(self) -> None:
        """Leave the others."""
        self._events = ()
        self._timer.stop()

    @Slot()
    def _go_on(self) -> None:
        until = time.monotonic() + _SLICE_SECONDS
        while self._next < len(self._events):
            self._take(self._events[self._next])
            self._next += 1
            if time.monotonic() >= until:
                return
        self.stop()
