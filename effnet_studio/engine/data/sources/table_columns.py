"""Which column of a table names the picture, which the class, which the part.

Columns are known by their names, as published data sets name them, or by what stands in them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.data.sources.file_lookup import AMBIGUOUS, MISSING
from effnet_studio.engine.data.sources.part_names import PART_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FILE_NAMES: Final = (
    *("file", "filename", "filepath", "fname", "image", "imagefile", "imagefilename", "imagename"),
    *("imagepath", "imageid", "images", "img", "imgname", "imgpath", "imgid", "imgfile", "path"),
    *("relativepath", "picture", "photo", "photoid", "name", "id"),
    *("文件", "文件名", "图片", "图像", "路径"),
)
"""Names of the column with the picture, in lower case without spaces and signs."""
LABEL_NAMES: Final = (
    *("classname", "labelname", "categoryname", "species", "breed", "label", "labels", "class"),
    *("category", "categories", "target", "diagnosis", "dx", "classlabel", "groundtruth", "tag"),
    *("classid", "labelid", "categoryid", "type", "y"),
    *("标签", "类别", "分类", "种类"),
)
"""Names of the column with the class, the better ones first: words before numbers."""
SPLIT_NAMES: Final = ("split", "set", "subset", "partition", "part", "phase", "usage")

_ENOUGH = 0.5
"""Share of the rows looked at whose picture must be there, where no name tells the column."""
_MOST = 0.9
_MAX_DROPPED = 8
"""Most folders at the beginning of paths that may be those of another computer."""
_MARKS = frozenset(["0", "1", "0.0", "1.0"])


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table mean.

    Attributes:
        file: Place of the column that names the picture.
        label: Place of the column with the class, or -1.
        split: Place of the column with the part, or -1.
        one_hot: Places and names of classes with a column of ones and zeros each.
        header: Whether the first row holds names of columns.
        named: Whether the names of the columns say so, not only their content.
        dropped: Folders to pass over at the beginning of each picture's path.
    """

    file: int
    label: int = -1
    split: int = -1
    one_hot: tuple[tuple[int, str], ...] = ()
    header: bool = True
    named: bool = False
    dropped: int = 0


def find_columns(head: Sequence[Sequence[str]], find: Callable[[str, int], int]) -> Columns | None:
    """Find out what the columns of a table mean.

    Args:
        head: Its first rows.
        find: Gives the position of the picture that a field names when so many folders at its
            beginning are passed over; negative where it names none.

    Returns:
        The meaning; None when it is no table of pictures and classes.
    """
    if not head or len(head[0]) < 2:
        return None
    names = [re.sub(r"[\W_]+", "", name.lower()) for name in head[0]]
    rows = head[1:] or head
    file, hits, dropped = _file_column(names, rows, find)
    labels = sorted(
        (place for place, name in enumerate(names) if name in LABEL_NAMES and place != file),
        key=lambda place: LABEL_NAMES.index(names[place]),
    )
    by_name = names[file] in FILE_NAMES and bool(labels)
    if not by_name and hits < max(1, _ENOUGH * len(rows)):
        return None
    header = names[file] in FILE_NAMES or find(head[0][file], dropped) < 0
    if not header:
        rows, labels = head, []
    split = _split_column(names if header else [], rows, {file, *labels[:1]})
    if labels:
        return Columns(file, labels[0], split, header=header, named=by_name, dropped=dropped)
    others = [place for place in range(len(names)) if place not in {file, split}]
    marks = _one_hot(rows, others) if header else []
    if marks:
        one_hot = tuple((place, head[0][place].strip()) for place in marks)
        return Columns(file, -1, split, one_hot, named=True, dropped=dropped)
    label = others[0] if len(others) == 1 else _telling_column(rows, others)
    return None if label < 0 else Columns(file, label, split, header=header, dropped=dropped)


def field_of(row: Sequence[str], place: int) -> str:
    """A field of a row that may be too short; empty where there is none."""
    return row[place].strip() if 0 <= place < len(row) else ""


def _file_column(
    names: Sequence[str], rows: Sequence[Sequence[str]], find: Callable[[str, int], int]
) -> tuple[int, int, int]:
    """The column that names pictures, how many of the rows' are there, and folders to drop."""
    best = (-1, False, 0, 0)
    file, found = 0, (0, 0)
    for place, name in enumerate(names):
        fields = [field_of(row, place) for row in rows]
        depth = max((each.replace("\\", "/").strip("/").count("/") for each in fields), default=0)
        # Different pictures are counted: "val/1.jpg" is not "train/1.jpg", even if that is there.
        hits, least = max(
            (len({find(each, dropped) for each in fields} - {MISSING, AMBIGUOUS}), -dropped)
            for dropped in range(min(depth, _MAX_DROPPED) + 1)
        )
        known = name in FILE_NAMES
        rank = -FILE_NAMES.index(name) if known else -len(FILE_NAMES)
        # Numbers of classes may be names of pictures too: then the names of columns decide.
        level = 2 if hits >= _ENOUGH * len(rows) and hits else 1 if known else 0
        candidate = (level, known and name not in LABEL_NAMES, hits, rank)
        if candidate > best:
            best, file, found = candidate, place, (hits, -least)
    return file, *found


def _split_column(names: Sequence[str], rows: Sequence[Sequence[str]], taken: set[int]) -> int:
    """The column with the parts, or -1: it has a name for it, or nothing but parts in it."""
    for place in range(len(rows[0])):
        if place in taken:
            continue
        values = {field_of(row, place).lower() for row in rows} - {""}
        if not values:
            continue
        share = sum(value in PART_NAMES for value in values) / len(values)
        if share == 1 or (share > 0 and place < len(names) and names[place] in SPLIT_NAMES):
            return place
    return -1


def _one_hot(rows: Sequence[Sequence[str]], others: Sequence[int]) -> list[int]:
    """Columns of ones and zeros, one for each class; empty when rows have no or several ones."""
    marks = [place for place in others if {field_of(row, place) for row in rows} <= _MARKS]
    if len(marks) < 2:
        return []
    single = sum(sum(is_one(field_of(row, place)) for place in marks) == 1 for row in rows)
    return marks if single >= _MOST * len(rows) else []


def is_one(text: str) -> bool:
    """Whether a field of a one-hot column marks the class."""
    try:
        return float(text) == 1
    except ValueError:
        return False


def _telling_column(rows: Sequence[Sequence[str]], others: Sequence[int]) -> int:
    """The only column in which words come again and again, or -1."""
    telling = []
    for place in others:
        values = [field_of(row, place) for row in rows]
        different = set(values)
        is_text = any(not _is_number(value) for value in different)
        if is_text and "" not in different and 2 <= len(different) <= len(values) / 2:
            telling.append(place)
    return telling[0] if len(telling) == 1 else -1


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
