"""What the parts of the Linux packaging share: facts of the release, tools of the system, files."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from boot.console import SetupError

ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "packaging" / "linux"
NAME = "effnet-studio"
NOTICES = "THIRD-PARTY-NOTICES"
"""Files beside the program about the licences of what it brings along."""
TOOLS = {
    "gcc": "gcc",
    "mksquashfs": "squashfs-tools",
    "strip": "binutils",
    "dpkg-deb": "dpkg",
    "dpkg-shlibdeps": "dpkg-dev",
    "debootstrap": "debootstrap",
    "unshare": "util-linux",
    "Xvfb": "xvfb",
}
"""Command → Debian's package with it."""
_EPOCH_VARIABLE = "SOURCE_DATE_EPOCH"
_YOUNGEST_SQUASHFS = 2**32 - 1


@dataclass(frozen=True)
class Release:
    """What is packaged.

    Attributes:
        version: Of the application, such as ``"0.1.0"``.
        epoch: Seconds since 1970 that all files are dated with.
    """

    version: str
    epoch: int

    @property
    def date(self) -> str:
        """The day, such as ``"2026-11-26"``."""
        return f"{datetime.fromtimestamp(self.epoch, UTC):%Y-%m-%d}"

    @property
    def date_of_mail(self) -> str:
        """The moment as changelogs write it."""
        return f"{datetime.fromtimestamp(self.epoch, UTC):%a, %d %b %Y %H:%M:%S +0000}"


def this_release(root: Path = ROOT, env: Mapping[str, str] = os.environ) -> Release:
    """Read the version, and the moment of the last commit.

    Args:
        root: The work tree.
        env: The environment; SOURCE_DATE_EPOCH in it overrides the moment.

    Raises:
        SetupError: If there is no moment to be found.
    """
    text = (root / "effnet_studio" / "__init__.py").read_text("utf-8")
    found = re.search(r'^__version__ = "([^"]+)"', text, re.MULTILINE)
    if found is None:
        raise SetupError("effnet_studio/__init__.py names no version.")
    return Release(version=found[1], epoch=_epoch(root, env))


def _epoch(root: Path, env: Mapping[str, str]) -> int:
    given = env.get(_EPOCH_VARIABLE, "")
    if not given:
        command = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise SetupError(
                "This is no clone of the repository, so its date is not known. Set "
                f"{_EPOCH_VARIABLE} to the seconds since 1970 that the files are to be dated with."
            ) from error
        given = done.stdout.strip()
    if not given.isdigit() or int(given) > _YOUNGEST_SQUASHFS:
        raise SetupError(f"{_EPOCH_VARIABLE} is no number of seconds: {given}")
    return int(given)


def require_tools(commands: Iterable[str]) -> None:
    """Make sure that commands of the system are there.

    Raises:
        SetupError: If some are missing, with the line that installs them.
    """
    missing = sorted({TOOLS[command] for command in commands if shutil.which(command) is None})
    if missing:
        raise SetupError(
            "Some tools are missing. Install them, then run the same command again: "
            f"apt-get install -y --no-install-recommends {' '.join(missing)}"
        )


def run(command: Sequence[str | Path], *, cwd: Path | None = None, **env: str) -> str:
    """Run a command and return what it printed.

    Args:
        command: The program and its arguments.
        cwd: Where it runs.
        **env: Variables set for it.

    Raises:
        SetupError: If it fails, with the end of what it said.
    """
    words = [str(word) for word in command]
    kept = {name: value for name, value in os.environ.items() if name != _EPOCH_VARIABLE}
    done = subprocess.run(
        words,
        cwd=cwd,
        env={**kept, "LC_ALL": "C.UTF-8", **env},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        said = (done.stderr.strip() or done.stdout.strip())[-2000:]
        raise SetupError(f"{words[0]} failed with status {done.returncode}: {said}")
    return done.stdout


def link_tree(source: Path, target: Path) -> None:
    """Put a folder's files somewhere else without a second copy where the disk allows it.

    The files are the same ones: whoever wants to change one removes it first.

    Args:
        source: Folder to take.
        target: Folder to make.
    """
    shutil.copytree(source, target, symlinks=True, copy_function=_link_or_copy)


def place_notices(notices: Iterable[Path], usr: Path) -> None:
    """Put notices beside the program, which shows them, and where a system keeps such papers.

    Args:
        notices: The files; those that lie beside the program already need not be named.
        usr: ``usr`` of a package, with the program in it.
    """
    beside, papers = usr / "lib" / NAME, usr / "share" / "doc" / NAME
    for file in notices:
        (beside / file.name).unlink(missing_ok=True)
        shutil.copyfile(file, beside / file.name)
    papers.mkdir(parents=True, exist_ok=True)
    for file in sorted(beside.glob(f"{NOTICES}.*")):
        (papers / file.name).symlink_to(f"../../../lib/{NAME}/{file.name}")


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # another disk, or one without links
        shutil.copy2(source, target, follow_symlinks=False)


def fresh(folder: Path) -> Path:
    """Empty a folder that is the build's own, or make it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
