"""What the names of folders mean: classes, or parts that hold classes."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from effnet_studio.engine.data.problems import Problem, shown
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
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
"""Folder names, in lower case, that mean a part of the dataset."""


@dataclass(frozen=True)
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
        candidates: Files in class folders.
        outside: Files that belong to no class, each with the reason.
        parts: Whether the folder is divided into train, val and test.
    """

    candidates: list[Candidate]
    outside: list[Problem]
    parts: bool


def recognise(listing: Listing) -> Layout:
    """Give every candidate file its class and part.

    The folder is taken as divided when it has a folder named like the training part, with class
    folders in it, beside one named like the validation or test part. Everything else that looks
    like a class is one, so two classes called "test" and "val" stay classes.

    Args:
        listing: The scanned folder.

    Returns:
        The layout.
    """
    parts = _parts(listing)
    layout = Layout([], [], bool(parts))
    for file in listing.candidates:
        names = file.parts
        split = parts.get(names[0])
        if parts and split is None:
            reason = msg("It lies outside the folders train, val and test.")
        elif parts and len(names) < 3:
            reason = msg("It lies outside the class folders.")
        else:
            label = class_name(names[1] if parts else names[0])
            layout.candidates.append(Candidate(file, label, split))
            continue
        layout.outside.append(Problem(listing.root / file.relative, reason, None, "ignored"))
    return layout


def class_name(folder: str) -> str:
    """The name of a class by its folder.

    Args:
        folder: The folder's name.

    Returns:
        The same in composed Unicode (macOS decomposes names), always valid text.
    """
    return unicodedata.normalize("NFC", shown(folder))


def inner_folders(listing: Listing) -> dict[str, set[str]]:
    """Folders two levels down that hold candidates, by the folder above them.

    Used to advise somebody who chose a folder one level too high.
    """
    inner: dict[str, set[str]] = {}
    for file in listing.candidates:
        if len(file.parts) >= 3:
            inner.setdefault(file.parts[0], set()).add(file.parts[1])
    return inner


def _parts(listing: Listing) -> dict[str, Split]:
    """Folder name to part, empty when the folder is not divided."""
    found = {
        name: PART_NAMES[name.lower()] for name in listing.folders if name.lower() in PART_NAMES
    }
    splits = set(found.values())
    inner = inner_folders(listing)
    has_classes = any(inner.get(name) for name, split in found.items() if split == "train")
    return found if "train" in splits and len(splits) > 1 and has_classes else {}
