"""Whether PyTorch from the pack can be loaded: a pack that ended the app once is not tried again.

Before a process loads it, a mark with that process's number is written; afterwards it is taken
away. A mark whose process is gone means that the process ended while it loaded: the driver or a
library brought it down. From then on the pack is switched off until somebody wishes another try.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from effnet_studio.engine import atomic
from effnet_studio.engine.project_lock import LockOwner, this_process

if TYPE_CHECKING:
    from pathlib import Path

_MARKS: Final = "trying"
_FAILURE: Final = "failed.json"


@dataclass(frozen=True)
class Failure:
    """Why a pack is switched off.

    Attributes:
        when: ISO 8601 with time zone.
        reason: What Python said; empty: the app ended without a word.
    """

    when: str
    reason: str = ""


class Trial:
    """One process that loads PyTorch from the pack.

    Args:
        root: Folder of all packs.
    """

    def __init__(self, root: Path) -> None:
        self._root, self._owner = root, this_process()
        self._mark = root / _MARKS / f"{self._owner.token}.json"

    def begin(self) -> None:
        """Write the mark; where that is not possible the pack is loaded without one."""
        with contextlib.suppress(OSError):
            self._mark.parent.mkdir(parents=True, exist_ok=True)
            atomic.write_unsynced(self._mark, json.dumps(asdict(self._owner)))

    def passed(self) -> None:
        """It was loaded."""
        with contextlib.suppress(OSError):
            self._mark.unlink(missing_ok=True)

    def failed(self, reason: str) -> None:
        """Python could not load it.

        Args:
            reason: In the words of the system.
        """
        _write_failure(self._root, reason)
        self.passed()


def failure_of(root: Path) -> Failure | None:
    """Why the pack is switched off; marks of processes that are gone are looked for first.

    Args:
        root: Folder of all packs.

    Returns:
        The failure; None: there is none.
    """
    for mark in sorted(root.glob(f"{_MARKS}/*.json")):
        owner = _owner(mark)
        if owner is None or not owner.alive:
            _write_failure(root, "")
            with contextlib.suppress(OSError):
                mark.unlink(missing_ok=True)
    try:
        return Failure(**json.loads((root / _FAILURE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def try_again(root: Path) -> None:
    """Forget a failure, so that the pack is used from the next start on.

    Args:
        root: Folder of all packs.
    """
    failure_of(root)  # what marks tell is forgotten too
    with contextlib.suppress(OSError):
        (root / _FAILURE).unlink(missing_ok=True)


def _owner(mark: Path) -> LockOwner | None:
    """Who wrote a mark; None: it cannot be read, as after a power cut."""
    try:
        return LockOwner(**json.loads(mark.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _write_failure(root: Path, reason: str) -> None:
    when = datetime.now().astimezone().isoformat(timespec="seconds")
    with contextlib.suppress(OSError):
        atomic.write_unsynced(root / _FAILURE, json.dumps(asdict(Failure(when, reason))))
