"""Tables that say which picture is of which class: CSV files beside the pictures.

Tables are read row by row into a number for each picture, so a million rows need little memory.
Where a table and the folder disagree, the picture is left out and the user is told.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.data.dataset import SPLITS
from effnet_studio.engine.data.problems import Problem, shown
from effnet_studio.engine.data.sources.file_lookup import MISSING, FileLookup
from effnet_studio.engine.data.sources.part_names import part_named, part_within
from effnet_studio.engine.data.sources.table_columns import Columns, field_of, find_columns, is_one
from effnet_studio.engine.data.sources.table_text import NO_TABLE, table_rows
from effnet_studio.engine.data.sources.tally import Tally
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Split
    from effnet_studio.engine.data.sources.scan import FoundFile

MAX_TABLES: Final = 16
"""Most files that are tried; a folder with more texts keeps something else in them."""
LONGEST_LABEL: Final = 255
"""Letters in the name of a class; a longer text is a description."""

_SAMPLE = 500
"""Rows looked at to find the columns."""
_CHECK_EVERY = 1000
_NOT_NAMED, _NO_CLASS, _TWICE = -1, -2, -3


@dataclass(frozen=True, slots=True)
class _Table:
    """A table that was recognised."""

    path: Path
    columns: Columns
    part: Split | None = None


class TableReading:
    """What tables say of the pictures of a listing.

    Args:
        files: The listing's files.
        named: Whether the names of the columns say what they mean.

    Attributes:
        paths: Tables that were read.
        listed: Number of pictures that have a class.
        remarks: What is wrong with the tables.
    """

    def __init__(self, files: Sequence[FoundFile], *, named: bool) -> None:
        self.named = named
        self.paths: list[Path] = []
        self.listed = 0
        self.remarks: list[Problem] = []
        self._files = files
        self._labels = array("i", [_NOT_NAMED]) * len(files)
        self._splits = bytearray(len(files))
        self._names: list[str] = []
        self._numbers: dict[str, int] = {}

    @property
    def classes(self) -> int:
        """Number of different classes."""
        return len(self._names)

    def verdict(self, place: int) -> tuple[str, Split | None] | Message:
        """Class and part of a picture, or why it has none.

        Args:
            place: Its position in the listing.
        """
        number = self._labels[place]
        if number == _NOT_NAMED:
            return msg("The table does not name it.")
        if number == _NO_CLASS:
            return msg("The table gives it no class.")
        if number == _TWICE:
            return msg("The table gives it two classes.")
        split = self._splits[place]
        return self._names[number], SPLITS[split - 1] if split else None

    def read(self, table: _Table, lookup: FileLookup, cancel: CancelToken | None) -> None:
        """Take over what one table says."""
        columns = table.columns
        gone, unclear, twice = Tally(), Tally(), Tally()
        rows = table_rows(table.path)
        number = 0
        try:
            for number, row in enumerate(rows, 1):
                if cancel is not None and number % _CHECK_EVERY == 0:
                    cancel.check()
                name = field_of(row, columns.file)
                if not name or (number == 1 and columns.header):
                    continue
                place = lookup.find(name, dropped=columns.dropped)
                if place < 0:
                    (gone if place == MISSING else unclear).add(name)
                elif not self._set(place, _label(row, columns), _split(row, table)):
                    twice.add(self._files[place].relative)
        except NO_TABLE as error:
            self.remarks.append(_damaged(table.path, number, str(error)))
        self.paths.append(table.path)
        self.remarks += _wrong_rows(table.path, gone, unclear, twice)

    def _set(self, place: int, label: str, split: Split | None) -> bool:
        """Note the class of a picture; False when it just got a second one."""
        known = self._labels[place]
        if not label:
            if known == _NOT_NAMED:
                self._labels[place] = _NO_CLASS
            return True
        number = self._numbers.setdefault(label, len(self._names))
        if number == len(self._names):
            self._names.append(label)
        if known in {_NOT_NAMED, _NO_CLASS}:
            self._labels[place] = number
            self._splits[place] = 0 if split is None else SPLITS.index(split) + 1
            self.listed += 1
        elif known not in {number, _TWICE}:
            self._labels[place] = _TWICE
            self.listed -= 1
            return False
        return True


def read_tables(
    paths: Sequence[Path], files: Sequence[FoundFile], *, cancel: CancelToken | None = None
) -> TableReading | None:
    """Read the tables that say which picture is of which class.

    Several tables are read together when their names say which part each is of, such as
    ``train.csv`` and ``val.csv``; else the one that names most pictures.

    Args:
        paths: Text files beside the pictures.
        files: The listing's files, ordered by path.
        cancel: Stops the reading.

    Returns:
        What they say; None when none of them is such a table.

    Raises:
        Cancelled: If it was stopped.
    """
    if not files or not paths:
        return None
    lookup = FileLookup(files)
    texts_last = sorted(paths, key=lambda path: path.suffix.lower() == ".txt")
    found: list[_Table] = []
    for path in texts_last[:MAX_TABLES]:
        if cancel is not None:
            cancel.check()
        columns = _columns(path, lookup)
        if columns is not None:
            found.append(_Table(path, columns, part_within(path.stem)))
    parts = {table.part for table in found} - {None}
    together = [table for table in found if table.part is not None] if len(parts) > 1 else []
    readings = [
        _read(tables, files, lookup, cancel)
        for tables in ([together] if together else [[_Table(t.path, t.columns)] for t in found])
    ]
    return max(readings, key=lambda reading: reading.listed, default=None)


def _read(
    tables: Sequence[_Table],
    files: Sequence[FoundFile],
    lookup: FileLookup,
    cancel: CancelToken | None,
) -> TableReading:
    reading = TableReading(files, named=all(table.columns.named for table in tables))
    for table in tables:
        reading.read(table, lookup, cancel)
    return reading


def _columns(path: Path, lookup: FileLookup) -> Columns | None:
    try:
        head = list(islice(table_rows(path), _SAMPLE + 1))
    except NO_TABLE:
        return None
    return find_columns(head, lambda name, dropped: lookup.find(name, dropped=dropped))


def _label(row: Sequence[str], columns: Columns) -> str:
    if columns.one_hot:
        marked = [name for place, name in columns.one_hot if is_one(field_of(row, place))]
        return marked[0] if len(marked) == 1 else ""
    label = field_of(row, columns.label)
    return label if len(label) <= LONGEST_LABEL else ""


def _split(row: Sequence[str], table: _Table) -> Split | None:
    return part_named(field_of(row, table.columns.split)) or table.part


def _damaged(path: Path, row: int, reason: str) -> Problem:
    return Problem(
        path,
        msg(
            "The table {name} cannot be read after row {row}: {reason}.",
            name=shown(path.name),
            row=row,
            reason=reason,
        ),
        msg("Save it again as a CSV file in UTF-8."),
        "warning",
    )


def _wrong_rows(path: Path, gone: Tally, unclear: Tally, twice: Tally) -> list[Problem]:
    told = (
        (
            gone,
            msg(
                "{count} images of the table are not there: {names}.",
                count=gone.count,
                names=gone.names,
            ),
            msg("Check that the table and the folder belong together."),
        ),
        (
            unclear,
            msg(
                "{count} names in the table may mean several images: {names}.",
                count=unclear.count,
                names=unclear.names,
            ),
            msg("Write them with folder and suffix, and import again."),
        ),
        (
            twice,
            msg(
                "{count} images have two classes in the table: {names}.",
                count=twice.count,
                names=twice.names,
            ),
            msg("They are left out. Mend the table and import again."),
        ),
    )
    return [Problem(path, message, hint, "warning") for tally, message, hint in told if tally.count]
