"""Exports of the open project: made, listed, deleted and taken back, all in the background."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.models.smaller import smaller_model
from effnet_studio.gui.collector import sparing_collector
from effnet_studio.gui.i18n import current_language, translate_message
from effnet_studio.gui.questions import Requests
from effnet_studio.gui.undo.change_queue import ChangeQueue
from effnet_studio.gui.undo.changes import DeleteExport, RestoreExports

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.engine.export.certificate.record import ExportFormat, ExportResult, Target
    from effnet_studio.engine.export.trash import TrashedExport
    from effnet_studio.engine.messages import Message
    from effnet_studio.engine.project import Project
    from effnet_studio.gui.session import Session

    Judgement = dict[ExportFormat, Message]


@dataclass(frozen=True)
class Wanted:
    """A file that is to be made.

    Attributes:
        target: What it is for.
        format: Its format.
        budget_points: Accuracy that it may lose, percentage points.
        folder: Where it gets a folder of its own; None: inside the project.
    """

    target: Target
    format: ExportFormat
    budget_points: float
    folder: Path | None


@dataclass(frozen=True)
class Lesson:
    """A model that is to learn from another.

    Attributes:
        model: Catalog name of the one that learns.
        teacher: Weights of the other.
    """

    model: str
    teacher: Path


@dataclass(frozen=True)
class Exports:
    """What a project has.

    Attributes:
        present: The newest first.
        deleted: In the trash.
    """

    present: tuple[ExportResult, ...] = ()
    deleted: tuple[TrashedExport, ...] = ()


class ExportKeeper(QObject):
    """Reads and changes the exports of the session's project.

    Args:
        session: Has the project.
        parent: The page.
    """

    listed = Signal(object)
    """The project's :class:`Exports`."""
    stale_found = Signal(object)
    """Why files no longer are what the project has: reasons by file, of those that are stale."""
    formats_judged = Signal(object, object, object)
    """Why formats cannot be made on this computer, what is installed before others, and why others
    can be made but not opened; those left out can be made and opened at once."""
    failed = Signal(object)
    """The StudioError that says why something was not done."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._reading = Requests(session.jobs, parent=self)
        self._judging = Requests(session.jobs, parent=self)
        self._comparing = Requests(session.jobs, parent=self)
        self._queue = ChangeQueue(session, read_exports, self)
        self._reading.answered.connect(self._on_read)
        self._reading.refused.connect(self._on_refused)
        self._judging.answered.connect(self._on_judged)
        self._judging.refused.connect(self._on_refused)
        self._comparing.answered.connect(self._on_compared)
        self._comparing.refused.connect(self._on_refused)
        self._queue.done.connect(self.listed)
        self._queue.failed.connect(self.failed)

    def look(self) -> None:
        """Read the exports of the project again."""
        if self._session.project is not None:
            self._reading.ask_only("exports", read_exports, self._session.project)

    def judge_formats(self) -> None:
        """Find out which formats can be made on this computer, and what that takes."""
        self._judging.ask_only("formats", judge_formats)

    def lesson(self, result: ExportResult) -> Lesson | None:
        """How a smaller model can learn from the one of an export.

        Args:
            result: The export.

        Returns:
            What is to be trained; None if the project is read-only, the training is gone, or no
            model is smaller.
        """
        project = self._session.project
        run = next((each for each in self._session.runs if each.run_id == result.run), None)
        if project is None or project.read_only or run is None:
            return None
        with contextlib.suppress(ModelError):  # a certificate of another version of the app
            smaller = smaller_model(result.model)
            return None if smaller is None else Lesson(smaller.name, run.best_file)
        return None

    def find_stale(self, exports: Sequence[ExportResult]) -> None:
        """Find out which of these are no longer what the project would export now."""
        project, dataset = self._session.project, self._session.dataset
        if project is not None:
            self._comparing.ask_only("stale", find_stale, project, tuple(exports), dataset)

    def delete(self, result: ExportResult) -> None:
        """Move an export to the project's trash."""
        self._queue.carry_out(DeleteExport(result.file))

    @Slot()
    def restore(self) -> None:
        """Take all exports back from the trash."""
        self._queue.carry_out(RestoreExports())

    @Slot()
    def empty_trash(self) -> None:
        """Delete the exports in the trash for good."""
        self._session.undo.forget("export")
        self._queue.put(_empty)

    @Slot(object, object)
    def _on_read(self, _key: object, found: Exports) -> None:
        self.listed.emit(found)

    @Slot(object, object)
    def _on_judged(self, _key: object, found: tuple[Judgement, Judgement, Judgement]) -> None:
        self.formats_judged.emit(*found)

    @Slot(object, object)
    def _on_compared(self, _key: object, found: dict[Path, tuple[Message, ...]]) -> None:
        self.stale_found.emit(found)

    @Slot(object, object)
    def _on_refused(self, _key: object, error: object) -> None:
        self.failed.emit(error)


# -- what runs in the jobs' threads; the engine is imported there --------------------------------


def export(
    project: Project,
    run_id: str,
    model: str,
    wanted: Wanted,
    *,
    on_event: OnEvent,
    cancel: CancelToken,
) -> ExportResult:
    """Make a file and check it; the arguments are as in the engine's ``export_model``."""
    from effnet_studio.engine.export.export import export_model
    from effnet_studio.engine.export.formats import FORMATS
    from effnet_studio.engine.export.place import free_folder

    out = None
    if wanted.folder is not None:
        out = free_folder(wanted.folder, f"{model}{FORMATS[wanted.format].ending}")
    with sparing_collector():
        return export_model(
            project,
            run_id,
            target=wanted.target,
            format=wanted.format,
            out=out,
            budget_points=wanted.budget_points,
            words=translate_message,
            language=current_language(),
            on_event=on_event,
            cancel=cancel,
        )


def read_exports(project: Project) -> Exports:
    """Read what a project has; :meth:`ExportKeeper.look` asks for it in the background."""
    from effnet_studio.engine.export.certificate.record import list_exports
    from effnet_studio.engine.export.trash import trashed_exports

    return Exports(tuple(list_exports(project)), trashed_exports(project))


def find_stale(
    project: Project, exports: Sequence[ExportResult], dataset: Dataset | None
) -> dict[Path, tuple[Message, ...]]:
    """Why files no longer are what the project would export now, by file; weights are read."""
    from effnet_studio.engine.export.certificate.staleness import stale_reasons

    found = {
        result.file: stale_reasons(result, project.runs_dir / result.run, dataset)
        for result in exports
    }
    return {file: reasons for file, reasons in found.items() if reasons}


def judge_formats() -> tuple[Judgement, Judgement, Judgement]:
    """Why formats cannot be made here, what is installed before others, why some do not open."""
    from effnet_studio.engine.export.formats import FORMATS

    reasons: Judgement = {}
    firsts: Judgement = {}
    unopenable: Judgement = {}
    for key, spec in FORMATS.items():
        reason = spec.unavailable()
        if reason is not None:
            reasons[key] = reason
            continue
        for found, said in ((firsts, spec.installs()), (unopenable, spec.unopenable())):
            if said is not None:
                found[key] = said
    return reasons, firsts, unopenable


def _empty(project: Project) -> None:
    from effnet_studio.engine.export.trash import empty_export_trash

    empty_export_trash(project)
