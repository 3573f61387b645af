"""Where the app writes: whether it can, how much room there is, and who else meddles there."""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import shutil
import subprocess
import tempfile
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from effnet_studio import paths
from effnet_studio.engine.atomic import TEMPORARY_PREFIX
from effnet_studio.engine.errors import ProjectError
from effnet_studio.engine.facts.fact import GIB, Fact, Level, Remedy, gib_text
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.project import Project

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LOW_DISK: Final = 2 * GIB
FULL_DISK: Final = GIB // 4
"""Below so much free space a training's files will not fit."""

CLOUDS: Final = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "icloud": "iCloud",
    "mobile documents": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "box sync": "Box",
    "pcloud": "pCloud",
    "syncthing": "Syncthing",
    "坚果云": "坚果云",
    "nutstore": "坚果云",
    "baidusyncdisk": "百度网盘",
    "baidunetdisk": "百度网盘",
    "百度网盘": "百度网盘",
}
"""How the folders of synchronising services begin, in small letters, and the services' names."""

_NETWORK: Final = frozenset({
    "9p", "afpfs", "ceph", "cifs", "davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.gvfsd-fuse",
    "fuse.rclone", "fuse.sshfs", "gfs2", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "smb2",
    "smb3", "smbfs", "webdav",
})  # fmt: skip
"""File systems of other computers, as systems call them."""

_REMOTE_DRIVE: Final = 4
"""``DRIVE_REMOTE`` of the Windows API."""


def folder_facts(project: Path | None = None, offered: Path | None = None) -> list[Fact]:
    """One fact for each place that the app writes to.

    Args:
        project: The open project's folder; None: where new projects are offered to be made.
        offered: That place, as chosen by the user; None: the documents.
    """
    place = (
        Fact("projects", msg("Folder offered for new projects"), Message(""))
        if project is None
        else Fact("project", msg("This project"), Message(""))
    )
    return [
        judge_folder(place, project or offered or paths.documents_dir(), database=True),
        *([] if project is None else _written_by(project)),
        judge_folder(
            Fact("data_folder", msg("The app's own folder"), Message("")), paths.user_data_dir()
        ),
        judge_folder(
            Fact("cache_folder", msg("Folder for downloads"), Message("")), paths.user_cache_dir()
        ),
    ]


def _written_by(project: Path) -> list[Fact]:
    """Which version of the app wrote a project last."""
    try:
        with Project.open(project, read_only=True) as opened:
            app = opened.app
    except ProjectError:
        return []  # whoever opens it says why
    if not app:
        return []
    value = msg("EffNet Studio {version}", version=app)
    return [Fact("project_app", msg("This project was last changed with"), value)]


def judge_folder(fact: Fact, folder: Path, *, database: bool = False) -> Fact:
    """Find out how well a folder suits.

    Args:
        fact: Its key and title.
        folder: The folder; it need not exist yet.
        database: Whether a database is kept in it, which is delicate.

    Returns:
        The fact, with the worst that was found.
    """
    free = free_disk(folder)
    value = msg("{path}, {free} free", path=str(folder), free=gib_text(free))
    level, hint = Level.OK, None
    cloud, network = cloud_of(folder, os.environ), on_network(folder)
    if not writable(folder):
        level, hint = Level.PROBLEM, msg("The app may not write there: change its permissions.")
    elif free is not None and free < LOW_DISK:
        level = Level.PROBLEM if free < FULL_DISK else Level.WARNING
        hint = msg("Free some space.")
    elif cloud and database:
        level = Level.WARNING
        hint = msg(
            "{service} copies files while the app writes them, which can damage a project. Keep "
            "projects in another folder; only exports may stay in {service}.",
            service=cloud,
        )
    elif network:
        level = Level.WARNING
        hint = msg("This is on another computer's disk: slower, and lost when the network is.")
    remedy = Remedy.FOLDER if folder.is_dir() else None
    if level is not Level.OK and fact.key == "projects":
        remedy = Remedy.SETTINGS
    return Fact(
        fact.key,
        fact.title,
        value,
        level=level,
        hint=hint,
        remedy=remedy,
        path=folder,
    )


def free_disk(folder: Path) -> int | None:
    """Free bytes where a folder is or would be; None where that is not known."""
    for candidate in (folder, *folder.parents):
        with contextlib.suppress(OSError):
            return shutil.disk_usage(candidate).free
    return None


def writable(folder: Path) -> bool:
    """Whether a file can be made in a folder, or the folder itself where it is not there yet.

    Tried, not asked: systems say yes where protection software says no.

    Args:
        folder: The folder.
    """
    there = next((each for each in (folder, *folder.parents) if each.exists()), folder)
    try:
        with tempfile.TemporaryFile(dir=there, prefix=TEMPORARY_PREFIX):
            return True
    except OSError:
        return False


def cloud_of(folder: PurePath, environment: Mapping[str, str]) -> str:
    """The service that synchronises a folder, by names; empty if none is known.

    Args:
        folder: The folder.
        environment: Variables; OneDrive tells of its folder there.
    """
    for variable in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial"):
        root = environment.get(variable, "")
        if root and folder.is_relative_to(root):
            return "OneDrive"
    for part in folder.parts:
        small = part.casefold()
        for beginning, service in CLOUDS.items():
            if small.startswith(beginning):
                return service
    return ""


def on_network(folder: Path) -> bool:
    """Whether a folder lies on another computer's disk."""
    if platform.system() == "Windows":
        return _on_remote_drive(folder)
    return network_mount(folder.absolute(), mounts())


def mounts() -> list[tuple[str, str]]:
    """Where file systems are put in, and their kinds; empty where the system does not tell."""
    if platform.system() == "Darwin":
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            answer = subprocess.run(
                ["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False
            )
            return read_macos_mounts(answer.stdout)
        return []
    with contextlib.suppress(OSError):
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
        cells = [line.split(" ") for line in lines.splitlines()]
        # Blanks in names are written as \040.
        return [(cell[1].replace("\\040", " "), cell[2]) for cell in cells if len(cell) > 2]
    return []


def read_macos_mounts(text: str) -> list[tuple[str, str]]:
    """Read what macOS' ``mount`` prints: ``//me@host/share on /Volumes/share (smbfs, nodev)``."""
    found = []
    for line in text.splitlines():
        rest, bracket, kinds = line.rpartition(" (")
        if bracket and " on " in rest:
            found.append((rest.partition(" on ")[2], kinds.split(",")[0].rstrip(")")))
    return found


def network_mount(folder: PurePath, table: Sequence[tuple[str, str]]) -> bool:
    """Whether the file system that a folder is in belongs to another computer.

    Args:
        folder: The folder, absolute.
        table: From :func:`mounts`.
    """
    around = [(len(place), kind) for place, kind in table if folder.is_relative_to(place)]
    return max(around, default=(0, ""), key=lambda each: each[0])[1] in _NETWORK


def _on_remote_drive(folder: Path) -> bool:
    root = folder.absolute().anchor
    windll = getattr(ctypes, "windll", None)
    if root.startswith("\\\\") or windll is None:
        return root.startswith("\\\\")
    return bool(windll.kernel32.GetDriveTypeW(root) == _REMOTE_DRIVE)
