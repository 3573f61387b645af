"""What is read from and done to a project's folder, in the jobs' threads; without Qt.

The engine is imported inside the functions, so that the window appears before it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from effnet_studio.engine.errors import DatasetError, StudioError
from effnet_studio.engine.events import Warned
from effnet_studio.gui.collector import resting_collector
from effnet_studio.gui.preload import load_light_modules

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.checks.findings import Finding
    from effnet_studio.engine.data.dataset import Dataset, Split
    from effnet_studio.engine.data.edits import Edit
    from effnet_studio.engine.data.importer import ImportOptions, ImportResult
    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.data.problems import Problem
    from effnet_studio.engine.evaluation.comparing.comparison import Comparison
    from effnet_studio.engine.evaluation.dataset_predictions import DatasetPredictions
    from effnet_studio.engine.events import Event, OnEvent
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.config import TrainConfig
    from effnet_studio.engine.training.fit import TrainResult
    from effnet_studio.engine.training.rate_finder import NoRateError, RateSweep
    from effnet_studio.engine.training.run_trash import TrashedRun
    from effnet_studio.engine.training.runs import Run


@dataclass(frozen=True)
class Images:
    """What a project knows of its images.

    Attributes:
        index: All images, those left out too; None while nothing was imported.
        dataset: What is trained on; None while nothing was imported.
        findings: What should be mended, the most harmful first.
        problems: Files that could not be used, and why.
        folders: Where the images lie.
        edits: The edit log, oldest entry first.
        predictions: What a run said of the images when it was asked last.
        trouble: Why the images cannot be used now, such as a drive that is gone.
    """

    index: Index | None = None
    dataset: Dataset | None = None
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    folders: tuple[Path, ...] = ()
    edits: tuple[Edit, ...] = ()
    predictions: DatasetPredictions | None = None
    trouble: StudioError | None = None


@dataclass(frozen=True)
class Contents:
    """What is read from a project's folder in one go.

    Attributes:
        images: The dataset and all about it.
        runs: Newest first.
        unread: Why some runs cannot be read.
    """

    images: Images = field(default_factory=Images)
    runs: tuple[Run, ...] = ()
    unread: tuple[StudioError, ...] = ()


def read_images(project: Project) -> Images:
    """Read all that is known of a project's images."""
    from effnet_studio.engine.data import edits, store
    from effnet_studio.engine.data.checks import findings
    from effnet_studio.engine.evaluation.dataset_predictions import last_predictions

    if store.is_empty(project):
        return Images()
    trouble = None
    try:
        index = store.load_index(project)
    except DatasetError as error:
        trouble = error
        index = store.load_index(project, check_folder=False)
    problems = store.load_problems(project)
    kinds = Counter(problem.kind for problem in problems)
    return Images(
        index=index,
        dataset=index.dataset(),
        findings=findings.find_problems(
            index, unreadable=kinds["unreadable"], suspicious=kinds["warning"]
        ),
        problems=problems,
        folders=tuple(index.roots.values()),
        edits=edits.history(project),
        predictions=last_predictions(project, index),
        trouble=trouble,
    )


def read_contents(project: Project) -> Contents:
    """Read everything the pages show of a project."""
    from effnet_studio.engine.training.runs import list_runs

    warned: list[Event] = []
    runs = tuple(list_runs(project, on_event=warned.append))
    unread = tuple(
        StudioError(each.message, hint=each.hint or "", path=each.path)
        for each in warned
        if isinstance(each, Warned)
    )
    return Contents(read_images(project), runs, unread)


def read_runs(project: Project) -> tuple[Run, ...]:
    """Read the trainings of a project, newest first."""
    from effnet_studio.engine.training.runs import list_runs

    return tuple(list_runs(project))


def read_trash(project: Project) -> list[TrashedRun]:
    """Read which runs were deleted, the last one first."""
    from effnet_studio.engine.training.run_trash import trash_contents

    return trash_contents(project)


def open_project(path: Path) -> tuple[Project, Contents]:
    """Open a project folder and read what is in it."""
    load_light_modules()
    from effnet_studio.engine.project import Project

    project = Project.open(path)
    try:
        return project, read_contents(project)
    except StudioError:
        project.close()
        raise


def reopen_project(path: Path) -> tuple[Project, Contents] | None:
    """Open a project nobody asked for now; None where it is gone or another window has it open."""
    from effnet_studio.gui.projects import may_reopen

    return open_project(path) if may_reopen(path) else None


def create_project(path: Path, name: str | None) -> tuple[Project, Contents]:
    """Make an empty project folder and open it."""
    load_light_modules()
    from effnet_studio.engine.project import Project

    return Project.create(path, name=name), Contents()


def import_folder(
    project: Project,
    folder: Path,
    options: ImportOptions | None,
    *,
    on_event: OnEvent,
    cancel: CancelToken,
) -> tuple[ImportResult, Contents]:
    """Read a folder of images into a project."""
    from effnet_studio.engine.data.importer import ImportOptions, import_folder

    chosen = asdict(options or ImportOptions())
    with resting_collector():
        result = import_folder(project, folder, **chosen, on_event=on_event, cancel=cancel)
        return result, read_contents(project)


def update_images(
    project: Project, *, on_event: OnEvent, cancel: CancelToken
) -> tuple[ImportResult, Contents]:
    """Look again at the folders of a project's images."""
    from effnet_studio.engine.data.importer import update_dataset

    with resting_collector():
        result = update_dataset(project, on_event=on_event, cancel=cancel)
        return result, read_contents(project)


def train(
    project: Project, config: TrainConfig, *, on_event: OnEvent, cancel: CancelToken
) -> TrainResult:
    """Train on a project's dataset."""
    from effnet_studio.engine.training.launch import train

    return train(project, config, on_event=on_event, cancel=cancel)


def resume(project: Project, run_id: str, *, on_event: OnEvent, cancel: CancelToken) -> TrainResult:
    """Go on with a training that was interrupted."""
    from effnet_studio.engine.training.launch import resume

    return resume(project, run_id, on_event=on_event, cancel=cancel)


def reproduce(
    project: Project, run_id: str, *, on_event: OnEvent, cancel: CancelToken
) -> TrainResult:
    """Train once more with the settings of a run, on the images as they were then."""
    from effnet_studio.engine.training.again import reproduce

    return reproduce(project, run_id, on_event=on_event, cancel=cancel)


def warm_start(
    project: Project, run_id: str, *, on_event: OnEvent, cancel: CancelToken
) -> TrainResult:
    """Train on today's images, beginning with what a run has learned."""
    from effnet_studio.engine.training.again import warm_start

    return warm_start(project, run_id, on_event=on_event, cancel=cancel)


def find_rate(
    project: Project,
    dataset: Dataset,
    config: TrainConfig,
    *,
    on_event: OnEvent,
    cancel: CancelToken,
) -> RateSweep | NoRateError:
    """Try learning rates; that none was good is an answer too, with what was tried."""
    from effnet_studio.engine.training.rate_finder import NoRateError, find_learning_rate

    try:
        return find_learning_rate(
            config, dataset, cache_dir=project.cache_dir, on_event=on_event, cancel=cancel
        )
    except NoRateError as error:
        return error


def compare_runs(
    project: Project,
    first: str,
    second: str,
    split: Split,
    *,
    on_event: OnEvent,
    cancel: CancelToken,
) -> Comparison:
    """Put two runs side by side, on one part of the images."""
    from effnet_studio.engine.evaluation.comparing.compare import compare_runs

    return compare_runs(project, first, second, split=split, on_event=on_event, cancel=cancel)


def predict_dataset(
    project: Project, index: Index, run_id: str, *, on_event: OnEvent, cancel: CancelToken
) -> DatasetPredictions:
    """Let a run judge all images of a project."""
    from effnet_studio.engine.evaluation.dataset_predictions import predict_dataset

    return predict_dataset(project, index, run=run_id, on_event=on_event, cancel=cancel)
