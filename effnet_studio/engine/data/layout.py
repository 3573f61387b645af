"""What a folder's structure means: where the class of each picture is written.

Classes are the names of folders, perhaps inside or above folders named like parts of the dataset;
or they stand in a table beside the pictures, or in the pictures' own names.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from effnet_studio.engine.data.problems import Problem, shown
from effnet_studio.engine.data.tables import read_table
from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Callable

    from effnet_studio.engine.data.dataset import Split
    from effnet_studio.engine.data.scan import FoundFile, Listing

PART_NAMES: dict[str, Split] = {
    "train": "train",
    "training": "train",
    "val": "val",
    "valid": "val",
    "validation": "val",
    "test": "test",
    "testing": "test",
}
"""Names, in lower case, that mean a part of the dataset."""

LayoutKind = Literal["classes", "split_class", "class_split", "table", "names"]
"""Class folders; parts with classes inside; classes with parts inside; a CSV file; file names."""

_OUTSIDE = msg("It lies outside the class folders.")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that would be a picture of a class.

    Attributes:
        file: The file.
        label: Name of its class.
        split: The part its folder names, or None when that is ours to choose.
    """

    file: FoundFile
    label: str
    split: Split | None


@dataclass
class Layout:
    """The meaning of a listing.

    Attributes:
        candidates: Files with a class.
        outside: Files that belong to no class, each with the reason.
        kind: Where the classes are written.
        remarks: What the user should know about it.
    """

    candidates: list[Candidate]
    outside: list[Problem]
    kind: LayoutKind
    remarks: list[Problem] = field(default_factory=list)

    @property
    def parts(self) -> bool:
        """Whether the folder is divided into folders of parts."""
        return self.kind == "split_class"


def recognise(
    listing: Listing, *, kind: LayoutKind | None = None, pattern: str | None = None
) -> Layout:
    """Give every candidate file its class and part.

    Args:
        listing: The scanned folder.
        kind: Where the classes are written; None: found out. A folder is taken as divided when it
            has a folder named like the training part, with class folders in it, beside one named
            like another part; everything else that looks like a class is one, so two classes
            called "test" and "val" stay classes.
        pattern: Regular expression for file names with a group ``label``; means ``names``.

    Returns:
        The layout.

    Raises:
        DatasetError: If the expression is no good, or there is no table where one was asked for.
    """
    if pattern is not None:
        kind = "names"
    from_table = _from_table(listing) if kind in {None, "table"} else None
    if from_table is not None and (kind == "table" or len(from_table.candidates) >= 2):
        return _united(listing, from_table)
    if kind == "table":
        raise DatasetError(
            msg("There is no table of images and classes in {path}.", path=shown(listing.root)),
            hint=msg("It needs a CSV file with a column for the file and one for the class."),
            path=listing.root,
        )
    parts = _parts(listing)
    inner = _inner_parts(listing)
    if kind == "names" or (kind is None and not listing.folders):
        namer = _name_reader(listing, pattern)
        if namer is not None:
            return _united(listing, _sorted(listing, "names", namer))
    chosen: LayoutKind = kind or ("split_class" if parts else "class_split" if inner else "classes")
    namers: dict[str, Callable[[FoundFile], tuple[str, Split | None] | Message]] = {
        "split_class": _PartFolders(parts or _named_parts(listing)),
        "class_split": _class_then_part,
        "classes": _class_folder,
        "names": _class_folder,
    }
    return _united(listing, _sorted(listing, chosen, namers[chosen]))


def _sorted(
    listing: Listing,
    kind: LayoutKind,
    namer: Callable[[FoundFile], tuple[str, Split | None] | Message],
) -> Layout:
    """Ask for the class of every file."""
    layout = Layout([], [], kind)
    for file in listing.candidates:
        found = namer(file)
        if isinstance(found, Message):
            layout.outside.append(Problem(listing.root / file.relative, found, None, "ignored"))
        else:
            layout.candidates.append(Candidate(file, class_name(found[0]), found[1]))
    return layout


# -- folders -----------------------------------------------------------------------------------


def _class_folder(file: FoundFile) -> tuple[str, Split | None] | Message:
    return (file.parts[0], None) if len(file.parts) > 1 else _OUTSIDE


def _class_then_part(file: FoundFile) -> tuple[str, Split | None] | Message:
    if len(file.parts) < 2:
        return _OUTSIDE
    part = PART_NAMES.get(file.parts[1].lower()) if len(file.parts) > 2 else None
    return file.parts[0], part


class _PartFolders:
    """Reads ``part/class/…``."""

    def __init__(self, parts: dict[str, Split]) -> None:
        self._parts = parts

    def __call__(self, file: FoundFile) -> tuple[str, Split | None] | Message:
        names = file.parts
        if names[0] not in self._parts:
            return msg("It lies outside the folders train, val and test.")
        return (names[1], self._parts[names[0]]) if len(names) > 2 else _OUTSIDE


def class_name(folder: str) -> str:
    """The name of a class by what the folder, table or file calls it.

    Args:
        folder: Perhaps with bytes that are no valid text.

    Returns:
        The same in composed Unicode (macOS decomposes names), trimmed, always valid text.
    """
    return unicodedata.normalize("NFC", shown(folder)).strip() or "_"


def inner_folders(listing: Listing) -> dict[str, set[str]]:
    """Folders two levels down that hold candidates, by the folder above them.

    Used to advise somebody who chose a folder one level too high.
    """
    inner: dict[str, set[str]] = {}
    for file in listing.candidates:
        if len(file.parts) >= 3:
            inner.setdefault(file.parts[0], set()).add(file.parts[1])
    return inner


def _named_parts(listing: Listing) -> dict[str, Split]:
    return {
        name: PART_NAMES[name.lower()] for name in listing.folders if name.lower() in PART_NAMES
    }


def _parts(listing: Listing) -> dict[str, Split]:
    """Folder name to part, empty when the folder is not divided."""
    found = _named_parts(listing)
    splits = set(found.values())
    inner = inner_folders(listing)
    has_classes = any(inner.get(name) for name, split in found.items() if split == "train")
    return found if "train" in splits and len(splits) > 1 and has_classes else {}


def _inner_parts(listing: Listing) -> bool:
    """Whether every class folder is divided into parts, the training part among them."""
    inner = inner_folders(listing)
    folders = {file.parts[0] for file in listing.candidates if len(file.parts) > 1}
    if not inner or folders - inner.keys():
        return False
    parts = [{PART_NAMES.get(name.lower()) for name in names} for names in inner.values()]
    return all(None not in part for part in parts) and any(
        "train" in part and len(part) > 1 for part in parts
    )


# -- names of files ----------------------------------------------------------------------------

_PATTERNS = (
    re.compile(r"(?P<label>[^\W\d_][^.]*?)\.\d+\.[^.]+", re.UNICODE),
    re.compile(r"(?P<label>[^\W\d].*?)[ _-]*\(?\d+\)?\.[^.]+", re.UNICODE),
    re.compile(r"\d+[ _-]+(?P<label>[^\W\d].*?)\.[^.]+", re.UNICODE),
)
"""``cat.12.jpg``; ``cat_012.jpg``, ``rose (12).jpg``; ``012-cat.jpg``."""
_CONVINCING = 0.95
"""Share of the files that a pattern must fit."""


def _name_reader(
    listing: Listing, pattern: str | None
) -> Callable[[FoundFile], tuple[str, Split | None] | Message] | None:
    """Something that reads classes from names; None where that is not convincing."""
    if pattern is not None:
        try:
            compiled = re.compile(pattern)
        except re.error as error:
            raise DatasetError(
                msg(
                    "The pattern {pattern} is no regular expression: {reason}.",
                    pattern=pattern,
                    reason=str(error),
                ),
                hint=msg("An example: {example}", example=r"(?P<label>.+)_\d+"),
            ) from error
        if "label" not in compiled.groupindex:
            raise DatasetError(
                msg("The pattern {pattern} does not say where the class stands.", pattern=pattern),
                hint=msg("Name a group label, such as {example}", example=r"(?P<label>.+)_\d+"),
            )
        return _NamePattern(compiled)
    names = [file.parts[-1] for file in listing.candidates]
    for each in _PATTERNS:
        counts = Counter(
            match["label"].lower() for name in names if (match := each.fullmatch(name))
        )
        often = [label for label, count in counts.items() if count >= 2]
        fitting = sum(counts[label] for label in often)
        if len(often) >= 2 and fitting >= _CONVINCING * len(names) and 4 * len(often) <= len(names):
            return _NamePattern(each)
    return None


class _NamePattern:
    """Reads the class from a file's name."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern

    def __call__(self, file: FoundFile) -> tuple[str, Split | None] | Message:
        found = self._pattern.search(file.parts[-1])
        label = (found["label"] or "").strip() if found else ""
        return (label, None) if label else msg("Its name says no class.")


# -- a table -----------------------------------------------------------------------------------


def _from_table(listing: Listing) -> Layout | None:
    """The layout by the first table in the folder that names its pictures, if there is one."""
    files = _Files(listing)
    for path in listing.tables:
        rows = read_table(path, is_file=files.knows)
        if rows is None:
            continue
        labels: dict[str, tuple[str, Split | None]] = {}
        missing: list[str] = []
        twice: set[str] = set()
        for row in rows:
            relative = files.find(row.file)
            if relative is None:
                missing.append(row.file)
            elif row.label:
                split = PART_NAMES.get(row.split.lower())
                if labels.setdefault(relative, (row.label, split))[0] != row.label:
                    twice.add(relative)
        layout = _sorted(listing, "table", _Table(labels, twice))
        if missing:
            layout.remarks.append(
                Problem(
                    path,
                    msg(
                        "{count} images of the table are not there: {names}.",
                        count=len(missing),
                        names=_listed(missing),
                    ),
                    msg("Check that the table and the folder belong together."),
                    "warning",
                )
            )
        if twice:
            layout.remarks.append(
                Problem(
                    path,
                    msg(
                        "{count} images have two classes in the table: {names}.",
                        count=len(twice),
                        names=_listed(sorted(twice)),
                    ),
                    msg("They are left out. Mend the table and import again."),
                    "warning",
                )
            )
        return layout
    return None


class _Table:
    """Reads the class from the rows of a table."""

    def __init__(self, labels: dict[str, tuple[str, Split | None]], twice: set[str]) -> None:
        self._labels = labels
        self._twice = twice

    def __call__(self, file: FoundFile) -> tuple[str, Split | None] | Message:
        if file.relative in self._twice:
            return msg("The table gives it two classes.")
        return self._labels.get(file.relative) or msg("The table does not name it.")


class _Files:
    """Finds pictures by what a table calls them: perhaps without folder or suffix."""

    def __init__(self, listing: Listing) -> None:
        self._exact = {file.relative: file.relative for file in listing.candidates}
        self._loose: dict[str, str | None] = {}
        for file in listing.candidates:
            stem = file.relative.rpartition(".")[0]
            for name in {stem, file.parts[-1], stem.rpartition("/")[2]}:
                # What two files could be called says nothing.
                self._loose[name] = file.relative if name not in self._loose else None

    def find(self, name: str) -> str | None:
        """Path of the picture that is meant."""
        plain = name.replace("\\", "/").removeprefix("./").strip("/")
        if plain in self._exact:
            return plain
        return self._loose.get(plain) or self._loose.get(plain.rpartition("/")[2])

    def knows(self, name: str) -> bool:
        """Whether a picture is meant."""
        return bool(name) and self.find(name) is not None


# -- one class under several names ----------------------------------------------------------------


def _united(listing: Listing, layout: Layout) -> Layout:
    """Make classes one whose names differ only by case: the larger gives its name."""
    counts = Counter(candidate.label for candidate in layout.candidates)
    names: dict[str, list[str]] = {}
    for label in sorted(counts, key=lambda label: (-counts[label], label)):
        names.setdefault(label.casefold(), []).append(label)
    clashes = {other: group[0] for group in names.values() for other in group[1:]}
    if clashes:
        layout.candidates = [
            Candidate(each.file, clashes.get(each.label, each.label), each.split)
            for each in layout.candidates
        ]
        for other, name in clashes.items():
            layout.remarks.append(
                Problem(
                    listing.root,
                    msg("{other} and {name} are taken as one class.", other=other, name=name),
                    msg("Rename one of them if they are different things."),
                    "warning",
                )
            )
    return layout


def _listed(names: list[str]) -> str:
    text = ", ".join(shown(name) for name in names[:3])
    return f"{text}, …" if len(names) > 3 else text
