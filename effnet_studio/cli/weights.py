"""``effnet-studio weights``: see, download, check and carry pre-trained weights."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from effnet_studio.cli.options import AsJson
from effnet_studio.cli.terminal import Terminal

if TYPE_CHECKING:
    from rich.table import Table

    from effnet_studio.engine.models.bundle_content import BundleFile
    from effnet_studio.engine.models.shelf import ShelfEntry

app = typer.Typer(help="See, download, check and carry pre-trained weights.", no_args_is_help=True)

Models = Annotated[
    list[str], typer.Argument(metavar="MODEL...", help="Architectures, as `models` lists them.")
]
Mirror = Annotated[
    str | None,
    typer.Option(
        "--mirror",
        metavar="URL",
        help="Folder with the library's files; by default EFFNET_STUDIO_WEIGHTS_MIRROR.",
    ),
]
Proxy = Annotated[
    str | None,
    typer.Option(
        "--proxy",
        metavar="URL",
        help="http://host:port, or direct; by default EFFNET_STUDIO_PROXY, else the system's.",
    ),
]


@app.command("list")
def list_weights(*, as_json: AsJson = False) -> None:
    """List which weights are on this computer."""
    from effnet_studio.engine.models.shelf import look

    entries = look()
    Terminal(as_json=as_json).emit([_entry_document(entry) for entry in entries], _shelf(entries))


@app.command()
def check(*, as_json: AsJson = False) -> None:
    """Read all weights on this computer and compare their checksums."""
    from effnet_studio.engine.models.shelf import look

    terminal = Terminal(as_json=as_json)
    with terminal.job() as job:
        entries = look(verify=True, cancel=job.cancel)
    here = [entry for entry in entries if entry.state in {"here", "damaged"}]
    terminal.emit([_entry_document(entry) for entry in here], _shelf(here))
    damaged = [entry.file.model for entry in here if entry.state == "damaged"]
    if damaged:
        terminal.remark(
            f"error: damaged: {', '.join(damaged)}; `effnet-studio weights download` mends them"
        )
        raise typer.Exit(1)


@app.command()
def download(
    models: Models, *, mirror: Mirror = None, proxy: Proxy = None, as_json: AsJson = False
) -> None:
    """Download ImageNet weights, or the rest of them; what is here already is only checked."""
    from effnet_studio.engine.models.catalog import get_spec
    from effnet_studio.engine.models.shelf import look
    from effnet_studio.engine.models.weights import resolve_weights

    terminal = Terminal(as_json=as_json)
    specs = [get_spec(name) for name in models]  # all names are right before anything is fetched
    with terminal.job() as job:
        for spec in specs:
            resolve_weights(
                spec,
                "imagenet",
                on_event=job.on_event,
                cancel=job.cancel,
                base_url=mirror,
                proxy=proxy,
            )
    entries = look([spec.name for spec in specs])
    terminal.emit([_entry_document(entry) for entry in entries], _shelf(entries))


@app.command()
def bundle(
    out: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="Bundle to write, such as lab.effnet-weights.zip."),
    ],
    models: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[MODEL...]", help="Architectures; by default all on this computer."
        ),
    ] = None,
    *,
    project: Annotated[
        Path | None,
        typer.Option("--project", "-p", metavar="PROJECT", help="And those its trainings used."),
    ] = None,
    fetch: Annotated[
        bool, typer.Option("--download", help="Download first what is not on this computer.")
    ] = False,
    mirror: Mirror = None,
    proxy: Proxy = None,
    as_json: AsJson = False,
) -> None:
    """Write weights into one file, for a computer without network."""
    from effnet_studio.engine.models.bundle import export_bundle
    from effnet_studio.engine.models.shelf import look

    terminal = Terminal(as_json=as_json)
    names = [*(models or []), *(_models_of(project) if project is not None else [])]
    if not names and project is None:
        names = [entry.file.model for entry in look() if entry.state == "here"]
    with terminal.job() as job:
        result = export_bundle(
            names,
            out.absolute(),
            download_missing=fetch,
            on_event=job.on_event,
            cancel=job.cancel,
            base_url=mirror,
            proxy=proxy,
        )
    terminal.emit(
        {
            "path": str(result.path),
            "files": [file.model_dump(mode="json") for file in result.files],
            "missing": list(result.missing),
        },
        _files(result.files),
        f"Written: {result.path}",
        *(
            [f"Not on this computer and left out (--download): {', '.join(result.missing)}"]
            if result.missing
            else []
        ),
    )


@app.command("import")
def import_weights(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A bundle of weights.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Take the weights out of a bundle, every checksum compared."""
    from effnet_studio.engine.models.bundle import import_bundle

    terminal = Terminal(as_json=as_json)
    with terminal.job() as job:
        result = import_bundle(path.absolute(), on_event=job.on_event, cancel=job.cancel)
    terminal.emit(
        {
            "added": [file.model_dump(mode="json") for file in result.added],
            "present": [file.model_dump(mode="json") for file in result.present],
        },
        _files(result.added),
        f"{len(result.added)} added, {len(result.present)} here already",
    )


def _models_of(project: Path) -> list[str]:
    """The architectures that a project's trainings used."""
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.runs import models_used

    with Project.open(project, read_only=True) as opened:
        return list(models_used(opened))


def _entry_document(entry: ShelfEntry) -> dict[str, Any]:
    return {
        "model": entry.file.model,
        "state": entry.state,
        "file": entry.file.name,
        "path": None if entry.path is None else str(entry.path),
        "size": entry.size,
        "source": entry.file.source,
        "licence": entry.file.licence,
    }


def _shelf(entries: tuple[ShelfEntry, ...] | list[ShelfEntry]) -> Table:
    from effnet_studio.cli import render

    table = render.make_table("Model", "State", "Size", "File")
    for entry in entries:
        size = render.megabytes(entry.size) if entry.size else ""
        table.add_row(entry.file.model, entry.state, size, str(entry.path or entry.file.name))
    return table


def _files(files: tuple[BundleFile, ...]) -> Table:
    from effnet_studio.cli import render

    table = render.make_table("Models", "Size", "File")
    for file in files:
        table.add_row(", ".join(file.models), render.megabytes(file.size), file.name)
    return table
