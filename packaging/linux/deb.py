"""The package for Debian and its relatives."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from linux.desktop import install_desktop_files
from linux.tools import LINUX, NAME, Release, fresh, link_tree, place_notices, require_tools, run

COMPRESSION = ("-Zxz", "-z6")
_BLOCK = 1024


def deb_name(release: Release, architecture: str) -> str:
    """File name of a package, as Debian wants it.

    Args:
        release: What is packaged.
        architecture: Debian's word for the processor, such as ``"amd64"``.
    """
    return f"{NAME}_{release.version}_{architecture}.deb"


def lay_out(
    bundle: Path,
    folder: Path,
    release: Release,
    *,
    python: Path,
    depends: Iterable[str],
    notices: Iterable[Path] = (),
) -> None:
    """Make the folder that becomes the package.

    Args:
        bundle: The frozen application's folder.
        folder: Where to make it; emptied first.
        release: What is packaged.
        python: Interpreter with PySide6, which draws the icons.
        depends: Packages needed, with versions.
        notices: Files about the licences of what is inside.
    """
    usr = fresh(folder) / "usr"
    link_tree(bundle, usr / "lib" / NAME)
    (usr / "bin").mkdir()
    (usr / "bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
    install_desktop_files(usr / "share", release, python=python)
    place_notices(notices, usr)
    _write_papers(usr / "share" / "doc" / NAME, release)
    _write_control(folder, release, depends)


def make_deb(
    folder: Path, file: Path, release: Release, *, compression: Sequence[str] = COMPRESSION
) -> Path:
    """Pack a folder.

    The same folder gives the same file, byte for byte.

    Args:
        folder: Made by :func:`lay_out`.
        file: What to write.
        release: Its moment dates everything.
        compression: dpkg-deb's options.

    Returns:
        The file.

    Raises:
        SetupError: If a tool is missing or fails.
    """
    require_tools(["dpkg-deb"])
    unfinished = file.with_suffix(".part")
    epoch = str(release.epoch)
    options = ["--root-owner-group", *compression]
    run(["dpkg-deb", *options, "--build", folder, unfinished], SOURCE_DATE_EPOCH=epoch)
    unfinished.replace(file)
    return file


def architecture() -> str:
    """Debian's word for this machine's processor."""
    return run(["dpkg", "--print-architecture"]).strip()


def _write_papers(papers: Path, release: Release) -> None:
    shutil.copyfile(LINUX / "copyright", papers / "copyright")
    manual = (LINUX / f"{NAME}.1").read_text("utf-8")
    manual = manual.replace("@VERSION@", release.version).replace("@DATE@", release.date)
    _write_packed(papers.parents[1] / "man" / "man1" / f"{NAME}.1.gz", manual)
    news = (
        f"{NAME} ({release.version}) stable; urgency=medium\n\n"
        f"  * EffNet Studio {release.version}.\n\n"
        f" -- The EffNet Studio authors <{NAME}@localhost>  {release.date_of_mail}\n"
    )
    _write_packed(papers / "changelog.gz", news)


def _write_packed(file: Path, text: str) -> None:
    """Write a text as gzip does, without a name and a time in it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with (
        file.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=raw, mtime=0) as packed,
    ):
        packed.write(text.encode())


def _write_control(folder: Path, release: Release, depends: Iterable[str]) -> None:
    control = folder / "DEBIAN"
    control.mkdir()
    files = list(_files(folder / "usr"))
    text = (LINUX / "control").read_text("utf-8")
    for word, value in {
        "@VERSION@": release.version,
        "@ARCHITECTURE@": architecture(),
        "@KILOBYTES@": str(installed_kilobytes(folder / "usr")),
        "@DEPENDS@": ", ".join(depends),
    }.items():
        text = text.replace(word, value)
    (control / "control").write_text(text, "utf-8")
    sums = (f"{_md5(file)}  {file.relative_to(folder)}\n" for file in files)
    (control / "md5sums").write_text("".join(sums), "utf-8")


def installed_kilobytes(folder: Path) -> int:
    """Size on the disk as Debian counts it: each file rounded up, and one for everything else.

    Args:
        folder: What will be installed.
    """
    everything = [folder, *folder.rglob("*")]
    return sum(
        -(-path.stat().st_size // _BLOCK) if path.is_file() and not path.is_symlink() else 1
        for path in everything
    )


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*"), key=os.fspath):
        if path.is_file() and not path.is_symlink():
            yield path


def _md5(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
