"""Leaves out of Qt's tables of the world's languages what the app never looks up (Linux).

Qt for Linux carries ICU with everything it knows, 32 MB: how each language spells the names of all
others, dictionaries that split Burmese into words, old character sets. Qt itself needs it to sort
text, and has its own tables for the rest.
"""

from __future__ import annotations

import re
import struct
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

_LANGUAGES = ("en", "zh")
_LOCALE = re.compile(r"[a-z]{2,3}(_\w+)?")
_TREES = ("coll", "curr", "lang", "region", "unit", "zone")
"""Folders of which the languages of the app are kept; of all others nothing."""
_SHARED = ("pool", "res_index", "root", "tzdbNames", "ucadata")

_PREFIX = struct.Struct("<HBB")
_MAGIC = (0xDA, 0x27)
_COUNT = struct.Struct("<I")
_ENTRY = struct.Struct("<II")
_ALIGNMENT = 16


def is_wanted_table(name: str) -> bool:
    """Tell whether one of ICU's tables is kept.

    Args:
        name: Inside its package, such as ``"coll/zh.res"``.
    """
    folder, _, file = name.rpartition("/")
    stem, _, kind = file.rpartition(".")
    if kind == "cnv":
        return False
    if folder:
        known = stem in _SHARED or stem.split("_")[0] in _LANGUAGES
        return folder in _TREES and (known or kind != "res")
    return not _LOCALE.fullmatch(stem) or stem.split("_")[0] in _LANGUAGES


def read_tables(package: bytes) -> tuple[bytes, dict[str, bytes]]:
    """Take one of ICU's packages apart.

    Args:
        package: Its bytes.

    Returns:
        Its head, and the tables by name.

    Raises:
        ValueError: If it is none.
    """
    size, *magic = _PREFIX.unpack_from(package)
    if tuple(magic) != _MAGIC or package[12:16] != b"CmnD":
        raise ValueError("these are not tables of ICU")
    (count,) = _COUNT.unpack_from(package, size)
    entries = [
        _ENTRY.unpack_from(package, size + _COUNT.size + number * _ENTRY.size)
        for number in range(count)
    ]
    ends = [offset for _, offset in entries[1:]] + [len(package) - size]
    tables = {}
    for (name, begin), end in zip(entries, ends, strict=True):
        text = package[size + name : package.index(b"\0", size + name)].decode("ascii")
        tables[text] = package[size + begin : size + end]
    return package[:size], tables


def write_tables(head: bytes, tables: Mapping[str, bytes]) -> bytes:
    """Put a package together again.

    Args:
        head: Its head.
        tables: By name; they are written in the order of their names, as ICU looks them up.
    """
    names = sorted(tables)
    position = _COUNT.size + len(names) * _ENTRY.size
    places, words = [], b""
    for name in names:
        places.append(position + len(words))
        words += name.encode("ascii") + b"\0"
    body = b""
    begin = _padded(position + len(words))
    entries = b""
    for name, place in zip(names, places, strict=True):
        entries += _ENTRY.pack(place, begin + len(body))
        body += tables[name].ljust(_padded(len(tables[name])), b"\0")
    contents = (_COUNT.pack(len(names)) + entries + words).ljust(begin, b"\0")
    return head + contents + body


def _padded(size: int) -> int:
    return -(-size // _ALIGNMENT) * _ALIGNMENT


def lessen(package: bytes) -> bytes:
    """Leave the tables that are not wanted out of a package.

    Args:
        package: Its bytes.
    """
    head, tables = read_tables(package)
    # All names begin with that of the package, such as icudt73l.
    kept = {name: table for name, table in tables.items() if is_wanted_table(name.split("/", 1)[1])}
    return write_tables(head, kept)


def lessen_library(library: Path) -> int:
    """Make ICU's library of tables anew with those that are wanted.

    Args:
        library: ``libicudata.so.NN``; replaced.

    Returns:
        Bytes that are saved; 0 if it is of another make, and left as it is.
    """
    found = _find_package(library)
    if found is None:
        return 0
    symbol, package = found
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        (work / "tables").write_bytes(lessen(package))
        _run(work, "ld", "-r", "-b", "binary", "-o", "plain.o", "tables")
        options = [
            *("--rename-section", ".data=.rodata,alloc,load,readonly,data,contents"),
            *("--set-section-alignment", f".data={_ALIGNMENT}"),
            *("--redefine-sym", f"_binary_tables_start={symbol}"),
            *("--strip-symbol", "_binary_tables_end", "--strip-symbol", "_binary_tables_size"),
        ]
        _run(work, "objcopy", *options, "plain.o", "tables.o")
        linking = ["-shared", "-z", "noexecstack", "-soname", library.name]
        _run(work, "ld", *linking, "-o", "made.so", "tables.o")
        made = (work / "made.so").read_bytes()
    before = library.stat().st_size
    library.write_bytes(made)
    return before - len(made)


def _run(work: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=True)
    return done.stdout


def _find_package(library: Path) -> tuple[str, bytes] | None:
    """The name and the bytes of the tables in a library."""
    told = _run(library.parent, "readelf", "-W", "--dyn-syms", library.name)
    symbol = re.search(r": ([0-9a-f]+)\s+(\w+)\s.*\b(icudt\d+_dat)$", told, re.MULTILINE)
    if symbol is None:
        return None
    address = int(symbol[1], 16)
    told = _run(library.parent, "readelf", "-lW", library.name)
    for line in told.splitlines():
        cells = line.split()
        if cells[:1] != ["LOAD"]:
            continue
        offset, begin, _, size = (int(cell, 16) for cell in cells[1:5])
        if begin <= address < begin + size:
            content = library.read_bytes()
            start = offset + address - begin
            return symbol[3], content[start : offset + size]
    return None
