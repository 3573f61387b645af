"""``effnet-studio gui``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from effnet_studio.engine.errors import StudioError
from effnet_studio.engine.messages import msg
from effnet_studio.paths import is_frozen

if TYPE_CHECKING:
    from types import ModuleType

    from effnet_studio.engine.messages import Message


def gui(
    project: Annotated[
        Path | None, typer.Argument(metavar="[PROJECT]", help="Project to open first.")
    ] = None,
) -> None:
    """Open the window."""
    app = import_app()
    raise typer.Exit(app.run([] if project is None else [str(project)]))


def import_app() -> ModuleType:
    """The module that opens the window.

    Raises:
        StudioError: If there is no display, or a part that the window needs.
    """
    if not has_display():
        raise StudioError(
            msg("There is no display to open a window on."),
            hint=msg("Use the other commands, such as effnet-studio demo; --help lists them."),
        )
    try:
        from effnet_studio import app
    except ImportError as error:
        raise StudioError(
            msg("The window cannot be opened: {reason}.", reason=str(error)),
            hint=_advice(),
        ) from error
    return app


def _advice() -> Message:
    if is_frozen():
        return msg("The app's web page says which packages of the system it needs.")
    return msg("python3 packaging/bootstrap.py setup installs what is missing.")


def has_display() -> bool:
    """Whether Qt will find a screen; it ends the program where there is none."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
