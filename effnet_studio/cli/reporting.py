"""``effnet-studio report``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from effnet_studio.cli.answers import Part
from effnet_studio.cli.options import (
    AsJson,
    Device,
    Language,
    PageLanguage,
    ProjectPath,
    RunId,
)
from effnet_studio.cli.terminal import Terminal

if TYPE_CHECKING:
    from effnet_studio.engine.report.facts import Facts


def report(
    project: ProjectPath,
    *,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="A report: report.html or report.pdf."),
    ] = None,
    card: Annotated[
        Path | None,
        typer.Option(metavar="FILE.md", help="A model card, as model libraries show beside files."),
    ] = None,
    on: Annotated[
        Path | None,
        typer.Option(help="A folder of labelled images to measure on, instead of the project's."),
    ] = None,
    run: RunId = None,
    split: Annotated[
        Part | None,
        typer.Option(help="Which part of the images; by default test if there are any, else val."),
    ] = None,
    pictures: Annotated[
        bool,
        typer.Option("--pictures/--no-pictures", help="Whether the report may show your images."),
    ] = True,
    language: PageLanguage = Language.ENGLISH,
    device: Device = "auto",
    as_json: AsJson = False,
) -> None:
    """Write what is known of a model into one file for a colleague."""
    from effnet_studio.cli.report_files import check_names, write_files
    from effnet_studio.engine.data.outside import outside_dataset
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.report.facts import gather

    check_names(out, card)
    if on is not None and split is not None:
        raise typer.BadParameter("a folder has no parts; leave --split away")
    terminal = Terminal(as_json=as_json)
    with Project.open(project) as opened, terminal.job() as job:
        outside = None if on is None else outside_dataset(on, cancel=job.cancel)
        facts = gather(
            opened,
            run,
            None if split is None else split.value,
            outside=outside,
            outside_name="" if on is None else on.resolve().name,
            pictures=pictures and out is not None,
            device=device,
            on_event=job.on_event,
            cancel=job.cancel,
        )
    written = write_files(facts, out, card, language.value)
    terminal.emit(_document(facts, out, card), *_lines(facts, written))


def _document(facts: Facts, out: Path | None, card: Path | None) -> dict[str, object]:
    evaluation = facts.evaluation
    return {
        "run": facts.run.run_id,
        "split": evaluation.split,
        "images": evaluation.images,
        "accuracy": evaluation.accuracy,
        "mistakes_shown": len(facts.worst),
        "report": None if out is None else str(out),
        "card": None if card is None else str(card),
    }


def _lines(facts: Facts, written: list[Path]) -> list[str]:
    from effnet_studio.engine.report.limits import warnings

    notes = [f"note: {warning}" for warning in warnings(facts)]
    return [*notes, *(f"Written: {path}" for path in written)]
