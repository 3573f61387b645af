"""What is found in a dataset, what is not, and what the remedies do."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from effnet_studio.engine.data.checks.findings import (
    FEW,
    Finding,
    FindingKind,
    Remedy,
    find_problems,
)
from effnet_studio.engine.data.checks.looks import BLANK, BLURRED, GREY, HUGE, TINY
from effnet_studio.engine.data.checks.remedies import to_exclude, to_keep, to_move, to_relabel
from tests.engine.data.indexes import FIRST, Picture, make_index

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.data.index import Index


def found(pictures: Sequence[Picture], **counts: int) -> dict[FindingKind, Finding]:
    return {finding.kind: finding for finding in find_problems(make_index(pictures), **counts)}


def ordinary(count: int = 40) -> list[Picture]:
    """Two classes of one size; nothing is wrong with them."""
    return [Picture(label="ab"[place % 2]) for place in range(count)]


def places(finding: Finding) -> list[list[int]]:
    return [[number - FIRST for number in group] for group in finding.groups]


# -- what is found ---------------------------------------------------------------------------------


def test_that_nothing_is_found_where_nothing_is_wrong() -> None:
    assert found(ordinary()) == {}
    assert found([]) == {}


def test_that_one_class_alone_is_neither_small_nor_rare() -> None:
    assert found([Picture()]) == {}


@pytest.mark.parametrize(
    ("kind", "odd", "fine"),
    [
        (FindingKind.BLANK, Picture(contrast=BLANK / 2), Picture(contrast=BLANK * 1.01)),
        (FindingKind.BLURRED, Picture(sharpness=BLURRED / 2), Picture(sharpness=BLURRED)),
        (FindingKind.TINY, Picture(size=(400, TINY - 1)), Picture(size=(TINY, TINY))),
        (FindingKind.HUGE, Picture(size=(HUGE, 2)), Picture(size=(HUGE // 4000, 4000))),
        (FindingKind.ODD_SHAPE, Picture(size=(901, 300)), Picture(size=(900, 300))),
        (FindingKind.ODD_SHAPE, Picture(size=(300, 901)), Picture(size=(300, 900))),
        (FindingKind.GREY, Picture(saturation=GREY / 2), Picture(saturation=GREY * 1.01)),
    ],
)
def test_that_a_picture_unlike_a_photograph_is_found(
    kind: FindingKind, odd: Picture, fine: Picture
) -> None:
    assert kind not in found([*ordinary(), fine])
    finding = found([*ordinary(), odd])[kind]
    assert places(finding) == [[40]]
    assert finding.remedies == (Remedy.EXCLUDE,)
    assert kind not in found([*ordinary(), replace(odd, excluded=True)])


def test_that_what_was_not_measured_is_not_odd() -> None:
    unknown = Picture(contrast=math.nan, sharpness=math.nan, saturation=math.nan)
    assert found([*ordinary(), unknown]) == {}


def test_that_a_blank_picture_is_not_called_blurred_and_grey_as_well() -> None:
    blank = Picture(contrast=0, sharpness=0, saturation=0)
    assert list(found([*ordinary(), blank])) == [FindingKind.BLANK]


def test_that_a_tiny_picture_is_not_called_blurred() -> None:
    tiny = Picture(size=(20, 20), sharpness=1)
    assert list(found([*ordinary(), tiny])) == [FindingKind.TINY]


def test_that_the_worst_picture_comes_first() -> None:
    sizes = [(40, 400), (10, 400), (20, 400)]
    finding = found([*ordinary(), *(Picture(size=size) for size in sizes)])[FindingKind.TINY]
    assert places(finding) == [[41, 42, 40]]


def test_that_a_dataset_of_grey_pictures_is_not_told_that_it_is_grey() -> None:
    grey = Picture(saturation=0)
    assert FindingKind.GREY in found([*ordinary(40), *[grey] * 10])
    assert FindingKind.GREY not in found([*ordinary(40), *[grey] * 11])


def test_that_nobody_is_advised_to_leave_out_most_of_a_dataset() -> None:
    tiny = [replace(each, size=(32, 32)) for each in ordinary()]
    assert found(tiny)[FindingKind.TINY].remedies == ()
    assert found(ordinary() + tiny)[FindingKind.TINY].remedies == (Remedy.EXCLUDE,)


def test_that_small_classes_are_found_the_smallest_first() -> None:
    counts = {"large": FEW, "few": FEW - 1, "least": 5, "also few": FEW - 1}
    pictures = [Picture(label=name) for name, count in counts.items() for _ in range(count)]
    finding = found(pictures)[FindingKind.SMALL_CLASS]
    assert str(finding.title) == "Classes with fewer than 20 images: 3"
    assert str(finding.advice) == "Add images of: least, also few, few."
    assert [len(group) for group in finding.groups] == [5, 19, 19]
    assert finding.count == 43


def test_that_the_names_of_many_small_classes_are_not_all_listed() -> None:
    pictures = [Picture(label=f"c{number}") for number in range(9)]
    assert str(found(pictures)[FindingKind.SMALL_CLASS].advice).endswith("c4, c5, ….")


def test_that_an_imbalance_is_told_from_five_times_on() -> None:
    def classes(rare: int) -> list[Picture]:
        return [Picture(label="rare")] * rare + [Picture(label="often")] * 125

    assert FindingKind.IMBALANCE not in found(classes(26))
    finding = found(classes(25))[FindingKind.IMBALANCE]
    assert str(finding.title) == "often has 5 times as many images as rare"
    assert finding.ids == tuple(range(FIRST, FIRST + 25))


def test_that_files_are_counted() -> None:
    findings = found([], unreadable=3, suspicious=2)
    assert [(kind, each.count) for kind, each in findings.items()] == [
        (FindingKind.UNREADABLE, 3),
        (FindingKind.SUSPICIOUS, 2),
    ]
    assert all(not each.groups for each in findings.values())


def test_that_copies_of_one_class_on_one_side_are_only_copies() -> None:
    findings = found([*ordinary(), Picture(copy=7), Picture(copy=7), Picture(copy=7)])
    assert list(findings) == [FindingKind.DUPLICATE]
    finding = findings[FindingKind.DUPLICATE]
    assert str(finding.title) == "Copies of other images: 2"
    assert finding.remedies == (Remedy.KEEP_ONE,)


def test_that_a_picture_in_two_classes_is_a_conflict_and_no_mere_copy() -> None:
    pair = [Picture(label="a", copy=1), Picture(label="b", copy=1)]
    findings = found(ordinary() + pair)
    assert list(findings) == [FindingKind.CONFLICT]
    assert findings[FindingKind.CONFLICT].remedies == (Remedy.EXCLUDE,)
    third = Picture(label="a", copy=1)
    majority = found(ordinary() + pair + [third])[FindingKind.CONFLICT]
    assert majority.remedies == (Remedy.TO_ONE_CLASS, Remedy.EXCLUDE)


def test_that_a_copy_on_the_other_side_is_a_leak() -> None:
    findings = found([*ordinary(), Picture(copy=1), Picture(copy=1, split="val")])
    assert list(findings) == [FindingKind.LEAK, FindingKind.DUPLICATE]
    assert findings[FindingKind.LEAK].remedies == (Remedy.TO_ONE_SIDE, Remedy.KEEP_ONE)


def test_that_nothing_is_kept_by_its_size_while_its_class_is_disputed() -> None:
    pair = [Picture(label="a", copy=1), Picture(label="b", copy=1, split="val")]
    findings = found(ordinary() + pair)
    assert list(findings) == [FindingKind.CONFLICT, FindingKind.LEAK]
    assert findings[FindingKind.LEAK].remedies == (Remedy.TO_ONE_SIDE,)


def test_that_a_series_is_told_and_leaks_like_a_copy() -> None:
    series = [Picture(series=1), Picture(series=1)]
    assert list(found(ordinary() + series)) == [FindingKind.BURST]
    torn = [Picture(series=1), Picture(series=1, split="test")]
    findings = found(ordinary() + torn)
    assert list(findings) == [FindingKind.LEAK, FindingKind.BURST]
    assert findings[FindingKind.BURST].remedies == (Remedy.TO_ONE_SIDE, Remedy.KEEP_ONE)


def test_that_a_series_of_nothing_but_copies_is_told_once() -> None:
    frames = [Picture(copy=1, series=1), Picture(copy=1, series=1)]
    assert list(found(ordinary() + frames)) == [FindingKind.DUPLICATE]
    more = [*frames, Picture(series=1)]
    assert list(found(ordinary() + more)) == [FindingKind.DUPLICATE, FindingKind.BURST]


def test_that_a_leak_is_the_whole_family() -> None:
    """One picture's copy is another's neighbour in a series: they all move together."""
    family = [
        Picture(copy=1),
        Picture(copy=1, series=4),
        Picture(series=4, copy=2),
        Picture(copy=2, split="val"),
    ]
    findings = found(ordinary() + family)
    assert places(findings[FindingKind.LEAK]) == [[40, 41, 42, 43]]


def test_that_one_picture_left_of_a_group_is_no_finding() -> None:
    pair = [Picture(copy=1, series=1), Picture(copy=1, series=1, split="val", excluded=True)]
    assert found(ordinary() + pair) == {}


# -- properties ------------------------------------------------------------------------------------

PICTURES = st.lists(
    st.builds(
        Picture,
        label=st.sampled_from("abc"),
        split=st.sampled_from(["train", "val", "test"]),
        excluded=st.booleans(),
        size=st.tuples(st.sampled_from([20, 300, 1000]), st.sampled_from([20, 300])),
        bytes=st.integers(1, 3),
        contrast=st.sampled_from([0.0, 0.2, math.nan]),
        sharpness=st.sampled_from([1.0, 500.0]),
        saturation=st.sampled_from([0.0, 0.3]),
        copy=st.sampled_from([-1, 1, 2, 3, 10**12]),
        series=st.sampled_from([-1, 1, 2, 3]),
    ),
    max_size=30,
)


def used(pictures: Sequence[Picture], key: str) -> dict[int, list[int]]:
    """Places of the pictures that are used, by the number of their group."""
    groups: dict[int, list[int]] = {}
    for place, picture in enumerate(pictures):
        number = getattr(picture, key)
        if number >= 0 and not picture.excluded:
            groups.setdefault(number, []).append(place)
    return {number: group for number, group in groups.items() if len(group) > 1}


def values(pictures: Sequence[Picture], group: Sequence[int], key: str) -> set[object]:
    return {getattr(pictures[place], key) for place in group}


def told(findings: dict[FindingKind, Finding], kind: FindingKind) -> list[list[int]]:
    return sorted(places(findings[kind])) if kind in findings else []


@given(PICTURES)
def test_that_groups_are_what_a_slow_look_finds(pictures: list[Picture]) -> None:
    findings = found(pictures)
    copies, series = used(pictures, "copy").values(), used(pictures, "series").values()
    torn = [group for group in copies if len(values(pictures, group, "label")) > 1]
    assert told(findings, FindingKind.CONFLICT) == sorted(torn)
    same = [group for group in copies if group not in torn]
    assert told(findings, FindingKind.DUPLICATE) == sorted(same)
    own = [
        group
        for group in series
        if values(pictures, group, "copy") == {-1} or len(values(pictures, group, "copy")) > 1
    ]
    assert told(findings, FindingKind.BURST) == sorted(own)
    leaks = {place for group in told(findings, FindingKind.LEAK) for place in group}
    for group in [*copies, *series]:
        if len(values(pictures, group, "split")) > 1:
            assert leaks >= set(group)


@given(PICTURES)
def test_that_findings_are_ranked_counted_and_never_about_pictures_left_out(
    pictures: list[Picture],
) -> None:
    findings = find_problems(make_index(pictures), unreadable=1)
    order = [list(FindingKind).index(finding.kind) for finding in findings]
    assert order == sorted(set(order))
    for finding in findings:
        if finding.groups:
            assert finding.count == len(finding.ids) == len(set(finding.ids))
            assert not any(pictures[number - FIRST].excluded for number in finding.ids)
            assert all(len(group) > finding.same for group in finding.groups)


@given(PICTURES)
def test_that_the_order_of_pictures_left_out_changes_nothing(pictures: list[Picture]) -> None:
    """They might as well not be there."""
    kept = [picture for picture in pictures if not picture.excluded]
    place_of = [place for place, picture in enumerate(pictures) if not picture.excluded]
    for one, other in zip(
        find_problems(make_index(pictures)), find_problems(make_index(kept)), strict=True
    ):
        moved = [[place_of[place] for place in group] for group in places(other)]
        assert (one.kind, str(one.title), one.remedies) == (
            other.kind,
            str(other.title),
            other.remedies,
        )
        assert places(one) == moved


def after(index: Index, finding: Finding, remedy: Remedy) -> Index:
    """The index as the remedy leaves it."""
    classes, splits, excluded = index.classes.copy(), index.splits.copy(), index.excluded.copy()
    numbers = {name: number for number, name in index.class_names.items()}
    match remedy:
        case Remedy.EXCLUDE:
            excluded[index.rows_of(finding.ids)] = True
        case Remedy.KEEP_ONE:
            excluded[index.rows_of(to_exclude(index, finding))] = True
        case Remedy.TO_ONE_SIDE:
            for part, ids in to_move(index, finding).items():
                splits[index.rows_of(ids)] = ["train", "val", "test"].index(part)
        case Remedy.TO_ONE_CLASS:
            moves, unclear = to_relabel(index, finding)
            for name, ids in moves.items():
                classes[index.rows_of(ids)] = numbers[name]
            excluded[index.rows_of(unclear)] = True
    return replace(index, classes=classes, splits=splits, excluded=excluded)


@given(PICTURES)
def test_that_every_remedy_ends_its_finding(pictures: list[Picture]) -> None:
    index = make_index(pictures)
    for finding in find_problems(index):
        for remedy in finding.remedies:
            left = {each.kind for each in find_problems(after(index, finding, remedy))}
            if (finding.kind, remedy) != (FindingKind.BURST, Remedy.TO_ONE_SIDE):
                assert finding.kind not in left
            else:  # a series stays one, but on one side it is no leak
                moved = after(index, finding, remedy)
                rows = [index.rows_of(group) for group in finding.groups]
                assert all(len(set(moved.splits[group])) == 1 for group in rows)


@given(PICTURES)
def test_that_putting_some_groups_on_one_side_tears_no_other(pictures: list[Picture]) -> None:
    index = make_index(pictures)
    for finding in find_problems(index):
        if finding.same:
            one = replace(finding, groups=finding.groups[:1])
            before, now = find_problems(index), find_problems(after(index, one, Remedy.TO_ONE_SIDE))
            torn, torn_now = (
                {
                    number
                    for each in findings
                    if each.kind is FindingKind.LEAK
                    for number in each.ids
                }
                for findings in (before, now)
            )
            assert torn_now <= torn - set(finding.groups[0])


@given(PICTURES)
def test_that_exactly_one_of_each_group_is_kept_and_it_is_the_largest(
    pictures: list[Picture],
) -> None:
    index = make_index(pictures)
    for finding in find_problems(index):
        if not finding.same:
            continue
        going, staying = set(to_exclude(index, finding)), to_keep(index, finding)
        assert going | set(staying) == set(finding.ids)
        assert len(going) + len(staying) == len(finding.ids)
        for group, stays in zip(finding.groups, staying, strict=True):
            kept = [pictures[number - FIRST] for number in group if number not in going]
            assert [pictures[stays - FIRST]] == kept
            most = max(math.prod(pictures[number - FIRST].size) for number in group)
            assert math.prod(kept[0].size) == most


# -- remedies --------------------------------------------------------------------------------------


def test_that_of_pictures_of_one_size_the_one_learned_from_stays_then_the_larger_file() -> None:
    group = [
        Picture(copy=1, split="val", bytes=900),
        Picture(copy=1, split="train", bytes=500),
        Picture(copy=1, split="train", bytes=600),
        Picture(copy=1, split="train", bytes=600),
    ]
    index = make_index(group)
    finding = next(each for each in find_problems(index) if each.kind is FindingKind.DUPLICATE)
    assert to_keep(index, finding) == [FIRST + 2]


def test_that_most_of_a_group_decide_its_side_and_training_where_they_are_equal() -> None:
    splits = {1: ["train", "val", "val"], 2: ["val", "train"], 3: ["test", "val"]}
    pictures = [Picture(copy=n, split=split) for n, group in splits.items() for split in group]
    index = make_index(pictures)
    finding = find_problems(index)[0]
    assert finding.kind is FindingKind.LEAK
    moves = to_move(index, finding)
    assert moves == {"train": [FIRST + 3], "val": [FIRST, FIRST + 5]}


def test_that_most_of_a_group_decide_its_class_and_nobody_where_they_are_equal() -> None:
    labels = {1: "aab", 2: "ab", 3: "cbb", 4: "aabbc"}
    pictures = [Picture(copy=n, label=label) for n, group in labels.items() for label in group]
    index = make_index(pictures)
    finding = find_problems(index)[0]
    assert finding.kind is FindingKind.CONFLICT
    moves, unclear = to_relabel(index, finding)
    assert moves == {"a": [FIRST + 2], "b": [FIRST + 5]}
    assert unclear == [FIRST + 3, FIRST + 4, *range(FIRST + 8, FIRST + 13)]


def test_that_a_remedy_passes_over_what_was_left_out_meanwhile() -> None:
    pictures = [Picture(copy=1, size=(800, 800)), Picture(copy=1), Picture(copy=1)]
    index = make_index(pictures)
    (finding, *_) = [each for each in find_problems(index) if each.same]
    index.excluded[0] = True
    assert to_keep(index, finding) == [FIRST + 1]
    assert to_exclude(index, finding) == [FIRST + 2]


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(-1, 12), st.integers(-1, 12)), min_size=1, max_size=40))
def test_that_families_are_connected_groups(numbers: list[tuple[int, int]]) -> None:
    from effnet_studio.engine.data.checks.row_groups import families

    index = make_index([Picture(copy=copy, series=series) for copy, series in numbers])
    result = families(index, np.arange(len(numbers)))
    # Joined again and again, until nothing changes.
    family = list(range(len(numbers)))
    for _ in numbers:
        for one, (copy, series) in enumerate(numbers):
            for other, (its_copy, its_series) in enumerate(numbers):
                if (copy >= 0 and copy == its_copy) or (series >= 0 and series == its_series):
                    family[one] = family[other] = min(family[one], family[other])
    for one, (copy, series) in enumerate(numbers):
        assert (result[one] < 0) == (copy < 0 and series < 0)
        for other, its in enumerate(numbers):
            if max(copy, series) >= 0 and max(its) >= 0:
                assert (result[one] == result[other]) == (family[one] == family[other])


def test_that_the_counts_of_titles_are_those_of_the_pictures() -> None:
    pictures = [*ordinary(), *[Picture(copy=1)] * 3, *[Picture(copy=2)] * 2]
    pictures += [Picture(size=(10, 10))] * 4
    counts = Counter({kind: each.count for kind, each in found(pictures).items()})
    assert counts == {FindingKind.DUPLICATE: 5, FindingKind.TINY: 4}
