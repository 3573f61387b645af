#!/usr/bin/env python3
"""Make the installer of Windows or macOS from the folder that build.py has made.

    python packaging/build.py --only bundle
    python packaging/native_installers.py               EffNet_Studio-…-windows-x64.exe or ….dmg
    python packaging/native_installers.py --out FOLDER  somewhere else than in dist

On Windows it needs Inno Setup 6.3 or newer; on macOS the command line tools of Xcode. Signing is
told by environment variables, see docs/installing.md; without them the files are not signed.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from boot.console import SetupError, say

ROOT = Path(__file__).resolve().parents[1]
WINDOWS = ROOT / "packaging" / "windows"
MACOS = ROOT / "packaging" / "macos"
SIGN_VARIABLE = "WINDOWS_SIGN_COMMAND"
"""Holds the command that signs a file on Windows, with ``$f`` where the file's name goes."""

_INNO_FOLDERS = ("ProgramFiles(x86)", "ProgramFiles", "LOCALAPPDATA")


def main(arguments: Sequence[str]) -> int:
    """Make this system's installer; return the exit status.

    Args:
        arguments: The command line without the program's name.
    """
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--bundles", type=Path, default=ROOT / "dist" / "bundle")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    options = parser.parse_args(arguments)
    try:
        made = make(options.bundles.resolve(), options.out.resolve())
    except SetupError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    say(f"{made.name}: {made.stat().st_size / 1e6:.0f} MB")
    return 0


def make(bundles: Path, out: Path, *, system: str = platform.system()) -> Path:
    """Make this system's installer.

    Args:
        bundles: Folder with the frozen app: ``effnet-studio`` or ``EffNet Studio.app``.
        out: Folder for the installer.
        system: This one's name.

    Returns:
        The file.

    Raises:
        SetupError: If there is no app or no tool, or the tool fails.
    """
    version = app_version(ROOT)
    out.mkdir(parents=True, exist_ok=True)
    if system == "Windows":
        made = out / f"EffNet_Studio-{version}-windows-x64.exe"
        bundle = bundles / "effnet-studio"
        command = windows_command(bundle, out, version, os.environ)
    elif system == "Darwin":
        made = out / f"EffNet_Studio-{version}-macos-{platform.machine()}.dmg"
        bundle = bundles / "EffNet Studio.app"
        command = [str(MACOS / "make_dmg.sh"), str(bundle), str(made)]
    else:
        raise SetupError("This makes installers on Windows and macOS; here build.py makes them.")
    if not bundle.is_dir():
        raise SetupError(f"There is no app in {bundle}. Make it with build.py --only bundle.")
    if subprocess.run(command, check=False).returncode != 0 or not made.is_file():
        raise SetupError(f"The installer was not made. The command was: {command[0]}")
    return made


def app_version(root: Path) -> str:
    """Return the app's version, without importing it.

    Args:
        root: Folder of the project.

    Raises:
        SetupError: If it is not where it should be.
    """
    text = (root / "effnet_studio" / "__init__.py").read_text("utf-8")
    found = re.search(r'^__version__ = "([^"]+)"', text, re.MULTILINE)
    if found is None:
        raise SetupError("effnet_studio/__init__.py does not say the version.")
    return found[1]


def windows_command(bundle: Path, out: Path, version: str, env: Mapping[str, str]) -> list[str]:
    """Return the command line of Inno Setup's compiler.

    Args:
        bundle: The frozen app.
        out: Folder for the installer.
        version: The app's.
        env: The environment: where programs are, and how to sign.

    Raises:
        SetupError: If Inno Setup is not installed.
    """
    command = [find_inno(env), "/Q", f"/DVersion={version}", f"/DBundle={bundle}", f"/DOut={out}"]
    if env.get(SIGN_VARIABLE):
        command += ["/DSigned", f"/Ssigntool={env[SIGN_VARIABLE]}"]
    else:
        say(f"{SIGN_VARIABLE} is not set: the installer is not signed, and Windows will say so.")
    return [*command, str(WINDOWS / "effnet-studio.iss")]


def find_inno(env: Mapping[str, str]) -> str:
    """Return the path of Inno Setup's compiler.

    Args:
        env: The environment.

    Raises:
        SetupError: If it is not installed.
    """
    on_path = shutil.which("iscc", path=env.get("PATH", ""))
    if on_path:
        return on_path
    for name in _INNO_FOLDERS:
        if env.get(name):
            for place in ("Inno Setup 6", "Programs/Inno Setup 6"):
                file = Path(env[name]) / place / "ISCC.exe"
                if file.is_file():
                    return str(file)
    raise SetupError("Inno Setup 6 is not installed. Get it from jrsoftware.org, then try again.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
