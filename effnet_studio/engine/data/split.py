"""Which pictures are kept apart for validation and test.

Each class is divided separately, so that small classes stay in every part. A picture's place is
decided by a hash of the seed and its path, not by its position in a list. Pictures that have a part
keep it, whatever comes later; pictures that show the same thing (copies, series) stay together.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.data.dataset import Split


@dataclass(frozen=True, slots=True)
class Member:
    """A picture that has a part, or gets one.

    Attributes:
        path: Decides its place in the draw.
        label: Its class.
        split: Its part, or None while it has none.
        family: Number of the group of pictures it must stay with, or -1.
        found: The part its folder names: a picture for training may be validated on, but never
            becomes a test picture, and test pictures do not count for the shares.
    """

    path: str
    label: str
    split: Split | None
    family: int = -1
    found: Split | None = None


def check_shares(*, val: float, test: float) -> None:
    """Refuse shares that leave nothing to learn from.

    Args:
        val: Validation share.
        test: Test share.

    Raises:
        DatasetError: If ``val`` is not in (0, 1), ``test`` not in [0, 1), or their sum not below 1.
    """
    for name, value, low in (("validation", val, val > 0), ("test", test, test >= 0)):
        if not (low and value < 1):
            raise DatasetError(
                msg("The validation share must lie between 0 and 1; it is {value}.", value=value)
                if name == "validation"
                else msg("The test share must lie between 0 and 1; it is {value}.", value=value),
                hint=msg("A usual value is 0.2."),
            )
    if val + test >= 1:
        raise DatasetError(
            msg("The shares for validation and test leave nothing to learn from."),
            hint=msg("A usual value is 0.2."),
        )


def draw_splits(
    members: Sequence[Member], *, val: float, test: float = 0.0, seed: int = 0
) -> list[Split]:
    """Give every picture a part.

    The shares count over all pictures of a class, those that have their part already too; so a
    class that grows stays divided as asked, and nothing that was there moves. Where a class has at
    least two free groups, one at least is learned from and one at least validated on.

    Args:
        members: All pictures of the dataset.
        val: Validation share, in (0, 1).
        test: Test share, in [0, 1).
        seed: Makes the draw repeatable.

    Returns:
        The part of each.

    Raises:
        DatasetError: If the shares are impossible.
    """
    check_shares(val=val, test=test)
    units = _units(members)
    placed: dict[str, Counter[Split]] = defaultdict(Counter)
    totals = Counter(member.label for member in members if member.found != "test")
    for member in members:
        if member.split is not None and member.found != "test":
            placed[member.label][member.split] += 1
    splits: list[Split | None] = [member.split for member in members]
    free: dict[str, list[list[int]]] = defaultdict(list)
    for unit in units:
        side = _settled_side(unit, members)
        if side is not None:
            # What shows the same as a picture that has its part goes there too.
            _place(unit, side, members, splits, placed)
        elif open_places := _without_part(unit, members):
            free[_label_of(open_places, members)].append(open_places)
    for label in sorted(free):
        ranked = sorted(free[label], key=lambda unit: _rank(unit, members, seed))
        wanted = _wanted(totals[label], val=val, test=test)
        _divide(ranked, label, wanted, members, splits, placed)
    return [split or "train" for split in splits]


def draw_folds(members: Sequence[Member], *, folds: int, seed: int = 0) -> list[int]:
    """Divide pictures into parts of nearly equal size for cross-validation.

    Args:
        members: Pictures; their parts do not count, their families do.
        folds: Number of parts, at least 2.
        seed: Makes the draw repeatable.

    Returns:
        The fold of each picture, in [0, folds).

    Raises:
        DatasetError: If there are fewer than two folds, or more than groups of some class.
    """
    by_label: dict[str, list[list[int]]] = defaultdict(list)
    for unit in _units(members):
        by_label[_label_of(unit, members)].append(unit)
    smallest = min((len(units) for units in by_label.values()), default=0)
    if not 2 <= folds <= max(2, smallest):
        raise DatasetError(
            msg("{folds} folds are not possible here.", folds=folds),
            hint=msg("Choose from 2 to {most}.", most=max(2, smallest)),
        )
    result = [0] * len(members)
    for label in sorted(by_label):
        sizes = [0] * folds
        ranked = sorted(by_label[label], key=lambda unit: _rank(unit, members, seed))
        for unit in sorted(ranked, key=len, reverse=True):
            fold = sizes.index(min(sizes))
            sizes[fold] += len(unit)
            for place in unit:
                result[place] = fold
    return result


def _units(members: Sequence[Member]) -> list[list[int]]:
    """Positions of pictures that stay together."""
    families: dict[int, list[int]] = {}
    units: list[list[int]] = []
    for place, member in enumerate(members):
        if member.family < 0:
            units.append([place])
        elif member.family in families:
            families[member.family].append(place)
        else:
            families[member.family] = [place]
            units.append(families[member.family])
    return units


def _without_part(unit: list[int], members: Sequence[Member]) -> list[int]:
    """Those of a group that have no part yet; mostly it is the group itself, not a copy of it."""
    places = [place for place in unit if members[place].split is None]
    return unit if len(places) == len(unit) else places


def _settled_side(unit: list[int], members: Sequence[Member]) -> Split | None:
    """The part that most of a group have already, if those without one may go there."""
    testable = all(
        members[place].found != "train" for place in unit if members[place].split is None
    )
    settled = [
        part
        for place in unit
        if (part := members[place].split) is not None and (testable or part != "test")
    ]
    return Counter(settled).most_common(1)[0][0] if settled else None


def _label_of(unit: list[int], members: Sequence[Member]) -> str:
    """The class most of a group belong to; the first in the alphabet where several do."""
    counts = Counter(members[place].label for place in unit)
    return min(counts, key=lambda label: (-counts[label], label))


def _wanted(total: int, *, val: float, test: float) -> dict[Split, int]:
    """How many of a class's pictures are kept apart: shares rounded, at least one each."""
    wanted: dict[Split, int] = {"val": int(total * val + 0.5), "test": int(total * test + 0.5)}
    wanted["val"] = max(1, wanted["val"]) if total > 1 else 0
    if test and total > 2:
        wanted["test"] = max(1, wanted["test"])
    return wanted


def _divide(  # noqa: PLR0917 - the parts of one step
    ranked: list[list[int]],
    label: str,
    wanted: dict[Split, int],
    members: Sequence[Member],
    splits: list[Split | None],
    placed: dict[str, Counter[Split]],
) -> None:
    """Hand the groups of one class out, in their order, until each part has its share."""
    chosen: list[Split] = []
    have = Counter(placed[label])
    for number, unit in enumerate(ranked):
        needed = number == len(ranked) - 1 and not have["train"]
        part: Split = "train"
        for other, count in wanted.items():
            missing = count - have[other]
            allowed = other != "test" or all(members[place].found != "train" for place in unit)
            # Half of a group may be too much: else a large one would never find a place.
            if allowed and missing > 0 and 2 * missing >= len(unit) and not needed:
                part = other
                break
        chosen.append(part)
        have[part] += sum(members[place].label == label for place in unit)
    learned = [number for number, part in enumerate(chosen) if part == "train"]
    if wanted["val"] and not have["val"] and len(learned) > 1:
        # All groups are larger than the share: better too many than none to validate on.
        chosen[min(learned, key=lambda number: len(ranked[number]))] = "val"
    for unit, part in zip(ranked, chosen, strict=True):
        _place(unit, part, members, splits, placed)


def _place(
    unit: list[int],
    part: Split,
    members: Sequence[Member],
    splits: list[Split | None],
    placed: dict[str, Counter[Split]],
) -> None:
    for place in unit:
        if splits[place] is None:
            splits[place] = part
            placed[members[place].label][part] += 1


def _rank(unit: list[int], members: Sequence[Member], seed: int) -> tuple[bytes, str]:
    path = min(members[place].path for place in unit)
    text = f"{seed}\0".encode() + os.fsencode(path)
    return hashlib.blake2b(text, digest_size=8).digest(), path
