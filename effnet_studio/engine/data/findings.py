"""What is wrong with a dataset, ranked by what hurts most: a pure function of the index.

Each finding names its pictures, so that they can be shown and mended at once. Nothing is decided
here: what is found is advice, and every remedy is an edit that can be taken back.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine.data.dataset import SPLITS
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from effnet_studio.engine.data.index import Index

FEW: Final = 20
"""Pictures below which a class is small: its validation part has fewer than five."""
IMBALANCE: Final = 5.0
"""Times as many pictures in the largest class as in the smallest, from which it is said."""
TINY: Final = 48
"""Short side below which a picture has less to show than the smallest model looks for, pixels."""
HUGE: Final = 40_000_000
"""Pixels from which reading takes long."""
ODD: Final = 3.0
"""Long side over short side, from which a square crop loses most of a picture."""
BLANK: Final = 0.012
"""Standard deviation of luma below which a picture shows nothing: three grey levels of 255."""
BLURRED: Final = 12.0
"""Variance of the Laplacian below which a thumbnail has no edge left."""
GREY: Final = 0.01
"""Mean saturation below which a picture has no colour."""
FEW_GREY: Final = 0.2
"""Share of grey pictures up to which they stand out; above, the dataset is a grey one."""


class FindingKind(StrEnum):
    """Kinds of findings, the most harmful first."""

    UNREADABLE = "unreadable"
    CONFLICT = "conflict"
    LEAK = "leak"
    SMALL_CLASS = "small_class"
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


@dataclass(frozen=True)
class Finding:
    """Something to look at.

    Attributes:
        kind: What it is.
        title: What was found, with numbers.
        advice: Why it hurts and what to do.
        groups: Numbers of the pictures, those that belong together in one group; one group where
            nothing belongs together; none where the finding is about files that are no pictures.
        remedies: What one click can do, the most obvious first.
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


def find_problems(index: Index, *, unreadable: int = 0) -> tuple[Finding, ...]:
    """Look for everything that would make a model worse or its score untrue.

    Args:
        index: The pictures; those left out do not count.
        unreadable: Number of files that could not be read.

    Returns:
        The findings, the most harmful kind first.
    """
    rows = np.flatnonzero(~index.excluded)
    found: list[Finding] = []
    if unreadable:
        found.append(
            Finding(
                FindingKind.UNREADABLE,
                msg("Files that cannot be read: {count}", count=unreadable),
                msg("They are left out. The list says what is wrong with each and what to do."),
                (),
                (),
                unreadable,
            )
        )
    found += _repeated(index, rows)
    found += _class_sizes(index, rows)
    found += _looks(index, rows)
    order = list(FindingKind)
    return tuple(sorted(found, key=lambda finding: order.index(finding.kind)))


def _grouped(numbers: NDArray[np.int64], rows: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Rows of each group of two or more, by the group's number."""
    inside = rows[numbers[rows] >= 0]
    order = inside[np.argsort(numbers[inside], kind="stable")]
    cuts = np.flatnonzero(np.diff(numbers[order])) + 1
    return [group for group in np.split(order, cuts) if len(group) > 1]


def _repeated(index: Index, rows: NDArray[np.int64]) -> list[Finding]:
    """Pictures that show the same thing: in two classes, on two sides, or just twice."""
    duplicates = _grouped(index.duplicates, rows)
    bursts = _grouped(index.bursts, rows)
    conflicts = [group for group in duplicates if len(set(index.classes[group].tolist())) > 1]
    leaks = [
        group
        for group in duplicates + _not_among(bursts, index.duplicates)
        if len(set(index.splits[group].tolist())) > 1
    ]
    found = [
        _group_finding(
            index,
            FindingKind.CONFLICT,
            conflicts,
            msg("Images in two classes at once: {groups}", groups=len(conflicts)),
            msg(
                "The same picture under two names teaches the model to guess. Decide which class "
                "is right, or leave the picture out."
            ),
            (Remedy.TO_ONE_CLASS, Remedy.EXCLUDE),
        ),
        _group_finding(
            index,
            FindingKind.LEAK,
            leaks,
            msg("Images both learned from and checked with: {groups}", groups=len(leaks)),
            msg(
                "The model is checked with what it has learned by heart, so its score looks better "
                "than it is. Put them on one side."
            ),
            (Remedy.TO_ONE_SIDE, Remedy.KEEP_ONE),
        ),
        _group_finding(
            index,
            FindingKind.DUPLICATE,
            duplicates,
            msg(
                "Copies of other images: {count}",
                count=sum(len(group) - 1 for group in duplicates),
            ),
            msg("Copies add nothing to learn and count several times. Keep one of each."),
            (Remedy.KEEP_ONE, Remedy.TO_ONE_SIDE),
        ),
        _group_finding(
            index,
            FindingKind.BURST,
            bursts,
            msg("Series taken at one moment: {groups}", groups=len(bursts)),
            msg(
                "Frames of one scene are nearly the same picture. They stay on one side of the "
                "split; a few of each are enough."
            ),
            (Remedy.TO_ONE_SIDE, Remedy.KEEP_ONE),
        ),
    ]
    return [finding for finding in found if finding.groups]


def _not_among(
    groups: list[NDArray[np.int64]], others: NDArray[np.int64]
) -> list[NDArray[np.int64]]:
    """Groups that are not just one group of another kind."""
    return [
        group for group in groups if len(set(others[group].tolist())) > 1 or others[group[0]] < 0
    ]


def _group_finding(  # noqa: PLR0917 - the fields of a finding
    index: Index,
    kind: FindingKind,
    groups: list[NDArray[np.int64]],
    title: Message,
    advice: Message,
    remedies: tuple[Remedy, ...],
) -> Finding:
    ids = tuple(tuple(index.ids[group].tolist()) for group in groups)
    return Finding(kind, title, advice, ids, remedies, sum(map(len, ids)))


def _class_sizes(index: Index, rows: NDArray[np.int64]) -> list[Finding]:
    counts = Counter(index.classes[rows].tolist())
    if len(counts) < 2:
        return []
    small = sorted((count, index.class_names[number]) for number, count in counts.items())
    few = [(count, name) for count, name in small if count < FEW]
    found = []
    if few:
        groups = tuple(
            tuple(index.ids[rows[index.classes[rows] == number]].tolist())
            for number, count in counts.items()
            if count < FEW
        )
        found.append(
            Finding(
                FindingKind.SMALL_CLASS,
                msg("Classes with fewer than {few} images: {count}", count=len(few), few=FEW),
                msg("Add images of: {names}.", names=_listed([name for _, name in few])),
                groups,
                (),
                sum(count for count, _ in few),
            )
        )
    (least, rare), (most, frequent) = small[0], small[-1]
    if most >= IMBALANCE * least:
        found.append(
            Finding(
                FindingKind.IMBALANCE,
                msg(
                    "{frequent} has {times} times as many images as {rare}",
                    frequent=frequent,
                    times=round(most / least),
                    rare=rare,
                ),
                msg(
                    "The model will prefer what it sees most. Add images, or balance the classes "
                    "in training."
                ),
                (),
                (),
                least,
            )
        )
    return found


def _looks(index: Index, rows: NDArray[np.int64]) -> list[Finding]:
    """Pictures that are unlike a photograph of something."""
    short = np.minimum(index.widths, index.heights)[rows]
    long = np.maximum(index.widths, index.heights)[rows]
    blank = index.contrast[rows] < BLANK
    grey = (index.saturation[rows] < GREY) & ~blank
    if grey.mean() > FEW_GREY if len(rows) else True:
        grey[:] = False
    blurred = (index.sharpness[rows] < BLURRED) & ~blank & (short >= TINY)
    kinds = (
        (
            FindingKind.BLANK,
            blank,
            msg("Images that show nothing: {count}", count=int(blank.sum())),
            msg("They are of one colour: a covered lens, or an export that failed."),
        ),
        (
            FindingKind.BLURRED,
            blurred,
            msg("Very blurred images: {count}", count=int(blurred.sum())),
            msg("Leave them out, unless the model will meet such images later."),
        ),
        (
            FindingKind.TINY,
            short < TINY,
            msg("Very small images: {count}", count=int((short < TINY).sum())),
            msg("Below {side} pixels there is little to learn from.", side=TINY),
        ),
        (
            FindingKind.HUGE,
            index.widths[rows].astype(np.int64) * index.heights[rows] > HUGE,
            msg(
                "Very large images: {count}",
                count=int((index.widths[rows].astype(np.int64) * index.heights[rows] > HUGE).sum()),
            ),
            msg("They are read once, which takes a while; afterwards they are as quick as others."),
        ),
        (
            FindingKind.ODD_SHAPE,
            long > ODD * short,
            msg("Very long or tall images: {count}", count=int((long > ODD * short).sum())),
            msg("The model looks at a square from the middle; what lies outside is not seen."),
        ),
        (
            FindingKind.GREY,
            grey,
            msg("Images without colour: {count}", count=int(grey.sum())),
            msg(
                "Most of the others have. If they are of one class, the model learns “grey” "
                "instead of what is shown."
            ),
        ),
    )
    return [
        Finding(
            kind,
            title,
            advice,
            (tuple(index.ids[rows[chosen]].tolist()),),
            (Remedy.EXCLUDE,),
            int(chosen.sum()),
        )
        for kind, chosen, title, advice in kinds
        if chosen.any()
    ]


def to_exclude(index: Index, finding: Finding) -> list[int]:
    """Which pictures go when one of each group is kept: the one with most pixels stays.

    Args:
        index: The pictures.
        finding: One whose remedies hold ``KEEP_ONE``.

    Returns:
        Numbers of the pictures to leave out.
    """
    going = []
    for group in finding.groups:
        rows = index.rows_of(group)
        pixels = index.widths[rows].astype(np.int64) * index.heights[rows]
        # Of equals stays the one that is learned from, then the larger file, then the first.
        best = max(
            range(len(rows)),
            key=lambda n: (pixels[n], -int(index.splits[rows[n]]), index.bytes[rows[n]], -n),
        )
        going += [int(number) for n, number in enumerate(index.ids[rows]) if n != best]
    return going


def to_move(index: Index, finding: Finding) -> dict[str, list[int]]:
    """Which pictures change their part so that each group is on one side.

    Most of a group's pictures decide; of equals the training part, so that no validation picture
    has been learned from.

    Args:
        index: The pictures.
        finding: One whose remedies hold ``TO_ONE_SIDE``.

    Returns:
        Part to the numbers of the pictures that go there.
    """
    moves: dict[str, list[int]] = {}
    for group in finding.groups:
        rows = index.rows_of(group)
        counts = Counter(index.splits[rows].tolist())
        side = min(counts, key=lambda split: (-counts[split], split))
        moved = index.ids[rows[index.splits[rows] != side]].tolist()
        if moved:
            moves.setdefault(SPLITS[side], []).extend(moved)
    return moves


def to_relabel(index: Index, finding: Finding) -> tuple[dict[str, list[int]], list[int]]:
    """Which pictures get the class that most of their group have.

    Args:
        index: The pictures.
        finding: One whose remedies hold ``TO_ONE_CLASS``.

    Returns:
        Class name to the numbers of the pictures that get it; and the pictures of groups in which
        no class has a majority: nobody but the user can tell, so they are best left out.
    """
    classes: dict[str, list[int]] = {}
    unclear: list[int] = []
    for group in finding.groups:
        rows = index.rows_of(group)
        (best, most), *rest = Counter(index.classes[rows].tolist()).most_common()
        if rest and rest[0][1] == most:
            unclear += index.ids[rows].tolist()
            continue
        moved = index.ids[rows[index.classes[rows] != best]].tolist()
        if moved:
            classes.setdefault(index.class_names[best], []).extend(moved)
    return classes, unclear


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:6])
    return f"{shown}, …" if len(names) > 6 else shown
