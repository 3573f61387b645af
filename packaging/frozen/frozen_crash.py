"""What the packaged app leaves behind when its window cannot be opened: no terminal would show it.

Once it is open, the window itself shows what goes wrong, with a report to copy, and notes where a
library crashed.
"""

from __future__ import annotations

import contextlib
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


@contextlib.contextmanager
def watched(folder: Path) -> Iterator[None]:
    """Write down the mistake that ends the program, while the ``with`` block lasts.

    Args:
        folder: For what is written; it is made if need be.
    """
    try:
        yield
    except Exception as error:
        _tell(error, folder)
        raise


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
