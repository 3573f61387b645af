"""Rows of a CSV file, whatever its encoding, separator and size.

A file is read line by line, and lines and fields have a largest length: what only looks like a
table costs no memory.
"""

from __future__ import annotations

import codecs
import csv
import locale
from itertools import islice
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_BYTES: Final = 1 << 30
"""A larger file is not read: no table of pictures needs a gigabyte."""
MAX_LINE: Final = 1 << 20
"""Letters of the longest line; a table with a column for each of 100,000 classes has fewer."""

_BLOCK = 1 << 20
_START = 1 << 16
_SAMPLE_LINES = 20
_SEPARATORS = (",", ";", "\t", "|")
_REGULAR = 0.8
"""Share of the lines that have the same number of fields."""

NO_TABLE = (OSError, csv.Error, UnicodeError)
"""What reading a file raises that is no table, or is damaged."""


def table_rows(path: Path) -> Iterator[list[str]]:
    """Read the rows of a table; empty ones are passed over.

    Args:
        path: A text file.

    Yields:
        The fields of each row.

    Raises:
        OSError: If it cannot be read.
        UnicodeError: If it is no text.
        csv.Error: If it is no table, or too large.
    """
    if path.stat().st_size > MAX_BYTES:
        raise csv.Error("the file is too large")
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        start = [line for line in islice(_lines(file), _SAMPLE_LINES) if line.strip()]
        separator = _separator(start, spaces=path.suffix.lower() == ".txt")
        file.seek(0)
        for row in csv.reader(_lines(file), delimiter=separator, skipinitialspace=True):
            if any(field.strip() for field in row):
                yield row


def _lines(file: IO[str]) -> Iterator[str]:
    while line := file.readline(MAX_LINE + 1):
        if len(line) > MAX_LINE:
            raise csv.Error("a line is too long")
        yield line


def _encoding(path: Path) -> str:
    """The first encoding in which the whole file is text: UTF-8, the system's, Latin-1."""
    with path.open("rb") as stream:
        start = stream.read(_START)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if 0 in start:
            return _wide_encoding(start)
        # Windows programs write the code page of the country; most bytes are no text in others.
        for encoding in ("utf-8-sig", locale.getencoding()):
            stream.seek(0)
            decoder = codecs.getincrementaldecoder(encoding)()
            try:
                while block := stream.read(_BLOCK):
                    decoder.decode(block)
                decoder.decode(b"", final=True)
            except UnicodeError:
                continue
            return encoding
    return "latin-1"


def _wide_encoding(start: bytes) -> str:
    """Two bytes for each letter without a mark that says so: most of every second one are zero."""
    half = len(start) // 2
    for encoding, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if zeros.count(0) > _REGULAR * half:
            return encoding
    raise csv.Error("this is no text")


def _separator(lines: list[str], *, spaces: bool) -> str:
    """The separator that gives most lines the same number of fields."""
    best, chosen = (0.0, 1), ""
    for separator in (*_SEPARATORS, *((" ",) if spaces else ())):
        if separator == " " and chosen:
            break
        widths = [
            len(row) for row in csv.reader(lines, delimiter=separator, skipinitialspace=True) if row
        ]
        width = max(set(widths), key=lambda each: (widths.count(each), each), default=1)
        share = widths.count(width) / max(1, len(widths))
        if width > 1 and share >= _REGULAR and (share, width) > best:
            best, chosen = (share, width), separator
    if not chosen:
        raise csv.Error("there are no columns")
    return chosen
