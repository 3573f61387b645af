"""Keeps the figures on view: of the chosen run, or of a folder or a file that was asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from effnet_studio.gui.jobs import Title
from effnet_studio.gui.questions import Requests

if TYPE_CHECKING:
    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Dataset, Split
    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.evaluation.evaluate import Evaluation
    from effnet_studio.engine.evaluation.kept_answers import Answers
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.engine.project import Project
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.session import Session

_Subject = tuple[Path, str]
"""Folder of the chosen run, and the part of the images."""


@dataclass(frozen=True, eq=False)
class Checked:
    """What is known of a model.

    Attributes:
        evaluation: Figures and answers.
        dataset: The images, with the labels that count.
        project: Has their thumbnails; None for the images of a folder outside.
        run_dir: Folder of the run, which can say where it looked; None for an exported file.
        outside: Name of the folder or the file, where it is not the run on the project's images.
        answers: Of an exported file, which keeps none; None for a run.
        learned: How many images of a folder outside the run has learned from.
    """

    evaluation: Evaluation
    dataset: Dataset
    project: Project | None
    run_dir: Path | None
    outside: str = ""
    answers: Answers | None = None
    learned: int = 0


class EvaluationKeeper(QObject):
    """Reads what a run said before, and has models checked.

    Args:
        session: The open project, its images and the chosen run.
        parent: Qt's owner.
    """

    changed = Signal()
    """Another result, none, or a check that began or ended."""
    failed = Signal(object)
    """The StudioError that says why there is none."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._subject: _Subject | None = None
        self._asked: _Subject | None = None
        self._split: Split = "val"
        self.job: Job | None = None
        self.result: Checked | None = None
        self._saved = Requests(session.jobs, parent=self)
        self._saved.answered.connect(self._on_saved_read)
        self._saved.refused.connect(self._on_saved_refused)

    def set_split(self, split: Split) -> None:
        """Show another part of the images."""
        self._split = split
        self.refresh()

    @Slot()
    def leave_outside(self) -> None:
        """Show the chosen run on the project's images again."""
        self.result = None
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show what the chosen run said of today's images, if it was asked about them.

        A folder or a file that was asked for stays until another run or part is chosen, or the
        run's own errors are asked for.
        """
        run, dataset, split = self._session.run, self._session.dataset, self._split
        subject = (run.run_dir, split) if run is not None and dataset is not None else None
        outside = self.result is not None and bool(self.result.outside)
        if subject != self._subject or (outside and self._session.wanted_check is not None):
            # After a change of the labels the old figures stay until the new ones are there.
            self._subject, self.result = subject, None
        if self.job is not None and self._asked == subject:
            self._session.wanted_check = None  # it is being answered
        result = self.result
        if run is None or dataset is None:
            self._saved.forget()
        elif result is None or not result.outside:
            project = self._session.project
            self._saved.ask_only(subject, _read, run.run_dir, dataset, project, split)
        elif result.answers is not None and result.dataset is not dataset:
            self._saved.ask_only(subject, _measure_again, result, dataset, split)
        self.changed.emit()

    @Slot()
    def start(self) -> None:
        """Check the chosen run on the chosen part of the images."""
        run, dataset, project = self._session.run, self._session.dataset, self._session.project
        if run is not None and dataset is not None and project is not None:
            self._start(
                _check_run,
                run.run_dir,
                dataset,
                project,
                self._split,
                title=lambda: self.tr("Checking the model"),
            )

    def check_folder(self, folder: Path) -> None:
        """Check the chosen run on labelled images that are not in the project.

        Args:
            folder: With a sub-folder for each class.
        """
        run, project = self._session.run, self._session.project
        if run is not None and project is not None:
            self._start(
                _check_folder,
                run.run_dir,
                folder,
                project,
                title=lambda: self.tr("Checking on {name}").format(name=folder.name),
            )

    def check_file(self, file: Path) -> None:
        """Check an exported model on the chosen part of the images.

        Args:
            file: The model.
        """
        dataset, project = self._session.dataset, self._session.project
        if dataset is not None:
            self._start(
                _check_file,
                file,
                dataset,
                project,
                self._split,
                title=lambda: self.tr("Checking {name}").format(name=file.name),
            )

    def _start(self, function: Any, *args: object, title: Title) -> None:
        if self.job is not None:
            return
        self._saved.forget()
        self._asked = self._subject
        self.job = self._session.jobs.start(function, *args, title=title, kind="evaluate")
        self.job.succeeded.connect(self._on_checked)
        self.job.failed.connect(self.failed)
        self.job.finished.connect(self._on_finished)
        self.changed.emit()

    @Slot(object)
    def _on_checked(self, result: Checked) -> None:
        if self._asked == self._subject:
            self.result = result

    @Slot()
    def _on_finished(self) -> None:
        self.job = None
        result = self.result
        if result is None or (result.project and result.dataset is not self._session.dataset):
            self.refresh()  # another run was chosen meanwhile, or labels have changed
        else:
            self.changed.emit()

    @Slot(object, object)
    def _on_saved_read(self, _subject: _Subject, found: Checked | None) -> None:
        if self.job is not None or (found is None and self._unkept):
            return
        left, self.result = self.result, found
        wanted, self._session.wanted_check = self._session.wanted_check, None
        if found is None and wanted is not None:
            self.start()
        elif found is None and left is not None and left.outside:
            self.refresh()  # the file was not asked about these images: back to the run
        else:
            self.changed.emit()

    @property
    def _unkept(self) -> bool:
        """Whether what is on view can be found nowhere else."""
        project, result = self._session.project, self.result
        return (
            result is not None
            and result.dataset is self._session.dataset
            and project is not None
            and project.read_only
        )

    @Slot(object, object)
    def _on_saved_refused(self, _key: object, error: StudioError) -> None:
        self.failed.emit(error)


# -- what runs in the jobs' threads; the engine is imported there --------------------------------


def _read(run_dir: Path, dataset: Dataset, project: Project | None, split: Split) -> Checked | None:
    from effnet_studio.engine.evaluation.run_evaluation import read_evaluation

    found = read_evaluation(run_dir, dataset, split)
    return None if found is None else Checked(found, dataset, project, run_dir)


def _measure_again(result: Checked, dataset: Dataset, split: Split) -> Checked | None:
    """Compare what a file has said with today's labels."""
    from effnet_studio.engine.evaluation.run_evaluation import measure_known

    found = None if result.answers is None else measure_known(result.answers, dataset, split)
    return None if found is None else replace(result, evaluation=found, dataset=dataset)


def _check_run(
    run_dir: Path,
    dataset: Dataset,
    project: Project,
    split: Split,
    *,
    on_event: OnEvent,
    cancel: CancelToken,
) -> Checked:
    from effnet_studio.engine.evaluation.run_evaluation import evaluate_run

    found = evaluate_run(
        run_dir,
        dataset,
        split,
        keep=not project.read_only,
        afresh=True,
        on_event=on_event,
        cancel=cancel,
    )
    return Checked(found, dataset, project, run_dir)


def _check_folder(
    run_dir: Path, folder: Path, project: Project, *, on_event: OnEvent, cancel: CancelToken
) -> Checked:
    from effnet_studio.engine.data.outside import outside_dataset
    from effnet_studio.engine.evaluation.comparing.compare import learned_from
    from effnet_studio.engine.evaluation.evaluate import evaluate
    from effnet_studio.engine.predict.predictor import load_predictor
    from effnet_studio.engine.training.runs import load_run

    dataset = outside_dataset(folder, cancel=cancel)
    predictor = load_predictor(run_dir)
    found = evaluate(predictor, dataset, "test", on_event=on_event, cancel=cancel)
    known = learned_from(project, load_run(run_dir))
    learned = sum(str(sample.path) in known for sample in dataset.samples)
    return Checked(found, dataset, None, run_dir, folder.name, learned=learned)


def _check_file(
    file: Path,
    dataset: Dataset,
    project: Project | None,
    split: Split,
    *,
    on_event: OnEvent,
    cancel: CancelToken,
) -> Checked:
    from effnet_studio.engine.evaluation.evaluate import judge_samples, measure, part_of
    from effnet_studio.engine.evaluation.kept_answers import stamps_of
    from effnet_studio.engine.predict.class_match import labels_in_model
    from effnet_studio.engine.predict.predictor import load_predictor

    predictor = load_predictor(file)
    labels_in_model(predictor.classes, dataset.classes)  # before the work begins
    samples = part_of(dataset, split)
    stamps = stamps_of(samples)
    answers = judge_samples(predictor, samples, stamps, on_event=on_event, cancel=cancel)
    found = measure(answers, dataset, split)
    return Checked(found, dataset, project, None, file.name, answers)
