"""What is wrong with a dataset, ranked by what hurts most: a pure function of the index.

Each finding names its pictures, so that they can be shown and mended at once. Nothing is decided
here: what is found is advice, and every remedy is an edit that can be taken back.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine.data.checks.looks import TINY, odd_looks
from effnet_studio.engine.data.checks.remedies import majority
from effnet_studio.engine.data.checks.row_groups import (
    RowGroups,
    families,
    group_rows,
)
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from effnet_studio.engine.data.index import Index

FEW: Final = 20
"""Pictures below which a class is small: its validation part has fewer than five."""
IMBALANCE: Final = 5.0
"""Times as many pictures in the largest class as in the smallest, from which it is said."""
MOST: Final = 0.5
"""Share of the dataset above which leaving pictures out is no remedy: that is how it is."""


class FindingKind(StrEnum):
    """Kinds of findings, the most harmful first."""

    UNREADABLE = "unreadable"
    CONFLICT = "conflict"
    LEAK = "leak"
    SMALL_CLASS = "small_class"
    SUSPICIOUS = "suspicious"
    DUPLICATE = "duplicate"
    BURST = "burst"
    IMBALANCE = "imbalance"
    BLANK = "blank"
    BLURRED = "blurred"
    TINY = "tiny"
    HUGE = "huge"
    ODD_SHAPE = "odd_shape"
    GREY = "grey"


class Remedy(StrEnum):
    """What one click can do about a finding; each is an edit that can be taken back."""

    EXCLUDE = "exclude"
    KEEP_ONE = "keep_one"
    TO_ONE_SIDE = "to_one_side"
    TO_ONE_CLASS = "to_one_class"


_SAME: Final = frozenset(
    [FindingKind.CONFLICT, FindingKind.LEAK, FindingKind.DUPLICATE, FindingKind.BURST]
)


@dataclass(frozen=True)
class Finding:
    """Something to look at.

    Attributes:
        kind: What it is.
        title: What was found, with numbers.
        advice: Why it hurts and what to do.
        groups: Numbers of the pictures, those that belong together in one group; one group where
            nothing belongs together, the worst first; none where the finding is about files that
            are no pictures. No picture is in two groups.
        remedies: What one click can do, the most obvious first; each would change something.
        count: How many pictures or files it is about.
    """

    kind: FindingKind
    title: Message
    advice: Message
    groups: tuple[tuple[int, ...], ...]
    remedies: tuple[Remedy, ...]
    count: int

    @property
    def ids(self) -> tuple[int, ...]:
        """Numbers of all its pictures, in order."""
        return tuple(number for group in self.groups for number in group)

    @property
    def same(self) -> bool:
        """Whether the pictures of each group show the same thing, so that a remedy is for all."""
        return self.kind in _SAME


def find_problems(index: Index, *, unreadable: int = 0, suspicious: int = 0) -> tuple[Finding, ...]:
    """Look for everything that would make a model worse or its score untrue.

    Args:
        index: The pictures; those left out do not count.
        unreadable: Number of files that could not be read.
        suspicious: Number of further remarks about files, folders and tables.

    Returns:
        The findings, the most harmful kind first.
    """
    rows = np.flatnonzero(~index.excluded)
    found = _files(unreadable, suspicious)
    if len(rows):
        found += _repeated(index, rows)
        found += _class_sizes(index, rows)
        found += _looks(index, rows)
    order = list(FindingKind)
    return tuple(sorted(found, key=lambda finding: order.index(finding.kind)))


def _files(unreadable: int, suspicious: int) -> list[Finding]:
    told = (
        (
            FindingKind.UNREADABLE,
            unreadable,
            msg("Files that cannot be read: {count}", count=unreadable),
            msg("They are not used. The list says what is wrong with each and what to do."),
        ),
        (
            FindingKind.SUSPICIOUS,
            suspicious,
            msg("Files and folders to look at: {count}", count=suspicious),
            msg("Something is odd about them. The list says what, and what to do."),
        ),
    )
    return [
        Finding(kind, title, advice, (), (), count) for kind, count, title, advice in told if count
    ]


# -- the same picture more than once ---------------------------------------------------------------


def _repeated(index: Index, rows: NDArray[np.int64]) -> list[Finding]:
    """Pictures that show the same thing: in two classes, on two sides, or just twice.

    A picture under two names is no plain copy: which of them stays is for people to say. A series
    whose pictures are all copies of each other is no series.
    """
    copies = group_rows(index.duplicates, rows)
    series = group_rows(index.bursts, rows)
    alike = group_rows(families(index, rows), rows)
    torn = copies.differ(index.classes)
    mere = ~series.differ(index.duplicates) & (
        index.duplicates[series.rows[series.starts[:-1]]] >= 0
    )
    return [
        *_conflicts(index, copies.where(torn)),
        *_leaks(index, alike.where(alike.differ(index.splits)), conflicts=copies.where(torn)),
        *_copies(index, copies.where(~torn)),
        *_series(index, series.where(~mere)),
    ]


def _conflicts(index: Index, groups: RowGroups) -> list[Finding]:
    if not len(groups):
        return []
    title = msg("Groups of one image in different classes: {groups}", groups=len(groups))
    advice = msg(
        "The same image in two classes teaches the model to guess. Decide which class is right, "
        "or leave the image out."
    )
    clear = any(majority(index.classes[rows]) is not None for rows in groups.members())
    remedies = (Remedy.TO_ONE_CLASS, Remedy.EXCLUDE) if clear else (Remedy.EXCLUDE,)
    return [_finding(index, FindingKind.CONFLICT, title, advice, groups, remedies)]


def _leaks(index: Index, groups: RowGroups, *, conflicts: RowGroups) -> list[Finding]:
    if not len(groups):
        return []
    title = msg("Images both learned from and checked with: {groups}", groups=len(groups))
    advice = msg(
        "The model is checked with what it has learned by heart, so its score looks better than "
        "it is. Put them on one side."
    )
    disputed = np.isin(groups.rows, conflicts.rows).any()
    remedies = (Remedy.TO_ONE_SIDE,) if disputed else (Remedy.TO_ONE_SIDE, Remedy.KEEP_ONE)
    return [_finding(index, FindingKind.LEAK, title, advice, groups, remedies)]


def _copies(index: Index, groups: RowGroups) -> list[Finding]:
    if not len(groups):
        return []
    title = msg("Copies of other images: {count}", count=len(groups.rows) - len(groups))
    advice = msg("Copies add nothing to learn and count several times. Keep one of each.")
    return [_finding(index, FindingKind.DUPLICATE, title, advice, groups, (Remedy.KEEP_ONE,))]


def _series(index: Index, groups: RowGroups) -> list[Finding]:
    if not len(groups):
        return []
    title = msg("Series taken at one moment: {groups}", groups=len(groups))
    advice = msg(
        "Frames of one scene are nearly the same image. They belong on one side of the split; "
        "a few of each are enough."
    )
    torn = groups.differ(index.splits).any()
    remedies = (Remedy.TO_ONE_SIDE, Remedy.KEEP_ONE) if torn else (Remedy.KEEP_ONE,)
    return [_finding(index, FindingKind.BURST, title, advice, groups, remedies)]


def _finding(  # noqa: PLR0917 - the fields of a finding
    index: Index,
    kind: FindingKind,
    title: Message,
    advice: Message,
    groups: RowGroups,
    remedies: tuple[Remedy, ...],
) -> Finding:
    return Finding(kind, title, advice, groups.split(index.ids), remedies, len(groups.rows))


# -- classes ---------------------------------------------------------------------------------------


def _class_sizes(index: Index, rows: NDArray[np.int64]) -> list[Finding]:
    classes = group_rows(index.classes, rows, least=1)
    if len(classes) < 2:
        return []
    names = [
        index.class_names[int(index.classes[row])] for row in classes.rows[classes.starts[:-1]]
    ]
    sizes = classes.sizes
    order = sorted(range(len(classes)), key=lambda place: (sizes[place], names[place]))
    ids = classes.split(index.ids)
    few = [place for place in order if sizes[place] < FEW]
    found = []
    if few:
        found.append(
            Finding(
                FindingKind.SMALL_CLASS,
                msg("Classes with fewer than {few} images: {count}", few=FEW, count=len(few)),
                msg("Add images of: {names}.", names=_listed([names[place] for place in few])),
                tuple(ids[place] for place in few),
                (),
                int(sizes[few].sum()),
            )
        )
    least, most = order[0], order[-1]
    if sizes[most] >= IMBALANCE * sizes[least]:
        found.append(
            Finding(
                FindingKind.IMBALANCE,
                msg(
                    "{frequent} has {times} times as many images as {rare}",
                    frequent=names[most],
                    times=round(sizes[most] / sizes[least]),
                    rare=names[least],
                ),
                msg(
                    "The model will prefer what it sees most. Add images, or balance the classes "
                    "in training."
                ),
                (ids[least],),
                (),
                int(sizes[least]),
            )
        )
    return found


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:6])
    return f"{shown}, …" if len(names) > 6 else shown


# -- single pictures -------------------------------------------------------------------------------


def _looks(index: Index, rows: NDArray[np.int64]) -> list[Finding]:
    found = []
    for name, odd in odd_looks(index, rows).items():
        if len(odd):
            remedies = (Remedy.EXCLUDE,) if len(odd) <= MOST * len(rows) else ()
            kind, ids = FindingKind(name), tuple(index.ids[odd].tolist())
            found.append(Finding(kind, *_words(kind, len(ids)), (ids,), remedies, len(ids)))
    return found


def _words(kind: FindingKind, count: int) -> tuple[Message, Message]:
    words = {
        FindingKind.BLANK: (
            msg("Images that show nothing: {count}", count=count),
            msg("They are of one colour: a covered lens, or an export that failed."),
        ),
        FindingKind.BLURRED: (
            msg("Very blurred images: {count}", count=count),
            msg("Leave them out, unless the model will meet such images later."),
        ),
        FindingKind.TINY: (
            msg("Very small images: {count}", count=count),
            msg("Below {side} pixels there is little to learn from.", side=TINY),
        ),
        FindingKind.HUGE: (
            msg("Very large images: {count}", count=count),
            msg("They are read once, which takes a while; afterwards they are as quick as others."),
        ),
        FindingKind.ODD_SHAPE: (
            msg("Very long or tall images: {count}", count=count),
            msg("The model looks at a square from the middle; what lies outside is not seen."),
        ),
        FindingKind.GREY: (
            msg("Images without colour: {count}", count=count),
            msg(
                "Most of the others have. If they are of one class, the model learns “grey” "
                "instead of what is shown."
            ),
        ),
    }
    return words[kind]
