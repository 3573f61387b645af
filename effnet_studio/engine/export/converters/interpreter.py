"""The Python that installs and runs a converter: one of its own, or the installer's program as one.

From source each converter gets an environment, with a Python in it. The program of an installer
has no Python beside it that could be put there, and its folder may be elsewhere at the next start;
it is a Python itself when it is asked to be, and takes the converter's packages from a folder.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from effnet_studio.paths import is_frozen, pip_archive, python_command

if TYPE_CHECKING:
    from collections.abc import Sequence

_PACKAGES: Final = "packages"


def can_install() -> bool:
    """Whether there is what makes an environment and installs packages."""
    if is_frozen():
        return pip_archive().exists()
    return _has_pip() and importlib.util.find_spec("venv") is not None


def _has_pip() -> bool:
    """Whether pip is installed.

    Asking importlib where it is would tell setuptools that pip is at work, and PyTorch's compiler
    would not get along with setuptools from then on.
    """
    try:
        importlib.metadata.distribution("pip")
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def making(home: Path) -> list[str]:
    """The command that makes an empty environment; nothing if it takes none.

    Args:
        home: Folder for it, which exists.
    """
    if is_frozen():
        return []
    return [sys.executable, "-I", "-m", "venv", "--without-pip", str(home)]


def installing(home: Path, options: Sequence[str]) -> list[str]:
    """The command that installs packages into an environment.

    Args:
        home: Its folder.
        options: Of ``pip install``.
    """
    if is_frozen():
        target = f"--target={home / _PACKAGES}"
        return [*python_command(), str(pip_archive()), "install", target, *options]
    pip = [sys.executable, "-I", "-m", "pip", f"--python={python_in(home)}"]
    return [*pip, "install", *options]


def running(home: Path) -> list[str]:
    """The beginning of the command that runs a script with an environment's packages.

    Args:
        home: Its folder.
    """
    if is_frozen():
        return [*python_command(), "--packages", str(home / _PACKAGES)]
    return [str(python_in(home)), "-E", "-s"]


def is_whole(home: Path) -> bool:
    """Whether an environment is there and of the kind that is used here.

    Args:
        home: Its folder.
    """
    return (home / _PACKAGES).is_dir() if is_frozen() else python_in(home).exists()


def python_in(home: Path) -> Path:
    """The Python of an environment that has one.

    Args:
        home: Its folder.
    """
    return home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
