"""Starting other programs without a trace on the screen."""

from __future__ import annotations

import subprocess
from typing import Final

NO_WINDOW: Final[int] = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""For ``creationflags``: on Windows a program for the terminal would open one for itself when an
app without a terminal starts it. Other systems know no such thing."""
