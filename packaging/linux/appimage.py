"""The AppImage: the runtime, and behind it a compressed image of the application's folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from linux.desktop import install_desktop_files
from linux.runtime import SOURCE, make_runtime
from linux.tools import LINUX, NAME, Release, fresh, link_tree, place_notices, require_tools, run

BLOCK = "128K"
LEVEL = "19"


def appimage_name(release: Release, machine: str) -> str:
    """File name of an AppImage, as their users know them.

    Args:
        release: What is packaged.
        machine: Processor, such as ``"x86_64"``.
    """
    return f"EffNet_Studio-{release.version}-{machine}.AppImage"


def lay_out(
    bundle: Path, folder: Path, release: Release, *, python: Path, notices: Iterable[Path] = ()
) -> None:
    """Make the folder that becomes the image.

    Args:
        bundle: The frozen application's folder.
        folder: Where to make it; emptied first.
        release: What is packaged.
        python: Interpreter with PySide6, which draws the icons.
        notices: Files about the licences of what is inside.
    """
    usr = fresh(folder) / "usr"
    link_tree(bundle, usr / "lib" / NAME)
    (usr / "bin").mkdir()
    (usr / "bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
    install_desktop_files(usr / "share", release, python=python)
    place_notices(notices, usr)
    papers = usr / "share" / "doc" / NAME / "appimage-runtime"
    papers.mkdir()
    for name in ("README.md", "LICENSE"):
        shutil.copyfile(SOURCE / name, papers / name)
    shutil.copy(LINUX / "AppRun", folder / "AppRun")
    (folder / "AppRun").chmod(0o755)
    (folder / f"{NAME}.desktop").symlink_to(f"usr/share/applications/{NAME}.desktop")
    (folder / f"{NAME}.png").symlink_to(f"usr/share/icons/hicolor/256x256/apps/{NAME}.png")
    (folder / ".DirIcon").symlink_to(f"{NAME}.png")


def make_appimage(
    folder: Path, file: Path, release: Release, *, cache: Path, level: str = LEVEL
) -> Path:
    """Compress a folder and put the runtime before it.

    The same folder gives the same file, byte for byte.

    Args:
        folder: Made by :func:`lay_out`.
        file: What to write.
        release: Its moment dates everything.
        cache: Folder where the compiled runtime is kept.
        level: Of zstd's compression, 1 to 22.

    Returns:
        The file.

    Raises:
        SetupError: If a tool is missing or fails.
    """
    require_tools(["mksquashfs"])
    runtime = make_runtime(cache)
    image = file.with_suffix(".squashfs")
    image.unlink(missing_ok=True)
    image.parent.mkdir(parents=True, exist_ok=True)
    epoch = str(release.epoch)
    options = ["-noappend", "-no-progress", "-quiet", "-no-xattrs", "-all-root"]
    options += ["-comp", "zstd", "-Xcompression-level", level, "-b", BLOCK]
    run(["mksquashfs", folder, image, *options, "-mkfs-time", epoch, "-all-time", epoch])
    unfinished = file.with_suffix(".part")
    with unfinished.open("wb") as whole:
        for part in (runtime, image):
            with part.open("rb") as source:
                shutil.copyfileobj(source, whole, 1 << 20)
    image.unlink()
    unfinished.chmod(0o755)
    unfinished.replace(file)
    return file
