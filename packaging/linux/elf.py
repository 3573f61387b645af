"""What the programs and libraries of a folder need from the system: read out of their ELF heads."""

from __future__ import annotations

import mmap
import os
import re
import struct
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_HEAD = struct.Struct("<16sHHIQQQIHHHHHH")
_PROGRAM = struct.Struct("<IIQQQQQQ")
_ENTRY = struct.Struct("<QQ")
_VERNEED = struct.Struct("<HHIII")
_VERNAUX = struct.Struct("<IHHII")
_LOAD, _DYNAMIC = 1, 2
_NEEDED, _STRTAB, _SONAME, _VERNEED_AT, _VERNEED_COUNT = 1, 5, 14, 0x6FFFFFFE, 0x6FFFFFFF
_GLIBC = re.compile(r"GLIBC_(\d+)\.(\d+)")


@dataclass(frozen=True)
class Elf:
    """One program or library.

    Attributes:
        needed: Libraries that the loader must find before it runs.
        soname: The name by which others ask for it; empty for programs.
        versions: Versions of symbols it asks for, such as ``"GLIBC_2.34"``.
    """

    needed: tuple[str, ...] = ()
    soname: str = ""
    versions: frozenset[str] = frozenset()


@dataclass
class Needs:
    """What a folder needs and does not have.

    Attributes:
        libraries: Name of each library it lacks → the files that ask for it.
        held: Names of the files and libraries it has.
        glibc: The oldest C library that has all that is asked of it.
    """

    libraries: dict[str, list[Path]] = field(default_factory=dict)
    held: frozenset[str] = frozenset()
    glibc: tuple[int, int] = (0, 0)


def read_elf(file: Path) -> Elf | None:
    """Read a file's head.

    Args:
        file: Any file.

    Returns:
        What it needs; None if it is no 64-bit little-endian ELF file, or one without a loader.
    """
    with file.open("rb") as opened:
        if opened.read(6) != b"\x7fELF\x02\x01":
            return None
        with mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return _Reader(data).read()


class _Reader:
    """Reads the part of a file that is for the loader."""

    def __init__(self, data: mmap.mmap) -> None:
        self._data = data
        head = _HEAD.unpack_from(data, 0)
        start, size, count = head[5], head[9], head[10]
        programs = [_PROGRAM.unpack_from(data, start + size * number) for number in range(count)]
        self._loads = [(each[3], each[2], each[5]) for each in programs if each[0] == _LOAD]
        self._dynamic = next((each[2] for each in programs if each[0] == _DYNAMIC), None)

    def read(self) -> Elf | None:
        if self._dynamic is None:
            return None
        entries = list(self._entries(self._dynamic))
        known = dict(entries)
        strings = self._offset(known[_STRTAB])
        return Elf(
            needed=tuple(self._text(strings + value) for tag, value in entries if tag == _NEEDED),
            soname=self._text(strings + known[_SONAME]) if _SONAME in known else "",
            versions=frozenset(self._versions(known, strings)),
        )

    def _entries(self, at: int) -> Iterator[tuple[int, int]]:
        while True:
            tag, value = _ENTRY.unpack_from(self._data, at)
            if tag == 0:
                return
            yield tag, value
            at += _ENTRY.size

    def _versions(self, known: Mapping[int, int], strings: int) -> Iterator[str]:
        if _VERNEED_AT not in known:
            return
        at = self._offset(known[_VERNEED_AT])
        for _ in range(known[_VERNEED_COUNT]):
            _, count, _, first, following = _VERNEED.unpack_from(self._data, at)
            inner = at + first
            for _ in range(count):
                _, _, _, name, forward = _VERNAUX.unpack_from(self._data, inner)
                yield self._text(strings + name)
                inner += forward
            at += following

    def _offset(self, address: int) -> int:
        """Where in the file lies what is loaded at an address."""
        for start, offset, size in self._loads:
            if start <= address < start + size:
                return int(address - start + offset)
        return address

    def _text(self, at: int) -> str:
        return self._data[at : self._data.find(b"\0", at)].decode()


def find_needs(folder: Path) -> Needs:
    """Find what the files of a folder ask for and the folder does not hold.

    Args:
        folder: A frozen application.
    """
    asked: dict[str, list[Path]] = {}
    held: set[str] = set()
    needs = Needs()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        elf = None if file.is_symlink() else read_elf(file)
        held.add(file.name)
        if elf is None:
            continue
        held.add(elf.soname)
        for name in elf.needed:
            asked.setdefault(name, []).append(file)
        needs.glibc = max([needs.glibc, *_glibc_versions(elf.versions)])
    needs.held = frozenset(held)
    needs.libraries = {name: asked[name] for name in sorted(asked.keys() - held)}
    return needs


def _glibc_versions(versions: Iterable[str]) -> Iterator[tuple[int, int]]:
    for version in versions:
        found = _GLIBC.fullmatch(version)
        if found:
            yield int(found[1]), int(found[2])


def system_libraries() -> dict[str, Path]:
    """Where the loader finds each library on this machine."""
    listed = subprocess.run(
        ["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True
    ).stdout
    found: dict[str, Path] = {}
    for line in listed.splitlines():
        name, arrow, place = line.strip().partition(" => ")
        if arrow and ("x86-64" in name or "AArch64" in name):
            found.setdefault(name.split(" ")[0], Path(place))
    return found


def owner_of(file: Path) -> str | None:
    """Debian's package that a file of this machine comes from; None if it comes from none."""
    for path in (file, Path(os.path.realpath(file))):
        # /lib is a link to /usr/lib: dpkg knows a file by the name it was packed with.
        for name in (path, Path(str(path).removeprefix("/usr")), Path(f"/usr{path}")):
            done = subprocess.run(
                ["dpkg-query", "-S", str(name)], capture_output=True, text=True, check=False
            )
            if done.returncode == 0:
                return done.stdout.split(":")[0]
    return None
