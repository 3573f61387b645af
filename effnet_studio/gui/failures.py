"""Whatever was raised, as a :class:`StudioError` that can be shown and copied."""

from __future__ import annotations

import platform
import sys
import threading
import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, qVersion

from effnet_studio import __version__
from effnet_studio.engine.errors import StorageError, StudioError
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from types import TracebackType


class UnexpectedError(StudioError):
    """A mistake of the app itself.

    Attributes:
        report: The traceback, for whoever mends it.
    """

    def __init__(self, error: BaseException) -> None:
        super().__init__(
            msg("Something unexpected happened: {reason}", reason=_reason(error)),
            hint=msg("Your files are as they were. Copy the report if you want to tell us."),
        )
        self.report = "".join(traceback.format_exception(error))


def _reason(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def as_studio_error(error: BaseException) -> StudioError:
    """Wrap what is not meant for people.

    Args:
        error: Anything raised.

    Returns:
        The error itself if it is a :class:`StudioError`, else one that says what can be said.
    """
    if isinstance(error, StudioError):
        return error
    if isinstance(error, MemoryError):
        wrapped = StudioError(
            msg("This computer has not enough free memory for that."),
            hint=msg("Close other programs, or choose a smaller model, batch or image size."),
        )
        wrapped.__cause__ = error
        return wrapped
    if isinstance(error, OSError) and error.strerror:
        stored = StorageError(
            msg("The system refused a file operation: {reason}.", reason=error.strerror),
            hint=msg("Check that the drive is there, has room and may be written to."),
        )
        stored.__cause__ = error
        return stored
    return UnexpectedError(error)


def report_of(error: StudioError) -> str:
    """A report to copy: the sentence, the versions and, if there is one, the traceback."""
    if isinstance(error, UnexpectedError):
        trace = error.report
    elif error.__traceback__ is not None:
        trace = "".join(traceback.format_exception(error))
    else:
        trace = f"{type(error).__name__}: {error}"
    return f"{versions_line()}\n{error}\n\n{trace}"


def versions_line() -> str:
    """The head of every report: the versions of the app, of Python, of Qt and of the system."""
    return (
        f"EffNet Studio {__version__}, Python {platform.python_version()}, Qt {qVersion()}, "
        f"{platform.platform()}"
    )


class ExceptionHooks(QObject):
    """Catches what nothing else caught, in every thread, and reports it in the window's.

    Args:
        parent: Qt's owner.
    """

    caught = Signal(object)
    """A :class:`~effnet_studio.engine.errors.StudioError`."""

    def install(self) -> None:
        """Begin to catch."""
        self._previous = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook = self._previous

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self._previous[0](kind, error, trace)
        if not issubclass(kind, KeyboardInterrupt):
            self.caught.emit(as_studio_error(error))

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        self._previous[1](args)
        if args.exc_value is not None:
            self.caught.emit(as_studio_error(args.exc_value))
