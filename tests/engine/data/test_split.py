"""How validation pictures are chosen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.engine.data.split import split_class, split_classes
from effnet_studio.engine.errors import DatasetError

shares = st.floats(0.01, 0.99)


@given(st.sets(st.text(min_size=1), max_size=60), shares, st.integers(0, 2**40))
def test_that_small_classes_stay_in_both_parts(paths: set[str], val: float, seed: int) -> None:
    chosen = split_class(paths, val=val, seed=seed)
    assert chosen <= paths
    if len(paths) < 2:
        assert not chosen
    else:
        assert 1 <= len(chosen) < len(paths)
        assert abs(len(chosen) - val * len(paths)) <= 1


@given(st.lists(st.text(min_size=1), unique=True, max_size=30), shares, st.randoms())
def test_that_the_order_of_the_files_does_not_matter(
    paths: list[str], val: float, random: st.randoms
) -> None:
    shuffled = list(paths)
    random.shuffle(shuffled)
    assert split_class(paths, val=val, seed=3) == split_class(shuffled, val=val, seed=3)


def test_that_the_seed_repeats_and_changes_the_draw() -> None:
    paths = [f"a/{number}.jpg" for number in range(100)]
    first = split_class(paths, val=0.2, seed=0)
    assert first == split_class(paths, val=0.2, seed=0)
    assert len(first) == 20
    assert first != split_class(paths, val=0.2, seed=1)


def test_that_new_pictures_move_hardly_any_others() -> None:
    paths = [f"a/{number}.jpg" for number in range(1000)]
    before = split_class(paths, val=0.2, seed=0)
    after = split_class([*paths, *(f"a/new{number}.jpg" for number in range(10))], val=0.2, seed=0)
    assert len(before - after) <= 10


def test_that_the_draw_is_the_same_on_every_system() -> None:
    paths = [f"a/{number}.jpg" for number in range(10)]
    expected = ["a/2.jpg", "a/4.jpg", "a/6.jpg"]
    assert sorted(split_class(paths, val=0.3, seed=0)) == expected


def test_that_each_class_is_split_by_itself() -> None:
    classes = {"a": [f"a/{n}" for n in range(90)], "b": [f"b/{n}" for n in range(10)], "c": ["c/1"]}
    chosen = split_classes(classes, val=0.2, seed=0)
    assert [sum(path.startswith(name) for path in chosen) for name in "abc"] == [18, 2, 0]


@pytest.mark.parametrize("val", [0, 1, -0.1, float("nan")])
def test_that_an_impossible_share_is_refused(val: float) -> None:
    with pytest.raises(DatasetError, match="between 0 and 1"):
        split_classes({}, val=val, seed=0)
