"""``effnet-studio export``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from effnet_studio.cli.options import AsJson, Language, PageLanguage, ProjectPath, RunId
from effnet_studio.cli.terminal import Terminal
from effnet_studio.engine.export.certificate.record import ExportFormat, Target
from effnet_studio.engine.export.formats import FORMATS
from effnet_studio.engine.export.targets import TARGETS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from effnet_studio.engine.export.formats import FormatSpec
    from effnet_studio.engine.export.targets import TargetSpec


def _listed(rows: Mapping[ExportFormat, FormatSpec] | Mapping[Target, TargetSpec]) -> str:
    """The rows of a table in a sentence each."""
    return " ".join(f"{name}: {row.about}" for name, row in rows.items())


def export(
    project: ProjectPath,
    *,
    run: RunId = None,
    target: Annotated[
        Target | None,
        typer.Option("--for", help=f"What the file is for. {_listed(TARGETS)}"),
    ] = None,
    format_: Annotated[
        ExportFormat | None,
        typer.Option(
            "--format",
            "-f",
            help=f"What to make; by default what is usual for what it is for. {_listed(FORMATS)}",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="DIR",
            help="Folder for the files (or a file's name); by default inside the project.",
        ),
    ] = None,
    budget: Annotated[
        float,
        typer.Option(
            metavar="POINTS",
            help="Accuracy that a rounded file may lose on the validation images, percentage "
            "points; faster ways are tried first, until one keeps to it.",
        ),
    ] = 0.5,
    language: PageLanguage = Language.ENGLISH,
    as_json: AsJson = False,
) -> None:
    """Write a trained model as a file, open it again and compare it with the app.

    All validation and test images are judged by both. Beside the file lie a certificate that says
    how it compares, and what is needed to use it.
    """
    from effnet_studio.cli.documents import export_document
    from effnet_studio.cli.export_report import export_report
    from effnet_studio.cli.report_files import words_of
    from effnet_studio.engine.export.export import export_model
    from effnet_studio.engine.project import Project

    terminal = Terminal(as_json=as_json)
    with Project.open(project, read_only=out is not None) as opened, terminal.job() as job:
        result = export_model(
            opened,
            run,
            target=target,
            format=format_,
            out=out,
            budget_points=budget,
            words=words_of(language.value),
            language=language.value,
            on_event=job.on_event,
            cancel=job.cancel,
        )
    terminal.emit(export_document(result), *export_report(result))
