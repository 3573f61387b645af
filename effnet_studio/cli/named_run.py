"""A run that is known by its name, so that a restarted job of a cluster finds it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from effnet_studio.engine.events import RunStarted
from effnet_studio.engine.training.run_notes import rename_run
from effnet_studio.engine.training.runs import list_runs

if TYPE_CHECKING:
    from effnet_studio.engine.events import Event, OnEvent
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.runs import Run


def run_named(project: Project, name: str) -> Run | None:
    """Find the newest run of a name.

    Args:
        project: The open project.
        name: As :func:`naming` gave it.

    Returns:
        The run, finished or not; None if there is none.
    """
    return next((run for run in list_runs(project) if run.notes.name == name), None)


def naming(project: Project, name: str, on_event: OnEvent) -> OnEvent:
    """Give a new run its name as soon as it is on the disk.

    Args:
        project: Writable.
        name: The name; empty: none is given.
        on_event: Hears everything that the training says.

    Returns:
        What the training is to tell.
    """

    def hear(event: Event) -> None:
        if isinstance(event, RunStarted) and name:
            rename_run(project, event.run_id, name)
        on_event(event)

    return hear
