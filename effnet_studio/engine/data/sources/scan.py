"""Which files lie below a folder, and which of them may be pictures.

Nothing is opened here but files with an unknown suffix (their first bytes may say that they are
pictures), and only ordinary files: opening a pipe would wait for ever. Every file ends up in
exactly one of two lists, candidates and ignored ones, the latter with a reason.

Links to files are followed. Links to folders are followed when they lead out of the scanned
folder, each target once; others would show files twice or run in circles.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio.engine.data.problems import Problem
from effnet_studio.engine.images import IMAGE_SUFFIXES, looks_like_image
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from effnet_studio.engine.cancel import CancelToken

FOREIGN_SUFFIXES = frozenset(
    [
        *(".jxl", ".svg", ".psd", ".psb", ".ico", ".cur", ".icns", ".tga"),
        *(".dds", ".pcx", ".eps", ".xcf", ".exr", ".hdr", ".qoi", ".sgi", ".xbm", ".xpm"),
        *(".raw", ".cr2", ".cr3", ".nef", ".arw", ".dng", ".orf", ".rw2", ".raf", ".wmf", ".emf"),
    ]
)
"""Suffixes of pictures in formats that are not read; they are tried and reported, not ignored."""

SYSTEM_NAMES = frozenset(
    ["thumbs.db", "desktop.ini", "ehthumbs.db", "__macosx", "$recycle.bin", "@eadir", "lost+found"]
)
"""Names, in lower case, that operating systems and storage boxes leave among pictures."""

PROJECT_SUFFIX = ".effnet"

TABLE_SUFFIXES = (".csv", ".tsv", ".txt")
"""Suffixes of files that may say which picture is of which class."""

_HIDDEN = msg("It is hidden.")
_OF_THE_SYSTEM = msg("It belongs to the operating system.")
_PROJECT = msg("It is an EffNet Studio project.")
_NO_IMAGE = msg("It is not an image.")
_NO_FILE = msg("It is not an ordinary file.")
_DEAD_LINK = msg("It is a link that leads nowhere.")
_VANISHED = msg("It vanished while the folder was read.")


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that may be a picture.

    Attributes:
        relative: Its path below the scanned folder, with ``/`` between the parts.
        bytes: Size.
        mtime_ns: Time of the last change, nanoseconds since 1970.
    """

    relative: str
    bytes: int
    mtime_ns: int

    @property
    def name(self) -> str:
        """The file's name, without folders."""
        return self.relative.rpartition("/")[2]

    @property
    def parts(self) -> tuple[str, ...]:
        """Folder names and, last, the file's name."""
        return tuple(self.relative.split("/"))


@dataclass
class Listing:
    """What lies below a folder.

    Attributes:
        root: The folder, absolute.
        candidates: Files that may be pictures, ordered by path.
        ignored: Files that are not looked at, each with the reason.
        folders: Names of the visible folders directly below the root.
        blocked: Folders that could not be listed.
        tables: Files directly below the root that may say which picture is of which class.
    """

    root: Path
    candidates: list[FoundFile] = field(default_factory=list)
    ignored: list[Problem] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    blocked: list[Problem] = field(default_factory=list)
    tables: list[Path] = field(default_factory=list)


def scan_folder(root: Path, *, cancel: CancelToken | None = None) -> Listing:
    """List everything below a folder without reading the pictures.

    Args:
        root: The folder, absolute.
        cancel: Stops the scan.

    Returns:
        The listing.

    Raises:
        Cancelled: If the scan was stopped.
    """
    listing = Listing(root)
    walk = _Walk(listing)
    while walk.pending:
        if cancel is not None:
            cancel.check()
        folder, relative, reason = walk.pending.pop()
        walk.list_folder(folder, relative, reason)
    listing.candidates.sort(key=lambda file: file.relative)
    walk.ignored.sort(key=lambda each: each[0])
    listing.ignored = [Problem(Path(path), why, None, "ignored") for path, why in walk.ignored]
    listing.folders.sort()
    listing.tables.sort()
    return listing


class _Walk:
    """The state of one scan: folders still to list, and targets of links already followed."""

    def __init__(self, listing: Listing) -> None:
        self.listing = listing
        self.ignored: list[tuple[str, Message]] = []
        self.pending: list[tuple[str, str, Message | None]] = [(str(listing.root), "", None)]
        self._real_root = os.path.realpath(listing.root)
        self._followed: set[str] = set()

    def list_folder(self, folder: str, relative: str, reason: Message | None) -> None:
        """Sort the entries of one folder; with a reason, everything in it is ignored."""
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    below = f"{relative}/{entry.name}" if relative else entry.name
                    self._sort_entry(entry, below, reason)
        except OSError as error:
            self.listing.blocked.append(
                Problem(
                    Path(folder),
                    msg(
                        "The folder cannot be read: {reason}.", reason=error.strerror or str(error)
                    ),
                    msg("Ask for permission to read it and import again."),
                    "warning",
                )
            )

    def _sort_entry(self, entry: os.DirEntry[str], relative: str, reason: Message | None) -> None:
        reason = reason or unwanted(entry.name)
        if _is_folder(entry):
            if entry.is_symlink() and not self._may_follow(entry.path):
                return
            if reason is None and "/" not in relative:
                self.listing.folders.append(entry.name)
            self.pending.append((entry.path, relative, reason))
            return
        if reason is None and "/" not in relative and _may_be_table(entry):
            self.listing.tables.append(Path(entry.path))
        if reason is None:
            reason = _why_no_picture(entry)
        if reason is None:
            try:
                status = entry.stat()
            except OSError:
                reason = _VANISHED
            else:
                found = FoundFile(relative, status.st_size, status.st_mtime_ns)
                self.listing.candidates.append(found)
                return
        self.ignored.append((entry.path, reason))

    def _may_follow(self, link: str) -> bool:
        """Whether a link to a folder leads to files that are not listed anyway."""
        target = os.path.realpath(link)
        inside = (
            os.path.commonpath([target, self._real_root])
            if _same_drive(target, self._real_root)
            else ""
        )
        if inside in {target, self._real_root} or target in self._followed:
            return False
        self._followed.add(target)
        return True


def _may_be_table(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.name.lower().endswith(TABLE_SUFFIXES) and entry.is_file()
    except OSError:
        return False


def _same_drive(first: str, second: str) -> bool:
    return os.path.splitdrive(first)[0].lower() == os.path.splitdrive(second)[0].lower()


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def unwanted(name: str) -> Message | None:
    """Why a file or folder is not looked at, wherever it stands.

    Args:
        name: Its name, without folders.

    Returns:
        The reason, or None if nothing speaks against the name.
    """
    if name.startswith("."):
        return _HIDDEN
    if name.lower() in SYSTEM_NAMES:
        return _OF_THE_SYSTEM
    if name.lower().endswith(PROJECT_SUFFIX):
        return _PROJECT
    return None


def _why_no_picture(entry: os.DirEntry[str]) -> Message | None:
    """Why a file in a class folder is no candidate, or None if it is one."""
    try:
        if not entry.is_file():
            if entry.is_symlink() and not Path(entry.path).exists():
                return _DEAD_LINK
            return _NO_FILE
    except OSError:
        return _DEAD_LINK
    suffix = os.path.splitext(entry.name)[1].lower()  # noqa: PTH122 - a Path for each file is slow
    if suffix in IMAGE_SUFFIXES or suffix in FOREIGN_SUFFIXES:
        return None
    if looks_like_image(Path(entry.path)):
        return None
    return _NO_IMAGE
