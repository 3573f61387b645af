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
    from effnet_studio.cli.terminal import Job
    from effnet_studio.engine.data.dataset import Dataset
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
        typer.Option(help="A folder of labelled images to check with, instead of the project's."),
    ] = None,
    run: RunId = None,
    split: Annotated[Part, typer.Option(help="Which part of the images.")] = Part.VAL,
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
        if on is None:
            checked = _on_project(model, run, split, device, job, afresh=afresh)
        else:
            checked = _on_folder(model, on, run, device, job)
        result = checked.evaluation
        intervals = confidence_intervals(result, cancel=job.cancel)
        curves = class_curves(result.logits, result.true, cancel=job.cancel)
        told_apart = (result.classes, curves, curve_intervals(curves, cancel=job.cancel))
        calibration = measure_calibration(result.logits, result.true)
        if table is not None:
            write_csv(table, table_csv(answers_table(result, checked.dataset)))
    if checked.mismatch is not None:
        terminal.remark(f"note: {checked.mismatch}")
    figures = evaluation_document(result, intervals)
    tables = [*render.curves_report(*told_apart), *render.evaluation_report(result, intervals)]
    more = {
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
        evaluation: Figures and answers.
        dataset: The images.
        reject: When the model says "none of these"; None: never.
        mismatch: What to know about its classes, if there is something.
    """

    name: str
    evaluation: Evaluation
    dataset: Dataset
    reject: RejectOption | None
    mismatch: Message | None = None


def _on_project(
    folder: Path, run: str | None, split: Part, device: str, job: Job, *, afresh: bool
) -> _Checked:
    from effnet_studio.engine.data.store import load_dataset
    from effnet_studio.engine.evaluation.run_evaluation import evaluate_run
    from effnet_studio.engine.predict.class_match import data_mismatch
    from effnet_studio.engine.predict.reject_option import read_reject_option
    from effnet_studio.engine.project import Project

    with Project.open(folder) as opened:
        dataset = load_dataset(opened)
        run_dir = opened.find_run(run)
        result = evaluate_run(
            run_dir,
            dataset,
            split.value,
            device=device,
            keep=not opened.read_only,
            afresh=afresh,
            on_event=job.on_event,
            cancel=job.cancel,
        )
        kept = read_reject_option(run_dir)
    mismatch = data_mismatch(result.classes, dataset.classes)
    return _Checked(run_dir.name, result, dataset, kept, mismatch)


def _on_folder(model: Path, folder: Path, run: str | None, device: str, job: Job) -> _Checked:
    from effnet_studio.engine.data.outside import outside_dataset
    from effnet_studio.engine.evaluation.evaluate import evaluate as judge
    from effnet_studio.engine.predict.predictor import load_predictor

    predictor = load_predictor(model, run=run, device=device)
    dataset = outside_dataset(folder, cancel=job.cancel)
    result = judge(predictor, dataset, "test", on_event=job.on_event, cancel=job.cancel)
    return _Checked(predictor.path.name, result, dataset, predictor.reject)
