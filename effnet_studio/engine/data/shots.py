"""Pictures taken with a camera inside the app: they are kept in the project, by class."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from effnet_studio.engine import atomic
from effnet_studio.engine.data.sources.archive_names import safe_part
from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.images import load_image
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.project import Project


def shots_folder(project: Project) -> Path:
    """Where pictures taken in the app lie, one sub-folder for each class."""
    return project.root / "images" / "camera"


def keep_shot(project: Project, label: str, content: bytes) -> Path:
    """Keep a picture that was just taken.

    Args:
        project: Writable.
        label: Name of its class.
        content: The picture as a file, such as JPEG.

    Returns:
        The new file.

    Raises:
        DatasetError: If the class has no name that can be a folder's.
        ImageError: If the content is no picture.
        ProjectError: If the project is read-only.
        StorageError: If the disk is full or cannot be written.
    """
    project.require_writable()
    name = safe_part(label)
    if not name:
        raise DatasetError(
            msg("A class needs a name."), hint=msg("Write at least one letter or digit.")
        )
    load_image(content)  # what cannot be read is not kept
    folder = shots_folder(project) / name
    with atomic.storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{datetime.now().astimezone():%Y%m%d-%H%M%S-%f}.jpg"
    atomic.write_bytes(path, content)
    return path
