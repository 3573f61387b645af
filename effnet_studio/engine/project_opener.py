"""The file in a project folder that opens it when it is double-clicked.

File managers know kinds of files, not of folders: a double-click on ``NAME.effnet`` only goes into
the folder. There they find this file, and its kind belongs to the application.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from effnet_studio.engine import atomic

if TYPE_CHECKING:
    from pathlib import Path

PROJECT_FILE: Final = "project.json"
OPENER: Final = "project.effnet"
"""Says nothing itself: a project without it is complete, and one with a damaged one too."""


def write_opener(root: Path) -> None:
    """Put the file into a project folder.

    Args:
        root: The folder.

    Raises:
        StorageError: If it cannot be written.
    """
    atomic.write_json(root / OPENER, {"opens": "the EffNet Studio project in this folder"})


def project_folder(path: Path) -> Path:
    """Find the folder that is meant by a path.

    Args:
        path: A project folder, or one of the files in it that stand for it.

    Returns:
        The file's folder, or the path itself.
    """
    return path.parent if path.name in {PROJECT_FILE, OPENER} else path
