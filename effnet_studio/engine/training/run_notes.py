"""What people write about a run, and where the run came from: two small files in its folder.

* ``notes.json``: its name and a note, both free text.
* ``origin.json``: the run it repeats or continues; absent for a run from the form.

Neither is needed to use the run, so a damaged one counts as absent.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from effnet_studio.engine import atomic
from effnet_studio.engine.errors import ConfigError
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.project import Project

NOTES_FILE = "notes.json"
ORIGIN_FILE = "origin.json"
LONGEST_NAME = 200
"""Characters of a run's name."""

How = Literal["again", "continued"]


@dataclass(frozen=True)
class RunNotes:
    """What people wrote about a run.

    Attributes:
        name: Its name, one line; empty: none was given.
        note: Free text, several lines perhaps.
    """

    name: str = ""
    note: str = ""


@dataclass(frozen=True)
class Origin:
    """Where a run came from.

    Attributes:
        run: The run it was made from.
        how: ``again``: same settings and images; ``continued``: begun with that run's weights.
        start: The run whose weights it began with; empty for published or random weights.
    """

    run: str
    how: How
    start: str = ""


def read_notes(run_dir: Path) -> RunNotes:
    """Read what was written about a run.

    Args:
        run_dir: The run's folder.

    Returns:
        The notes; empty if there are none or they are damaged.
    """
    about = _read(run_dir / NOTES_FILE)
    return RunNotes(str(about.get("name", "")), str(about.get("note", "")))


def rename_run(project: Project, run_id: str, name: str) -> RunNotes:
    """Give a run a name.

    Args:
        project: Writable.
        run_id: The run's id, or its beginning.
        name: One line; empty: it goes by its architecture again.

    Returns:
        What is written about it now.

    Raises:
        ConfigError: If the name is too long.
        ProjectError: If there is no such run, or the project is read-only.
        StorageError: If it cannot be written.
    """
    name = " ".join(name.split())
    if len(name) > LONGEST_NAME:
        raise ConfigError(
            msg("The name of a run has at most {count} characters.", count=LONGEST_NAME),
            hint=msg("Write the rest as a note."),
        )
    return _change(project, run_id, name=name)


def annotate_run(project: Project, run_id: str, note: str) -> RunNotes:
    """Write a note about a run, in the place of the one before; otherwise as :func:`rename_run`."""
    return _change(project, run_id, note=note.strip())


def _change(project: Project, run_id: str, **values: str) -> RunNotes:
    project.require_writable()
    run_dir = project.find_run(run_id)
    notes = dataclasses.replace(read_notes(run_dir), **values)
    atomic.write_json(run_dir / NOTES_FILE, dataclasses.asdict(notes))
    return notes


def read_origin(run_dir: Path) -> Origin | None:
    """Read where a run came from.

    Args:
        run_dir: The run's folder.

    Returns:
        Its origin; None for a run from the form.
    """
    about = _read(run_dir / ORIGIN_FILE)
    how = about.get("how")
    if how not in {"again", "continued"}:
        return None
    return Origin(str(about.get("run", "")), how, str(about.get("start", "")))


def write_origin(run_dir: Path, origin: Origin) -> None:
    """Write where a run comes from.

    Args:
        run_dir: The run's folder.
        origin: What to write.

    Raises:
        StorageError: If it cannot be written.
    """
    atomic.write_json(run_dir / ORIGIN_FILE, dataclasses.asdict(origin))


def _read(path: Path) -> dict[str, Any]:
    try:
        about = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return about if isinstance(about, dict) else {}
