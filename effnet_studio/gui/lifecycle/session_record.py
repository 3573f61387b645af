"""What is at work, in a small file that only a good end takes away; without Qt.

Each window has a folder ``sessions/<id>`` in the user's data folder. One whose process is gone was
left by an end that nobody asked for: a crash, a power cut, or a system short of memory.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import shutil
import uuid
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from effnet_studio.engine.atomic import write_unsynced
from effnet_studio.engine.project_lock import ProjectLock

if TYPE_CHECKING:
    from typing import TextIO

_RECORD: Final = "session.json"
_FAULTS: Final = "fault.log"
_LOCK: Final = "session.lock"
_LONGEST_REPORT: Final = 200_000
"""Characters of a fault report that are worth keeping."""


@dataclass(frozen=True)
class SessionRecord:
    """What a window was doing.

    Attributes:
        project: Folder of the open project; empty for none.
        opening: Folder of the project being opened.
        jobs: (kind, title) of the jobs that ran.
        run: The run that was being trained; empty for none.
        recovering: Whether this window was itself begun after a crash, less than a minute ago.
        report: What the interpreter left of a crash in native code.
    """

    project: str = ""
    opening: str = ""
    jobs: tuple[tuple[str, str], ...] = ()
    run: str = ""
    recovering: bool = False
    report: str = ""

    @property
    def place(self) -> Path:
        """Folder of the project that was open or being opened."""
        return Path(self.project or self.opening or ".")

    @property
    def had_project(self) -> bool:
        """Whether a project was open or being opened."""
        return bool(self.project or self.opening)

    @property
    def says_nothing(self) -> bool:
        """Whether nothing was open, nothing ran and nothing is known of the end."""
        return not (self.had_project or self.jobs or self.report)


class SessionFile:
    """The record of this window.

    Args:
        folder: The user's data folder.
    """

    def __init__(self, folder: Path) -> None:
        self._sessions = folder / "sessions"
        self._folder = self._sessions / uuid.uuid4().hex[:12]
        self._lock = ProjectLock(self._folder, _LOCK)
        self._faults: TextIO | None = None
        self.record = SessionRecord()

    def begin(self) -> SessionRecord | None:
        """Look what was left behind, and begin a record of one's own.

        Where the folder cannot be written there is no record, and nothing else suffers.

        Returns:
            The newest record without a living owner; None after a good end.
        """
        left = self._take_left()
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True)
            self._lock.acquire()
            self._write()
            self._faults = (self._folder / _FAULTS).open("w", encoding="utf-8")
            faulthandler.enable(self._faults)
        return left

    def note(self, **changes: Any) -> None:
        """Write that something is otherwise than before."""
        record = replace(self.record, **changes)
        if record != self.record:
            self.record = record
            self._write()

    def end(self) -> None:
        """Take the record away: this was a good end."""
        if self._faults is not None:
            faulthandler.disable()
            self._faults.close()
        self._lock.release()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _write(self) -> None:
        """Replace the file; without waiting for the disk, as the window's thread does it."""
        file = self._folder / _RECORD
        with contextlib.suppress(OSError):
            write_unsynced(file, json.dumps(asdict(self.record)))

    def _take_left(self) -> SessionRecord | None:
        found = []
        with contextlib.suppress(OSError):
            for folder in self._sessions.iterdir():
                if ProjectLock(folder, _LOCK).owner() is None:
                    found.append((_changed(folder), _read(folder)))
                    shutil.rmtree(folder, ignore_errors=True)
        return max(found, key=lambda each: each[0])[1] if found else None


def _changed(folder: Path) -> float:
    try:
        return (folder / _RECORD).stat().st_mtime
    except OSError:
        return 0.0


def _read(folder: Path) -> SessionRecord:
    """A damaged record counts as one that says nothing."""
    report = ""
    with contextlib.suppress(OSError):
        text = (folder / _FAULTS).read_text(encoding="utf-8", errors="replace")
        report = text[:_LONGEST_REPORT].strip()
    try:
        about = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
        return SessionRecord(
            project=str(about["project"]),
            opening=str(about["opening"]),
            jobs=tuple((str(kind), str(title)) for kind, title in about["jobs"]),
            run=str(about["run"]),
            recovering=bool(about["recovering"]),
            report=report,
        )
    except (OSError, ValueError, LookupError, TypeError):
        return SessionRecord(report=report)
