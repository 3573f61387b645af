"""Where a command reads and writes: results to standard output, everything else to the other."""

from __future__ import annotations

import contextlib
import json
import signal
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.console import Console

from effnet_studio.cli.progress import ProgressDisplay
from effnet_studio.engine.cancel import CancelToken

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from rich.console import RenderableType

    from effnet_studio.engine.events import OnEvent

STOPPED = 130
"""Exit code after Ctrl+C, as shells expect it."""

_LOG_WIDTH = 160
"""Columns of tables that go into a file or a pipe, where nothing says how many there are."""


@dataclass(frozen=True)
class Job:
    """What a long job of the engine is given.

    Attributes:
        on_event: Draws its progress.
        cancel: Set by Ctrl+C.
    """

    on_event: OnEvent
    cancel: CancelToken


class Terminal:
    """The two output streams of one command.

    Args:
        as_json: Whether standard output is for a program: one JSON document and nothing else.
    """

    def __init__(self, *, as_json: bool = False) -> None:
        self.as_json = as_json
        self._results = make_console(error_stream=False)
        self._remarks = make_console(error_stream=True)

    def emit(self, document: Any, *pictures: RenderableType) -> None:
        """Give the result.

        Args:
            document: For programs.
            *pictures: The same for people: texts and tables.
        """
        if self.as_json:
            print_json(document)
        else:
            for picture in pictures:
                self._results.print(picture)

    def remark(self, text: str) -> None:
        """Say something that is not part of the result."""
        self._remarks.print(text)

    @contextlib.contextmanager
    def job(self) -> Iterator[Job]:
        """Show the progress of a long job and let Ctrl+C stop it.

        The first Ctrl+C asks the job to stop in good order, the second breaks it off.

        Yields:
            What to hand to the job.
        """
        # At a terminal somebody may plug a drive in again, or make room on the disk.
        cancel = CancelToken(attended=sys.stderr.isatty())
        with ProgressDisplay(self._remarks) as display, self._stopping(cancel):
            yield Job(display.on_event, cancel)

    @contextlib.contextmanager
    def _stopping(self, cancel: CancelToken) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield  # only the main thread hears signals
            return

        def stop(_number: int, _frame: FrameType | None) -> None:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            self._remarks.print("Stopping … (Ctrl+C again breaks off at once)")
            cancel.cancel()

        previous = [(number, signal.getsignal(number)) for number in _stop_signals()]
        for number, _ in previous:
            signal.signal(number, stop)
        try:
            yield
        finally:
            for number, handler in previous:
                signal.signal(number, handler)


def make_console(*, error_stream: bool) -> Console:
    """Open one of the two streams for people.

    Args:
        error_stream: Standard error instead of standard output.
    """
    stream = sys.stderr if error_stream else sys.stdout
    width = None if stream.isatty() else _LOG_WIDTH
    return Console(
        stderr=error_stream, width=width, highlight=False, markup=False, emoji=False, soft_wrap=True
    )


def print_json(document: Any) -> None:
    """Print one JSON document on standard output, in plain ASCII that no code page can break."""
    sys.stdout.write(json.dumps(document, indent=2, allow_nan=False) + "\n")
    sys.stdout.flush()


def _stop_signals() -> tuple[signal.Signals, ...]:
    return (signal.SIGINT, signal.SIGTERM)
