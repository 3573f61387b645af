"""Tables that say which picture is of which class: CSV files beside the pictures.

Columns are found by their names, as data sets name them, or by their content; one column for each
class with ones and zeros is understood too. Tables are read row by row, so their length does not
matter; a file without end is not read to it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

FILE_NAMES: Final = frozenset(
    [
        "file",
        "filename",
        "file_name",
        "filepath",
        "file_path",
        "image",
        "image_id",
        "imageid",
        "image_name",
        "img",
        "img_name",
        "image_path",
        "path",
        "name",
        "id",
        "picture",
        "photo",
    ]
)
LABEL_NAMES: Final = frozenset(
    [
        "label",
        "labels",
        "class",
        "classname",
        "class_name",
        "class_id",
        "category",
        "species",
        "target",
        "y",
        "diagnosis",
        "breed",
        "type",
        "tag",
    ]
)
SPLIT_NAMES: Final = frozenset(["split", "set", "subset", "partition", "part"])
MAX_BYTES: Final = 1 << 30
"""A larger file is no table of pictures."""
_SAMPLE: Final = 64
"""Rows looked at to find the columns."""
_FIELD: Final = 10_000
"""Longest field, letters."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a table says of a file.

    Attributes:
        file: As it is written there.
        label: Name of the class; empty where it says none.
        split: Name of the part; empty where it says none.
    """

    file: str
    label: str
    split: str


@dataclass(frozen=True)
class _Columns:
    """Which columns mean what."""

    file: int
    label: int = -1
    split: int = -1
    one_hot: tuple[tuple[int, str], ...] = ()
    header: bool = True


def read_table(path: Path, *, is_file: Callable[[str], bool]) -> Iterator[Row] | None:
    """Read a table of pictures and classes.

    Args:
        path: A CSV or other table as text.
        is_file: Whether a field names one of the pictures that are there.

    Returns:
        Its rows; None when it is no such table.

    Raises:
        DatasetError: If it looks like one but cannot be read.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            return None
        rows = _rows(path)
        head = [row for row, _ in zip(rows, range(_SAMPLE), strict=False)]
    except (OSError, csv.Error, UnicodeError):
        return None
    columns = _find_columns(head, is_file)
    return None if columns is None else _read(path, columns)


def _read(path: Path, columns: _Columns) -> Iterator[Row]:
    rows = _rows(path)
    if columns.header:
        next(rows, None)
    try:
        for row in rows:
            if columns.file < len(row) and row[columns.file].strip():
                yield Row(
                    row[columns.file].strip(), _label(row, columns), _field(row, columns.split)
                )
    except (OSError, csv.Error, UnicodeError) as error:
        raise DatasetError(
            msg("The table {name} cannot be read: {reason}.", name=path.name, reason=str(error)),
            hint=msg("Save it again as a CSV file in UTF-8."),
            path=path,
        ) from error


def _label(row: Sequence[str], columns: _Columns) -> str:
    if not columns.one_hot:
        return _field(row, columns.label)
    marked = [name for place, name in columns.one_hot if _is_one(_field(row, place))]
    return marked[0] if len(marked) == 1 else ""


def _field(row: Sequence[str], place: int) -> str:
    return row[place].strip() if 0 <= place < len(row) else ""


def _is_one(text: str) -> bool:
    try:
        return float(text) == 1
    except ValueError:
        return text.lower() in {"true", "yes", "x"}


def _rows(path: Path) -> Iterator[list[str]]:
    """The rows of a file, whatever its encoding and separator."""
    with path.open("rb") as stream:
        start = stream.read(1 << 16)
    encoding = _encoding(start)
    text = start.decode(encoding, "ignore")
    lines = "\n".join(text.splitlines()[:20])
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(lines, ",;\t|")
    except csv.Error:
        dialect = csv.excel
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        for row in csv.reader(file, dialect):
            if any(len(field) > _FIELD for field in row):
                raise csv.Error("a field is too long")
            if any(field.strip() for field in row):
                yield row


def _encoding(start: bytes) -> str:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    for cut in range(4):  # the block may end in the middle of a letter
        try:
            start[: len(start) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return "utf-8-sig"
    return "latin-1"


def _find_columns(head: Sequence[Sequence[str]], is_file: Callable[[str], bool]) -> _Columns | None:
    """Find out what the columns mean; None when no column names pictures."""
    if len(head) < 2 or len(head[0]) < 2:
        return None
    names = [field.strip().lower().replace(" ", "_") for field in head[0]]
    width = len(names)
    hits = [sum(is_file(_field(row, place)) for row in head[1:]) for place in range(width)]
    file = max(range(width), key=lambda place: (hits[place], names[place] in FILE_NAMES))
    if 2 * hits[file] < len(head) - 1:
        return None
    header = not is_file(_field(head[0], file))
    split = next((place for place in range(width) if names[place] in SPLIT_NAMES), -1)
    named = [place for place in range(width) if names[place] in LABEL_NAMES and place != file]
    if header and named:
        return _Columns(file, named[0], split)
    others = [place for place in range(width) if place not in {file, split}]
    marks = [place for place in others if header and _is_mark(head[1:], place)]
    if len(marks) >= 2:
        return _Columns(file, split=split, one_hot=tuple((p, head[0][p].strip()) for p in marks))
    if not others:
        return None
    # Without a name, the column with fewest different values says what kind each is.
    rows = head[1:] if header else head
    label = min(others, key=lambda place: len({_field(row, place) for row in rows}))
    return _Columns(file, label, split if header else -1, header=header)


def _is_mark(rows: Sequence[Sequence[str]], place: int) -> bool:
    return {_field(row, place) for row in rows} <= {"0", "1", "0.0", "1.0", ""}
