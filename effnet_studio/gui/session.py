"""The open project, its data and runs, as the window knows them; everything slow is a job."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal, Slot

from effnet_studio.engine.errors import DatasetError, ProjectError, StudioError
from effnet_studio.engine.messages import msg
from effnet_studio.gui.jobs import Job, JobRunner
from effnet_studio.gui.preload import load_light_modules

if TYPE_CHECKING:
    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.data.importer import ImportResult
    from effnet_studio.engine.data.problems import Problem
    from effnet_studio.engine.events import Event, OnEvent
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.config import TrainConfig
    from effnet_studio.engine.training.fit import TrainResult
    from effnet_studio.engine.training.runs import Run

_log = logging.getLogger(__name__)

_HARMLESS: Final = {"quiet", "sample"}
"""Kinds of jobs that go on when another project is opened."""


@dataclass(frozen=True)
class Contents:
    """What is read from a project's folder in one go.

    Attributes:
        dataset: None while nothing was imported.
        problems: Files that could not be used, and why.
        folder: Where the images lie.
        runs: Newest first.
        trouble: Why the images cannot be used now, such as a drive that is gone.
    """

    dataset: Dataset | None
    problems: tuple[Problem, ...]
    folder: Path | None
    runs: tuple[Run, ...]
    trouble: StudioError | None = None


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
    error_raised = Signal(object)
    """A :class:`~effnet_studio.engine.errors.StudioError` nobody else shows."""

    def __init__(self, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs = runner
        self.project: Project | None = None
        self.dataset: Dataset | None = None
        self.problems: tuple[Problem, ...] = ()
        self.folder: Path | None = None
        self.runs: tuple[Run, ...] = ()
        self.run: Run | None = None
        self.wanted_model: str | None = None
        self.training_job: Job | None = None
        self.training_events: list[Event] = []
        self.import_job: Job | None = None
        self._folder_to_import: Path | None = None

    # -- the project ---------------------------------------------------------------------------

    def open_project(self, path: Path) -> Job | None:
        """Open a project folder; the one open now is closed when that succeeded.

        Someone else's lock is respected: the project is then read-only.

        Args:
            path: The folder, or its ``project.json``.

        Returns:
            The job; None when that project is open already, or another one cannot be left because
            something works on it (``error_raised`` says so).
        """
        root = path.parent if path.name == "project.json" else path
        if self.project is not None and root.absolute() == self.project.root:
            self.project_changed.emit(self.project)
            return None
        return self._open(_open_project, root, title=self.tr("Opening {name}"))

    def create_project(self, path: Path, name: str | None = None) -> Job | None:
        """Create an empty project folder and open it; as :meth:`open_project`."""
        return self._open(_create_project, path, name, title=self.tr("Creating {name}"))

    def create_project_from(self, folder: Path, path: Path) -> Job | None:
        """Create a project, open it, and import a folder of images into it."""
        job = self.create_project(path, name=path.stem)
        if job is not None:
            self._folder_to_import = folder
        return job

    def close_project(self) -> None:
        """Let go of the project; the caller made sure that nothing runs on it."""
        self._replace(None, Contents(None, (), None, ()))

    def _open(self, function: Any, path: Path, *args: object, title: str) -> Job | None:
        running = [job for job in self.jobs.jobs if job.running]
        if any(job.kind == "open" for job in running):
            return None  # a second click on the same thing
        at_work = [job.title for job in running if job.kind not in _HARMLESS]
        if self.project is not None and at_work:
            self.error_raised.emit(_busy(", ".join(at_work)))
            return None
        job = self.jobs.start(
            function,
            path,
            *args,
            title=title.format(name=path.stem),
            kind="open",
            with_events=False,
        )
        job.succeeded.connect(self._on_opened)
        job.failed.connect(self._on_open_failed)
        self.opening_started.emit(job)
        return job

    @Slot(object)
    def _on_opened(self, opened: tuple[Project, Contents]) -> None:
        self._replace(*opened)
        folder, self._folder_to_import = self._folder_to_import, None
        if folder is not None:
            self.import_folder(folder)

    @Slot(object)
    def _on_open_failed(self, error: StudioError) -> None:
        self._folder_to_import = None
        self.error_raised.emit(error)

    def _replace(self, project: Project | None, contents: Contents) -> None:
        if self.project is not None:
            self.project.close()
        self.project = project
        self.training_events = []
        self.run = None
        self._take(contents)
        self.project_changed.emit(project)
        self._tell_contents()
        if contents.trouble is not None:
            self.error_raised.emit(contents.trouble)
        if project is not None:
            self.jobs.prepare_early()

    def _take(self, contents: Contents) -> None:
        self.dataset = contents.dataset
        self.problems = contents.problems
        self.folder = contents.folder
        self.runs = contents.runs

    def _tell_contents(self) -> None:
        self.dataset_changed.emit(self.dataset)
        self.runs_changed.emit(self.runs)
        self._choose_run(self.run.run_id if self.run else None)

    # -- the images ----------------------------------------------------------------------------

    def import_folder(self, folder: Path, *, val: float = 0.2, seed: int = 0) -> Job | None:
        """Read a folder of images into the open project.

        Args:
            folder: One sub-folder per class, or ``train`` and ``val`` with those inside.
            val: Share for validation where the folder does not say.
            seed: Makes the split repeatable.

        Returns:
            The job; None when no project is open or one is running already.
        """
        if self.project is None or self.import_job is not None:
            return None
        job = self.jobs.start(
            _import_folder,
            self.project,
            folder,
            val=val,
            seed=seed,
            title=self.tr("Reading {name}").format(name=folder.name),
            kind="import",
            heavy=False,
        )
        self.import_job = job
        job.succeeded.connect(self._on_imported)
        job.failed.connect(self.error_raised)
        job.finished.connect(self._on_import_ended)
        self.import_started.emit(job)
        return job

    @Slot(object)
    def _on_imported(self, answer: tuple[ImportResult, Contents]) -> None:
        result, contents = answer
        self.import_job = None
        self._take(contents)
        self._tell_contents()
        self.import_finished.emit(result)

    @Slot()
    def _on_import_ended(self) -> None:
        self.import_job = None

    # -- the runs ------------------------------------------------------------------------------

    def refresh_runs(self) -> None:
        """Read the runs of the project again."""
        if self.project is not None:
            job = self.jobs.start(
                _read_runs,
                self.project,
                title=self.tr("Reading runs"),
                kind="quiet",
                with_events=False,
            )
            job.succeeded.connect(self._on_runs_read)
            job.failed.connect(self.error_raised)

    def select_run(self, run_id: str | None) -> None:
        """Choose the run that Evaluate, Predict and Export look at."""
        self._choose_run(run_id)

    def want_model(self, name: str) -> None:
        """Remember an architecture chosen elsewhere for the next training."""
        self.wanted_model = name
        self.model_wanted.emit(name)

    def start_training(self, config: TrainConfig) -> Job | None:
        """Train on the open project.

        Returns:
            The job; None when there is nothing to train on or a training is running.
        """
        if self.project is None or self.dataset is None or self.training_job is not None:
            return None
        return self._begin_training(_train, config, title=self.tr("Training"))

    def resume_training(self, run_id: str) -> Job | None:
        """Go on with a run that was interrupted.

        Returns:
            As :meth:`start_training`.
        """
        if self.project is None or self.dataset is None or self.training_job is not None:
            return None
        return self._begin_training(_resume, run_id, title=self.tr("Training"))

    def _begin_training(self, function: Any, argument: object, *, title: str) -> Job:
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

    @Slot(object)
    def _on_runs_read(self, runs: tuple[Run, ...]) -> None:
        self.runs = runs
        self.runs_changed.emit(runs)
        self._choose_run(self.run.run_id if self.run else None)

    def _choose_run(self, run_id: str | None) -> None:
        usable = [run for run in self.runs if run.best_accuracy is not None]
        chosen = next((run for run in usable if run.run_id == run_id), None)
        self.run = chosen or (usable[0] if usable else None)
        self.run_selected.emit(self.run)


def _busy(names: str) -> ProjectError:
    return ProjectError(
        msg("The open project is still at work: {names}.", names=names),
        hint=msg("Stop that or wait for its end, then open the other project."),
    )


# -- what runs in the jobs' threads; the engine is imported there --------------------------------


def _read_contents(project: Project) -> Contents:
    from effnet_studio.engine.data import store

    runs = _read_runs(project)
    if store.is_empty(project):
        return Contents(None, (), None, runs)
    trouble = None
    try:
        dataset = store.load_dataset(project)
    except DatasetError as error:
        trouble = error
        dataset = store.load_dataset(project, check_folder=False)
    problems = store.load_problems(project)
    return Contents(dataset, problems, store.dataset_folder(project), runs, trouble)


def _read_runs(project: Project) -> tuple[Run, ...]:
    from effnet_studio.engine.training.runs import list_runs

    return tuple(list_runs(project))


def _open_project(path: Path) -> tuple[Project, Contents]:
    load_light_modules()
    from effnet_studio.engine.project import Project

    project = Project.open(path)
    try:
        return project, _read_contents(project)
    except StudioError:
        project.close()
        raise


def _create_project(path: Path, name: str | None) -> tuple[Project, Contents]:
    load_light_modules()
    from effnet_studio.engine.project import Project

    project = Project.create(path, name=name)
    return project, Contents(None, (), None, ())


def _import_folder(
    project: Project,
    folder: Path,
    *,
    val: float,
    seed: int,
    on_event: OnEvent,
    cancel: CancelToken,
) -> tuple[ImportResult, Contents]:
    from effnet_studio.engine.data.importer import import_folder

    result = import_folder(project, folder, val=val, seed=seed, on_event=on_event, cancel=cancel)
    return result, _read_contents(project)


def _train(
    project: Project, config: TrainConfig, *, on_event: OnEvent, cancel: CancelToken
) -> TrainResult:
    from effnet_studio.engine.training.launch import train

    return train(project, config, on_event=on_event, cancel=cancel)


def _resume(
    project: Project, run_id: str, *, on_event: OnEvent, cancel: CancelToken
) -> TrainResult:
    from effnet_studio.engine.training.launch import resume

    return resume(project, run_id, on_event=on_event, cancel=cancel)
