"""The open project, its data and runs, as the window knows them; everything slow is a job."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal, Slot

from effnet_studio.engine.errors import ProjectError, StudioError
from effnet_studio.engine.messages import msg
from effnet_studio.engine.project_opener import project_folder
from effnet_studio.gui import contents
from effnet_studio.gui.contents import Contents, Images
from effnet_studio.gui.editor import Editor
from effnet_studio.gui.jobs import Job, JobRunner, Title
from effnet_studio.gui.lifecycle.drafts import Drafts
from effnet_studio.gui.preload import hold_heavy_modules
from effnet_studio.gui.run_keeper import RunKeeper
from effnet_studio.gui.shelf import ShelfWork
from effnet_studio.gui.text import list_text
from effnet_studio.gui.undo.history import UndoHistory

if TYPE_CHECKING:
    from effnet_studio.engine.data.balance import Imbalance
    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.data.importer import ImportOptions, ImportResult
    from effnet_studio.engine.data.problems import Problem
    from effnet_studio.engine.events import Event
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.config import Preset, TrainConfig
    from effnet_studio.engine.training.fit import TrainResult
    from effnet_studio.engine.training.runs import Run

_log = logging.getLogger(__name__)

HARMLESS: Final = {"quiet", "sample", "speed", "gpu_pack", *ShelfWork}
"""Kinds of jobs that go on when another project is opened."""


class Session(QObject):
    """Opens and closes projects, starts imports and training, and tells the pages.

    All slow work runs in jobs, so no method here blocks.

    Args:
        runner: Runs the jobs.
        parent: Qt's owner.
    """

    project_changed = Signal(object)
    """A :class:`~effnet_studio.engine.project.Project`, or None when it was closed."""
    dataset_changed = Signal(object)
    """A :class:`~effnet_studio.engine.data.dataset.Dataset`, or None when there is none."""
    runs_changed = Signal(object)
    """All runs of the project, newest first."""
    run_selected = Signal(object)
    """The run that Evaluate, Predict and Export look at, or None."""
    opening_started = Signal(object)
    """The job that opens or creates a project."""
    import_started = Signal(object)
    """The job that reads a folder of images."""
    import_finished = Signal(object)
    """An :class:`~effnet_studio.engine.data.importer.ImportResult`."""
    training_started = Signal(object)
    """The job that trains."""
    training_finished = Signal(object)
    """A :class:`~effnet_studio.engine.training.fit.TrainResult`."""
    model_wanted = Signal(str)
    """Catalog name of the architecture the user wants to train next."""
    teacher_wanted = Signal(object)
    """File of the model that the next training is to learn from."""
    preset_wanted = Signal(object)
    """The :class:`~effnet_studio.engine.training.config.Preset` to propose for a new project."""
    remedy_wanted = Signal(object)
    """The :class:`~effnet_studio.engine.data.balance.Imbalance` chosen for the next training."""
    elsewhere_changed = Signal(object)
    """Ids of the runs that another process is training."""
    rejection_changed = Signal(object)
    """Folder of a run that says "none of these" below another threshold than before."""
    weights_changed = Signal()
    """Pre-trained weights may have come to this computer."""
    error_raised = Signal(object)
    """A :class:`~effnet_studio.engine.errors.StudioError` nobody else shows."""

    def __init__(self, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs = runner
        self.project: Project | None = None
        self.images = Images()
        self.runs: tuple[Run, ...] = ()
        self.run: Run | None = None
        self.elsewhere: frozenset[str] = frozenset()
        self.wanted_model: str | None = None
        self.wanted_teacher: Path | None = None
        self.wanted_remedy: Imbalance | None = None
        self.wanted_preset: Preset | None = None
        self.wanted_check: str | None = None
        self.training_job: Job | None = None
        self.training_events: list[Event] = []
        self.import_job: Job | None = None
        self._folder_to_import: Path | None = None
        self._preset_to_propose: Preset | None = None
        self.editor = Editor(self)
        self.editor.edited.connect(self._on_edited)
        self.editor.failed.connect(self.error_raised)
        self.undo = UndoHistory(self)
        self.drafts = Drafts(self)
        self.keeper = RunKeeper(self)
        self.keeper.changed.connect(self._on_runs_read)
        self.keeper.failed.connect(self.error_raised)

    @property
    def dataset(self) -> Dataset | None:
        """What is trained on; None while nothing was imported."""
        return self.images.dataset

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the import had to say."""
        return self.images.problems

    @property
    def folder(self) -> Path | None:
        """Where the images lie."""
        return self.images.folders[0] if self.images.folders else None

    # -- the project ---------------------------------------------------------------------------

    def open_project(self, path: Path) -> Job | None:
        """Open a project folder; the one open now is closed when that succeeded.

        Someone else's lock is respected: the project is then read-only.

        Args:
            path: The folder, or a file in it that stands for it.

        Returns:
            The job; None when that project is open already, or another one cannot be left because
            something works on it (``error_raised`` says so).
        """
        root = project_folder(path)
        if self.project is not None and root.absolute() == self.project.root:
            self.project_changed.emit(self.project)
            return None
        return self._open(
            contents.open_project,
            root,
            title=lambda: self.tr("Opening {name}").format(name=root.stem),
        )

    def reopen_project(self, path: Path) -> Job | None:
        """Open the project of the last time, unless it is gone or another window has it open.

        That is found out in the background: a network drive that is away takes its time to say so.

        Args:
            path: The folder.

        Returns:
            The job, whose result is None where nothing was opened; otherwise as
            :meth:`open_project`.
        """
        return self._open(contents.reopen_project, path, title=self.tr("Opening {name}"))

    def create_project(self, path: Path, name: str | None = None) -> Job | None:
        """Create an empty project folder and open it; as :meth:`open_project`."""
        return self._open(
            contents.create_project,
            path,
            name,
            title=lambda: self.tr("Creating {name}").format(name=path.stem),
        )

    def create_project_from(
        self, folder: Path, path: Path, *, preset: Preset | None = None
    ) -> Job | None:
        """Create a project, open it, and import a folder of images into it.

        Args:
            folder: The images.
            path: Of the project.
            preset: What to propose for its first training; None: the usual.
        """
        job = self.create_project(path, name=path.stem)
        if job is not None:
            self._folder_to_import = folder
            self._preset_to_propose = preset
        return job

    def close_project(self) -> None:
        """Let go of the project; the caller made sure that nothing runs on it."""
        self._replace(None, Contents())

    def _open(self, function: Any, path: Path, *args: object, title: Title) -> Job | None:
        running = [job for job in self.jobs.jobs if job.running]
        if any(job.kind == "open" for job in running):
            return None  # a second click on the same thing
        at_work = [job.title for job in running if job.kind not in HARMLESS]
        if self.project is not None and at_work:
            self.error_raised.emit(_busy(list_text(at_work)))
            return None
        job = self.jobs.start(
            function,
            path,
            *args,
            title=title,
            kind="open",
            with_events=False,
        )
        job.about = str(path)
        job.succeeded.connect(self._on_opened)
        job.failed.connect(self._on_open_failed)
        self.opening_started.emit(job)
        return job

    @Slot(object)
    def _on_opened(self, opened: tuple[Project, Contents] | None) -> None:
        if opened is None:
            return  # it could not be reopened
        self._replace(*opened)
        folder, self._folder_to_import = self._folder_to_import, None
        preset, self._preset_to_propose = self._preset_to_propose, None
        self.wanted_preset = preset
        if preset is not None:
            self.preset_wanted.emit(preset)
        if folder is not None:
            self.import_folder(folder)

    @Slot(object)
    def _on_open_failed(self, error: StudioError) -> None:
        self._folder_to_import = self._preset_to_propose = None
        self.error_raised.emit(error)

    def _replace(self, project: Project | None, found: Contents) -> None:
        if self.project is not None:
            self.project.close()
        self.project = project
        self.training_events = []
        self.wanted_teacher = None
        self.run = None
        self._take(found)
        hold_heavy_modules()
        self.project_changed.emit(project)
        self._tell_contents()
        if found.images.trouble is not None:
            self.error_raised.emit(found.images.trouble)
        for error in found.unread:
            self.error_raised.emit(error)
        if project is not None:
            self.jobs.prepare_early()

    def _take(self, found: Contents) -> None:
        self.images = found.images
        self.runs = found.runs

    def _tell_contents(self) -> None:
        self.dataset_changed.emit(self.dataset)
        self.runs_changed.emit(self.runs)
        self._choose_run(self.run.run_id if self.run else None)

    # -- the images ----------------------------------------------------------------------------

    def import_folder(self, folder: Path, options: ImportOptions | None = None) -> Job | None:
        """Read a folder of images, or a ZIP or TAR file, into the open project.

        Args:
            folder: One sub-folder per class, or another layout that the engine knows.
            options: How it is read and divided.

        Returns:
            The job; None when no project is open or one is running already.
        """
        return self._begin_import(
            contents.import_folder,
            folder,
            options,
            title=lambda: self.tr("Reading {name}").format(name=folder.name),
        )

    def update_images(self) -> Job | None:
        """Look again at the folders of the dataset; as :meth:`import_folder`."""
        return self._begin_import(
            contents.update_images, title=lambda: self.tr("Looking for changes")
        )

    def _begin_import(self, function: Any, *arguments: object, title: Title) -> Job | None:
        if self.project is None or self.import_job is not None:
            return None
        job = self.jobs.start(
            function, self.project, *arguments, title=title, kind="import", heavy=False
        )
        self.import_job = job
        job.succeeded.connect(self._on_imported)
        job.failed.connect(self.error_raised)
        job.finished.connect(self._on_import_ended)
        self.import_started.emit(job)
        return job

    @Slot(object)
    def _on_imported(self, answer: tuple[ImportResult, Contents]) -> None:
        result, found = answer
        self.import_job = None
        self._take(found)
        self._tell_contents()
        self.import_finished.emit(result)

    @Slot()
    def _on_import_ended(self) -> None:
        self.import_job = None

    @Slot(object)
    def _on_edited(self, images: Images) -> None:
        self.images = images
        self.dataset_changed.emit(self.dataset)

    # -- the runs ------------------------------------------------------------------------------

    def refresh_runs(self) -> None:
        """Read the runs of the project again."""
        if self.project is not None:
            job = self.jobs.start(
                contents.read_runs,
                self.project,
                title=lambda: self.tr("Reading runs"),
                kind="quiet",
                with_events=False,
            )
            job.succeeded.connect(self._on_runs_read)
            job.failed.connect(self.error_raised)

    def select_run(self, run_id: str | None) -> None:
        """Choose the run that Evaluate, Predict and Export look at."""
        self._choose_run(run_id)

    def want_check(self, run_id: str) -> None:
        """Choose a run, and have it checked unless what it says of the images is known already."""
        self.wanted_check = run_id
        self._choose_run(run_id)

    def note_elsewhere(self, run_ids: frozenset[str]) -> None:
        """Remember which runs another process is training."""
        if run_ids != self.elsewhere:
            self.elsewhere = run_ids
            self.elsewhere_changed.emit(run_ids)

    def note_rejection(self, run_dir: Path) -> None:
        """Tell that a run's threshold for "none of these" has changed."""
        self.rejection_changed.emit(run_dir)

    def want_model(self, name: str) -> None:
        """Remember an architecture chosen elsewhere for the next training."""
        self.wanted_model = name
        self.model_wanted.emit(name)

    def want_teacher(self, weights: Path) -> None:
        """Remember a trained model that the next training is to learn from."""
        self.wanted_teacher = weights
        self.teacher_wanted.emit(weights)

    def want_remedy(self, remedy: Imbalance) -> None:
        """Remember what the next training does about uneven classes, wherever that is chosen."""
        if remedy is not self.wanted_remedy:
            self.wanted_remedy = remedy
            self.remedy_wanted.emit(remedy)

    def start_training(self, config: TrainConfig) -> Job | None:
        """Train on the open project.

        Returns:
            The job; None when there is nothing to train on or a training is running.
        """
        return self._begin_if_free(contents.train, config)

    def resume_training(self, run_id: str) -> Job | None:
        """Go on with a run that was interrupted.

        Returns:
            As :meth:`start_training`.
        """
        return self._begin_if_free(contents.resume, run_id)

    def reproduce_training(self, run_id: str) -> Job | None:
        """Train once more with the settings of a run, on the images as they were then.

        Returns:
            As :meth:`start_training`.
        """
        return self._begin_if_free(contents.reproduce, run_id)

    def continue_training(self, run_id: str) -> Job | None:
        """Train on today's images, beginning with what a run has learned.

        Returns:
            As :meth:`start_training`.
        """
        return self._begin_if_free(contents.warm_start, run_id)

    def _begin_if_free(self, function: Any, argument: object) -> Job | None:
        if self.project is None or self.dataset is None or self.training_job is not None:
            return None
        return self._begin_training(function, argument, title=lambda: self.tr("Training"))

    def _begin_training(self, function: Any, argument: object, *, title: Title) -> Job:
        job = self.jobs.start(function, self.project, argument, title=title, kind="train")
        self.training_job = job
        self.training_events = []
        job.event_received.connect(self._on_training_event)
        job.succeeded.connect(self._on_trained)
        job.failed.connect(self.error_raised)
        job.finished.connect(self._on_training_ended)
        self.training_started.emit(job)
        return job

    @Slot(object)
    def _on_training_event(self, event: Event) -> None:
        self.training_events.append(event)

    @Slot(object)
    def _on_trained(self, result: TrainResult) -> None:
        self.training_finished.emit(result)

    @Slot()
    def _on_training_ended(self) -> None:
        self.training_job = None
        # A new best model is what the other pages should look at next.
        self.run = None
        self.refresh_runs()
        self.weights_changed.emit()

    @Slot(object)
    def _on_runs_read(self, runs: tuple[Run, ...]) -> None:
        self.runs = runs
        self.runs_changed.emit(runs)
        self._choose_run(self.run.run_id if self.run else None)

    def _choose_run(self, run_id: str | None) -> None:
        usable = [run for run in self.runs if run.best_accuracy is not None]
        chosen = next((run for run in usable if run.run_id == run_id), None)
        self.run = chosen or (usable[0] if usable else None)
        if self.run is None or self.run.run_id != self.wanted_check:
            self.wanted_check = None
        self.run_selected.emit(self.run)


def _busy(names: str) -> ProjectError:
    return ProjectError(
        msg("The open project is still at work: {names}.", names=names),
        hint=msg("Stop that or wait for its end, then open the other project."),
    )
