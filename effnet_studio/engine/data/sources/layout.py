"""What a folder's structure means: where the class of each picture is written.

Classes are the names of folders, perhaps inside or above folders named like parts of the dataset;
or they stand in a table beside the pictures, or in the pictures' own names.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

from effnet_studio.engine.data.problems import Problem, shown
from effnet_studio.engine.data.sources.class_names import class_name, unite_spellings
from effnet_studio.engine.data.sources.file_lookup import PICTURE_FOLDERS
from effnet_studio.engine.data.sources.name_patterns import (
    EXAMPLE,
    compile_pattern,
    find_pattern,
    label_in,
)
from effnet_studio.engine.data.sources.part_names import PART_NAMES, part_named
from effnet_studio.engine.data.sources.tables import TableReading, read_tables
from effnet_studio.engine.errors import ConfigError, DatasetError
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Split
    from effnet_studio.engine.data.sources.scan import FoundFile, Listing

LayoutKind = Literal["classes", "split_class", "class_split", "table", "names"]
"""Class folders; parts with classes inside; classes with parts inside; a CSV file; file names."""

LAYOUT_KINDS: tuple[LayoutKind, ...] = get_args(LayoutKind)

_NEARLY_ALL = 0.9
"""Share of the class folders that must hold parts, if classes are to be divided into parts."""
_MOSTLY = 0.5
_SAME = 0.99
_ADDED_FOLDERS = frozenset(["mask", "masks", "annotations", "labels", "segmentation", "depth"])
"""Folders that data sets with a table have beside their pictures."""
_OUTSIDE = msg("It lies outside the class folders.")
_OUTSIDE_PARTS = msg("It lies outside the folders train, val and test.")
_NO_NAME = msg("The name of its class is empty.")
_SAYS_NO_CLASS = msg("Its name says no class.")

Verdict = tuple[str, "Split | None"] | Message
"""Class and part of a file, or why it has none."""


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
    listing: Listing,
    *,
    kind: LayoutKind | None = None,
    pattern: str | None = None,
    cancel: CancelToken | None = None,
) -> Layout:
    """Give every candidate file its class and part.

    Args:
        listing: The scanned folder.
        kind: Where the classes are written; None: found out. A folder is taken as divided when it
            has a folder named like the training part, with class folders in it, beside one named
            like another part; everything else that looks like a class is one, so two classes
            called "test" and "val" stay classes.
        pattern: Regular expression for file names with a group ``label``; means ``names``.
        cancel: Stops the reading of long tables.

    Returns:
        The layout.

    Raises:
        ConfigError: If there is no such kind of layout.
        DatasetError: If the expression is no good, or there is no table where one was asked for.
        Cancelled: If it was stopped.
    """
    if kind is not None and kind not in LAYOUT_KINDS:
        raise ConfigError(
            msg("{kind} is no layout of a folder.", kind=str(kind)),
            hint=msg("Layouts are: {names}.", names=", ".join(LAYOUT_KINDS)),
        )
    if pattern is not None:
        kind = "names"
    layout = _automatic(listing, cancel) if kind is None else _asked(listing, kind, pattern, cancel)
    layout.remarks += unite_spellings(listing.root, layout)
    return layout


def _automatic(listing: Listing, cancel: CancelToken | None) -> Layout:
    """The layout that the folder itself suggests."""
    parts = _parts(listing)
    if parts:
        return _placed(listing, "split_class", _PartFolders(parts))
    if _classes_are_divided(listing):
        return _placed(listing, "class_split", _class_then_part)
    folders = {file.parts[0] for file in listing.candidates if "/" in file.relative}
    reading = read_tables(listing.tables, listing.candidates, cancel=cancel)
    if reading is not None and _is_telling(listing, reading, folders):
        return _by_table(listing, reading)
    if len(folders) < 2:
        names = _flat_names(listing)
        pattern = find_pattern(names) if names else None
        if pattern is not None:
            return _placed(listing, "names", _NamePattern(pattern))
    return _placed(listing, "classes", _class_folder)


def _asked(
    listing: Listing, kind: LayoutKind, pattern: str | None, cancel: CancelToken | None
) -> Layout:
    """The layout that the user wants, if the folder has it."""
    if kind == "table":
        reading = read_tables(listing.tables, listing.candidates, cancel=cancel)
        if reading is None or not reading.listed:
            raise DatasetError(
                msg("There is no table of images and classes in {path}.", path=shown(listing.root)),
                hint=msg("It needs a CSV file with a column for the file and one for the class."),
                path=listing.root,
            )
        return _by_table(listing, reading)
    if kind == "names":
        return _placed(listing, "names", _NamePattern(_pattern(listing, pattern)))
    if kind == "class_split":
        return _placed(listing, "class_split", _class_then_part)
    if kind == "split_class":
        parts = _part_folders(listing)
        if not parts:
            raise DatasetError(
                msg("There are no folders train, val or test in {path}.", path=shown(listing.root)),
                hint=msg("Choose the folder above them, or another layout."),
                path=listing.root,
            )
        return _placed(listing, "split_class", _PartFolders(parts))
    return _placed(listing, "classes", _class_folder)


def _placed(listing: Listing, kind: LayoutKind, verdict: Callable[[FoundFile], Verdict]) -> Layout:
    """Ask for the class of every file."""
    return _sorted(listing, kind, map(verdict, listing.candidates))


def _sorted(listing: Listing, kind: LayoutKind, verdicts: Iterable[Verdict]) -> Layout:
    layout = Layout([], [], kind)
    labels: dict[str, str] = {}
    for file, found in zip(listing.candidates, verdicts, strict=True):
        if isinstance(found, Message):
            reason = found
        else:
            text, split = found
            label = labels.get(text)
            if label is None:
                label = labels[text] = shown(text).strip()
            if label:
                layout.candidates.append(Candidate(file, label, split))
                continue
            reason = _NO_NAME
        layout.outside.append(Problem(listing.root / file.relative, reason, None, "ignored"))
    return layout


# -- folders -----------------------------------------------------------------------------------


def _class_folder(file: FoundFile) -> Verdict:
    folder, slash, _ = file.relative.partition("/")
    return (folder, None) if slash else _OUTSIDE


def _class_then_part(file: FoundFile) -> Verdict:
    names = file.parts
    if len(names) < 2:
        return _OUTSIDE
    return names[0], part_named(names[1]) if len(names) > 2 else None


class _PartFolders:
    """Reads ``part/class/…``."""

    def __init__(self, parts: dict[str, Split]) -> None:
        self._parts = parts

    def __call__(self, file: FoundFile) -> Verdict:
        names = file.parts
        if names[0] not in self._parts:
            return _OUTSIDE_PARTS
        return (names[1], self._parts[names[0]]) if len(names) > 2 else _OUTSIDE


def inner_folders(listing: Listing) -> dict[str, set[str]]:
    """Folders two levels down that hold candidates, by the folder above them.

    Used to advise somebody who chose a folder one level too high.
    """
    inner: dict[str, set[str]] = {}
    for file in listing.candidates:
        names = file.relative.split("/", 2)
        if len(names) == 3:
            inner.setdefault(names[0], set()).add(names[1])
    return inner


def _part_folders(listing: Listing) -> dict[str, Split]:
    return {name: part for name in listing.folders if (part := part_named(name))}


def _parts(listing: Listing) -> dict[str, Split]:
    """Folder name to part, empty when the folder is not divided."""
    found = _part_folders(listing)
    splits = set(found.values())
    if "train" not in splits or len(splits) == 1:
        return {}
    inner = inner_folders(listing)
    return found if any(inner.get(name) for name in found if found[name] == "train") else {}


def _classes_are_divided(listing: Listing) -> bool:
    """Whether nearly every class folder is divided into parts, the training part among them."""
    inner = inner_folders(listing)
    folders = {file.parts[0] for file in listing.candidates if "/" in file.relative}
    divided = [
        {part_named(name) for name in names}
        for names in inner.values()
        if all(part_named(name) for name in names)
    ]
    return len(divided) >= _NEARLY_ALL * len(folders) and any(
        "train" in parts and len(parts) > 1 for parts in divided
    )


# -- names of files ----------------------------------------------------------------------------


class _NamePattern:
    """Reads the class from a file's name."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern

    def __call__(self, file: FoundFile) -> Verdict:
        label = label_in(file.name, self._pattern)
        return (label, None) if label else _SAYS_NO_CLASS


def _flat_names(listing: Listing) -> list[str]:
    """Names of the pictures if nearly all of them lie together; else nothing."""
    loose = [file.relative for file in listing.candidates if "/" not in file.relative]
    if not loose:  # perhaps all in one folder
        loose = [file.name for file in listing.candidates if file.relative.count("/") == 1]
    return loose if len(loose) >= _NEARLY_ALL * len(listing.candidates) else []


def _pattern(listing: Listing, pattern: str | None) -> re.Pattern[str]:
    """The user's pattern, or one that is found."""
    if pattern is not None:
        return compile_pattern(pattern)
    found = find_pattern([file.name for file in listing.candidates])
    if found is None:
        raise DatasetError(
            msg("The names of the images in {path} say no classes.", path=shown(listing.root)),
            hint=msg("Write a pattern, such as {example}", example=EXAMPLE),
            path=listing.root,
        )
    return found


# -- a table -----------------------------------------------------------------------------------


def _by_table(listing: Listing, reading: TableReading) -> Layout:
    layout = _sorted(listing, "table", map(reading.verdict, range(len(listing.candidates))))
    layout.remarks += reading.remarks
    return layout


def _is_telling(listing: Listing, reading: TableReading, folders: set[str]) -> bool:
    """Whether to believe the table, and not the folders.

    Beside folders that look like classes a table must say something else than they, of most
    pictures, and name its columns: a list of the photographers is no list of classes.
    """
    if reading.classes < 2:
        return False
    plain = PICTURE_FOLDERS | PART_NAMES.keys() | _ADDED_FOLDERS
    telling = {name for name in folders if name.lower() not in plain}
    if len(telling) < 2:
        return True
    if not reading.named or reading.listed < _MOSTLY * len(listing.candidates):
        return False
    same = 0
    for place, file in enumerate(listing.candidates):
        verdict = reading.verdict(place)
        if not isinstance(verdict, Message):
            if verdict[1] is not None:
                return True
            same += class_name(verdict[0]) == class_name(file.parts[0])
    return same < _SAME * reading.listed
