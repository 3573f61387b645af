"""A bare Debian with nothing but the packages that people are told to install."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from boot.console import SetupError, say
from linux.tools import fresh, require_tools

SUITE = "bookworm"
USER, USER_ID = "newcomer", 1000
HOME = f"/home/{USER}"
_STAMP = "effnet-studio-smoke-root"
_FORBIDDEN = ("python3", "python", "pip", "effnet-studio")


def make_root(cache: Path, packages: Iterable[str]) -> Path:
    """Make a root, or find the same one made before.

    Args:
        cache: Folder for roots and for the packages they are made from.
        packages: What is in it besides the smallest Debian there is.

    Returns:
        Its folder; never written to afterwards.

    Raises:
        SetupError: If it cannot be made.
    """
    wanted = sorted({*packages})
    name = hashlib.sha256(" ".join([SUITE, *wanted]).encode()).hexdigest()[:12]
    root = cache / f"{SUITE}-{name}"
    if (root / _STAMP).exists():
        return root
    require_tools(["debootstrap", "unshare"])
    if os.geteuid() != 0:
        raise SetupError("Making a bare Debian needs root's rights: run this with sudo.")
    say(f"Making a bare Debian with {len(wanted)} packages (a minute, once) …")
    unfinished = fresh(root.with_suffix(".part"))
    archives = cache / "archives"
    archives.mkdir(exist_ok=True)
    command = ["debootstrap", "--variant=minbase", f"--cache-dir={archives.resolve()}"]
    command += [f"--include={','.join(wanted)}"] if wanted else []
    done = subprocess.run(
        [*command, SUITE, str(unfinished)], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise SetupError(f"debootstrap failed: {(done.stdout + done.stderr)[-1500:]}")
    _add_user(unfinished)
    # As every Debian has it once it has been started.
    (unfinished / "etc" / "mtab").symlink_to("../proc/self/mounts")
    _require_bare(unfinished)
    (unfinished / _STAMP).write_text("\n".join(wanted), "utf-8")
    shutil.rmtree(root, ignore_errors=True)
    unfinished.rename(root)
    return root


def _add_user(root: Path) -> None:
    with (root / "etc" / "passwd").open("a", encoding="utf-8") as file:
        file.write(f"{USER}:x:{USER_ID}:{USER_ID}::{HOME}:/bin/sh\n")
    with (root / "etc" / "group").open("a", encoding="utf-8") as file:
        file.write(f"{USER}:x:{USER_ID}:\n")
    home = Path(f"{root}{HOME}")
    home.mkdir(parents=True)
    os.chown(home, USER_ID, USER_ID)


def _require_bare(root: Path) -> None:
    """Make sure that nothing is there that would help the application in secret."""
    found = [path for path in (root / "usr" / "bin").iterdir() if path.name.startswith(_FORBIDDEN)]
    if found:
        raise SetupError(f"The bare Debian is not bare: {', '.join(path.name for path in found)}")
