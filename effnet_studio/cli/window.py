"""``effnet-studio gui``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def gui(
    project: Annotated[
        Path | None, typer.Argument(metavar="[PROJECT]", help="Project to open first.")
    ] = None,
) -> None:
    """Open the window."""
    from effnet_studio import app

    raise typer.Exit(app.run([] if project is None else [str(project)]))
