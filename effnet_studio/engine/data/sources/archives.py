"""ZIP and TAR files of pictures, unpacked into the project without trusting a byte of them.

What comes out are ordinary files with names that every system bears, below one new folder that
appears only when it is whole. Nothing of the archive decides where something is written; links,
devices and permissions are not taken over; sizes are counted as they come, not as they are claimed.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from effnet_studio.engine import atomic
from effnet_studio.engine.data.problems import shown
from effnet_studio.engine.data.sources.archive_members import (
    BROKEN,
    Member,
    TarMembers,
    TooManyEntries,
    ZipMembers,
    archive_kind,
)
from effnet_studio.engine.data.sources.archive_names import Places, leads_out, parts_of, safe_part
from effnet_studio.engine.data.sources.scan import FOREIGN_SUFFIXES, TABLE_SUFFIXES, unwanted
from effnet_studio.engine.data.sources.tally import Tally
from effnet_studio.engine.errors import DatasetError, StorageError
from effnet_studio.engine.events import (
    Noted,
    OnEvent,
    PauseChanged,
    ProgressMeter,
    Stage,
    Warned,
    ignore,
)
from effnet_studio.engine.images import IMAGE_SUFFIXES
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from effnet_studio.engine.cancel import CancelToken

MAX_ENTRIES: Final = 2_000_000
MAX_FILE: Final = 1 << 30
"""Largest file taken out: what :mod:`..images` would refuse to read is not worth unpacking."""
DISK_SHARE: Final = 0.9
"""Share of the free disk that an archive may fill."""
MAX_RATIO: Final = 200
"""Times its packed size that an archive, or a file in it, may grow to beyond :data:`HARMLESS`:
pictures are packed already and hardly grow; a bomb grows a thousand times and more."""
HARMLESS: Final = 100 << 20
TEXT_SUFFIXES: Final = (*TABLE_SUFFIXES, ".json")
"""Suffixes of files that may say which picture is of which class."""

_MAX_DEPTH = 8


def is_archive(path: Path) -> bool:
    """Whether a file's content is a ZIP or TAR archive, whatever it is called.

    Args:
        path: Any path.

    Returns:
        False also where it cannot be read.
    """
    try:
        return path.is_file() and archive_kind(path) is not None
    except OSError:
        return False


def unpack(
    archive: Path,
    into: Path,
    *,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> Path:
    """Take the pictures, and tables that may name their classes, out of an archive.

    A single folder that everything lies in is left out, so that classes are where they are looked
    for. What is not taken is told by :class:`~effnet_studio.engine.events.Warned`; other files
    are only counted.

    Args:
        archive: A ZIP or TAR file, perhaps compressed.
        into: A folder of the project; made if need be.
        on_event: Hears progress, counted in bytes of the archive, and what was left out.
        cancel: Stops or holds it; nothing is left when it is stopped.

    Returns:
        A new folder below ``into``, named after the archive.

    Raises:
        DatasetError: If it is damaged, encrypted, holds no pictures, is a bomb, or has names that
            lead out of the folder.
        StorageError: If the disk is full or cannot be written.
        Cancelled: If it was stopped.
    """
    with atomic.storage_errors(into):
        into.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(dir=into, prefix=atomic.TEMPORARY_PREFIX))
    job = _Job(archive, on_event, cancel)
    try:
        content = staging / "content"
        with atomic.storage_errors(content):
            content.mkdir()
        with _in_words(archive), archive.open("rb") as stream:
            job.unpack(stream, content)
        job.tell()
        target = _free_name(into, safe_part(_stem(archive.name)) or "images")
        with atomic.storage_errors(target):
            if hasattr(os, "sync"):
                os.sync()  # once, not for each of perhaps a million files
            _below_single_folders(content).rename(target)
            atomic.sync_directory(into)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return target


class _Job:
    """One archive being unpacked: its limits, and what was taken and left out.

    Args:
        archive: The file.
        on_event: Hears of it.
        cancel: Stops or holds it.
    """

    def __init__(self, archive: Path, on_event: OnEvent, cancel: CancelToken | None) -> None:
        self._archive = archive
        self._name = shown(archive.name)
        self._on_event = on_event
        self._cancel = cancel
        self._pictures = 0
        self._others = 0
        self._left_out: dict[str, Tally] = {}
        self._most = 0
        self._room = 0
        self._written = 0

    def unpack(self, stream: IO[bytes], folder: Path) -> None:
        """Write the wanted files below a folder."""
        packed = os.fstat(stream.fileno()).st_size
        self._most = max(HARMLESS, MAX_RATIO * packed)
        self._room = int(shutil.disk_usage(folder).free * DISK_SHARE)
        places = Places(folder)
        meter = ProgressMeter(Stage.UNPACK, packed, self._on_event, unit="bytes")
        at = 0
        for member in self._members(stream):
            self._check()
            place = self._place(member, places)
            if place is None:
                continue
            with atomic.storage_errors(place):
                place.parent.mkdir(parents=True, exist_ok=True)
                file = place.open("xb")
            with file:
                for block in member.blocks():
                    self._check()
                    self._count(len(block))
                    with atomic.storage_errors(place):
                        file.write(block)
                    at, before = stream.tell(), at
                    meter.advance(max(0, at - before))
            self._pictures += place.suffix.lower() not in TEXT_SUFFIXES
        meter.advance(max(0, packed - at))
        meter.finish()

    def tell(self) -> None:
        """Say what was left out, and refuse an archive without pictures."""
        if not self._pictures:
            raise DatasetError(
                msg("There are no images in {name}.", name=self._name),
                hint=msg("Pack a folder with one sub-folder of images for each class."),
                path=self._archive,
            )
        for reason, tally in self._left_out.items():
            self._on_event(Warned(_told(reason, tally), None, self._archive))
        if self._others:
            self._on_event(
                Noted(
                    msg(
                        "{count} other files in {name} were left out.",
                        count=self._others,
                        name=self._name,
                    )
                )
            )

    def _members(self, stream: IO[bytes]) -> Iterator[Member]:
        kind = archive_kind(self._archive)
        if kind is None:
            raise _refusal(
                self._archive,
                msg("{name} is no ZIP or TAR archive.", name=self._name),
            )
        try:
            if kind == "zip":
                members = ZipMembers(stream, most=MAX_ENTRIES)
                claimed = members.claimed(_is_wanted)
                if claimed > self._most:
                    raise self._bomb()
                if claimed > self._room:
                    raise self._no_room()
                yield from members
            else:
                yield from TarMembers(stream, most=MAX_ENTRIES, check=self._check)
        except TooManyEntries as error:
            raise _refusal(
                self._archive,
                msg("There are too many files in {name}.", name=self._name),
            ) from error

    def _place(self, member: Member, places: Places) -> Path | None:
        """Where a file goes; None for one that is left out, which is noted."""
        if leads_out(member.name):
            raise _refusal(
                self._archive,
                msg(
                    "{name} holds a file that would be written elsewhere: {file}.",
                    name=self._name,
                    file=shown(member.name)[:200],
                ),
                msg("It may be made to do harm. Unpack it yourself if you trust it."),
            )
        if _is_hidden(member.name):
            return None
        if not _is_wanted(member.name):
            self._others += 1
            return None
        if member.obstacle == "encrypted":
            raise _refusal(self._archive, msg("{name} is encrypted.", name=self._name))
        reason = member.obstacle or ("large" if member.size > MAX_FILE else None)
        most = max(HARMLESS, MAX_RATIO * member.packed) if member.packed is not None else MAX_FILE
        if reason is None and member.size > most:
            raise self._bomb()
        place = None if reason else places.place(member.name)
        if place is None:
            self._left_out.setdefault(reason or "long", Tally()).add(member.name)
        return place

    def _check(self, unpacked: int = 0) -> None:
        """Stop or wait if asked to; stop when what is packed as a whole grows too much."""
        if self._cancel is not None:
            self._cancel.check(lambda paused: self._on_event(PauseChanged(paused)))
        if unpacked > self._most:
            raise self._bomb()

    def _count(self, size: int) -> None:
        self._written += size
        if self._written > self._most:
            raise self._bomb()
        if self._written > self._room:
            raise self._no_room()

    def _bomb(self) -> DatasetError:
        return _refusal(
            self._archive,
            msg("{name} unpacks to far more than pictures would.", name=self._name),
            msg("It may be damaged or made to do harm. Unpack it yourself if you trust it."),
        )

    def _no_room(self) -> StorageError:
        return StorageError(
            msg("There is not enough room to unpack {name}.", name=self._name),
            hint=msg("Free some space on the project's drive and import it again."),
            path=self._archive,
        )


def _told(reason: str, tally: Tally) -> Message:
    count, names = tally.count, tally.names
    if reason == "link":
        return msg("{count} links were left out: {names}.", count=count, names=names)
    if reason == "packed":
        return msg(
            "{count} files are packed in an unknown way and were left out: {names}.",
            count=count,
            names=names,
        )
    if reason == "large":
        return msg(
            "{count} files are too large and were left out: {names}.", count=count, names=names
        )
    if reason == "long":
        return msg(
            "{count} names are too long and were left out: {names}.", count=count, names=names
        )
    return msg("{count} special files were left out: {names}.", count=count, names=names)


def _is_hidden(name: str) -> bool:
    """Whether it, or a folder it lies in, is hidden or belongs to a system."""
    return any(unwanted(part) is not None for part in parts_of(name))


def _is_wanted(name: str) -> bool:
    """Whether it may be a picture, or say which class pictures have."""
    suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122 - no path of this machine
    return suffix in IMAGE_SUFFIXES or suffix in FOREIGN_SUFFIXES or suffix in TEXT_SUFFIXES


def _below_single_folders(folder: Path) -> Path:
    """The folder below all folders that hold nothing but one folder of folders."""
    for _ in range(_MAX_DEPTH):
        inside = list(folder.iterdir())
        if len(inside) != 1 or not inside[0].is_dir():
            break
        # Pictures and nothing else are one class: its name is needed.
        if not any(each.is_dir() or _is_text(each) for each in inside[0].iterdir()):
            break
        folder = inside[0]
    return folder


def _is_text(path: Path) -> bool:
    return path.suffix.lower() in TEXT_SUFFIXES


def _stem(name: str) -> str:
    return re.sub(r"(\.tar)?\.[^.]+$", "", name) or name


def _free_name(folder: Path, name: str) -> Path:
    number = 1
    while (path := folder / (name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    return path


def _refusal(archive: Path, message: Message, hint: Message | None = None) -> DatasetError:
    return DatasetError(
        message, hint=hint or msg("Unpack it yourself and import the folder."), path=archive
    )


@contextlib.contextmanager
def _in_words(archive: Path) -> Iterator[None]:
    """Say what is wrong with an archive that cannot be read to its end."""
    name = shown(archive.name)
    try:
        yield
    except BROKEN as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise _refusal(
                archive,
                msg("{name} cannot be read: {reason}.", name=name, reason=error.strerror or ""),
                msg("Check that its drive is connected and that you may read it."),
            ) from error
        detail = " ".join(str(error).split())[:120].rstrip(".") or type(error).__name__
        raise _refusal(
            archive,
            msg("{name} is damaged: {reason}.", name=name, reason=detail),
            msg("Copy or download it again."),
        ) from error
