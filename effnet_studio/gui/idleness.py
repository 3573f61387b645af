"""Lets threads wait until the window has done what it is at."""

from __future__ import annotations

import threading
import time
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

_PATIENCE_SECONDS: Final = 0.1
"""For which a thread waits at most."""
_PAINTING_MS: Final = 1
"""After the turn: what it changed is painted in the next, before timers with a time time out."""
_APART_SECONDS: Final = 0.05
"""Between two looks: a job that asks for each of ten thousand files is not held up."""


class Idleness(QObject):
    """Tells threads when the turn of the event loop is over in which they ask.

    Two threads that both compute in Python share its lock half and half: a page that takes 60 ms
    takes 120 beside a question that it asked itself. So what is asked begins when the page is
    painted, and jobs look up between two batches or files.

    Args:
        parent: Qt's owner; it lives in the window's thread.
    """

    _asked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._next = 0.0
        self._waiting: list[threading.Event] = []
        self._timer = QTimer(self, singleShot=True, interval=_PAINTING_MS)
        self._timer.timeout.connect(self._on_painted)
        self._asked.connect(self._on_asked, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _on_asked(self, over: threading.Event) -> None:
        self._waiting.append(over)
        self._timer.start()

    @Slot()
    def _on_painted(self) -> None:
        while self._waiting:
            self._waiting.pop().set()

    def wait(self) -> None:
        """Wait until the turn is over; no longer than a tenth of a second.

        For any thread but the window's.
        """
        if time.monotonic() >= self._next:
            over = threading.Event()
            self._asked.emit(over)
            over.wait(_PATIENCE_SECONDS)
            self._next = time.monotonic() + _APART_SECONDS
