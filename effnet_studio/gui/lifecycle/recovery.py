"""After an end that nobody asked for: the project is opened again, and what was saved is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from effnet_studio.engine.events import RunStarted
from effnet_studio.gui.errors import Banner
from effnet_studio.gui.failures import versions_line
from effnet_studio.gui.models.run_list import title_of
from effnet_studio.gui.names import named
from effnet_studio.gui.projects import is_project
from effnet_studio.gui.questions import Requests
from effnet_studio.gui.session import HARMLESS
from effnet_studio.gui.text import count_text, list_text
from effnet_studio.gui.theme import set_role

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.events import Event
    from effnet_studio.engine.training.progress import SavedProgress
    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.lifecycle.session_record import SessionFile, SessionRecord
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager

_CALM_MS: Final = 60_000
"""A window that lives this long after a crash did not crash because of what it opened."""


class RecoveryBanner(Banner):
    """What happened, what is saved, and how to go on.

    Args:
        theme: Tints the icons.
        parent: Qt's owner.
    """

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(theme, "accent", parent)
        self.setObjectName("recovery_banner")
        self.copy_report = named(QPushButton(self), "recovery_copy")
        self.later = named(QPushButton(self), "recovery_later")
        self.go_on = named(QPushButton(self), "recovery_go_on")
        set_role(self.copy_report, "ghost")
        set_role(self.go_on, "primary")
        theme.set_icon(self.copy_report, "copy", size=16)
        for button in (self.copy_report, self.later, self.go_on):
            self.add_button(button)
            button.hide()  # it has no text before there is something to tell
        self.set_closable(False)


class Recovery(QObject):
    """Keeps the record of this window, and makes good use of one that was left behind.

    Args:
        session: The open project.
        record: Of this window.
        banner: Where it is told.
        parent: Qt's owner.
    """

    def __init__(
        self, session: Session, record: SessionFile, banner: RecoveryBanner, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._record = record
        self._banner = banner
        self._left: SessionRecord | None = None
        self._twice = False
        self._run: Run | None = None
        self._saved: SavedProgress | None = None
        self._requests = Requests(session.jobs, parent=self)
        self._requests.answered.connect(self._on_answered)
        session.project_changed.connect(self._on_project_changed)
        session.runs_changed.connect(self._on_runs_changed)
        session.training_started.connect(self._on_training_started)
        session.opening_started.connect(self._note_jobs)
        session.jobs.job_started.connect(self._note_jobs)
        session.jobs.job_finished.connect(self._note_jobs)
        banner.go_on.clicked.connect(self._on_go_on)
        banner.later.clicked.connect(self._on_later)
        banner.copy_report.clicked.connect(self._on_copy)
        banner.language_changed.connect(self._say)

    # -- the record of this window -------------------------------------------------------------

    def begin(self, *, reopens: bool = True) -> Job | None:
        """Begin the record; after a crash, open again what was open.

        Args:
            reopens: Whether that is wanted; False where something else is opened anyway.

        Returns:
            The job that opens a project; None where none is opened.
        """
        left = self._record.begin()
        if left is None or left.says_nothing:
            return None
        self._left = left
        if left.recovering and left.had_project:  # it may be the project that does not bear it
            self._requests.ask_only("there", is_project, left.place)
            return None
        job = None
        if reopens and left.had_project:
            self._record.note(recovering=True)
            QTimer.singleShot(_CALM_MS, self, self._on_calm)
            job = self._session.reopen_project(left.place)
        if job is None:
            self._say()
        else:
            job.finished.connect(self._on_opening_ended)
        return job

    @property
    def at_work(self) -> bool:
        """Whether there is something to tell of a crash."""
        return self._left is not None

    @property
    def was_training(self) -> bool:
        """Whether the crash cut a training short."""
        return self._left is not None and bool(self._left.run)

    def end(self) -> None:
        """Take the record away, at a good end."""
        self._record.end()

    @Slot()
    def _on_opening_ended(self) -> None:
        """Tell it all the same where the project was not opened."""
        if not self._is_same_project():
            self._say()

    @Slot()
    def _on_calm(self) -> None:
        self._record.note(recovering=False)

    @Slot()
    def _note_jobs(self) -> None:
        jobs = [job for job in self._session.jobs.jobs if job.running]
        opening = next((job.about for job in jobs if job.kind == "open"), "")
        told = tuple((job.kind, job.title) for job in jobs if job.kind not in {*HARMLESS, "open"})
        training = any(kind == "train" for kind, _ in told)
        run = self._record.record.run if training else ""
        self._record.note(jobs=told, opening=opening, run=run)

    @Slot(object)
    def _on_training_started(self, job: Job) -> None:
        job.event_received.connect(self._on_training_event)

    @Slot(object)
    def _on_training_event(self, event: Event) -> None:
        if isinstance(event, RunStarted):
            self._record.note(run=event.run_id)

    # -- what was left behind --------------------------------------------------------------------

    @Slot(object)
    def _on_project_changed(self, _project: object) -> None:
        project = self._session.project
        self._record.note(project=str(project.root) if project is not None else "")
        if self._left is not None and not self._is_same_project():
            self._forget()

    def _is_same_project(self) -> bool:
        project, left = self._session.project, self._left
        if project is None or left is None:
            return False
        return project.root == left.place.absolute()

    @Slot(object)
    def _on_runs_changed(self, runs: tuple[Run, ...]) -> None:
        """The project is open again: look how far its training is saved."""
        if self._left is None or not self._is_same_project():
            return
        wanted = self._left.run
        self._run = next((run for run in runs if run.run_id == wanted and run.resumable), None)
        if self._session.training_job is not None:
            self._forget()  # the user went on without us
        elif self._run is None:
            self._say()
        else:
            self._requests.ask_only("saved", _read_progress, self._run.run_dir)

    @Slot(object, object)
    def _on_answered(self, key: object, answer: Any) -> None:
        if key == "there":
            self._twice = answer
        else:
            self._saved = answer
        self._say()

    @Slot()
    def _on_go_on(self) -> None:
        run, left = self._run, self._left
        twice = self._twice
        self._forget()
        if run is not None:
            self._session.resume_training(run.run_id)
        elif twice and left is not None:
            self._session.open_project(left.place)

    @Slot()
    def _on_later(self) -> None:
        self._forget()

    @Slot()
    def _on_copy(self) -> None:
        if self._left is not None:
            QGuiApplication.clipboard().setText(f"{versions_line()}\n\n{self._left.report}")
            self._banner.copy_report.setText(self.tr("Copied"))

    def _forget(self) -> None:
        self._left, self._run, self._saved, self._twice = None, None, None, False
        self._banner.set_texts("")

    # -- words ---------------------------------------------------------------------------------

    @Slot()
    def _say(self) -> None:
        left, banner = self._left, self._banner
        if left is None:
            return
        project = self._session.project
        writable = project is not None and not project.read_only
        resumes = self._run is not None and self._saved is not None and writable
        reopens = self._twice
        banner.copy_report.setText(self.tr("Copy report"))
        banner.copy_report.setVisible(bool(left.report))
        banner.go_on.setText(
            self.tr("Go on from there") if resumes else self.tr("Open it all the same")
        )
        banner.go_on.setVisible(resumes or reopens)
        banner.later.show()
        banner.later.setText(self.tr("Later") if resumes or reopens else self.tr("OK"))
        # What may go wrong once more is not what the eye falls on first.
        set_role(banner.go_on, "" if reopens else "primary")
        banner.set_tone("warning" if reopens else "accent")
        banner.set_texts(self._what_happened(left), self._what_is_saved(left))

    def _what_happened(self, left: SessionRecord) -> str:
        if self._twice:
            text = self.tr(
                "The app ended unexpectedly twice in a row, so {project} was not opened again."
            )
            return text.format(project=left.place.stem)
        words = {
            "train": self.tr("The app ended unexpectedly while training."),
            "export": self.tr("The app ended unexpectedly while exporting."),
            "import": self.tr("The app ended unexpectedly while reading images."),
        }
        named = self.tr("The app ended unexpectedly during: {names}.")
        others = named.format(names=list_text(title for _, title in left.jobs))
        usual = others if left.jobs else self.tr("The app ended unexpectedly.")
        return next((words[kind] for kind, _ in left.jobs if kind in words), usual)

    def _what_is_saved(self, left: SessionRecord) -> str:
        if self._twice:
            return self.tr("Your files are as they were. Opening it may be the cause.")
        if self._saved is not None and self._run is not None:
            return self._training_saved(self._saved, self._run)
        words = {
            "train": self.tr("The training had only just begun; start it again."),
            "export": self.tr("Nothing half-written was left behind; start the export again."),
            "import": self.tr("The images are as they were before; import the folder again."),
        }
        others = self.tr("Your project is as it was; that work can be started again.")
        usual = others if left.jobs else self.tr("Nothing was lost: every change is saved at once.")
        if left.had_project and not self._is_same_project():
            return usual  # how far it had come is in the project
        return next((words[kind] for kind, _ in left.jobs if kind in words), usual)

    def _training_saved(self, saved: SavedProgress, run: Run) -> str:
        if saved.step:
            text = self.tr(
                "{run}: everything up to epoch {epoch} of {epochs}, step {step}, is saved."
            )
        elif saved.epoch:
            text = self.tr("{run}: everything up to the end of epoch {done} of {epochs} is saved.")
        else:
            text = self.tr("{run} had not got through a step yet; it can begin anew at once.")
        return text.format(
            run=title_of(run),
            epoch=count_text(saved.epoch + 1),
            done=count_text(saved.epoch),
            epochs=count_text(run.config.epochs),
            step=count_text(saved.step),
        )


def _read_progress(run_dir: Path) -> SavedProgress | None:
    """How far a run is saved; in the background, where the engine is imported."""
    from effnet_studio.engine.training.progress import saved_progress

    return saved_progress(run_dir)
