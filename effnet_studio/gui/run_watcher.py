"""Follows the trainings of another process, as in a project that is open elsewhere."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.gui.session import Session

INTERVAL_MS = 2000
"""Between two looks; an epoch seldom takes less."""


class RunWatcher(QObject):
    """Has the runs read again when their files change, while the project can only be looked at.

    A timer rather than the system's notices: those do not come from other machines, where the runs
    of many graphics cards are trained.

    Args:
        session: The open project.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._seen: frozenset[tuple[str, int, int]] = frozenset()
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self._look)
        session.project_changed.connect(self._on_project_changed)

    @Slot()
    def _on_project_changed(self) -> None:
        project = self._session.project
        if project is not None and project.read_only:
            self._seen = _state_of(project.runs_dir)
            self._timer.start()
        else:
            self._timer.stop()

    @Slot()
    def _look(self) -> None:
        project = self._session.project
        if project is None:
            return
        now = _state_of(project.runs_dir)
        if now != self._seen:
            self._seen = now
            self._session.refresh_runs()


def _state_of(runs_dir: Path) -> frozenset[tuple[str, int, int]]:
    """Name, size and time of the files that say how far runs are."""
    found = set()
    for pattern in ("*/metrics.jsonl", "*/result.json", "*/config.json", "*/notes.json"):
        for path in runs_dir.glob(pattern):
            with contextlib.suppress(OSError):  # replaced while looking
                facts = path.stat()
                found.add((str(path), facts.st_size, facts.st_mtime_ns))
    return frozenset(found)
