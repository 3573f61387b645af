"""One thing known about this computer: what was found, whether it is well, what to do if not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.messages import Message

GIB = 2**30


class Level(StrEnum):
    """How well something is."""

    OK = "ok"
    ABSENT = "absent"
    """Not here, and nobody who does not want it misses it."""
    WARNING = "warning"
    """The app works, but slower or less surely than it could."""
    PROBLEM = "problem"
    """Something will fail."""

    @property
    def rank(self) -> int:
        """The larger, the worse."""
        return list(Level).index(self)


class Remedy(StrEnum):
    """What the window can do about a fact by itself."""

    WEIGHTS = "weights"
    """Show which pre-trained weights are here."""
    FOLDER = "folder"
    """Open the folder of the fact."""
    SETTINGS = "settings"
    """Show the settings, where another folder is chosen."""


@dataclass(frozen=True)
class Fact:
    """One line of the doctor's report.

    Attributes:
        key: Stable name for programs.
        title: What it is about.
        value: What was found.
        level: How well that is.
        hint: What to do about it, or how to get what is not there.
        command: To be typed into a terminal for that; empty: none.
        remedy: What the window can do for that; None: nothing.
        path: The folder it is about; None: none.
    """

    key: str
    title: Message
    value: Message
    level: Level = Level.OK
    hint: Message | None = None
    command: str = ""
    remedy: Remedy | None = None
    path: Path | None = None

    @property
    def ok(self) -> bool:
        """Whether there is nothing to look at."""
        return self.level in {Level.OK, Level.ABSENT}


def gib_text(size: int | None) -> str:
    """A size in memory or on disk, in units of 2³⁰ bytes; a question mark where not known."""
    return "?" if size is None else f"{size / GIB:.1f} GB"
