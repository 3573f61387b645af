"""Where resources, caches and user data live, in a source tree, an installed wheel and a bundle."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

import platformdirs

APP_NAME = "EffNet Studio"

AS_PYTHON: Final = "--as-python"
"""First argument with which the packaged app runs a script, as it has no Python beside it."""

CACHE_VARIABLE: Final = "EFFNET_STUDIO_CACHE"
"""Environment variable with the folder for what can be made or downloaded again."""


def is_frozen() -> bool:
    """Whether this is the program of an installer, which brings its own Python."""
    return bool(getattr(sys, "frozen", False))


def python_command() -> list[str]:
    """The beginning of a command that runs a Python script in a process of its own.

    Returns:
        Python, or in its place the installer's program, which can be one.
    """
    if not is_frozen():
        return [sys.executable]
    program = Path(sys.executable)
    console = program.with_name("effnet-studio.exe" if os.name == "nt" else "effnet-studio")
    return [str(console if console.exists() else program), AS_PYTHON]


def pip_archive() -> Path:
    """The installer's pip, in one file that a Python can run."""
    return Path(getattr(sys, "_MEIPASS", "")) / "pip.zip"


def resources_dir() -> Path:
    """Folder of icons, translations and other files shipped with the app.

    Returns:
        The first that exists of: the frozen bundle's, the installed package's, the source tree's.
    """
    package = Path(__file__).resolve().parent
    bundle = getattr(sys, "_MEIPASS", None)
    candidates = [package / "resources", package.parent / "resources"]
    if bundle is not None:
        candidates.insert(0, Path(bundle) / "effnet_studio" / "resources")
    return next((folder for folder in candidates if folder.is_dir()), candidates[-1])


def guide_dir() -> Path:
    """Folder of the user guide's pages and pictures.

    Returns:
        The first that exists of: the frozen bundle's, the installed package's, the source tree's.
    """
    package = Path(__file__).resolve().parent
    bundle = getattr(sys, "_MEIPASS", None)
    homes = [package, package.parent]
    if bundle is not None:
        homes.insert(0, Path(bundle) / "effnet_studio")
    candidates = [home / "docs" / "guide" for home in homes]
    return next((folder for folder in candidates if folder.is_dir()), candidates[-1])


def user_cache_dir() -> Path:
    """Folder for what can be made or downloaded again; ``EFFNET_STUDIO_CACHE`` overrides it."""
    chosen = os.environ.get(CACHE_VARIABLE)
    return Path(chosen) if chosen else Path(platformdirs.user_cache_dir(APP_NAME, appauthor=False))


def user_data_dir() -> Path:
    """Folder for what belongs to the user, such as the list of recent projects.

    ``EFFNET_STUDIO_DATA`` overrides it.
    """
    chosen = os.environ.get("EFFNET_STUDIO_DATA")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


def weights_dir() -> Path:
    """Folder of downloaded pre-trained weights."""
    return user_cache_dir() / "weights"


def documents_dir() -> Path:
    """Folder offered first for new projects."""
    return Path(platformdirs.user_documents_dir())
