"""What was typed or chosen and not carried out yet, kept for the next time the project is open.

On this computer and not in the project: half-written thoughts are nobody else's business, and a
project may be read-only.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Slot

from effnet_studio.engine.atomic import write_unsynced
from effnet_studio.paths import user_data_dir

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.gui.session import Session

Draft = dict[str, Any]

_DELAY_MS: Final = 400
"""A moment without a key before anything is written."""
_MOST: Final = 50
"""Drafts of one project; older ones are dropped."""


class Drafts(QObject):
    """The drafts of the open project, in one small file; without a project there are none.

    Args:
        session: The open project; owns the drafts.
        folder: Where the files are; in the user's data folder by default.
    """

    def __init__(self, session: Session, folder: Path | None = None) -> None:
        super().__init__(session)
        self._session = session
        self._folder = folder or user_data_dir() / "drafts"
        self._file: Path | None = None
        self._drafts: dict[str, Draft] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self.flush)
        session.project_changed.connect(self._on_project_changed)

    def get(self, name: str) -> Draft | None:
        """A draft; None if there is none."""
        return self._drafts.get(name)

    def put(self, name: str, draft: Draft) -> None:
        """Keep a draft in the place of the one before.

        Args:
            name: Such as ``note/RUN``.
            draft: What can be written as JSON.
        """
        if self._file is None or self._drafts.get(name) == draft:
            return
        self._drafts.pop(name, None)  # the newest stands last
        self._drafts[name] = draft
        for oldest in list(self._drafts)[:-_MOST]:
            del self._drafts[oldest]
        self._timer.start()

    def drop(self, name: str) -> None:
        """Forget a draft: it was carried out or given up."""
        if self._drafts.pop(name, None) is not None:
            self._timer.start()

    @Slot()
    def flush(self) -> None:
        """Write now; a folder that cannot be written loses drafts and nothing else."""
        self._timer.stop()
        if self._file is None:
            return
        with contextlib.suppress(OSError):
            if not self._drafts:
                self._file.unlink(missing_ok=True)
                return
            self._folder.mkdir(parents=True, exist_ok=True)
            write_unsynced(self._file, json.dumps(self._drafts))

    @Slot(object)
    def _on_project_changed(self, _project: object) -> None:
        if self._timer.isActive():
            self.flush()
        project = self._session.project
        if project is None:
            self._file, self._drafts = None, {}
            return
        place = hashlib.sha256(str(project.root).encode()).hexdigest()[:20]
        self._file = self._folder / f"{place}.json"
        self._drafts = _read(self._file)


def _read(file: Path) -> dict[str, Draft]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(name): draft for name, draft in found.items() if isinstance(draft, dict)}
