"""Follows the trainings of another process, as in a project that is open elsewhere."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from effnet_studio.gui.questions import Requests

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.gui.session import Session

INTERVAL_MS = 2000
"""Between two looks; an epoch seldom takes less."""


@dataclass(frozen=True)
class _Seen:
    """What a look at the runs found.

    Attributes:
        files: Name, size and time of the files that say how far runs are.
        training: Ids of the runs that are being trained.
    """

    files: frozenset[tuple[str, int, int]]
    training: frozenset[str]


class RunWatcher(QObject):
    """Has the runs read again when their files change, while the project can only be looked at.

    A timer rather than the system's notices: those do not come from other machines, where the runs
    of many graphics cards are trained. It looks in the background: such drives can be slow.

    Args:
        session: The open project; hears which runs are being trained.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._files: frozenset[tuple[str, int, int]] | None = None
        self._requests = Requests(session.jobs, parent=self)
        self._requests.answered.connect(self._on_seen)
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self._look)
        session.project_changed.connect(self._on_project_changed)

    @Slot()
    def _on_project_changed(self) -> None:
        project = self._session.project
        self._files = None
        self._requests.forget()
        self._session.note_elsewhere(frozenset())
        if project is not None and project.read_only:
            self._look()
            self._timer.start()
        else:
            self._timer.stop()

    @Slot()
    def _look(self) -> None:
        project = self._session.project
        if project is not None:
            self._requests.ask("runs", _look_at, project.runs_dir)

    @Slot(object, object)
    def _on_seen(self, _key: object, seen: _Seen) -> None:
        # What changed between the opening and the first look is not known: it is read again.
        changed = seen.files != self._files
        self._files = seen.files
        self._session.note_elsewhere(seen.training)
        if changed:
            self._session.refresh_runs()


def _look_at(runs_dir: Path) -> _Seen:
    from effnet_studio.engine.training.run_trash import runs_in_training

    found = set()
    for pattern in ("*/metrics.jsonl", "*/result.json", "*/config.json", "*/notes.json"):
        for path in runs_dir.glob(pattern):
            with contextlib.suppress(OSError):  # replaced while looking
                facts = path.stat()
                found.add((str(path), facts.st_size, facts.st_mtime_ns))
    return _Seen(frozenset(found), runs_in_training(runs_dir))
