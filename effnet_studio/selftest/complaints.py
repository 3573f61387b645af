"""Listens to Qt, to Python's warnings, to the log and to the window for what should not be said."""

from __future__ import annotations

import contextlib
import logging
import sys
import warnings
from typing import TYPE_CHECKING, Final, TextIO

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Slot, qInstallMessageHandler
from typing_extensions import override

from effnet_studio.gui.errors import ErrorPanel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.main_window import MainWindow

HARMLESS: Final = {
    "This plugin does not support propagateSizeHints()": (
        "the offscreen platform has no window manager that would want to know a least size"
    ),
    "This plugin does not support raise()": "nor one that could put a window in front",
}
"""Beginnings of what Qt says without anything being wrong, and why it is not."""

_COUNTED: Final = {
    QtMsgType.QtWarningMsg: "Qt warning",
    QtMsgType.QtCriticalMsg: "Qt error",
    QtMsgType.QtFatalMsg: "Qt cannot go on",
}


class Complaints(QObject):
    """Collects complaints from when it is told to listen until it is told to stop."""

    def __init__(self) -> None:
        super().__init__()
        self._heard: list[str] = []
        self._window: MainWindow | None = None
        self._failed = False

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        """Listen to Qt, Python's warnings and the app's log for a while."""
        log, note = logging.getLogger("effnet_studio"), _LogNote(self._heard)
        before = qInstallMessageHandler(self._on_message)
        log.addHandler(note)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("default")
                warnings.showwarning = self._on_warning
                yield
        finally:
            log.removeHandler(note)
            qInstallMessageHandler(before)

    def watch(self, window: MainWindow) -> None:
        """Hear what the window says is wrong, too, as long as it is there."""
        self._window = window
        window.destroyed.connect(self._on_gone)
        window.session.jobs.job_finished.connect(self._on_job_finished)
        window.errors.error_shown.connect(self._on_error)

    @property
    def failed(self) -> bool:
        """Whether the window has said since :meth:`take` that something failed."""
        return self._failed

    def take(self) -> tuple[str, ...]:
        """What was heard since the last time, each once, and what the pages show of failures."""
        said, self._heard[:] = [*self._heard, *self._shown()], []
        self._failed = False
        return tuple(dict.fromkeys(said))

    def forgive(self) -> None:
        """Take away what the window shows of failures, so that the next step begins clean."""
        if self._window is not None:
            self._window.errors.clear()
        for panel in self._panels():
            panel.clear()

    def _panels(self) -> list[ErrorPanel]:
        panels = [] if self._window is None else self._window.findChildren(ErrorPanel)
        return [each for each in panels if each.error is not None and each.isVisible()]

    def _shown(self) -> list[str]:
        return [f"The window says: {panel.error}" for panel in self._panels()]

    def _on_message(self, kind: QtMsgType, _where: QMessageLogContext, text: str | None) -> None:
        name, said = _COUNTED.get(kind), text or ""
        if name is None or said.startswith(tuple(HARMLESS)):
            return
        self._heard.append(f"{name}: {said}")
        if kind is QtMsgType.QtFatalMsg and sys.stderr is not None:
            sys.stderr.write(f"{name}: {said}\n")  # the program ends when this returns

    def _on_warning(  # noqa: PLR0917 - as Python calls it
        self,
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        del file, line  # how Python calls it
        self._heard.append(f"{category.__name__}: {message} ({filename}:{lineno})")

    @Slot()
    def _on_gone(self) -> None:
        self._window = None

    @Slot(object)
    def _on_error(self, error: StudioError) -> None:
        self._heard.append(f"The window says: {error}")
        self._failed = True

    @Slot(object)
    def _on_job_finished(self, job: Job) -> None:
        if job.error is not None:
            self._on_error(job.error)


class _LogNote(logging.Handler):
    """Notes what the app's own log warns of."""

    def __init__(self, heard: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._heard = heard

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self._heard.append(f"Log: {record.getMessage()}")
