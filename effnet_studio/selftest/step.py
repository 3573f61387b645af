"""One step of the job."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Step:
    """One step.

    Attributes:
        key: Name in code.
        title: Shown to people.
        do: Does it and checks it; gives what was found.
        needs: Key of the step without which this one makes no sense; empty: it stands alone.
    """

    key: str
    title: str
    do: Callable[[], str]
    needs: str = ""
