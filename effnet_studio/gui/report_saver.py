"""Asks where a report or a model card is to be saved, and writes it in a job."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from effnet_studio.engine.errors import StorageError, StudioError
from effnet_studio.engine.messages import msg
from effnet_studio.gui import file_dialogs
from effnet_studio.gui.i18n import current_language, translate_message

if TYPE_CHECKING:
    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Dataset, Split
    from effnet_studio.engine.evaluation.evaluate import Evaluation
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.session import Session


class ReportKind(Enum):
    """What can be written: the file's suffix, and whether it shows images."""

    PAGE = (".html", True)
    PAGE_WITHOUT = (".html", False)
    PDF = (".pdf", True)
    PDF_WITHOUT = (".pdf", False)
    CARD = (".md", False)

    @property
    def suffix(self) -> str:
        """Of its files."""
        return self.value[0]

    @property
    def pictures(self) -> bool:
        """Whether it shows images."""
        return self.value[1]


_KNOWN: Final = {".html", ".htm", ".pdf", ".md"}


class ReportSaver(QObject):
    """Saves what is known of a run for people who were not there.

    Args:
        session: The open project; errors are shown there.
        parent: The widget that the file dialog belongs to.
    """

    saved = Signal(object)
    """The file that was written."""
    working_changed = Signal(bool)
    """Whether a report is being written now."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._window = session, parent
        self._job: Job | None = None

    @property
    def working(self) -> bool:
        """Whether a report is being written now."""
        return self._job is not None

    def ask(
        self,
        run: Run,
        split: Split,
        evaluation: Evaluation | None = None,
        *,
        outside: Dataset | None = None,
        outside_name: str = "",
    ) -> None:
        """Ask for a file, and write the report into it.

        Args:
            run: The run it is about.
            split: The part of the images whose figures it gives.
            evaluation: The run's answers for these, if they are on view; else they are made.
            outside: Images of a folder that are judged instead of the project's; None: those.
            outside_name: What people call that folder.
        """
        project = self._session.project
        if project is None or self._job is not None:
            return
        kinds = self._filters()
        name = re.sub(r"[^\w.-]+", "-", f"{project.name}-{outside_name or split}") + ".html"
        chosen, kind_title = file_dialogs.choose_save(
            self._window, self.tr("Save report"), name, ";;".join(kinds)
        )
        if chosen is None:
            return
        try:
            path, kind = resolve(chosen, kinds.get(kind_title, ReportKind.PAGE))
        except StudioError as error:
            self._session.error_raised.emit(error)
            return
        self._job = self._session.jobs.start(
            save_report,
            path,
            kind,
            project,
            run_id=run.run_id,
            split=split,
            evaluation=evaluation,
            outside=outside,
            outside_name=outside_name,
            title=lambda: self.tr("Writing the report"),
            kind="report",
        )
        self._job.succeeded.connect(self.saved)
        self._job.failed.connect(self._session.error_raised)
        self._job.finished.connect(self._on_finished)
        self.working_changed.emit(True)

    def _filters(self) -> dict[str, ReportKind]:
        """What the dialog offers, the first by default."""
        return {
            self.tr("Web page (*.html)"): ReportKind.PAGE,
            self.tr("Web page without images (*.html)"): ReportKind.PAGE_WITHOUT,
            self.tr("PDF (*.pdf)"): ReportKind.PDF,
            self.tr("PDF without images (*.pdf)"): ReportKind.PDF_WITHOUT,
            self.tr("Model card (*.md)"): ReportKind.CARD,
        }

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        self.working_changed.emit(False)


def resolve(chosen: Path, kind: ReportKind) -> tuple[Path, ReportKind]:
    """Settle what is written where: dialogs differ in what they do with the suffix.

    A suffix that was typed counts where the kind was left as it was offered; else the kind counts.

    Args:
        chosen: The file as the dialog gave it.
        kind: The kind chosen there.

    Returns:
        The file, with the suffix of its kind, and the kind.

    Raises:
        StorageError: If that is another file than the one chosen, and there is one already, for
            which nobody was asked.
    """
    suffix = chosen.suffix.lower()
    if suffix == kind.suffix or (suffix == ".htm" and kind.suffix == ".html"):
        return chosen, kind
    if kind is ReportKind.PAGE and suffix in _KNOWN:
        return chosen, ReportKind.PDF if suffix == ".pdf" else ReportKind.CARD
    whole = chosen.name if suffix not in _KNOWN else chosen.stem
    path = chosen.with_name(whole + kind.suffix)
    if path.exists():
        raise StorageError(
            msg("There is a file {name} already.", name=path.name),
            hint=msg("Choose it in the dialog to replace it, or another name."),
            path=path,
        )
    return path, kind


# -- what runs in the job's thread; the engine is imported there -----------------------------------


def save_report(
    path: Path,
    kind: ReportKind,
    project: Project,
    *,
    run_id: str,
    split: Split,
    evaluation: Evaluation | None,
    outside: Dataset | None,
    outside_name: str,
    on_event: OnEvent,
    cancel: CancelToken,
) -> Path:
    """Gather what a report says, and write it in the window's language.

    Raises:
        Cancelled: If the job was stopped.
        StudioError: If the model or the images cannot be used, or the file cannot be written.
    """
    from effnet_studio.engine.report.facts import gather
    from effnet_studio.engine.report.write import write_card, write_html
    from effnet_studio.gui.report_pdf import write_pdf

    facts = gather(
        project,
        run_id,
        split,
        evaluation=evaluation,
        outside=outside,
        outside_name=outside_name,
        pictures=kind.pictures,
        on_event=on_event,
        cancel=cancel,
    )
    match kind:
        case ReportKind.CARD:
            write_card(path, facts, words=translate_message)
        case ReportKind.PDF | ReportKind.PDF_WITHOUT:
            write_pdf(path, facts, words=translate_message, cancel=cancel)
        case _:
            write_html(path, facts, words=translate_message, language=current_language())
    return path
