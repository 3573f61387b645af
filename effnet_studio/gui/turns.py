"""Spreads costly work over several turns of the event loop, so that none of them is a long one."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class _Turns(QObject):
    """What waits, and the timer that takes one of it in each turn."""

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self._waiting: deque[tuple[QWidget, Callable[[], object]]] = deque()
        self._timer = QTimer(self, interval=0)
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
