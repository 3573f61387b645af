"""Runs that were deleted: they wait in the project's trash until it is emptied.

Deleting and taking back are one rename each, so a crash leaves the run in one place or the other.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from effnet_studio.engine import atomic
from effnet_studio.engine.errors import ProjectError, StorageError, TrainingError
from effnet_studio.engine.messages import msg
from effnet_studio.engine.project_lock import ProjectLock
from effnet_studio.engine.training.runs import Run, load_run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from effnet_studio.engine.project import Project

_LOCK_FILE = "run.lock"
DELETED_FILE = "deleted.json"
"""In the folder of a run in the trash: when it was put there."""


@dataclass(frozen=True)
class TrashedRun:
    """A run in the trash.

    Attributes:
        run_id: Name of its folder.
        run: What it was; None if it cannot be read.
        deleted: When it was deleted, ISO 8601 in UTC; empty if that is not known.
        bytes: What its files take on disk.
    """

    run_id: str
    run: Run | None
    deleted: str
    bytes: int


@contextlib.contextmanager
def held(run_dir: Path) -> Iterator[None]:
    """Keep a run from being deleted or trained twice while it is being trained.

    Args:
        run_dir: The run's folder; it may be gone at the end.

    Raises:
        TrainingError: If it is being trained already.
        StorageError: If the folder cannot be written.
    """
    lock = ProjectLock(run_dir, _LOCK_FILE)
    with atomic.storage_errors(run_dir):
        owner = lock.acquire()
    if owner is not None:
        raise TrainingError(
            msg("The run {run} is being trained.", run=run_dir.name),
            hint=msg("Stop it or wait for its end."),
            path=run_dir,
        )
    try:
        yield
    finally:
        lock.release()


def runs_in_training(runs_dir: Path) -> frozenset[str]:
    """The runs that some process is training now, this one included.

    Args:
        runs_dir: The project's folder of runs.

    Returns:
        Their ids. Processes on other computers are believed to be alive.
    """
    found = set()
    for file in runs_dir.glob(f"*/{_LOCK_FILE}"):
        with contextlib.suppress(OSError):  # gone, or replaced while looking
            if ProjectLock(file.parent, _LOCK_FILE).owner() is not None:
                found.add(file.parent.name)
    return frozenset(found)


def delete_run(project: Project, run_id: str) -> str:
    """Move a run to the project's trash. Exported models stay: they need nothing of it.

    Args:
        project: Writable.
        run_id: The run's id, or its beginning.

    Returns:
        The run's id, for :func:`restore_run`.

    Raises:
        ProjectError: If there is no such run, or the project is read-only.
        TrainingError: If it is being trained.
        StorageError: If it cannot be moved.
    """
    project.require_writable()
    run_dir = project.find_run(run_id)
    with held(run_dir):
        pass
    target = _trash(project) / run_dir.name
    _move(run_dir, target)
    with contextlib.suppress(StorageError):  # as on a full disk: the date is not worth a failure
        now = datetime.now(UTC).isoformat(timespec="seconds")
        atomic.write_json(target / DELETED_FILE, {"deleted": now})
    return run_dir.name


def restore_run(project: Project, run_id: str) -> Path:
    """Take a run back from the trash.

    Args:
        project: Writable.
        run_id: The run's id, or its beginning.

    Returns:
        The run's folder.

    Raises:
        ProjectError: If the trash has no such run, or several, or the project is read-only.
        StorageError: If it cannot be moved.
    """
    project.require_writable()
    folder = _find(project, run_id)
    target = project.runs_dir / folder.name
    _move(folder, target)
    with contextlib.suppress(OSError):
        (target / DELETED_FILE).unlink(missing_ok=True)
    return target


def trashed_runs(project: Project) -> list[Run]:
    """The runs in the trash that can be read, newest first.

    Args:
        project: An open project.
    """
    runs = []
    for folder in _folders(project):
        with contextlib.suppress(ProjectError):
            runs.append(load_run(folder))
    return runs


def trash_contents(project: Project) -> list[TrashedRun]:
    """All that is in the trash, what was deleted last first.

    Args:
        project: An open project.
    """
    found = []
    for folder in _folders(project):
        run = None
        with contextlib.suppress(ProjectError):
            run = load_run(folder)
        found.append(TrashedRun(folder.name, run, _deleted(folder), atomic.bytes_in(folder)))
    return sorted(found, key=lambda each: (each.deleted, each.run_id), reverse=True)


def delete_for_good(project: Project, run_id: str) -> str:
    """Delete one run in the trash; nothing brings it back.

    Args:
        project: Writable.
        run_id: The run's id, or its beginning.

    Returns:
        The run's id.

    Raises:
        ProjectError: If the trash has no such run, or several, or the project is read-only.
        StorageError: If something cannot be deleted.
    """
    project.require_writable()
    folder = _find(project, run_id)
    with atomic.storage_errors(folder):
        shutil.rmtree(folder)
    return folder.name


def empty_trash(project: Project) -> int:
    """Delete what is in the trash for good.

    Args:
        project: Writable.

    Returns:
        How many runs there were.

    Raises:
        ProjectError: If the project is read-only.
        StorageError: If something cannot be deleted.
    """
    project.require_writable()
    folders = _folders(project)
    for folder in folders:
        with atomic.storage_errors(folder):
            shutil.rmtree(folder)
    return len(folders)


def _trash(project: Project) -> Path:
    return project.trash_dir / "runs"


def _folders(project: Project) -> list[Path]:
    trash = _trash(project)
    if not trash.is_dir():
        return []
    return sorted((f for f in trash.iterdir() if f.is_dir()), key=lambda f: f.name, reverse=True)


def _find(project: Project, run_id: str) -> Path:
    """The folder in the trash of that name, or the only one whose name begins so."""
    waiting = _folders(project)
    found = [folder for folder in waiting if folder.name == run_id]
    found = found or [folder for folder in waiting if run_id and folder.name.startswith(run_id)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(folder.name for folder in waiting[:8])
    raise ProjectError(
        msg("Several runs in the trash begin with {run}.", run=run_id)
        if found
        else msg("There is no run {run} in the trash.", run=run_id),
        hint=msg("There are: {runs}.", runs=names) if names else msg("It is empty."),
        path=_trash(project),
    )


def _deleted(folder: Path) -> str:
    try:
        about = json.loads((folder / DELETED_FILE).read_text(encoding="utf-8"))
        return str(about["deleted"])
    except (OSError, ValueError, LookupError, TypeError):
        return ""


def _move(folder: Path, target: Path) -> None:
    """Rename a folder; the target's parent is made if need be."""
    if target.exists():
        raise ProjectError(
            msg("There is a run {run} already.", run=target.name),
            hint=msg("Rename one of the two folders."),
            path=target,
        )
    atomic.move_folder(folder, target)
