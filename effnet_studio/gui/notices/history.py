"""What ran in this session and before: kept in a small file, one line an entry."""

from __future__ import annotations

import json
import logging
import threading
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot

from effnet_studio.engine.atomic import storage_errors, write_text
from effnet_studio.gui.notices.outcome import from_json, to_json

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.gui.jobs import JobRunner
    from effnet_studio.gui.notices.outcome import Outcome

_log = logging.getLogger(__name__)

LIMIT: Final = 200
"""So many entries are kept, the newest."""

_SLACK: Final = 50
"""So many more may be in the file before it is written anew."""


class HistoryFile:
    """JSON lines, the newest last; its methods are called in background threads.

    Args:
        path: The file; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()

    def read(self) -> tuple[Outcome, ...]:
        """The entries, newest first; lines that cannot be read are left out.

        Raises:
            StorageError: If the file is there and cannot be read.
        """
        with self._lock:
            lines = self._lines()
        found = []
        for line in reversed(lines[-LIMIT:]):
            try:
                found.append(from_json(json.loads(line)))
            except (ValueError, TypeError, KeyError, AttributeError):
                _log.info("a line of %s cannot be read", self.path)
        return tuple(found)

    def append(self, outcome: Outcome) -> None:
        """Add an entry; the oldest go when there are too many.

        Raises:
            StorageError: If the file cannot be written.
        """
        line = json.dumps(to_json(outcome), ensure_ascii=False)
        with self._lock, storage_errors(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            lines = self._lines()
            if len(lines) >= LIMIT + _SLACK:
                kept = [*lines[1 - LIMIT :], line]
                write_text(self.path, "".join(f"{each}\n" for each in kept))
                return
            # One short write at the end of the file: a second window may do the same.
            with self.path.open("a", encoding="utf-8") as stream:
                stream.write(f"{line}\n")

    def clear(self) -> None:
        """Forget everything.

        Raises:
            StorageError: If the file cannot be removed.
        """
        with self._lock, storage_errors(self.path):
            self.path.unlink(missing_ok=True)

    def _lines(self) -> list[str]:
        if not self.path.is_file():
            return []
        with storage_errors(self.path):
            text = self.path.read_text(encoding="utf-8", errors="replace")
        return [line for line in text.split("\n") if line.strip()]


class History(QObject):
    """The entries as the window knows them; the file is read when somebody first asks.

    Args:
        runner: Reads and writes in the background.
        file: Where they are kept.
        parent: Qt's owner.
    """

    changed = Signal()
    failed = Signal(object)
    """A :class:`~effnet_studio.engine.errors.StudioError`; told once, not at every entry."""

    def __init__(self, runner: JobRunner, file: HistoryFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._file = file
        self._entries: tuple[Outcome, ...] = ()
        self._asked = False
        self._cleared = False
        self._complained = False

    @property
    def entries(self) -> tuple[Outcome, ...]:
        """Newest first; those of earlier sessions once they are :meth:`load`-ed."""
        return self._entries

    def load(self) -> None:
        """Read what earlier sessions left, once; ``changed`` tells when it is there."""
        if not self._asked:
            self._asked = True
            job = self._runner.start(self._file.read, title="", kind="quiet", with_events=False)
            job.succeeded.connect(self._on_read)
            job.failed.connect(self._on_failed)

    def add(self, outcome: Outcome) -> None:
        """Put an entry at the head, and keep it."""
        self._entries = (outcome, *self._entries)[:LIMIT]
        self.changed.emit()
        job = self._runner.start(
            self._file.append, outcome, title="", kind="quiet", with_events=False
        )
        job.failed.connect(self._on_failed)

    @Slot()
    def clear(self) -> None:
        """Forget everything, on disk too."""
        self._entries = ()
        self._asked = self._cleared = True
        self.changed.emit()
        job = self._runner.start(self._file.clear, title="", kind="quiet", with_events=False)
        job.failed.connect(self._on_failed)

    @Slot(object)
    def _on_read(self, found: tuple[Outcome, ...]) -> None:
        if self._cleared:
            return
        here = {each.key for each in self._entries}
        before = [each for each in found if each.key not in here]
        self._entries = (*self._entries, *before)[:LIMIT]
        self.changed.emit()

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        if not self._complained:
            self._complained = True
            self.failed.emit(error)
