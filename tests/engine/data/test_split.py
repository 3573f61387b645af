"""How pictures are divided into parts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.engine.data.split import Member, draw_folds, draw_splits
from effnet_studio.engine.errors import DatasetError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from effnet_studio.engine.data.dataset import Split

shares = st.floats(0.01, 0.99)
names = st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs"]))


def members(paths: Iterable[str], label: str = "a") -> list[Member]:
    return [Member(path, label, None) for path in paths]


def parts(
    given: list[Member], *, val: float = 0.2, test: float = 0.0, seed: int = 0
) -> dict[str, Split]:
    splits = draw_splits(given, val=val, test=test, seed=seed)
    return {member.path: split for member, split in zip(given, splits, strict=True)}


@given(st.sets(names, max_size=60), shares, st.integers(0, 2**40))
def test_that_small_classes_stay_in_both_parts(paths: set[str], val: float, seed: int) -> None:
    counts = Counter(parts(members(paths), val=val, seed=seed).values())
    if len(paths) < 2:
        assert not counts["val"]
    else:
        assert 1 <= counts["val"] < len(paths)
        assert abs(counts["val"] - val * len(paths)) <= 1


@given(st.lists(names, unique=True, max_size=30), shares, st.randoms())
def test_that_the_order_of_the_files_does_not_matter(
    paths: list[str], val: float, random: st.randoms
) -> None:
    shuffled = list(paths)
    random.shuffle(shuffled)
    assert parts(members(paths), val=val) == parts(members(shuffled), val=val)


def test_that_the_seed_repeats_and_changes_the_draw() -> None:
    pictures = members(f"a/{number}.jpg" for number in range(100))
    first = parts(pictures)
    assert first == parts(pictures)
    assert Counter(first.values()) == {"train": 80, "val": 20}
    assert first != parts(pictures, seed=1)


def test_that_the_draw_is_the_same_on_every_system() -> None:
    drawn = parts(members(f"a/{number}.jpg" for number in range(10)), val=0.3)
    kept = sorted(path for path, split in drawn.items() if split == "val")
    assert kept == ["a/2.jpg", "a/4.jpg", "a/6.jpg"]


def test_that_each_class_is_divided_by_itself() -> None:
    pictures = [
        Member(f"{c}/{n}", c, None)
        for c, size in zip("abc", (90, 10, 1), strict=True)
        for n in range(size)
    ]
    splits = draw_splits(pictures, val=0.2, test=0.1)
    counts = Counter((m.label, s) for m, s in zip(pictures, splits, strict=True))
    assert [counts[c, "val"] for c in "abc"] == [18, 2, 0]
    assert [counts[c, "test"] for c in "abc"] == [9, 1, 0]


@given(
    st.lists(st.tuples(names, st.sampled_from("ab")), unique_by=lambda m: m[0], max_size=40),
    st.integers(0, 40),
    shares,
    st.integers(0, 9),
)
def test_that_what_has_its_part_never_moves(
    pictures: list[tuple[str, str]], old: int, val: float, seed: int
) -> None:
    before = [Member(path, label, None) for path, label in pictures[:old]]
    first = draw_splits(before, val=val, seed=seed)
    settled = [Member(m.path, m.label, s) for m, s in zip(before, first, strict=True)]
    later = [*settled, *(Member(path, label, None) for path, label in pictures[old:])]
    assert draw_splits(later, val=val, seed=seed)[: len(settled)] == first


def test_that_a_class_that_grows_keeps_its_shares() -> None:
    first = draw_splits(members(f"{n}.jpg" for n in range(50)), val=0.2, test=0.2)
    settled = [Member(f"{n}.jpg", "a", split) for n, split in enumerate(first)]
    grown = [*settled, *members(f"new{n}.jpg" for n in range(50))]
    counts = Counter(draw_splits(grown, val=0.2, test=0.2))
    assert counts == {"train": 60, "val": 20, "test": 20}


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"),
            st.integers(-1, 12),
            st.sampled_from([None, None, None, "train", "val", "test"]),
        ),
        max_size=60,
    ),
    shares,
)
def test_that_families_stay_on_one_side_and_given_parts_are_kept(
    rows: list[tuple[str, int, Split | None]], val: float
) -> None:
    pictures = [
        Member(f"{n}", label, split, family) for n, (label, family, split) in enumerate(rows)
    ]
    splits = draw_splits(pictures, val=val)
    drawn: dict[int, set[str]] = {}
    for member, split in zip(pictures, splits, strict=True):
        if member.split is not None:
            assert split == member.split
        elif member.family >= 0:
            drawn.setdefault(member.family, set()).add(split)
    assert all(len(sides) == 1 for sides in drawn.values())


def test_that_classes_whose_groups_are_larger_than_the_share_are_validated_on() -> None:
    pictures = [Member(f"{n}", "abcdef"[n % 6], None, n // 6) for n in range(60)]
    splits = draw_splits(pictures, val=0.1)
    assert 0 < splits.count("val") < 30


def test_that_a_copy_of_a_settled_picture_joins_it() -> None:
    pictures = [
        *members(f"{n}" for n in range(20)),
        Member("old", "a", "test", 5),
        Member("copy", "a", None, 5),
    ]
    assert draw_splits(pictures, val=0.2)[-1] == "test"


@pytest.mark.parametrize(
    ("val", "test"), [(0, 0), (1, 0), (-0.1, 0), (float("nan"), 0), (0.2, -0.1), (0.5, 0.5)]
)
def test_that_impossible_shares_are_refused(val: float, test: float) -> None:
    with pytest.raises(DatasetError, match=r"between 0 and 1|nothing to learn"):
        draw_splits([], val=val, test=test)


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(-1, 6)), min_size=20, max_size=80),
    st.integers(2, 5),
)
def test_that_folds_are_even_and_keep_families_together(
    rows: list[tuple[str, int]], folds: int
) -> None:
    pictures = [Member(f"{n}", label, None, family) for n, (label, family) in enumerate(rows)]
    pictures += members((f"more{n}" for n in range(10)), "a") + members(
        (f"other{n}" for n in range(10)), "b"
    )
    drawn = draw_folds(pictures, folds=folds)
    assert set(drawn) == set(range(folds))
    families: dict[int, set[int]] = {}
    for member, fold in zip(pictures, drawn, strict=True):
        if member.family >= 0:
            families.setdefault(member.family, set()).add(fold)
    assert all(len(sides) == 1 for sides in families.values())
    singles = [m for m in pictures if m.family < 0]
    if len(singles) == len(pictures):
        for label in "ab":
            sizes = Counter(f for m, f in zip(pictures, drawn, strict=True) if m.label == label)
            assert max(sizes.values()) - min(sizes.values()) <= 1


def test_that_more_folds_than_pictures_of_a_class_are_refused() -> None:
    with pytest.raises(DatasetError, match="5 folds") as caught:
        draw_folds([*members("abc"), *members("defghij", "b")], folds=5)
    assert str(caught.value.hint) == "Choose from 2 to 3."
