"""Commands that run beside the app and can be stopped at any moment."""

from __future__ import annotations

import os
import queue
import subprocess
import threading
from typing import IO, TYPE_CHECKING, Final

from effnet_studio.engine.quiet import NO_WINDOW

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from effnet_studio.engine.cancel import CancelToken

_LOOK: Final = 0.1
"""Seconds between two looks at whether the job was asked to stop."""

_NOT_HANDED_ON: Final = ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "VIRTUAL_ENV")
"""Of the surroundings: what would mix the app's packages with those of another Python."""


def surroundings(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment variables for another Python.

    Args:
        extra: To be added.
    """
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_HANDED_ON}
    return {**kept, "PYTHONUTF8": "1", **(extra or {})}


def run(
    command: Sequence[str],
    *,
    on_line: Callable[[str], None],
    cancel: CancelToken,
    extra: Mapping[str, str] | None = None,
) -> int:
    """Run a command to its end and hear each line that it prints.

    Args:
        command: Program and arguments; no shell comes between.
        on_line: Gets each line of output and errors, without its end.
        cancel: Ends the command.
        extra: Environment variables to be added.

    Returns:
        The exit code.

    Raises:
        OSError: If the program cannot be started.
        Cancelled: If the job was asked to stop; the command has ended then.
    """
    process = subprocess.Popen(  # noqa: S603 - the app's own Python or one that it made
        list(command),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=surroundings(extra),
        creationflags=NO_WINDOW,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    lines: queue.Queue[str | None] = queue.Queue()
    assert process.stdout is not None  # noqa: S101 - asked for above
    reader = threading.Thread(target=_hand_on, args=(process.stdout, lines), name="command output")
    reader.start()
    try:
        while (line := _next(lines, cancel)) is not None:
            on_line(line.rstrip())
        return process.wait()
    finally:
        process.kill()
        process.wait()
        reader.join()
        process.stdout.close()


def _hand_on(source: IO[str], lines: queue.Queue[str | None]) -> None:
    try:
        for line in source:
            lines.put(line)
    finally:
        lines.put(None)


def _next(lines: queue.Queue[str | None], cancel: CancelToken) -> str | None:
    while True:
        cancel.check()
        try:
            return lines.get(timeout=_LOOK)
        except queue.Empty:
            continue
