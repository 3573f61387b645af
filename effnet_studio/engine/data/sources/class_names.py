"""Names of classes: what is written in folders, tables and files, made one where it means one."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from effnet_studio.engine.data.problems import Problem, shown
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.data.sources.layout import Layout

_FOLDERS = {"classes": 1, "class_split": 1, "split_class": 2}
"""Layouts whose classes are folders, and how many folders down these are."""


def class_name(text: str) -> str:
    """The name of a class by what a folder, table or file calls it.

    Args:
        text: Perhaps with bytes that are no valid text.

    Returns:
        The same in composed Unicode (macOS decomposes names), trimmed, always valid text; empty
        where it names nothing.
    """
    return unicodedata.normalize("NFC", shown(text)).strip()


def unite_spellings(root: Path, layout: Layout) -> list[Problem]:
    """Make classes one whose names differ only by case, or by how letters are stored.

    Computers that tell such names apart are few; on all others they were one. A table, though, may
    well tell single letters apart.

    Args:
        root: The scanned folder.
        layout: Its candidates get the name that most of them have, composed.

    Returns:
        What was made one.
    """
    counts = Counter(candidate.label for candidate in layout.candidates)
    groups: dict[str, list[str]] = {}
    for label in sorted(counts):
        groups.setdefault(_key(label, layout), []).append(label)
    names: dict[str, str] = {}
    others: list[str] = []
    for group in groups.values():
        totals: Counter[str] = Counter()
        for label in group:
            totals[class_name(label)] += counts[label]
        name = max(totals, key=lambda each: (totals[each], each))
        names.update(dict.fromkeys(group, name))
        kept = name if name in group else group[-1]
        others += [label for label in group if label != kept]
    remarks = [_told(root, layout, label, names[label]) for label in others]
    if any(label != name for label, name in names.items()):
        layout.candidates = [
            each if each.label == names[each.label] else replace(each, label=names[each.label])
            for each in layout.candidates
        ]
    return remarks


def _key(label: str, layout: Layout) -> str:
    """What names of one class have in common."""
    composed = class_name(label)
    if layout.kind == "table" and len(composed) == 1:
        return composed
    return unicodedata.normalize("NFC", composed.casefold())


def _told(root: Path, layout: Layout, other: str, name: str) -> Problem:
    depth = _FOLDERS.get(layout.kind, 0)
    first = next(each for each in layout.candidates if each.label == other)
    path = root.joinpath(*first.file.parts[:depth])
    if class_name(other) == name:
        message = msg("Two classes called {name}, stored in different letters, are one.", name=name)
    else:
        message = msg("{other} and {name} are taken as one class.", other=other, name=name)
    return Problem(
        path, message, msg("Rename one of them if they are different things."), "warning"
    )
