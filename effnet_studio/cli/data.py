"""``effnet-studio import``."""

from __future__ import annotations

import contextlib
import shutil
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from effnet_studio.cli.options import AsJson
from effnet_studio.cli.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from effnet_studio.engine.project import Project


class LayoutName(Enum):
    """Values of the engine's ``LayoutKind``."""

    CLASSES = "classes"
    SPLIT_CLASS = "split_class"
    CLASS_SPLIT = "class_split"
    TABLE = "table"
    NAMES = "names"


def import_pictures(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER",
            help="One sub-folder of images for each class; or train/ and val/ (and test/) that "
            "hold such sub-folders, or are in them; or a CSV file beside the images; or a ZIP or "
            "TAR file.",
        ),
    ],
    *,
    project: Annotated[
        Path,
        typer.Option(
            "--project", "-p", metavar="P.effnet", help="Project folder; made if there is none."
        ),
    ],
    val: Annotated[
        float,
        typer.Option(
            min=0.01, max=0.9, help="Share of each class kept for validation, unless given by val/."
        ),
    ] = 0.2,
    test: Annotated[
        float, typer.Option(min=0, max=0.9, help="Share of each class kept apart for a last test.")
    ] = 0.0,
    seed: Annotated[
        int, typer.Option(min=0, help="Makes the drawing of those shares repeatable.")
    ] = 0,
    add: Annotated[
        bool, typer.Option("--add", help="Keep the images of other folders that are there.")
    ] = False,
    layout: Annotated[
        LayoutName | None, typer.Option(help="Where the classes are written; found out if absent.")
    ] = None,
    pattern: Annotated[
        str | None,
        typer.Option(help="Regular expression for file names with a group (?P<label>…)."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read a folder of pictures into a project. The pictures stay where they are."""
    from effnet_studio.cli import render
    from effnet_studio.cli.documents import import_document
    from effnet_studio.engine.data.importer import import_folder

    terminal = Terminal(as_json=as_json)
    with open_or_create(project) as opened, terminal.job() as job:
        result = import_folder(
            opened,
            folder,
            val=val,
            test=test,
            seed=seed,
            mode="add" if add else "replace",
            layout=None if layout is None else layout.value,
            pattern=pattern,
            on_event=job.on_event,
            cancel=job.cancel,
        )
        root = opened.root
    terminal.emit(import_document(result, root), *render.import_report(result, root))


@contextlib.contextmanager
def open_or_create(path: Path) -> Iterator[Project]:
    """Open a project, or make it where there is nothing yet.

    Args:
        path: The project folder.

    Yields:
        The project. If it was made here and the work on it fails, it is removed again.

    Raises:
        ProjectError: If the folder is something else.
    """
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.project_opener import PROJECT_FILE, project_folder

    existed = path.exists()
    fresh = not existed or (path.is_dir() and not any(path.iterdir()))
    if not fresh or project_folder(path) != path:
        with Project.open(path) as project:
            yield project
        return
    finished = False
    try:
        with Project.create(path) as project:
            yield project
            finished = True
    finally:
        if not finished and (path / PROJECT_FILE).exists():
            shutil.rmtree(path, ignore_errors=True)
            if existed:
                path.mkdir()
