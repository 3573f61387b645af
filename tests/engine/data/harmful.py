"""Work that does harm, for the tests of those who give it to processes.

A module of its own, for processes import it by name.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio.engine.data.files.intake import Packed, examine_handful

if TYPE_CHECKING:
    from collections.abc import Sequence


def crash_or_hang(paths: Sequence[str]) -> list[Packed]:
    """End the process at files called "crash" and hang at files called "hang"."""
    for path in paths:
        name = Path(path).stem
        if name.startswith("crash"):
            os._exit(9)
        if name.startswith("hang"):
            time.sleep(600)
    return examine_handful(paths)


def dawdle(paths: Sequence[str]) -> list[Packed]:
    """Take a tenth of a second over a file, and only one at a time."""
    time.sleep(0.1)
    return examine_handful(paths[:1])
