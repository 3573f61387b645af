"""``effnet-studio evaluate`` and ``predict``."""

from __future__ import annotations

import csv
import io
from enum import StrEnum
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from effnet_studio.cli.options import AsJson, Device, ModelPath, ProjectPath, RunId
from effnet_studio.cli.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.predict.answers import FailedImage, Prediction


class Part(StrEnum):
    """Parts of a dataset."""

    TRAIN = "train"
    VAL = "val"
    TEST = "test"


def evaluate(
    project: ProjectPath,
    *,
    run: RunId = None,
    split: Annotated[Part, typer.Option(help="Which part of the images.")] = Part.VAL,
    device: Device = "auto",
    as_json: AsJson = False,
) -> None:
    """Measure how good a trained model is."""
    from effnet_studio.cli import render
    from effnet_studio.cli.documents import evaluation_document
    from effnet_studio.engine.data.store import load_dataset
    from effnet_studio.engine.evaluation.evaluate import evaluate as judge
    from effnet_studio.engine.evaluation.report import save_evaluation
    from effnet_studio.engine.predict.class_match import data_mismatch
    from effnet_studio.engine.predict.predictor import load_predictor
    from effnet_studio.engine.project import Project

    terminal = Terminal(as_json=as_json)
    with Project.open(project) as opened, terminal.job() as job:
        dataset = load_dataset(opened)
        run_dir = opened.find_run(run)
        predictor = load_predictor(run_dir, device=device)
        mismatch = data_mismatch(predictor.classes, dataset.classes)
        result = judge(predictor, dataset, split.value, on_event=job.on_event, cancel=job.cancel)
        if split is Part.VAL and not opened.read_only:
            save_evaluation(run_dir, result)
    if mismatch is not None:
        terminal.remark(f"note: {mismatch}")
    terminal.emit(
        {"run": run_dir.name, **evaluation_document(result)}, *render.evaluation_report(result)
    )


def predict(
    model: ModelPath,
    images: Annotated[
        list[Path], typer.Argument(metavar="IMAGE...", help="Images, or folders of them.")
    ],
    *,
    top: Annotated[int, typer.Option(min=1, help="How many classes to name.")] = 5,
    run: RunId = None,
    table: Annotated[
        Path | None,
        typer.Option("--csv", metavar="FILE", help="Also write the answers as a table to a file."),
    ] = None,
    nearest: Annotated[
        int, typer.Option(min=0, help="Also name so many training images that are most alike.")
    ] = 0,
    device: Device = "auto",
    as_json: AsJson = False,
) -> None:
    """Say what is on pictures."""
    from effnet_studio.cli import render
    from effnet_studio.cli.documents import prediction_document
    from effnet_studio.cli.likeness import find_likeness, likeness_document, likeness_table
    from effnet_studio.engine import atomic
    from effnet_studio.engine.predict.answers import Prediction
    from effnet_studio.engine.predict.batch import predict_batch
    from effnet_studio.engine.predict.predictor import load_predictor

    terminal = Terminal(as_json=as_json)
    with terminal.job() as job:
        predictor = load_predictor(model, run=run, device=device)
        verdicts = predict_batch(predictor, images, on_event=job.on_event, cancel=job.cancel)
        like = find_likeness(predictor, verdicts, nearest, job) if nearest else []
    if table is not None:
        atomic.write_text(table.absolute(), csv_table(verdicts, top))
    terminal.emit(
        [
            prediction_document(verdict, top) | likeness_document(each)
            for verdict, each in zip_longest(verdicts, like)
        ],
        *([str(predictor.note)] if predictor.note is not None else []),
        render.predictions_table(verdicts, top),
        *([likeness_table(verdicts, like)] if like else []),
    )
    if not any(isinstance(verdict, Prediction) for verdict in verdicts):
        terminal.remark(f"error: none of {len(verdicts)} files is an image that can be judged")
        raise typer.Exit(1)


def csv_table(verdicts: Sequence[Prediction | FailedImage], top: int) -> str:
    """Write answers as comma-separated values, one file a line.

    Args:
        verdicts: What was said about each file.
        top: How many classes to name.

    Returns:
        The table with a line of titles: path, label_1, probability_1, …, error.
    """
    from effnet_studio.engine.predict.answers import FailedImage

    ranks = range(1, top + 1)
    titles = [name for rank in ranks for name in (f"label_{rank}", f"probability_{rank}")]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["path", *titles, "error"])
    for verdict in verdicts:
        cells: list[str] = []
        error = ""
        if isinstance(verdict, FailedImage):
            error = str(verdict.message)
        else:
            for answer in verdict.top(top):
                cells += [answer.label, f"{answer.probability:.6f}"]
        path = str(verdict.path).encode("utf-8", "backslashreplace").decode("utf-8")
        writer.writerow([path, *cells, *[""] * (2 * top - len(cells)), error])
    return text.getvalue()
