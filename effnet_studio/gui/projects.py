"""Where new projects go, what a project looks like, and the list of recent ones."""

from __future__ import annotations

import re
import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio.engine.project_lock import ProjectLock
from effnet_studio.engine.project_opener import PROJECT_FILE, project_folder
from effnet_studio.gui.settings import RecentProject
from effnet_studio.paths import APP_NAME, documents_dir

if TYPE_CHECKING:
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.settings import Settings

SUFFIX = ".effnet"
_DRIVES = ("/Volumes/*", "/media/*/*", "/run/media/*/*", "/mnt/*")
"""Where drives that come and go are found, apart from Windows with its letters."""


class Presence(StrEnum):
    """Whether a project can be opened."""

    HERE = "here"
    AWAY = "away"
    """Its drive is not connected, or cannot be reached."""
    GONE = "gone"
    EMPTY = "empty"
    """Its folder is there without a project in it."""


def presence(root: Path) -> Presence:
    """Look whether a project is where it was; may take long where a network drive is away.

    Args:
        root: Its folder.
    """
    try:
        if is_project(root):
            return Presence.HERE
        if root.exists():
            return Presence.EMPTY
    except OSError:
        return Presence.AWAY
    drive = _drive(root)
    return Presence.GONE if drive is None or drive.exists() else Presence.AWAY


def _drive(path: Path) -> Path | None:
    """The drive that a path lies on, if that is one that can be taken away."""
    if path.drive:
        return Path(path.anchor)
    above = [path, *path.parents]
    return next((each for each in above for place in _DRIVES if each.match(place)), None)


def is_project(path: Path) -> bool:
    """Whether a path is a project's folder, or a file in it that stands for it."""
    folder = project_folder(path)
    return (folder / PROJECT_FILE).is_file() and (folder == path or path.is_file())


def may_reopen(path: Path) -> bool:
    """Whether a path is a project that no window has open: another would only be in the way."""
    return is_project(path) and ProjectLock(path).owner() is None


def projects_folder(settings: Settings) -> Path:
    """Where new projects go: the folder the user chose, else one in the documents."""
    chosen = str(settings.value("projects_folder"))
    return Path(chosen) if chosen else documents_dir() / APP_NAME


def new_project_path(name: str, place: Path) -> Path:
    """A folder for a new project that does not exist yet.

    Args:
        name: Usually that of the folder of images.
        place: Where, such as :func:`projects_folder`.

    Returns:
        ``NAME.effnet``, numbered where that is taken.
    """
    stem = re.sub(r'[\\/:*?"<>|]', "-", name).strip(" .") or "project"
    path = place / f"{stem}{SUFFIX}"
    number = 2
    while path.exists():
        path = place / f"{stem} {number}{SUFFIX}"
        number += 1
    return path


def remember(settings: Settings, session: Session) -> None:
    """Put the open project at the head of the recent ones, with what the welcome page shows."""
    project, dataset = session.project, session.dataset
    if project is None:
        return
    run = session.runs[0] if session.runs else None
    settings.remember_project(
        RecentProject(
            path=str(project.root),
            name=project.name,
            opened=time.time(),
            accuracy=run.best_accuracy if run else None,
            images=len(dataset.samples) if dataset else 0,
            thumbnail=str(dataset.samples[0].path) if dataset and dataset.samples else "",
        )
    )
