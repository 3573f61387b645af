"""Exports that were deleted: they wait in the project's trash until it is emptied.

Deleting and taking back are one rename each, so a crash leaves the export in one place or the
other. Only what lies in the project's own folder of exports is ever moved.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from effnet_studio.engine import atomic
from effnet_studio.engine.errors import ExportError
from effnet_studio.engine.export.place import free_folder
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.project import Project


@dataclass(frozen=True)
class TrashedExport:
    """An export in the trash.

    Attributes:
        name: Of its folder.
        bytes: What its files take on disk.
    """

    name: str
    bytes: int


def may_delete(project: Project, file: Path) -> bool:
    """Whether an exported file lies where the project put it.

    Args:
        project: The open project.
        file: The exported model.
    """
    return file.absolute().parent.parent == project.exports_dir.absolute()


def delete_export(project: Project, file: Path) -> str:
    """Move an export with all that lies beside it to the project's trash.

    Args:
        project: Writable.
        file: The exported model, inside the project.

    Returns:
        Name of its folder in the trash.

    Raises:
        ProjectError: If the project is read-only.
        ExportError: If the file is not in a folder of the project's exports, or gone.
        StorageError: If it cannot be moved.
    """
    project.require_writable()
    folder = file.absolute().parent
    if not may_delete(project, file) or not folder.is_dir():
        raise ExportError(
            msg("{path} is not an export of this project.", path=str(file)),
            hint=msg("Delete it in the file manager."),
            path=file,
        )
    target = free_folder(_trash(project), folder.name)  # one of that name may have been deleted
    _move(folder, target)
    return target.name


def restore_export(project: Project, name: str, target: str | None = None) -> Path:
    """Take one export back from the trash.

    Args:
        project: Writable.
        name: Of its folder in the trash.
        target: Name of its folder among the exports; the same if None.

    Returns:
        The export's folder.

    Raises:
        ProjectError: If the project is read-only.
        ExportError: If the trash has no such export, or the project has one of that name.
        StorageError: If it cannot be moved.
    """
    project.require_writable()
    folder = _trash(project) / name
    if not name or not folder.is_dir():
        raise ExportError(
            msg("There is no export {name} in the trash.", name=name),
            hint=msg("It may have been deleted for good."),
            path=folder,
        )
    place = project.exports_dir / (target or name)
    _move(folder, place)
    return place


def restore_exports(project: Project) -> int:
    """Take all exports back from the trash.

    Args:
        project: Writable.

    Returns:
        How many there were.

    Raises:
        ProjectError: If the project is read-only.
        ExportError: If the project has one of that name.
        StorageError: If one cannot be moved.
    """
    project.require_writable()
    found = trashed_exports(project)
    for export in found:
        _move(_trash(project) / export.name, project.exports_dir / export.name)
    return len(found)


def trashed_exports(project: Project) -> tuple[TrashedExport, ...]:
    """All that is in the trash, the newest exports first.

    Args:
        project: The open project.
    """
    trash = _trash(project)
    if not trash.is_dir():
        return ()
    folders = sorted((each for each in trash.iterdir() if each.is_dir()), reverse=True)
    return tuple(TrashedExport(folder.name, atomic.bytes_in(folder)) for folder in folders)


def empty_export_trash(project: Project) -> int:
    """Delete the exports in the trash; nothing brings them back.

    Args:
        project: Writable.

    Returns:
        How many there were.

    Raises:
        ProjectError: If the project is read-only.
        StorageError: If something cannot be deleted.
    """
    project.require_writable()
    found = trashed_exports(project)
    for export in found:
        folder = _trash(project) / export.name
        with atomic.storage_errors(folder):
            shutil.rmtree(folder)
    return len(found)


def _trash(project: Project) -> Path:
    return project.trash_dir / "exports"


def _move(folder: Path, target: Path) -> None:
    if target.exists():
        raise ExportError(
            msg("There is an export {name} already.", name=target.name),
            hint=msg("Rename one of the two folders."),
            path=target,
        )
    atomic.move_folder(folder, target)
