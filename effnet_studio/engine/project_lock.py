"""One writer per project, one training per run: a lock file that names its owner.

A dead owner's lock can be taken.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
import uuid
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCK_NAME = "project.lock"


@dataclass(frozen=True)
class LockOwner:
    """Who holds a folder.

    Attributes:
        pid: Process number.
        host: Name of the computer.
        started: When the process began, in the system's own count, or "" where it does not tell;
            a number that was given to a new process does not pass for the old one.
        token: Tells apart two openings by one process.
    """

    pid: int
    host: str
    started: str
    token: str

    @property
    def words(self) -> Message:
        """Who it is, for people; a process number is no amount, and is written as it is."""
        return msg("process {pid} on {host}", pid=str(self.pid), host=self.host)

    def __str__(self) -> str:
        return str(self.words)

    @property
    def alive(self) -> bool:
        """Whether the owner still runs; owners on other computers are believed to."""
        if self.host != socket.gethostname():
            return True
        if not _process_exists(self.pid):
            return False
        return not self.started or self.started == _process_start(self.pid)


def this_process() -> LockOwner:
    """This process as an owner, with a new token."""
    pid = os.getpid()
    return LockOwner(pid, socket.gethostname(), _process_start(pid), uuid.uuid4().hex)


class ProjectLock:
    """The lock file of one folder: a project, or one of its runs.

    Args:
        root: The folder.
        name: Of the lock file.
    """

    def __init__(self, root: Path, name: str = LOCK_NAME) -> None:
        self._file = root / name
        self._guard = root / f".{Path(name).stem}.guard"
        self._mine: LockOwner | None = None

    def acquire(self) -> LockOwner | None:
        """Take the lock, or find out who has it.

        Returns:
            None when it is ours now, else its living owner.

        Raises:
            OSError: If the folder cannot be written.
        """
        with _guard(self._guard):
            owner = self._read()
            if owner is not None and owner.alive:
                return owner
            mine = this_process()
            self._file.write_text(json.dumps(asdict(mine)), encoding="utf-8")
            self._mine = mine
            return None

    def owner(self) -> LockOwner | None:
        """Whose it is now, if that one is alive; looks only, and takes nothing.

        Raises:
            OSError: If the folder cannot be read.
        """
        owner = self._read()
        return owner if owner is not None and owner.alive else None

    def release(self) -> None:
        """Give the lock back if it is ours; does nothing otherwise."""
        if self._mine is None:
            return
        with contextlib.suppress(OSError), _guard(self._guard):
            if self._read() == self._mine:
                self._file.unlink(missing_ok=True)
        self._mine = None

    def _read(self) -> LockOwner | None:
        """The owner on file; a damaged file, as a power cut leaves it, has none.

        A newer version of the app may say more of itself: it is an owner all the same.
        """
        try:
            about = json.loads(self._file.read_text(encoding="utf-8"))
            return LockOwner(**{each.name: about[each.name] for each in fields(LockOwner)})
        except (FileNotFoundError, ValueError, TypeError, KeyError):
            return None


@contextlib.contextmanager
def _guard(file: Path) -> Iterator[None]:
    """Let one process at a time look at the lock file and change it.

    The system frees this guard when its holder dies; network drives may not offer it, which
    leaves a gap of a millisecond.
    """
    with file.open("a+b") as stream:
        with contextlib.suppress(OSError):
            _lock_stream(stream.fileno())
        yield


if sys.platform == "win32":
    import ctypes
    import msvcrt

    def _lock_stream(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)

    def _process_exists(pid: int) -> bool:
        # os.kill(pid, 0) would end the process on Windows.
        kernel = ctypes.windll.kernel32
        process = kernel.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
        if not process:
            return bool(kernel.GetLastError() == 5)  # access denied: it exists
        code = ctypes.c_ulong()
        kernel.GetExitCodeProcess(process, ctypes.byref(code))
        kernel.CloseHandle(process)
        return code.value == 259  # STILL_ACTIVE
else:
    import fcntl

    def _lock_stream(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)

    def _process_exists(pid: int) -> bool:
        try:
            os.kill(pid, 0)
        except (ProcessLookupError, OverflowError):
            return False
        except PermissionError:
            return True
        return True


def _process_start(pid: int) -> str:
    """Start time of a process in clock ticks since boot, or "" where /proc does not tell."""
    with contextlib.suppress(OSError, IndexError):
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        return text.rpartition(")")[2].split()[19]
    return ""
