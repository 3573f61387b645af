"""What the packaged app leaves behind when it ends badly: it has no terminal that would show it.

The window itself shows what goes wrong in it, with a report to copy. Here is what it cannot show:
that it could not be opened, and that a library of it crashed.
"""

from __future__ import annotations

import contextlib
import faulthandler
import platform
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

REPORT = "crash-report.txt"
"""Why the window could not be opened."""

CRASH = "last-crash.txt"
"""Where the program was when a library crashed."""


@contextlib.contextmanager
def watched(folder: Path) -> Iterator[None]:
    """Write down what ends the program, as long as the ``with`` block lasts.

    Args:
        folder: For what is written; it is made if need be.
    """
    try:
        with _crashes(folder):
            yield
    except Exception as error:
        _tell(error, folder)
        raise


@contextlib.contextmanager
def _crashes(folder: Path) -> Iterator[None]:
    """Have Python write its threads' places into a file if the system ends the program."""
    new = folder / f"{CRASH}.new"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if new.exists() and new.stat().st_size:
            new.replace(folder / CRASH)  # of the run before
        file = new.open("w", encoding="utf-8")
    except OSError:  # a full disk is no reason not to open the window
        yield
        return
    with file:
        faulthandler.enable(file)
        try:
            yield
        finally:
            faulthandler.disable()
            with contextlib.suppress(OSError):  # Windows removes no open file; it is empty
                new.unlink()


def _tell(error: Exception, folder: Path) -> None:
    """Write a report, and say where it is."""
    about = f"EffNet Studio {__version__}, packaged, {platform.platform()}\n\n"
    text = about + "".join(traceback.format_exception(error))
    where = folder / REPORT
    try:
        folder.mkdir(parents=True, exist_ok=True)
        where.write_text(text, encoding="utf-8")
        said = f"EffNet Studio could not be started. A report is in {where}"
    except OSError:
        said = f"EffNet Studio could not be started.\n\n{text}"
    print(said, file=sys.stderr)
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, said, "EffNet Studio", 0x10)
