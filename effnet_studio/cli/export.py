"""``effnet-studio export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from effnet_studio.cli.options import AsJson, ProjectPath, RunId
from effnet_studio.cli.terminal import Terminal
from effnet_studio.engine.export.certificate.record import ExportFormat


def export(
    project: ProjectPath,
    *,
    run: RunId = None,
    format_: Annotated[
        ExportFormat,
        typer.Option(
            "--format",
            "-f",
            help="onnx takes images as they are and answers exactly like the app; onnx-int8 is a"
            " quarter of the size; onnx-tensor is the network alone.",
        ),
    ] = ExportFormat.ONNX,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="DIR",
            help="Folder for the files (or a name ending in .onnx); by default inside the project.",
        ),
    ] = None,
    budget: Annotated[
        float,
        typer.Option(
            metavar="POINTS",
            help="Accuracy that an 8-bit file may lose on the validation images, percentage "
            "points; faster ways are tried first, until one keeps to it.",
        ),
    ] = 0.5,
    as_json: AsJson = False,
) -> None:
    """Write a trained model as a file, open it again and compare it with the app.

    All validation images are judged by both.
    """
    from effnet_studio.cli import render
    from effnet_studio.cli.documents import export_document
    from effnet_studio.engine.export.export import export_model
    from effnet_studio.engine.project import Project

    terminal = Terminal(as_json=as_json)
    with Project.open(project, read_only=out is not None) as opened, terminal.job() as job:
        result = export_model(
            opened,
            run,
            format=format_,
            out=out,
            budget_points=budget,
            on_event=job.on_event,
            cancel=job.cancel,
        )
    terminal.emit(export_document(result), *render.export_report(result))
