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
import tarfile
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

from effnet_studio.engine import atomic
from effnet_studio.engine.data.scan import FOREIGN_SUFFIXES, SYSTEM_NAMES, TABLE_SUFFIXES
from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.events import OnEvent, ProgressMeter, Stage, ignore
from effnet_studio.engine.images import IMAGE_SUFFIXES
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from effnet_studio.engine.cancel import CancelToken

MAX_ENTRIES: Final = 2_000_000
MAX_FILE: Final = 1 << 30
"""Largest file taken out: what :mod:`..images` would refuse to read is not worth unpacking."""
DISK_SHARE: Final = 0.9
"""Share of the free disk that an archive may fill."""
MAX_RATIO: Final = 200
"""Times its packed size that an archive may grow to, beyond :data:`HARMLESS`: pictures are packed
already and hardly grow; a bomb grows a thousand times and more."""
HARMLESS: Final = 100 << 20
_BLOCK: Final = 1 << 20
_NAME_BYTES: Final = 200
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_BAD = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\/]')
_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    ValueError,
    LookupError,
    RuntimeError,
)


@dataclass(frozen=True)
class _Entry:
    """A regular file in an archive.

    Attributes:
        name: As the archive gives it.
        stream: Its content, unpacked as it is read.
    """

    name: str
    stream: IO[bytes]


def is_archive(path: Path) -> bool:
    """Whether a file's content is a ZIP or TAR archive, whatever it is called.

    Args:
        path: Any path.

    Returns:
        False also where it cannot be read.
    """
    try:
        return path.is_file() and (zipfile.is_zipfile(path) or tarfile.is_tarfile(path))
    except (*_BROKEN, MemoryError):
        return False


def unpack(
    archive: Path,
    into: Path,
    *,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> Path:
    """Take the pictures, and tables that may name their classes, out of an archive.

    Args:
        archive: A ZIP or TAR file, perhaps compressed.
        into: A folder of the project; made if need be.
        on_event: Hears progress, counted in bytes of the archive.
        cancel: Stops it; nothing is left then.

    Returns:
        A new folder below ``into``, named after the archive.

    Raises:
        DatasetError: If it is damaged, encrypted, holds no pictures, or is a bomb.
        StorageError: If the disk is full or cannot be written.
        Cancelled: If it was stopped.
    """
    with atomic.storage_errors(into):
        into.mkdir(parents=True, exist_ok=True)
    target = _free_name(into, safe_name(_stem(archive.name)) or "images")
    staging = into / f"{atomic.TEMPORARY_PREFIX}{target.name}"
    shutil.rmtree(staging, ignore_errors=True)
    size = archive.stat().st_size
    meter = ProgressMeter(Stage.UNPACK, None, on_event, unit="bytes")
    try:
        with atomic.storage_errors(staging):
            staging.mkdir()
        writer = _Writer(archive, staging, packed=size, free=shutil.disk_usage(into).free)
        with _in_words(archive), contextlib.closing(_entries(archive)) as entries:
            for entry in entries:
                if cancel is not None:
                    cancel.check()
                meter.advance(writer.take(entry, cancel))
        if not writer.pictures:
            raise DatasetError(
                msg("There are no images in {name}.", name=archive.name),
                hint=msg("Pack a folder with one sub-folder of images for each class."),
                path=archive,
            )
        with atomic.storage_errors(target):
            staging.rename(target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    meter.finish()
    return target


def _entries(archive: Path) -> Generator[_Entry]:
    """The regular, visible files that are wanted, in the archive's order."""
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as zipped:
            members = zipped.infolist()
            _check_count(archive, len(members))
            for info in members:
                mode = info.external_attr >> 16
                is_link = (mode & 0o170000) == 0o120000
                if not info.is_dir() and not is_link and _is_wanted(info.filename):
                    if info.flag_bits & 1:
                        raise _refusal(archive, msg("{name} is encrypted.", name=archive.name))
                    with zipped.open(info) as stream:
                        yield _Entry(info.filename, stream)
        return
    with tarfile.open(archive, "r:*") as tarred:
        for count, member in enumerate(tarred):
            _check_count(archive, count)
            if member.isreg() and _is_wanted(member.name):
                content = tarred.extractfile(member)
                if content is not None:
                    with content:
                        yield _Entry(member.name, content)


def _is_wanted(name: str) -> bool:
    parts = [part for part in re.split(r"[/\\]", name) if part not in {"", "."}]
    if not parts or any(
        (part.startswith(".") and part != "..") or part.lower() in SYSTEM_NAMES for part in parts
    ):
        return False
    suffix = os.path.splitext(parts[-1])[1].lower()  # noqa: PTH122 - no path of this machine
    return suffix in IMAGE_SUFFIXES or suffix in FOREIGN_SUFFIXES or suffix in TABLE_SUFFIXES


class _Writer:
    """Writes entries below a folder, and counts.

    Args:
        archive: For messages.
        folder: An empty folder.
        packed: Size of the archive, bytes.
        free: Free space on the disk, bytes.
    """

    def __init__(self, archive: Path, folder: Path, *, packed: int, free: int) -> None:
        self.pictures = 0
        self._archive = archive
        self._folder = folder
        self._room = min(int(free * DISK_SHARE), max(HARMLESS, MAX_RATIO * packed))
        self._disk_bound = self._room == int(free * DISK_SHARE)
        self._taken: set[str] = set()

    def take(self, entry: _Entry, cancel: CancelToken | None) -> int:
        """Write one entry; returns how many bytes it had."""
        path = self._place(entry.name)
        written = 0
        with atomic.storage_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            file = path.open("xb")
        with file:
            while block := entry.stream.read(_BLOCK):
                if cancel is not None:
                    cancel.check()
                written += len(block)
                self._room -= len(block)
                if written > MAX_FILE or self._room < 0:
                    raise self._too_large(written)
                with atomic.storage_errors(path):
                    file.write(block)
        self.pictures += path.suffix.lower() not in TABLE_SUFFIXES
        return written

    def _too_large(self, written: int) -> DatasetError:
        name = self._archive.name
        if self._disk_bound and written <= MAX_FILE:
            return _refusal(
                self._archive,
                msg("There is not enough room to unpack {name}.", name=name),
                msg("Free some space on the project's drive and import it again."),
            )
        return _refusal(
            self._archive,
            msg("{name} unpacks to far more than pictures would.", name=name),
            msg("It may be damaged or made to do harm. Unpack it yourself if you trust it."),
        )

    def _place(self, name: str) -> Path:
        """Where an entry goes: below the folder, under a name no other entry has."""
        parts = [
            safe_name(part) for part in re.split(r"[/\\]", name) if part not in {"", ".", ".."}
        ]
        parts = [part for part in parts if part] or ["image"]
        stem, dot, suffix = parts[-1].rpartition(".")
        stem = stem or parts[-1]
        for attempt in range(1, MAX_ENTRIES):
            last = parts[-1] if attempt == 1 else f"{stem} ({attempt}){dot}{suffix}"
            relative = "/".join([*parts[:-1], last])
            folded = unicodedata.normalize("NFC", relative).casefold()
            if folded not in self._taken:
                break
        self._taken.add(folded)
        return self._folder.joinpath(*parts[:-1], last)


def safe_name(part: str) -> str:
    """Turn a text into a name that every file system bears.

    Args:
        part: Of a folder or file, such as a class or a part of a path in an archive.

    Returns:
        Without separators and letters that some system refuses, at most 200 bytes; perhaps empty.
    """
    clean = _BAD.sub("_", unicodedata.normalize("NFC", part))
    clean = clean.encode("utf-8", "replace").decode().strip().rstrip(". ")
    if _RESERVED.fullmatch(clean):
        clean = f"_{clean}"
    if len(clean.encode()) > _NAME_BYTES:
        stem, dot, suffix = clean.rpartition(".")
        suffix = f"{dot}{suffix}" if dot and len(suffix) < 8 else ""
        room = _NAME_BYTES - len(suffix.encode())
        clean = (stem or clean).encode()[:room].decode("utf-8", "ignore").rstrip(". ") + suffix
    return clean


def _stem(name: str) -> str:
    return re.sub(r"(\.tar)?\.[^.]+$", "", name) or name


def _free_name(folder: Path, name: str) -> Path:
    number = 1
    while (path := folder / (name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    return path


def _check_count(archive: Path, count: int) -> None:
    if count > MAX_ENTRIES:
        raise _refusal(archive, msg("There are too many files in {name}.", name=archive.name))


def _refusal(archive: Path, message: Message, hint: Message | None = None) -> DatasetError:
    return DatasetError(
        message, hint=hint or msg("Unpack it yourself and import the folder."), path=archive
    )


@contextlib.contextmanager
def _in_words(archive: Path) -> Iterator[None]:
    """Say what is wrong with an archive that cannot be read to its end."""
    try:
        yield
    except _BROKEN as error:
        detail = " ".join(str(error).split())[:120] or type(error).__name__
        raise _refusal(
            archive,
            msg("{name} is damaged: {reason}.", name=archive.name, reason=detail.rstrip(".")),
            msg("Copy or download it again."),
        ) from error
