"""The files inside ZIP and TAR archives, one after the other, read without trusting their sizes.

The standard library reads both, but trusts them in ways that cost memory or let damage pass. Here
entries are counted before a directory is loaded, entries of a ZIP file must not overlap (Fifield
2019, "A better zip bomb", WOOT '19), headers of a TAR file are bounded, the list of its members is
not kept, and an archive that was cut short is noticed.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import stat
import struct
import tarfile
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final, Literal, Protocol

from effnet_studio.engine.data.sources.archive_names import decoded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Obstacle = Literal["link", "special", "packed", "encrypted"]
"""Why an entry is not read: a link; a device, pipe or file with holes; packed in an unknown way;
or protected by a password."""

BROKEN: Final = (
    zipfile.BadZipFile,
    tarfile.TarError,
    lzma.LZMAError,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    ValueError,
    LookupError,
    RuntimeError,
    MemoryError,
)
"""What reading a damaged archive raises."""

_BLOCK: Final = 1 << 18
_SMALL_BLOCK: Final = 1 << 12
"""Packed bytes given at a time to unpackers that answer with all they become, up to 80 MB."""
_METHODS: Final = {
    zipfile.ZIP_STORED: _BLOCK,
    zipfile.ZIP_DEFLATED: _BLOCK,
    zipfile.ZIP_BZIP2: _SMALL_BLOCK,
    zipfile.ZIP_LZMA: _SMALL_BLOCK,
}
_LOCKED: Final = 0x1 | 0x40 | 0x2000
"""Flags of encrypted entries (PKWARE APPNOTE 6.3.10, section 4.4.4)."""
_UTF8: Final = 0x800
_LOCAL_HEADER: Final = 30
_ZIP_STARTS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_END: Final = struct.Struct("<4s4H2LH")
_END_64: Final = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_BYTES: Final = 20
_ENTRY: Final = struct.Struct("<4s24x3H12x")

_TAR_BLOCK: Final = tarfile.BLOCKSIZE
_HEADERS: Final = 4 << 20
"""Most bytes of a TAR archive between the contents of two files."""


class Readable(Protocol):
    """Bytes to be read once, from the beginning to the end."""

    def read(self, size: int, /) -> bytes:
        """Read so many bytes, fewer only at the end or where no more are at hand."""


class TooManyEntries(Exception):  # noqa: N818 - says what is found, as the errors of archives do
    """The archive has more entries than are taken."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive.

    Attributes:
        name: As the archive gives it.
        size: Bytes it claims to have.
        packed: Bytes it takes in the archive; None where files are packed together.
        obstacle: Why it is not read, or None.
        blocks: Gives its content, unpacked as it is asked for, until the next member is.
    """

    name: str
    size: int
    packed: int | None
    obstacle: Obstacle | None
    blocks: Callable[[], Iterator[bytes]]


def archive_kind(path: Path) -> Literal["zip", "tar"] | None:
    """Tell by the content what an archive is.

    Args:
        path: An ordinary file.

    Returns:
        The kind; None for anything else, and where it cannot be read.
    """
    try:
        with path.open("rb") as stream:
            if stream.read(4) in _ZIP_STARTS:
                return "zip"
            tarfile.TarInfo.frombuf(_unpacked(stream).read(_TAR_BLOCK), "utf-8", "surrogateescape")
    except EOFError:  # packed and cut short before its first file: best said by whoever unpacks it
        return "tar"
    except BROKEN:
        return None
    return "tar"


def _unpacked(stream: IO[bytes]) -> Readable:
    """The content of a file that may be packed as a whole."""
    stream.seek(0)
    head = stream.read(6)
    stream.seek(0)
    if head.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=stream)
    if head.startswith(b"BZh"):
        return bz2.BZ2File(stream)
    if head.startswith((b"\xfd7zXZ\0", b"\x5d\0\0")):
        return lzma.LZMAFile(stream)
    return stream


# -- ZIP ---------------------------------------------------------------------------------------


class ZipMembers:
    """The files of a ZIP archive, in the order they lie in it.

    Args:
        stream: The archive, seekable.
        most: Most entries to take.

    Raises:
        TooManyEntries: If there are more.
        zipfile.BadZipFile: If it is damaged.
    """

    def __init__(self, stream: IO[bytes], *, most: int) -> None:
        _count_entries(stream, most)
        self._archive = zipfile.ZipFile(stream)
        self._infos = sorted(self._archive.infolist(), key=lambda info: info.header_offset)
        self._check_overlaps()

    def claimed(self, wanted: Callable[[str], bool]) -> int:
        """Bytes that the wanted files claim to have together."""
        return sum(info.file_size for info in self._infos if wanted(_zip_name(info)))

    def __iter__(self) -> Iterator[Member]:
        for info in self._infos:
            if not info.is_dir():
                yield Member(
                    _zip_name(info),
                    info.file_size,
                    info.compress_size,
                    _zip_obstacle(info),
                    lambda info=info: self._blocks(info),  # type: ignore[misc]
                )

    def _blocks(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        size = _METHODS[info.compress_type]
        left = info.file_size
        with self._archive.open(info) as content:
            while block := content.read(size):
                left -= len(block)
                yield block
        if left:
            raise zipfile.BadZipFile("a file is shorter than it claims to be")

    def _check_overlaps(self) -> None:
        ends = [info.header_offset for info in self._infos[1:]] + [self._archive.start_dir]
        for info, end in zip(self._infos, ends, strict=True):
            if info.header_offset + _LOCAL_HEADER + info.compress_size > end:
                raise zipfile.BadZipFile("files in it overlap")


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The name, which old programs write in an encoding they do not tell."""
    if info.flag_bits & _UTF8:
        return info.orig_filename
    return decoded(info.orig_filename.encode("cp437"), "cp437")


def _zip_obstacle(info: zipfile.ZipInfo) -> Obstacle | None:
    kind = stat.S_IFMT(info.external_attr >> 16)  # zero where another system than Unix made it
    if kind == stat.S_IFLNK:
        return "link"
    if kind not in {0, stat.S_IFREG}:
        return "special"
    if info.flag_bits & _LOCKED:
        return "encrypted"
    return None if info.compress_type in _METHODS else "packed"


def _count_entries(stream: IO[bytes], most: int) -> None:
    """Walk over the directory of a ZIP archive before the library loads it.

    Layout: PKWARE APPNOTE 6.3.10, sections 4.3.12 to 4.3.16.
    """
    length = stream.seek(0, os.SEEK_END)
    start = max(0, length - _END.size - 0xFFFF)
    stream.seek(start)
    tail = stream.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < _END.size:
        raise zipfile.BadZipFile("the end of the file is missing")
    *_, directory, _, _ = _END.unpack_from(tail, place)
    at = start + place
    far = at - _LOCATOR_BYTES - _END_64.size
    if far >= 0:
        stream.seek(far)
        record = _END_64.unpack(stream.read(_END_64.size))
        if record[0] == b"PK\x06\x06":
            at, directory = far, record[-2]
    if directory > at:
        raise zipfile.BadZipFile("the beginning of the file is missing")
    stream.seek(at - directory)
    count = 0
    while stream.tell() < at:
        signature, *lengths = _ENTRY.unpack(stream.read(_ENTRY.size))
        if signature != b"PK\x01\x02":
            raise zipfile.BadZipFile("its directory is damaged")
        count += 1
        if count > most:
            raise TooManyEntries
        stream.seek(sum(lengths), os.SEEK_CUR)


# -- TAR ---------------------------------------------------------------------------------------


class TarMembers:
    """The files of a TAR archive, in the order they lie in it; can be gone through once.

    Args:
        stream: The archive, seekable, perhaps packed as a whole.
        most: Most entries to take.
        check: Called with the number of bytes unpacked so far; raises to stop.

    Raises:
        TooManyEntries: If there are more.
        tarfile.TarError: If it is damaged.
    """

    def __init__(self, stream: IO[bytes], *, most: int, check: Callable[[int], None]) -> None:
        self._source = _Source(_unpacked(stream), check)
        self._most = most

    def __iter__(self) -> Iterator[Member]:
        # Not a with block: closing would read on to the end of a damaged archive.
        archive = tarfile.open(fileobj=self._source, mode="r|", errorlevel=2)  # type: ignore[call-overload]  # noqa: SIM115
        count = 0
        while (info := self._next(archive)) is not None:
            count += 1
            if count > self._most:
                raise TooManyEntries
            if not info.isdir():
                yield Member(
                    _tar_name(info),
                    info.size,
                    None,
                    _tar_obstacle(info),
                    lambda info=info: self._blocks(archive, info),  # type: ignore[misc]
                )
        self._source.check_end(archive.offset)

    def _next(self, archive: tarfile.TarFile) -> tarfile.TarInfo | None:
        self._source.limit = archive.offset + _HEADERS
        info = archive.next()
        self._source.limit = archive.offset + _HEADERS  # behind the content of this one
        # A list of a million would need a gigabyte.
        archive.members.clear()  # type: ignore[attr-defined] # public, though not in typeshed
        return info

    def _blocks(self, archive: tarfile.TarFile, info: tarfile.TarInfo) -> Iterator[bytes]:
        content = archive.extractfile(info)
        if content is None:
            raise tarfile.ReadError("a file has no content")
        with content:
            while block := content.read(_BLOCK):
                yield block


class _Source:
    """Feeds the TAR reader, and watches what it asks for.

    Args:
        content: The archive, unpacked.
        check: Called with the number of bytes read so far.
    """

    def __init__(self, content: Readable, check: Callable[[int], None]) -> None:
        self.limit = _HEADERS
        self._content = content
        self._check = check
        self._position = 0
        self._last = b""
        self._ended = False

    def read(self, size: int) -> bytes:
        """Read so many bytes, fewer only at the end of the archive."""
        blocks = []
        missing = size
        while missing and (block := self._content.read(missing)):
            blocks.append(block)
            missing -= len(block)
        self._last = b"".join(blocks)
        if self._ended:  # the reader would pass over exabytes that are not there, piece by piece
            raise tarfile.ReadError("the end of the file is missing")
        self._ended = not self._last
        self._position += len(self._last)
        self._check(self._position)
        if self._position > self.limit:
            raise tarfile.ReadError("its headers are too large")
        return self._last

    def check_end(self, offset: int) -> None:
        """Make sure that the reader stopped at the end of the archive, not at damage.

        An archive ends with blocks of zeros (POSIX.1-2017, pax, "ustar Interchange Format"); the
        reader also stops without a word where a header is damaged or missing.
        """
        place = offset - (self._position - len(self._last))
        block = self._last[place : place + _TAR_BLOCK] if place >= 0 else b""
        if len(block) < _TAR_BLOCK:
            raise tarfile.ReadError("the end of the file is missing")
        if any(block):
            raise tarfile.ReadError("a header is damaged")
        self.limit = self._position + _HEADERS
        while not self._ended and self._position < self.limit - _BLOCK:
            self.read(_BLOCK)  # the checksum of what is packed stands behind its last byte


def _tar_name(info: tarfile.TarInfo) -> str:
    name = info.name
    if name.isascii() or not any("\udc80" <= letter <= "\udcff" for letter in name):
        return name
    return decoded(name.encode("utf-8", "surrogateescape"), "latin-1")


def _tar_obstacle(info: tarfile.TarInfo) -> Obstacle | None:
    if info.issym() or info.islnk():
        return "link"
    return None if info.isreg() and not info.issparse() else "special"
