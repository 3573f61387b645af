"""Where pictures in groups lie, and what stands above each group."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from effnet_studio.engine.data.checks.findings import Finding, FindingKind, Remedy, find_problems
from effnet_studio.gui.models.finding_groups import Deed, FindingGroups
from effnet_studio.gui.widgets.data.group_layout import GroupLayout
from tests.engine.data.indexes import Picture, make_index
from tests.gui.finding_stage import (
    found_index,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.data.index import Index


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return found_index(tmp_path / "photos")


def test_that_headings_say_what_a_group_has_and_what_to_do(index: Index) -> None:
    found = {each.kind: FindingGroups(each, index) for each in find_problems(index)}
    conflict = found[FindingKind.CONFLICT].heading(0)
    assert conflict.detail == "a, b"
    assert [link.text for link in conflict.links] == ["Both are a", "Both are b", "Leave out"]
    leak = found[FindingKind.LEAK].heading(0)
    assert leak.detail == "training, validation"
    assert [link.value for link in leak.links] == [Remedy.TO_ONE_SIDE, Remedy.KEEP_ONE]
    assert not found[FindingKind.TINY].headed


def test_that_only_series_on_two_sides_are_offered_one_side() -> None:
    series = [Picture(series=1), Picture(series=1, split="val"), Picture(series=2)]
    index = make_index([*series, Picture(series=2)])
    (burst,) = [each for each in find_problems(index) if each.kind is FindingKind.BURST]
    found = FindingGroups(burst, index)
    assert [len(found.heading(group).links) for group in (0, 1)] == [2, 1]


def test_that_a_small_class_stands_under_its_name() -> None:
    index = make_index([Picture(label="rare")] * 2 + [Picture(label="often")] * 30)
    found = FindingGroups(find_problems(index)[0], index)
    assert found.headed
    assert found.heading(0).title == "rare"
    assert found.heading(0).links == ()


SIZES = st.lists(st.integers(1, 9), min_size=1, max_size=8)


def layout_of(sizes: Sequence[int], columns: int, heading: int = 20) -> GroupLayout:
    starts = np.concatenate([[0], np.cumsum(sizes)])
    return GroupLayout(starts, columns=columns, cell=(50, 40), heading=heading, gap=5)


@given(SIZES, st.integers(1, 4), st.sampled_from([0, 20]))
def test_that_a_point_in_a_cell_finds_it_and_no_two_overlap(
    sizes: list[int], columns: int, heading: int
) -> None:
    layout = layout_of(sizes, columns, heading)
    areas = []
    for place in range(layout.places):
        x, y = layout.corner(place)
        assert layout.place_at(x, y) == layout.place_at(x + 49, y + 39) == place
        assert place in layout.places_between(y, y)
        assert layout.heading_at(y) == -1
        areas.append(QRect(x, y, 50, 40))
    assert not any(one.intersects(other) for n, one in enumerate(areas) for other in areas[n + 1 :])
    assert [*layout.places_between(0, layout.height)] == [*range(layout.places)]
    assert max(area.bottom() for area in areas) < layout.height
    if heading:
        tops = [layout.heading_at(layout.top_of(group)) for group in range(layout.groups)]
        assert tops == [*range(layout.groups)]


@given(SIZES, st.integers(1, 4))
def test_that_down_reaches_the_last_line_and_up_the_first(sizes: list[int], columns: int) -> None:
    layout = layout_of(sizes, columns)
    for place in range(layout.places):
        x, y = layout.corner(place)
        below, above = layout.below(place), layout.above(place)
        assert (layout.corner(below)[1] > y) == (below != place)
        assert (layout.corner(above)[1] < y) == (above != place)
        assert layout.corner(below)[0] <= x
        assert layout.corner(above)[0] <= x
        if below == place:
            assert layout.group_of(place) == layout.groups - 1
        if above == place:
            assert layout.group_of(place) == 0


def test_that_links_are_for_groups_and_deeds_are_what_they_say(index: Index) -> None:
    (conflict,) = [each for each in find_problems(index) if each.kind is FindingKind.CONFLICT]
    links = FindingGroups(conflict, index).heading(0).links
    assert [link.deed for link in links] == [Deed.CLASS, Deed.CLASS, Deed.EXCLUDE]
    many = make_index([Picture(label=f"c{n}", copy=1) for n in range(5)])
    crowd: Finding = replace(find_problems(many)[0])
    texts = [link.text for link in FindingGroups(crowd, many).heading(0).links]
    assert texts == ["Leave out"], "too many classes for a line; the menu has them"
