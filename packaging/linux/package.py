"""Makes the AppImage and the Debian package of a frozen application."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from boot.console import SetupError, say

from linux import appimage, deb
from linux.depends import depends, undocumented
from linux.elf import find_needs
from linux.tools import Release, this_release

KINDS = ("appimage", "deb")
_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Order:
    """What is to be made.

    Attributes:
        bundle: The frozen application's folder.
        out: Folder for the files.
        work: Folder for what is made on the way; its own, on the same disk as the bundle at best.
        python: Interpreter with PySide6, which draws the icons.
        release: What is packaged.
        notices: Files about the licences of what is inside, unless they lie beside the program.
        quick: Compress little, for trials.
    """

    bundle: Path
    out: Path
    work: Path
    python: Path
    release: Release
    notices: tuple[Path, ...] = ()
    quick: bool = False


def make_appimage(order: Order) -> Path:
    """Make the AppImage.

    Raises:
        SetupError: If a tool is missing or fails.
    """
    name = appimage.appimage_name(order.release, os.uname().machine)
    folder = order.work / "AppDir"
    appimage.lay_out(
        order.bundle, folder, order.release, python=order.python, notices=order.notices
    )
    level = "3" if order.quick else appimage.LEVEL
    order.out.mkdir(parents=True, exist_ok=True)
    return appimage.make_appimage(
        folder, order.out / name, order.release, cache=order.work, level=level
    )


def make_deb(order: Order) -> Path:
    """Make the Debian package.

    Raises:
        SetupError: If a tool is missing or fails, or a library comes from nowhere.
    """
    packages = needed_packages(order.bundle)
    folder = order.work / "deb"
    deb.lay_out(
        order.bundle,
        folder,
        order.release,
        python=order.python,
        depends=packages.values(),
        notices=order.notices,
    )
    name = deb.deb_name(order.release, deb.architecture())
    compression = ("-Zxz", "-z0") if order.quick else deb.COMPRESSION
    order.out.mkdir(parents=True, exist_ok=True)
    return deb.make_deb(folder, order.out / name, order.release, compression=compression)


def needed_packages(bundle: Path) -> dict[str, str]:
    """Find the packages an application needs, and make sure that people are told of them.

    Args:
        bundle: The frozen application's folder.

    Returns:
        Package → the whole wish with its version.

    Raises:
        SetupError: If one stands not in ``linux/packages.txt``.
    """
    packages = depends(find_needs(bundle))
    missing = undocumented(packages)
    if missing:
        raise SetupError(
            "The application needs packages that nobody is told of. Name them in "
            f"packaging/linux/packages.txt and docs/linux.md: {', '.join(missing)}"
        )
    return packages


def main(arguments: Sequence[str]) -> int:
    """Make what is asked for; return the exit status.

    Args:
        arguments: The command line without the program's name.
    """
    parser = argparse.ArgumentParser(
        prog="linux_package.py", description="Make the AppImage and the Debian package."
    )
    parser.add_argument("bundle", type=Path, metavar="BUNDLE", help="folder made by PyInstaller")
    parser.add_argument("--python", type=Path, required=True, help="interpreter with PySide6")
    parser.add_argument("--out", type=Path, default=Path("dist"), help="folder for the files")
    parser.add_argument("--work", type=Path, default=Path("build/linux"), help="folder to work in")
    parser.add_argument("--only", choices=KINDS, help="make one of them")
    parser.add_argument("--version", help="another version than the application's, for trials")
    parser.add_argument("--quick", action="store_true", help="compress little, for trials")
    options = parser.parse_args(arguments)
    makers = {"appimage": make_appimage, "deb": make_deb}
    try:
        release = this_release()
        if options.version:
            release = Release(version=options.version, epoch=release.epoch)
        order = Order(
            bundle=options.bundle,
            out=options.out,
            work=options.work,
            python=options.python,
            release=release,
            quick=options.quick,
        )
        for kind in [options.only] if options.only else KINDS:
            file = makers[kind](order)
            say(f"{file}  {file.stat().st_size / _MEGABYTE:.0f} MB")
    except SetupError as error:
        print(f"\nError: {error}", file=sys.stderr, flush=True)
        return 1
    return 0
