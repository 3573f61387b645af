"""Which pictures show the same thing: exact copies, near duplicates, and series of one moment.

Pure NumPy over columns; a picture is known by its position. Two pictures are near duplicates when
their difference hashes differ in few bits and their grey signatures, made equally bright and rich
in contrast, agree. The hash alone is not enough: it has 64 bits and there are many pictures.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from effnet_studio.engine.cancel import CancelToken

    Candidates = Iterable[tuple[NDArray[np.intp], NDArray[np.intp]]]

NEAR_BITS: Final = 10
"""Most differing bits of 64 for candidates; the signatures decide."""
NEAR_CORRELATION: Final = 0.925
"""Least correlation of two signatures that are the same picture.

Of 320 near duplicates made of real photographs (quality 40 to 95, size 0.4 to 1.5 times, cropped by
up to 4 %) the worst had 9 bits and 0.929; of 200 million pairs of other pictures one passed both
(``tests/benchmarks/bench_duplicates.py``).
"""
SCENE_BITS: Final = 24
"""Most differing bits for candidates of one scene."""
SCENE_CORRELATION: Final = 0.75
"""Least correlation of two signatures that are one scene, by pictures that follow each other in
number: of strangers five pairs in ten thousand are as similar."""
SHOT_CORRELATION: Final = 0.55
"""The same for pictures taken within seconds, which says more."""
_COMPARABLE: Final = 20
"""Pictures of a folder from which it is known how alike its pictures usually are."""
_DRAWN: Final = 2000
_RARE: Final = 0.003
_REACH: Final = 3
"""How many places apart in a series two pictures may be."""
SECONDS: Final = 5.0
"""Longest pause within a series."""
FLAT: Final = 3.0
"""Standard deviation of a signature, in grey levels, below which it has no detail to compare."""
_BLOCK: Final = 1024
_ALL_PAIRS: Final = 30_000
"""Pictures up to which every pair is looked at."""
_BANDS: Final = 4
_CROWD: Final = 2000
"""Pictures that share a band's value, above which it tells nothing apart."""
_CHUNK: Final = 20_000


def exact_groups(content: Sequence[bytes]) -> list[tuple[int, ...]]:
    """Pictures whose files are the same, byte by byte.

    Args:
        content: Hash of each file's content.

    Returns:
        Groups of two or more, by their first member.
    """
    places: dict[bytes, list[int]] = {}
    for place, digest in enumerate(content):
        places.setdefault(digest, []).append(place)
    return [tuple(group) for group in places.values() if len(group) > 1]


def near_groups(
    dhash: NDArray[np.uint64],
    signature: NDArray[np.uint8],
    content: Sequence[bytes] | None = None,
    *,
    cancel: CancelToken | None = None,
) -> list[tuple[int, ...]]:
    """Pictures that are the same, perhaps re-encoded, resized or cropped a little.

    Args:
        dhash: uint64, (n,): difference hashes.
        signature: uint8, (n, 256): grey signatures.
        content: Hash of each file's content; exact copies are found by it, blank ones too.
        cancel: Stops it.

    Returns:
        Groups of two or more, by their first member.

    Raises:
        Cancelled: If it was stopped.
    """
    # Exact copies are one picture: a thousand of them would make half a million pairs.
    copies = exact_groups(content or ())
    single = np.ones(len(dhash), dtype=bool)
    for group in copies:
        single[list(group[1:])] = False
    rows = np.flatnonzero(single)
    signatures = _Signatures(signature)
    pairs = _similar_pairs(dhash, rows[signatures.detailed[rows]], signatures, cancel)
    # Copies go wherever the one that was compared goes; alone they are a group by themselves.
    copies_of = {group[0]: group for group in copies}
    stars = _stars(pairs)
    inside = {place for star in stars for place in star}
    groups = [
        tuple(sorted(each for place in star for each in copies_of.get(place, (place,))))
        for star in stars
    ]
    groups += [group for first, group in copies_of.items() if first not in inside]
    return sorted(groups)


def burst_groups(
    names: Sequence[str],
    taken: NDArray[np.float64],
    dhash: NDArray[np.uint64],
    signature: NDArray[np.uint8],
    *,
    cancel: CancelToken | None = None,
) -> list[tuple[int, ...]]:
    """Pictures of one moment: neighbours by number or time, and of the same scene.

    Args:
        names: Paths; only files of one folder are neighbours by number.
        taken: float64, (n,): when each was taken, seconds; NaN where unknown.
        dhash: uint64, (n,): difference hashes.
        signature: uint8, (n, 256): grey signatures.
        cancel: Stops it.

    Returns:
        Groups of two or more, by their first member.

    Raises:
        Cancelled: If it was stopped.
    """
    signatures = _Signatures(signature)
    pairs: list[tuple[int, int]] = []
    by_number, folder_of = _by_number(names)
    usual = _usual_likeness(folder_of, dhash, signatures)
    for found, least in (
        (by_number, np.maximum(SCENE_CORRELATION, usual)),
        (_by_time(taken), np.full(len(names), SHOT_CORRELATION)),
    ):
        if cancel is not None:
            cancel.check()
        if len(found):
            first, second = found.T
            near = _likeness(first, second, dhash, signatures) >= least[first]
            pairs += zip(first[near].tolist(), second[near].tolist(), strict=True)
    return _groups(pairs)


def _likeness(
    first: NDArray[np.intp],
    second: NDArray[np.intp],
    dhash: NDArray[np.uint64],
    signatures: _Signatures,
) -> NDArray[np.float32]:
    """Correlation of pairs that may be one scene, -1 of others; (m,)."""
    near = np.bitwise_count(dhash[first] ^ dhash[second]) <= SCENE_BITS
    near &= signatures.detailed[first] & signatures.detailed[second]
    result = np.full(len(first), -1.0, dtype=np.float32)
    result[near] = signatures.correlation(first[near], second[near])
    return result


def _usual_likeness(
    folder_of: NDArray[np.int64], dhash: NDArray[np.uint64], signatures: _Signatures
) -> NDArray[np.float32]:
    """How alike nearly any two pictures of a folder are, for each picture; (n,).

    Goods on a white table, fields of one microscope: all are alike, and numbers that follow each
    other say nothing then. Pairs drawn at random tell; :data:`_RARE` of them are more alike.
    """
    usual = np.full(len(dhash), -1.0, dtype=np.float32)
    rng = np.random.default_rng(0)
    order = np.argsort(folder_of, kind="stable")
    ends = np.cumsum(np.bincount(folder_of))
    for places in np.split(order, ends[:-1]):
        if len(places) >= _COMPARABLE:
            drawn = places[rng.integers(len(places), size=(_DRAWN, 2))]
            drawn = drawn[drawn[:, 0] != drawn[:, 1]]
            likeness = _likeness(drawn[:, 0], drawn[:, 1], dhash, signatures)
            usual[places] = np.quantile(likeness, 1 - _RARE)
    return usual


class _Signatures:
    """Signatures that can be compared without regard to brightness and contrast.

    Args:
        values: uint8, (n, 256).
    """

    def __init__(self, values: NDArray[np.uint8]) -> None:
        self._values = values
        self._means = values.mean(axis=1, dtype=np.float32) if values.size else np.empty(0)
        squares = np.einsum("ij,ij->i", values, values, dtype=np.float32, casting="unsafe")
        cells = values.shape[1] or 1
        self._lengths = np.sqrt(np.maximum(squares - cells * self._means**2, 1e-6))
        self.detailed = self._lengths > FLAT * np.sqrt(cells)

    def correlation(self, first: NDArray[np.intp], second: NDArray[np.intp]) -> NDArray[np.float32]:
        """Pearson's correlation of pairs, (m,)."""
        result = np.empty(len(first), dtype=np.float32)
        for start in range(0, len(first), _CHUNK):
            one, other = first[start : start + _CHUNK], second[start : start + _CHUNK]
            a = self._values[one].astype(np.float32) - self._means[one, None]
            b = self._values[other].astype(np.float32) - self._means[other, None]
            products = np.einsum("ij,ij->i", a, b)
            result[start : start + _CHUNK] = products / self._lengths[one] / self._lengths[other]
        return result


def _similar_pairs(
    dhash: NDArray[np.uint64],
    rows: NDArray[np.intp],
    signatures: _Signatures,
    cancel: CancelToken | None,
) -> list[tuple[int, int]]:
    """Pairs among some pictures that are the same, the first before the second."""
    find = _all_pairs if len(rows) <= _ALL_PAIRS else _banded_pairs
    pairs: list[tuple[int, int]] = []
    for one, other in find(dhash[rows], cancel):
        first, second = rows[one], rows[other]
        same = signatures.correlation(first, second) >= NEAR_CORRELATION
        pairs += zip(first[same].tolist(), second[same].tolist(), strict=True)
    return sorted(set(pairs))


def _all_pairs(dhash: NDArray[np.uint64], cancel: CancelToken | None) -> Candidates:
    """All pairs within :data:`NEAR_BITS`, some thousand rows at a time."""
    for start in range(0, len(dhash), _BLOCK):
        if cancel is not None:
            cancel.check()
        block = dhash[start : start + _BLOCK]
        near = np.bitwise_count(block[:, None] ^ dhash[None, start:]) <= NEAR_BITS
        first, second = np.nonzero(np.triu(near, 1))
        yield first + start, second + start


def _banded_pairs(dhash: NDArray[np.uint64], cancel: CancelToken | None) -> Candidates:
    """Nearly all of those pairs, for a million hashes (multi-index hashing, arXiv:1307.2982).

    The hash is cut into :data:`_BANDS` bands. Two hashes that differ in at most ``NEAR_BITS`` bits
    agree, all but one bit, in at least one of them; so each band is looked up as it is and with
    one bit changed. A band that too many pictures share says nothing and is passed over.
    """
    width = 64 // _BANDS
    for band in range(_BANDS):
        keys = ((dhash >> np.uint64(band * width)) & np.uint64((1 << width) - 1)).astype(np.int64)
        order = np.argsort(keys, kind="stable")
        starts = np.searchsorted(keys[order], np.arange((1 << width) + 1))
        for change in [0, *(1 << bit for bit in range(width))]:
            if cancel is not None:
                cancel.check()
            yield from _matches(dhash, keys, order, starts, change)


def _matches(
    dhash: NDArray[np.uint64],
    keys: NDArray[np.int64],
    order: NDArray[np.intp],
    starts: NDArray[np.intp],
    change: int,
) -> Candidates:
    """Pairs whose keys differ by a change, within :data:`NEAR_BITS`."""
    low, high = starts[keys ^ change], starts[(keys ^ change) + 1]
    sizes = np.where(high - low > _CROWD, 0, high - low)
    for start in range(0, len(keys), _CHUNK):
        size = sizes[start : start + _CHUNK]
        first = np.repeat(np.arange(start, start + len(size)), size)
        offsets = np.arange(len(first)) - np.repeat(np.cumsum(size) - size, size)
        second = order[np.repeat(low[start : start + _CHUNK], size) + offsets]
        keep = first < second
        first, second = first[keep], second[keep]
        keep = np.bitwise_count(dhash[first] ^ dhash[second]) <= NEAR_BITS
        yield first[keep], second[keep]


def _stars(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, ...]]:
    """Groups in which every picture is a duplicate of the first: no chain joins strangers."""
    neighbours: dict[int, set[int]] = {}
    for first, second in pairs:
        neighbours.setdefault(first, set()).add(second)
        neighbours.setdefault(second, set()).add(first)
    free = set(neighbours)
    groups = []
    # The picture with most duplicates first: it is most likely the middle of its group.
    for place in sorted(neighbours, key=lambda place: (-len(neighbours[place]), place)):
        if place in free:
            group = {place, *(neighbours[place] & free)}
            free -= group
            if len(group) > 1:
                groups.append(tuple(sorted(group)))
    return sorted(groups)


_NUMBER: Final = re.compile(r"(\d+)(?!.*\d)")
_DIGITS: Final = 9
"""Longer numbers are names of web sites, not counters."""


def _by_number(names: Sequence[str]) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """Pairs of one folder and stem whose numbers nearly follow each other; and each one's folder.

    Returns:
        Pairs, (m, 2), the earlier place first; and the number of the folder, (n,).
    """
    folders: dict[str, int] = {}
    stems: dict[str, int] = {}
    folder_of = np.empty(len(names), dtype=np.int64)
    stem_of = np.full(len(names), -1, dtype=np.int64)
    number_of = np.zeros(len(names), dtype=np.int64)
    for place, name in enumerate(names):
        folder, _, file = name.rpartition("/")
        folder_of[place] = folders.setdefault(folder, len(folders))
        found = _NUMBER.search(file)
        if found is not None and len(found[1]) <= _DIGITS:
            stem = f"{folder}/{file[: found.start()]}/{file[found.end() :]}"
            stem_of[place] = stems.setdefault(stem, len(stems))
            number_of[place] = int(found[1])
    counted = np.flatnonzero(stem_of >= 0)
    order = counted[np.lexsort((number_of[counted], stem_of[counted]))]
    pairs = []
    for reach in range(1, _REACH + 1):
        first, second = order[:-reach], order[reach:]
        near = stem_of[first] == stem_of[second]
        near &= number_of[second] - number_of[first] <= 2 * reach
        pairs.append(_ordered(first[near], second[near]))
    return np.concatenate(pairs), folder_of


def _by_time(taken: NDArray[np.float64]) -> NDArray[np.intp]:
    """Pairs of pictures taken within seconds; (m, 2), the earlier place first."""
    known = np.flatnonzero(~np.isnan(taken))
    order = known[np.argsort(taken[known], kind="stable")]
    pairs = []
    for reach in range(1, _REACH + 1):
        first, second = order[:-reach], order[reach:]
        near = taken[second] - taken[first] <= SECONDS * reach
        pairs.append(_ordered(first[near], second[near]))
    return np.concatenate(pairs)


def _ordered(first: NDArray[np.intp], second: NDArray[np.intp]) -> NDArray[np.intp]:
    return np.stack([np.minimum(first, second), np.maximum(first, second)], axis=1)


def _groups(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, ...]]:
    parent: dict[int, int] = {}

    def top(place: int) -> int:
        while parent.setdefault(place, place) != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for first, second in pairs:
        one, other = top(first), top(second)
        parent[max(one, other)] = min(one, other)
    members: dict[int, list[int]] = {}
    for place in sorted(parent):
        members.setdefault(top(place), []).append(place)
    return [tuple(group) for _, group in sorted(members.items()) if len(group) > 1]
