"""``effnet-studio exports``."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from rich.text import Text

from effnet_studio.cli.options import AsJson, ProjectPath
from effnet_studio.cli.terminal import Terminal

if TYPE_CHECKING:
    from rich.console import RenderableType

    from effnet_studio.engine.export.certificate.record import ExportResult
    from effnet_studio.engine.messages import Message
    from effnet_studio.engine.project import Project

    Listed = tuple[ExportResult, tuple[Message, ...]]
    """An export, and what has changed since."""


def exports(project: ProjectPath, *, as_json: AsJson = False) -> None:
    """List the exports of a project, newest first, and what has changed since each."""
    from effnet_studio.cli.documents import export_document
    from effnet_studio.engine.project import Project

    with Project.open(project, read_only=True) as opened:
        found = _found(opened)
    document: list[dict[str, Any]] = [
        {**export_document(result), "stale": [str(reason) for reason in reasons]}
        for result, reasons in found
    ]
    lines = exports_report(found) if found else ["No exports."]
    Terminal(as_json=as_json).emit(document, *lines)


def exports_report(found: list[Listed]) -> list[RenderableType]:
    """A line for each export, and below what has changed.

    Args:
        found: Exports, newest first, each with its reasons.
    """
    from effnet_studio.cli.render import make_table, megabytes

    table = make_table("Export", "Made", "Model", "Format", "For", "Verdict", "Size")
    for column in table.columns[:-1]:
        column.justify = "left"
    notes: list[RenderableType] = []
    for result, reasons in found:
        name = result.file.parent.name
        table.add_row(
            name,
            _local(result.created),
            result.model,
            result.format.value,
            result.target.value,
            _verdict(result, current=not reasons),
            megabytes(result.bytes),
        )
        notes += [f"{name}: {reason}" for reason in reasons]
    return [table, *notes]


def _found(project: Project) -> list[Listed]:
    from effnet_studio.engine.data.store import load_dataset
    from effnet_studio.engine.errors import DatasetError
    from effnet_studio.engine.export.certificate.record import list_exports
    from effnet_studio.engine.export.certificate.staleness import stale_reasons

    results = list_exports(project)
    try:
        dataset = load_dataset(project, check_folder=False) if results else None
    except DatasetError:  # all images were taken out of the project
        dataset = None
    return [
        (result, stale_reasons(result, project.runs_dir / result.run, dataset))
        for result in results
    ]


def _verdict(result: ExportResult, *, current: bool) -> Text:
    if not result.checked:
        return Text("not checked", style="yellow")
    if not result.ok:
        return Text("not ready", style="red")
    return Text("ready", style="green") if current else Text("out of date", style="yellow")


def _local(created: str) -> str:
    """The time of this computer, to the minute; as it is if it is no time."""
    try:
        moment = datetime.fromisoformat(created).astimezone()
    except ValueError:
        return created
    return f"{moment:%Y-%m-%d %H:%M}"
