"""``effnet-studio doctor``: what this computer offers, and what stands in the way."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.text import Text

from effnet_studio.cli.options import AsJson
from effnet_studio.cli.render import make_table
from effnet_studio.cli.terminal import Terminal
from effnet_studio.engine.facts.fact import Level

if TYPE_CHECKING:
    from rich.console import RenderableType

    from effnet_studio.engine.doctor.examine import Examination, Group
    from effnet_studio.engine.doctor.speed import Speed

SICK: Final = 1
"""Exit code when something will fail; warnings leave it at 0."""

_MARKS: Final = {
    Level.OK: Text("ok", style="green"),
    Level.ABSENT: Text("–", style="dim"),
    Level.WARNING: Text("look", style="yellow"),
    Level.PROBLEM: Text("PROBLEM", style="red"),
}

MeasureSpeed = Annotated[
    bool, typer.Option("--speed", help="Also measure how fast this computer is (about 10 s).")
]
ShowNetwork = Annotated[
    bool,
    typer.Option("--network", help="Only: which computers can be asked, and when each was."),
]
OfProject = Annotated[
    Path | None,
    typer.Option("--project", "-p", metavar="PROJECT", help="Also look at a project's folder."),
]


def doctor(
    *,
    speed: MeasureSpeed = False,
    network: ShowNetwork = False,
    project: OfProject = None,
    as_json: AsJson = False,
) -> None:
    """Say what this computer offers, and what stands in the way.

    Ends with code 1 if something will fail, else with 0, also if something could be better.
    """
    from effnet_studio.engine.doctor.document import examination_document, network_document
    from effnet_studio.engine.doctor.examine import examine

    terminal = Terminal(as_json=as_json)
    if speed:
        _measure(terminal)
    found = examine(project)
    if network:
        terminal.emit(network_document(found, journal=True), *_network(found, journal=True))
        return
    terminal.emit(
        examination_document(found),
        *(each for group in found.groups for each in _group(group)),
        *_speed(found.speed),
        *_network(found, journal=False),
        _summary(found),
    )
    if found.at(Level.PROBLEM):
        raise typer.Exit(SICK)


def _measure(terminal: Terminal) -> None:
    from effnet_studio.engine.doctor.speed import keep_speed, measure_speed

    with terminal.job() as job:
        keep_speed(measure_speed(on_event=job.on_event, cancel=job.cancel))


def _group(group: Group) -> list[RenderableType]:
    table = make_table("", str(group.title), "")
    for column in table.columns:
        column.justify = "left"
        column.overflow = "fold"
    for fact in group.facts:
        found = Text(str(fact.value))
        if fact.hint is not None:
            found.append(f"\n→ {fact.hint}", style="" if not fact.ok else "dim")
        for line in fact.command.splitlines():
            found.append(f"\n  {line}", style="bold" if not fact.ok else "dim")
        table.add_row(_MARKS[fact.level], str(fact.title), found)
    return [table, ""]


def _speed(speed: Speed | None) -> list[RenderableType]:
    from effnet_studio.engine.doctor.references import REFERENCES
    from effnet_studio.engine.doctor.speed import USUAL_PICTURES

    if speed is None:
        return [Text("Speed: not measured yet; --speed does (about 10 s).", style="dim"), ""]
    table = make_table("Pictures a second", "Answered", "Trained (Balanced)", "Trained (whole)")
    rows = [(f"This computer: {speed.device}", speed.rates)]
    for title, rates in (*rows, *((str(row.title), row.rates) for row in REFERENCES)):
        table.add_row(title, *(f"{rate:,.1f}" for rate in rates))
    minutes = max(1, round(speed.training_seconds / 60))
    words = (
        f"{speed.beside(REFERENCES[0]):.1f} times as fast as the first of the others. A training "
        f"of {USUAL_PICTURES} pictures with Balanced takes at most about {minutes} min here. "
        f"Measured {speed.measured} with PyTorch {speed.torch}."
    )
    return [table, words, ""]


def _network(found: Examination, *, journal: bool) -> list[RenderableType]:
    table = make_table("Computers that can be asked", "Last time", "Connections", "Received", "Why")
    table.columns[-1].justify = "left"
    for use in found.hosts:
        last = "never" if use.last is None else f"{use.last.began} {use.last.outcome.label}"
        size = f"{use.received / 1e6:,.1f} MB"
        table.add_row(use.host.name, last, str(use.times), size, str(use.host.why))
    words = "Nothing of yours leaves this computer: no images, no results, no statistics."
    if found.proxy:
        words += f" Downloads go through the proxy {found.proxy}."
    if not journal or not found.connections:
        return [table, words, ""]
    each = make_table("When", "Host", "For", "File", "Received", "Ended")
    for one in found.connections:
        ended = f"{one.outcome.label} {one.detail}".strip()
        size = f"{one.received / 1e6:,.2f} MB"
        each.add_row(one.began, one.host, str(one.purpose.label), one.sent, size, ended)
    return [table, words, "", each]


def _summary(found: Examination) -> Text:
    problems, warnings = len(found.at(Level.PROBLEM)), len(found.at(Level.WARNING))
    if problems:
        return Text(f"Problems: {problems}, warnings: {warnings}; see above.", style="red")
    if warnings:
        return Text(f"Could be better: {warnings}; see above.", style="yellow")
    return Text("All is well.", style="green")
