"""``effnet-studio data``: look at a project's images, mend them, and take it back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich import box
from rich.table import Table

from effnet_studio.cli.options import AsJson
from effnet_studio.cli.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.data.edits import Edit
    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.project import Project

app = typer.Typer(
    help="Look at a project's images, mend them, and take changes back.", no_args_is_help=True
)

ProjectPath = Annotated[Path, typer.Argument(metavar="P.effnet", help="The project folder.")]
Images = Annotated[
    list[Path], typer.Argument(metavar="IMAGE…", help="Files of the project, or folders of them.")
]


@app.command()
def update(project: ProjectPath, *, as_json: AsJson = False) -> None:
    """Read the folders again: new, changed and deleted files. Edits stay."""
    from effnet_studio.cli import render
    from effnet_studio.cli.documents import import_document
    from effnet_studio.engine.data.importer import update_dataset
    from effnet_studio.engine.project import Project

    terminal = Terminal(as_json=as_json)
    with Project.open(project) as opened, terminal.job() as job:
        result = update_dataset(opened, on_event=job.on_event, cancel=job.cancel)
        root = opened.root
    terminal.emit(import_document(result, root), *render.import_report(result, root))


@app.command()
def findings(project: ProjectPath, *, as_json: AsJson = False) -> None:
    """List what should be mended, the most harmful first."""
    from effnet_studio.engine.data.checks.findings import find_problems
    from effnet_studio.engine.data.store import load_index, load_problems
    from effnet_studio.engine.project import Project

    with Project.open(project, read_only=True) as opened:
        index = load_index(opened, check_folder=False)
        unreadable, suspicious = (
            len(load_problems(opened, [kind])) for kind in ("unreadable", "warning")
        )
    found = find_problems(index, unreadable=unreadable, suspicious=suspicious)
    table = _table("Kind", "Finding", "Advice")
    for each in found:
        table.add_row(each.kind.value, str(each.title), str(each.advice))
    document = [
        {
            "kind": each.kind.value,
            "count": each.count,
            "title": str(each.title),
            "advice": str(each.advice),
            "remedies": [remedy.value for remedy in each.remedies],
            "groups": [_paths(index, group) for group in each.groups],
        }
        for each in found
    ]
    Terminal(as_json=as_json).emit(document, table if found else "Nothing to mend.")


@app.command()
def mend(
    project: ProjectPath,
    kind: Annotated[str, typer.Argument(help="Kind of finding, such as duplicate.")],
    *,
    remedy: Annotated[
        str | None, typer.Option(help="What to do; the first of the finding's remedies if absent.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Do what is advised about a finding, as one change that can be taken back."""
    from effnet_studio.engine.data.checks.findings import find_problems
    from effnet_studio.engine.data.checks.mending import mend
    from effnet_studio.engine.data.store import load_index
    from effnet_studio.engine.project import Project

    with Project.open(project) as opened:
        index = load_index(opened, check_folder=False)
        finding = next((each for each in find_problems(index) if each.kind.value == kind), None)
        if finding is None or not finding.remedies:
            raise typer.BadParameter(f"there is no finding {kind} that can be mended")
        known = {each.value: each for each in finding.remedies}
        chosen = finding.remedies[0] if remedy is None else known.get(remedy)
        if chosen is None:
            raise typer.BadParameter(f"choose from {', '.join(known)}")
        edit = mend(opened, index, finding, chosen)
    _report(edit, as_json=as_json)


@app.command()
def relabel(
    project: ProjectPath,
    images: Images,
    *,
    to: Annotated[str, typer.Option(help="Name of the class; made if there is none.")],
    as_json: AsJson = False,
) -> None:
    """Give images another class. The files stay where they are."""
    from effnet_studio.engine.data import edits
    from effnet_studio.engine.project import Project

    with Project.open(project) as opened:
        edit = edits.relabel(opened, _numbers(opened, images), to)
    _report(edit, as_json=as_json)


@app.command()
def exclude(
    project: ProjectPath,
    images: Images,
    *,
    back: Annotated[bool, typer.Option("--back", help="Take them in again.")] = False,
    as_json: AsJson = False,
) -> None:
    """Leave images out of training and checking. The files stay where they are."""
    from effnet_studio.engine.data import edits
    from effnet_studio.engine.project import Project

    with Project.open(project) as opened:
        edit = edits.exclude(opened, _numbers(opened, images), excluded=not back)
    _report(edit, as_json=as_json)


@app.command()
def rename(
    project: ProjectPath,
    old: Annotated[str, typer.Argument(help="Name of the class.")],
    new: Annotated[str, typer.Argument(help="New name; that of another class makes both one.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Rename a class, or make two one."""
    from effnet_studio.engine.data import edits
    from effnet_studio.engine.project import Project

    with Project.open(project) as opened:
        edit = edits.rename_class(opened, old, new)
    _report(edit, as_json=as_json)


@app.command()
def undo(project: ProjectPath, *, as_json: AsJson = False) -> None:
    """Take the last change back."""
    from effnet_studio.engine.data import edits
    from effnet_studio.engine.project import Project

    with Project.open(project) as opened:
        edit = edits.undo(opened)
    _report(edit, as_json=as_json)


@app.command()
def redo(project: ProjectPath, *, as_json: AsJson = False) -> None:
    """Do the change again that was taken back last."""
    from effnet_studio.engine.data import edits
    from effnet_studio.engine.project import Project

    with Project.open(project) as opened:
        edit = edits.redo(opened)
    _report(edit, as_json=as_json)


@app.command()
def history(project: ProjectPath, *, as_json: AsJson = False) -> None:
    """List all changes, oldest first."""
    from effnet_studio.engine.data import edits
    from effnet_studio.engine.project import Project

    with Project.open(project, read_only=True) as opened:
        entries = edits.history(opened)
    table = _table("When", "What", "")
    for entry in entries:
        table.add_row(entry.made, str(entry.title), "taken back" if entry.undone else "")
    Terminal(as_json=as_json).emit([_document(entry) for entry in entries], table)


@app.command()
def compare(
    project: ProjectPath,
    *,
    run: Annotated[
        str | None, typer.Option(help="Training to compare with; the newest if absent.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Tell how the images differ from those a training saw."""
    from effnet_studio.engine.data.store import load_dataset
    from effnet_studio.engine.data.versions import compare, content_of, load_version
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.runs import load_run

    with Project.open(project, read_only=True) as opened:
        seen = load_run(opened.find_run(run))
        now = content_of(load_dataset(opened, check_folder=False))
        diff = compare(load_version(opened, seen.dataset_version), now)
    document = {
        "run": seen.run_id,
        "added": list(diff.added),
        "removed": list(diff.removed),
        "relabelled": [vars(each) for each in diff.relabelled],
        "moved": [vars(each) for each in diff.moved],
    }
    table = _table("Since " + seen.run_id, "Images")
    for name in ("added", "removed", "relabelled", "moved"):
        table.add_row(name, str(len(getattr(diff, name))))
    Terminal(as_json=as_json).emit(document, table)


def _numbers(project: Project, images: Sequence[Path]) -> list[int]:
    """Numbers of the project's pictures that are named, or lie in folders that are."""
    from effnet_studio.engine.data.store import load_index
    from effnet_studio.engine.errors import DatasetError
    from effnet_studio.engine.messages import msg

    index = load_index(project, check_folder=False)
    wanted = [image.absolute() for image in images]
    found: list[int] = []
    hits = [False] * len(wanted)
    for row in range(len(index)):
        path = index.path(row)
        for place, image in enumerate(wanted):
            if path == image or path.is_relative_to(image):
                found.append(int(index.ids[row]))
                hits[place] = True
    missing = next((image for image, hit in zip(wanted, hits, strict=True) if not hit), None)
    if missing is not None:
        raise DatasetError(
            msg("The project has no image {path}.", path=str(missing)),
            hint=msg("Give its path as it was when the folder was imported."),
            path=missing,
        )
    return found


def _paths(index: Index, ids: Sequence[int]) -> list[str]:
    return [str(index.path(int(row))) for row in index.rows_of(ids)]


def _table(*titles: str) -> Table:
    """A table of texts."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for title in titles:
        table.add_column(title, overflow="fold")
    return table


def _document(edit: Edit) -> dict[str, Any]:
    return {"made": edit.made, "title": str(edit.title), "undone": edit.undone}


def _report(edit: Edit | None, *, as_json: bool) -> None:
    terminal = Terminal(as_json=as_json)
    if edit is None:
        terminal.emit({"changed": False}, "Nothing to change.")
        return
    text = f"Taken back: {edit.title}" if edit.undone else str(edit.title)
    terminal.emit({"changed": True, **_document(edit)}, text)
