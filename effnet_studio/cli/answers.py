"""``effnet-studio evaluate``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from effnet_studio.cli.options import AsJson, Device, ModelPath, RunId
from effnet_studio.cli.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from effnet_studio.cli.terminal import Job
    from effnet_studio.engine.data.dataset import Dataset, Sample
    from effnet_studio.engine.evaluation.evaluate import Evaluation
    from effnet_studio.engine.messages import Message
    from effnet_studio.engine.predict.reject_option import RejectOption


class Part(StrEnum):
    """Parts of a dataset."""

    TRAIN = "train"
    VAL = "val"
    TEST = "test"


def evaluate(
    model: ModelPath,
    *,
    on: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Labelled images to check with: a folder, or another project. By default those "
            "of the project that the model lies in.",
        ),
    ] = None,
    run: RunId = None,
    split: Annotated[
        Part | None, typer.Option(help="Which part of a project's images; by default val.")
    ] = None,
    device: Device = "auto",
    afresh: Annotated[
        bool, typer.Option("--afresh", help="Ask the model again about images it has judged.")
    ] = False,
    table: Annotated[
        Path | None,
        typer.Option("--csv", help="Write each image with its answer here, the worst first."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Measure how good a trained model is, on a project's images or those of a folder."""
    from effnet_studio.cli import render
    from effnet_studio.cli.documents import (
        calibration_document,
        curves_document,
        evaluation_document,
        rejection_document,
    )
    from effnet_studio.engine.evaluation.curves.class_curves import class_curves
    from effnet_studio.engine.evaluation.curves.curve_intervals import curve_intervals
    from effnet_studio.engine.evaluation.measures.calibration import measure_calibration
    from effnet_studio.engine.evaluation.measures.intervals import confidence_intervals
    from effnet_studio.engine.evaluation.worst import answers_table
    from effnet_studio.engine.predict.tables import table_csv, write_csv

    terminal = Terminal(as_json=as_json)
    with terminal.job() as job:
        checked = _check(model, on, run, split, device, job, afresh=afresh)
        result = checked.evaluation
        intervals = confidence_intervals(result, cancel=job.cancel)
        curves = class_curves(result.logits, result.true, cancel=job.cancel)
        told_apart = (result.classes, curves, curve_intervals(curves, cancel=job.cancel))
        calibration = measure_calibration(result.logits, result.true)
        if table is not None:
            write_csv(table, table_csv(answers_table(result, checked.dataset)))
    for remark in checked.remarks():
        terminal.remark(f"note: {remark}")
    figures = evaluation_document(result, intervals)
    tables = [
        *render.curves_report(*told_apart),
        *render.evaluation_report(result, intervals, where=checked.where),
    ]
    more = {
        "on": checked.where,
        "learned_from": checked.learned,
        "curves": curves_document(*told_apart),
        "calibration": calibration_document(calibration),
        "rejection": None if checked.reject is None else rejection_document(checked.reject, result),
    }
    tables.append(render.calibration_line(calibration))
    if checked.reject is not None:
        tables.append(render.rejection_line(checked.reject, result))
    terminal.emit({"run": checked.name, **figures, **more}, *tables)


@dataclass(frozen=True)
class _Checked:
    """What was measured.

    Attributes:
        name: Of the run or the file.
        where: Which images, in a word.
        evaluation: Figures and answers.
        dataset: The images.
        reject: When the model says "none of these"; None: never.
        learned: How many of the images it has learned from, as far as that is remembered.
        mismatch: What to know about its classes, if there is something.
    """

    name: str
    where: str
    evaluation: Evaluation
    dataset: Dataset
    reject: RejectOption | None
    learned: int
    mismatch: Message | None = None

    def remarks(self) -> list[str]:
        """What must not be overlooked when the figures are read."""
        found = [] if self.mismatch is None else [str(self.mismatch)]
        if self.learned:
            found.append(
                f"{self.learned:,} of the {self.evaluation.images:,} images are among those it has "
                "learned from: on new ones expect worse figures."
            )
        return found


def _check(  # noqa: PLR0917 - what the command was given
    model: Path,
    on: Path | None,
    run: str | None,
    split: Part | None,
    device: str,
    job: Job,
    *,
    afresh: bool,
) -> _Checked:
    from effnet_studio.engine.errors import ConfigError
    from effnet_studio.engine.messages import msg
    from effnet_studio.engine.predict.locate import home_of, locate
    from effnet_studio.engine.project_opener import PROJECT_FILE

    found = locate(model, run)
    images = on if on is not None else home_of(found)
    if images is None:
        raise ConfigError(
            msg("Nobody has said on which images to check {name}.", name=model.name),
            hint=msg("Name a folder with labelled images, or a project: --on FOLDER."),
            path=model,
        )
    if (images / PROJECT_FILE).is_file():
        return _on_project(found, images, split or Part.VAL, device, job, afresh=afresh)
    if split is not None:
        raise typer.BadParameter("a folder has no parts; leave --split away")
    return _on_folder(found, images, device, job)


def _on_project(
    model: Path, folder: Path, split: Part, device: str, job: Job, *, afresh: bool
) -> _Checked:
    from effnet_studio.engine.data.store import load_dataset
    from effnet_studio.engine.evaluation.evaluate import evaluate as judge
    from effnet_studio.engine.evaluation.run_evaluation import evaluate_run
    from effnet_studio.engine.predict.class_match import data_mismatch
    from effnet_studio.engine.predict.locate import home_of
    from effnet_studio.engine.predict.predictor import load_predictor
    from effnet_studio.engine.predict.reject_option import read_reject_option
    from effnet_studio.engine.project import Project

    with Project.open(folder) as opened:
        dataset = load_dataset(opened)
        if model.parent.resolve() == opened.runs_dir.resolve():
            result = evaluate_run(
                model,
                dataset,
                split.value,
                device=device,
                keep=not opened.read_only,
                afresh=afresh,
                on_event=job.on_event,
                cancel=job.cancel,
            )
            reject = read_reject_option(model)
        else:
            predictor = load_predictor(model, device=device)
            result = judge(
                predictor, dataset, split.value, on_event=job.on_event, cancel=job.cancel
            )
            reject = predictor.reject
    own = home_of(model)
    where = split.value
    if own is None or not folder.samefile(own):
        where = f"{where}, {folder}"
    learned = _learned(model, result, dataset.subset(split.value))
    mismatch = data_mismatch(result.classes, dataset.classes)
    return _Checked(model.name, where, result, dataset, reject, learned, mismatch)


def _on_folder(model: Path, folder: Path, device: str, job: Job) -> _Checked:
    from effnet_studio.engine.data.outside import outside_dataset
    from effnet_studio.engine.evaluation.evaluate import evaluate as judge
    from effnet_studio.engine.predict.predictor import load_predictor

    dataset = outside_dataset(folder, cancel=job.cancel)  # before a network is loaded for nothing
    predictor = load_predictor(model, device=device)
    result = judge(predictor, dataset, "test", on_event=job.on_event, cancel=job.cancel)
    learned = _learned(model, result, dataset.samples)
    return _Checked(model.name, str(folder), result, dataset, predictor.reject, learned)


def _learned(model: Path, result: Evaluation, samples: Iterable[Sample]) -> int:
    """How many of the judged images a run, or the one that a file was made of, has learned from."""
    from effnet_studio.engine.errors import ProjectError
    from effnet_studio.engine.evaluation.comparing.compare import learned_from
    from effnet_studio.engine.export.certificate.record import RECORD_SUFFIX, read_record
    from effnet_studio.engine.predict.locate import home_of
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.runs import load_run

    home = home_of(model)
    if home is None:
        return 0
    try:
        record = model.with_name(model.stem + RECORD_SUFFIX)
        run = model.name if model.is_dir() else read_record(record).run
        with Project.open(home, read_only=True) as project:
            known = learned_from(project, load_run(project.find_run(run)))
    except (OSError, ValueError, ProjectError):
        return 0  # a file whose run is gone, or not known
    judged = set(result.sample_ids)
    return sum(sample.id in judged and str(sample.path) in known for sample in samples)
