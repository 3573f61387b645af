"""Finds labels that are probably wrong, for the view of the worst images."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from effnet_studio.engine.events import Warned
from effnet_studio.gui.models.sheet_cells import SheetRows

if TYPE_CHECKING:
    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.events import Event, OnEvent
    from effnet_studio.engine.messages import Message
    from effnet_studio.engine.project import Project
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.session import Session


@dataclass(frozen=True, eq=False)
class SuspectList:
    """Labels that are probably wrong.

    Attributes:
        rows: The images, the most suspicious first, with the class that they look like and how
            suspicious the label is.
        judged: Images that could be judged.
        source: What the judgement rests on.
        warnings: What the user should know about it, and do.
    """

    rows: SheetRows
    judged: int
    source: Message
    warnings: tuple[Message, ...] = ()


class SuspectFinder(QObject):
    """Looks through the labels of the open project when asked, and keeps what was found.

    Args:
        session: The open project and its images.
        parent: Qt's owner.
    """

    changed = Signal()
    """Something was found, or a search began or ended."""
    failed = Signal(object)
    """The StudioError that says why nothing was found."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._project: Project | None = session.project
        self.job: Job | None = None
        self.found: SuspectList | None = None
        session.project_changed.connect(self._on_project_changed)

    @Slot()
    def start(self) -> None:
        """Search; what the labels are by then counts."""
        project, index = self._session.project, self._session.images.index
        if project is None or index is None or self.job is not None:
            return
        self.job = self._session.jobs.start(
            _find,
            project,
            index,
            title=lambda: self.tr("Looking for wrong labels"),
            kind="suspects",
        )
        self.job.succeeded.connect(self._on_found)
        self.job.failed.connect(self.failed)
        self.job.finished.connect(self._on_finished)
        self.changed.emit()

    @Slot(object)
    def _on_found(self, found: SuspectList) -> None:
        self.found = found

    @Slot()
    def _on_finished(self) -> None:
        self.job = None
        self.changed.emit()

    @Slot(object)
    def _on_project_changed(self, project: Project | None) -> None:
        if project is not self._project:
            self._project, self.found = project, None
            self.changed.emit()


def _find(project: Project, index: Index, *, on_event: OnEvent, cancel: CancelToken) -> SuspectList:
    """Judge all labels; runs in a job's thread."""
    from effnet_studio.engine.evaluation.labels.suspects import find_suspects

    warnings: list[Message] = []

    def hear(event: Event) -> None:
        if isinstance(event, Warned):
            warnings.extend(each for each in (event.message, event.hint) if each is not None)
        else:
            on_event(event)

    found = find_suspects(project, index, on_event=hear, cancel=cancel)
    numbers = sorted(index.class_names)
    rows = SheetRows(
        found.ids[found.flagged],
        np.searchsorted(numbers, found.suggested[found.flagged]),
        1 - found.quality[found.flagged],
        tuple(index.class_names[number] for number in numbers),
    )
    return SuspectList(rows, len(found.ids), found.source, tuple(warnings))
