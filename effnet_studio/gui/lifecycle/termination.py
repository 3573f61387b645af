"""The system wants the app to end: by a signal, or because the user logs out."""

from __future__ import annotations

import contextlib
import signal
import socket
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEventLoop, QObject, QSocketNotifier, QTimer, Signal, Slot

if TYPE_CHECKING:
    from types import FrameType

    from PySide6.QtGui import QGuiApplication, QSessionManager

_SIGNALS: Final = ("SIGTERM", "SIGINT", "SIGHUP")
"""Those that a system has; Windows knows no SIGHUP."""
_PATIENCE_MS: Final = 8_000
"""How long a log-out is held up for a training to be saved; systems give about this much."""


class Termination(QObject):
    """Tells in the window's thread that the app is to end.

    Python runs a signal's handler only between two of its own instructions, and Qt's event loop
    has none. So the interpreter writes a byte into a socket that the event loop watches.

    Args:
        app: Tells when the user logs out.
    """

    asked = Signal()
    """The app is to end in good order, and nobody can be asked."""

    def __init__(self, app: QGuiApplication) -> None:
        super().__init__(app)
        self._app = app
        self._before: dict[signal.Signals, Any] = {}

    def install(self) -> None:
        """Begin to listen; only in the main thread."""
        self._hear, self._say = socket.socketpair()
        for end in (self._hear, self._say):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._hear.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)
        self._wakeup = signal.set_wakeup_fd(self._say.fileno(), warn_on_full_buffer=False)
        for name in _SIGNALS:
            if hasattr(signal, name):
                number = signal.Signals[name]
                self._before[number] = signal.signal(number, _take_note)
        self._app.commitDataRequest.connect(self._on_log_out)

    def remove(self) -> None:
        """Give the signals back."""
        self._app.commitDataRequest.disconnect(self._on_log_out)
        self._give_back()
        signal.set_wakeup_fd(self._wakeup)
        self._notifier.setEnabled(False)
        self._hear.close()
        self._say.close()

    def _give_back(self) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before = {}

    @Slot()
    def _on_signal(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._hear.recv(64)
        self._give_back()  # a second one ends the app at once
        self.asked.emit()

    @Slot(object)
    def _on_log_out(self, _manager: QSessionManager) -> None:
        """Stop in good order; the system goes on when this returns."""
        loop = QEventLoop(self)
        self._app.lastWindowClosed.connect(loop.quit)
        QTimer.singleShot(_PATIENCE_MS, loop.quit)
        QTimer.singleShot(0, self, self.asked.emit)
        loop.exec()


def _take_note(_number: int, _frame: FrameType | None) -> None:
    """The byte in the socket is all that counts."""
