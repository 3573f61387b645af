"""``effnet-studio runs``: name, find, compare, repeat, continue and delete trainings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from effnet_studio.cli.answers import Part
from effnet_studio.cli.options import AsJson, Device, ProjectPath
from effnet_studio.cli.terminal import STOPPED, Terminal
from effnet_studio.cli.training import parse_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.fit import TrainResult

app = typer.Typer(
    help="Name, find, compare, repeat, continue and delete trainings.", no_args_is_help=True
)

RunName = Annotated[
    str, typer.Argument(metavar="RUN", help="Its name, its id, or the beginning of its id.")
]


@app.command("list")
def list_all(
    project: ProjectPath,
    *,
    search: Annotated[
        str, typer.Option(metavar="TEXT", help="Words of name, note, model, preset or classes.")
    ] = "",
    trash: Annotated[bool, typer.Option("--trash", help="Those that were deleted.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the trainings of a project, newest first."""
    from effnet_studio.cli.run_reports import run_document, runs_table
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.run_trash import trashed_runs
    from effnet_studio.engine.training.runs import find_runs, list_runs

    with Project.open(project, read_only=True) as opened:
        runs = find_runs(trashed_runs(opened) if trash else list_runs(opened), search)
    terminal = Terminal(as_json=as_json)
    terminal.emit([run_document(run) for run in runs], runs_table(runs) if runs else "No runs.")


@app.command()
def rename(
    project: ProjectPath,
    run: RunName,
    name: Annotated[str, typer.Argument(help='The new name; "" takes it away.')],
    *,
    as_json: AsJson = False,
) -> None:
    """Give a training a name."""
    from effnet_studio.engine.training.run_notes import rename_run

    _change(project, run, lambda opened, run_id: rename_run(opened, run_id, name), as_json=as_json)


@app.command()
def note(
    project: ProjectPath,
    run: RunName,
    text: Annotated[str, typer.Argument(help='The note; "" takes it away.')],
    *,
    as_json: AsJson = False,
) -> None:
    """Write a note about a training, in the place of the one before."""
    from effnet_studio.engine.training.run_notes import annotate_run

    _change(
        project, run, lambda opened, run_id: annotate_run(opened, run_id, text), as_json=as_json
    )


@app.command()
def compare(
    project: ProjectPath,
    first: RunName,
    second: RunName,
    *,
    split: Annotated[Part, typer.Option(help="Which part of the images.")] = Part.VAL,
    device: Device = "auto",
    as_json: AsJson = False,
) -> None:
    """Put two trainings side by side: settings, accuracy, and where they disagree."""
    from effnet_studio.cli.run_reports import comparison_document, comparison_report
    from effnet_studio.engine.evaluation.comparing.compare import compare_runs
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.runs import locate_run

    terminal = Terminal(as_json=as_json)
    with Project.open(project) as opened, terminal.job() as job:
        found = compare_runs(
            opened,
            locate_run(opened, first).name,
            locate_run(opened, second).name,
            split=split.value,
            device=device,
            on_event=job.on_event,
            cancel=job.cancel,
        )
    terminal.emit(comparison_document(found), *comparison_report(found))


@app.command()
def reproduce(project: ProjectPath, run: RunName, *, as_json: AsJson = False) -> None:
    """Train once more with the same settings on the same images, as they were then."""
    from effnet_studio.engine.training import again

    _train(project, run, again.reproduce, {}, as_json=as_json)


@app.command("continue")
def go_on(
    project: ProjectPath,
    run: RunName,
    *,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="A setting to change; repeatable."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Train on the images as they are now, beginning with what a training has learned."""
    from effnet_studio.engine.training import again

    _train(project, run, again.warm_start, parse_settings(settings or []), as_json=as_json)


@app.command()
def delete(project: ProjectPath, run: RunName, *, as_json: AsJson = False) -> None:
    """Move a training to the project's trash; exported models stay."""
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.run_trash import delete_run
    from effnet_studio.engine.training.runs import locate_run

    with Project.open(project) as opened:
        run_id = delete_run(opened, locate_run(opened, run).name)
    Terminal(as_json=as_json).emit(
        {"deleted": run_id}, f"{run_id} is in the trash; runs restore takes it back."
    )


@app.command()
def restore(
    project: ProjectPath,
    run: Annotated[str, typer.Argument(metavar="RUN", help="Its id, or the beginning of it.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Take a training back from the trash."""
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.run_trash import restore_run

    with Project.open(project) as opened:
        run_dir = restore_run(opened, run)
    Terminal(as_json=as_json).emit({"restored": run_dir.name}, f"{run_dir.name} is back.")


@app.command("empty-trash")
def empty(
    project: ProjectPath,
    run: Annotated[
        str | None, typer.Argument(help="Only this one: its id, or the beginning of it.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Delete the trainings in the trash for good."""
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.run_trash import delete_for_good, empty_trash

    with Project.open(project) as opened:
        if run is None:
            count = empty_trash(opened)
        else:
            delete_for_good(opened, run)
            count = 1
    Terminal(as_json=as_json).emit({"deleted": count}, f"Runs deleted for good: {count}")


def _change(
    project: Path, run: str, change: Callable[[Project, str], object], *, as_json: bool
) -> None:
    from effnet_studio.cli.run_reports import run_document
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.runs import load_run, locate_run

    with Project.open(project) as opened:
        run_dir = locate_run(opened, run)
        change(opened, run_dir.name)
        changed = load_run(run_dir)
    text = f"{changed.run_id}: {changed.notes.name or 'no name'}"
    Terminal(as_json=as_json).emit(
        run_document(changed), text, *([changed.notes.note] if changed.notes.note else [])
    )


def _train(
    project: Path,
    run: str,
    function: Callable[..., TrainResult],
    changes: dict[str, Any],
    *,
    as_json: bool,
) -> None:
    from effnet_studio.cli import render
    from effnet_studio.cli.documents import train_document
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.runs import locate_run

    terminal = Terminal(as_json=as_json)
    with Project.open(project) as opened, terminal.job() as job:
        run_id = locate_run(opened, run).name
        result = function(opened, run_id, on_event=job.on_event, cancel=job.cancel, **changes)
    terminal.emit({**train_document(result), "from": run_id}, *render.train_report(result))
    if result.stopped:
        raise typer.Exit(STOPPED)
