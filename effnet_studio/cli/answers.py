"""``effnet-studio evaluate``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from effnet_studio.cli.options import AsJson, Device, ProjectPath, RunId
from effnet_studio.cli.terminal import Terminal


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
    from effnet_studio.cli.documents import curves_document, evaluation_document
    from effnet_studio.engine.data.store import load_dataset
    from effnet_studio.engine.evaluation.class_curves import class_curves
    from effnet_studio.engine.evaluation.curve_intervals import curve_intervals
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
        curves = class_curves(result.logits, result.true, cancel=job.cancel)
        intervals = curve_intervals(curves, cancel=job.cancel)
        if split is Part.VAL and not opened.read_only:
            save_evaluation(run_dir, result)
    if mismatch is not None:
        terminal.remark(f"note: {mismatch}")
    told_apart = (result.classes, curves, intervals)
    terminal.emit(
        {
            "run": run_dir.name,
            **evaluation_document(result),
            "curves": curves_document(*told_apart),
        },
        *render.curves_report(*told_apart),
        *render.evaluation_report(result),
    )
