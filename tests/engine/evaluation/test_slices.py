"""Slices: what is found, what is no finding, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled
from effnet_studio.engine.evaluation.slices.slices import LEAST, RATE, find_slices
from effnet_studio.engine.evaluation.slices.values import (
    Attribute,
    Quantity,
    by_names,
    by_quartiles,
)
from effnet_studio.engine.events import Event, Progress
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from numpy.typing import NDArray

BRIGHTNESS = Quantity("brightness", msg("B"), msg("brightness"), msg("darkest"), msg("brightest"))


def quartiles(key: str, numbers: NDArray[np.floating]) -> Attribute:
    quantity = Quantity(key, msg("T"), msg("number"), msg("least"), msg("most"))
    found = by_quartiles(quantity, numbers.astype(np.float64))
    assert found is not None
    return found


def made_up(images: int, seed: int) -> list[Attribute]:
    """Eight attributes that have nothing to do with anything, some of them with each other."""
    random = np.random.default_rng(seed)
    light = random.normal(size=images)
    numbers = [light, light + random.normal(size=images), *random.normal(size=(3, images))]
    found = [quartiles(f"number {place}", column) for place, column in enumerate(numbers)]
    for place, values in enumerate((2, 3, 8)):
        names = [msg("value {number}", number=number) for number in range(values)]
        codes = random.integers(-1, values, images)
        text = by_names(f"text {place}", msg("T"), codes, names)
        assert text is not None
        found.append(text)
    return found


def test_that_a_planted_slice_comes_first_and_is_said_in_words() -> None:
    random = np.random.default_rng(0)
    light = random.uniform(0.2, 0.9, 400)
    attributes = made_up(400, 1)
    dark = by_quartiles(BRIGHTNESS, light)
    assert dark is not None
    right = random.random(400) < np.where(dark.codes == 0, 0.6, 0.95)
    report = find_slices(right, [*attributes, dark])
    worst = report.findings[0]
    assert worst.values == (("brightness", 0),)
    assert worst.positions.tolist() == np.flatnonzero(dark.codes == 0).tolist()
    limit = f"{np.quantile(light, 0.25):.3g}"
    assert str(worst.sentence()) == (
        f"Of the images in the darkest quarter (brightness under {limit}), "
        f"{100 * worst.right.value:.0f} % are right; of the others {100 * worst.rest.value:.0f} %."
    )
    assert worst.excess_low > 0
    assert worst.q_value <= RATE


def test_that_a_planted_pair_is_found_and_its_innocent_parts_are_not_said_to_be_the_cause() -> None:
    random = np.random.default_rng(3)
    first, second = random.integers(0, 3, (2, 900))
    names = [msg("value {number}", number=number) for number in range(3)]
    attributes = [by_names("a", msg("A"), first, names), by_names("b", msg("B"), second, names)]
    both = (first == 1) & (second == 2)
    right = random.random(900) < np.where(both, 0.5, 0.95)
    report = find_slices(right, [each for each in attributes if each is not None])
    assert report.findings[0].values == (("a", 1), ("b", 2))
    assert str(report.findings[0].name) == "value 1 and value 2"
    pairs = [found for found in report.findings if len(found.values) == 2]
    assert len(pairs) == 1


def test_that_a_bad_value_is_not_repeated_in_its_pairs() -> None:
    random = np.random.default_rng(5)
    attributes = made_up(2000, 6)
    bad = attributes[0].codes == 3
    right = random.random(2000) < np.where(bad, 0.5, 0.95)
    found = find_slices(right, attributes).findings
    assert found[0].values == (("number 0", 3),)
    assert sum(len(each.values) == 2 for each in found) <= 1


def test_that_noise_is_not_sold_as_a_finding() -> None:
    seeds = 120
    false_alarms = 0
    for seed in range(seeds):
        right = np.random.default_rng([seed, 1]).random(240) < 0.8
        false_alarms += bool(find_slices(right, made_up(240, seed)).findings)
    assert false_alarms <= 0.05 * seeds


@pytest.mark.parametrize(
    ("images", "share", "words"),
    [
        (200, 1.0, "Every image was recognised"),
        (200, 0.0, "No group of images is worse"),
        (15, 0.5, "too few images"),
        (1, 1.0, "Every image was recognised"),
    ],
)
def test_that_there_may_be_nothing_to_find(images: int, share: float, words: str) -> None:
    right = np.random.default_rng(0).random(images) < share
    codes = np.arange(images) % 2
    names = (msg("odd"), msg("even"))
    attribute = by_names("a", msg("A"), codes, names)
    report = find_slices(right, [] if attribute is None else [attribute])
    assert not report.findings
    assert words in str(report.message())


@given(st.data())
def test_that_the_slices_of_an_attribute_are_the_images_it_is_known_of(data: st.DataObject) -> None:
    numbers = np.array(
        data.draw(st.lists(st.sampled_from([0.0, 0.1, 0.25, 1.0, 7.5, np.nan]), max_size=80))
    )
    right = np.array(
        data.draw(st.lists(st.booleans(), min_size=len(numbers), max_size=len(numbers)))
    )
    attribute = by_quartiles(BRIGHTNESS, numbers)
    if attribute is None:
        assert len(np.unique(numbers[np.isfinite(numbers)])) < 2
        return
    slices = find_slices(right.astype(bool), [attribute]).attributes[0].slices
    positions = np.concatenate([each.positions for each in slices])
    assert sorted(positions.tolist()) == np.flatnonzero(np.isfinite(numbers)).tolist()
    assert len(attribute.values) == len(slices) >= 2
    for each in slices:
        assert len(each.positions) == each.right.images > 0
        assert each.right.right == right[each.positions].sum()
        assert each.rest.images == len(numbers) - each.right.images
        assert each.right.low <= each.right.value <= each.right.high
        assert each.excess_low <= each.excess <= each.excess_high
    tops = [numbers[each.positions].max() for each in slices]
    assert tops == sorted(tops)


def test_that_most_of_one_value_are_one_group() -> None:
    numbers = np.repeat([1.5, 3.25], [90, 10])
    for values, words in (
        (numbers, ["under 3.25", "3.25 and more"]),
        (-numbers, ["under -1.5", "-1.5 and more"]),
    ):
        attribute = by_quartiles(BRIGHTNESS, values)
        assert attribute is not None
        assert [str(label) for label in attribute.labels] == words
        assert sorted(np.bincount(attribute.codes).tolist()) == [10, 90]


def test_that_all_pairs_count_as_tried() -> None:
    codes = np.arange(400) % 4
    names = [msg("value {number}", number=number) for number in range(4)]
    attributes = [by_names("a", msg("A"), codes, names), by_names("b", msg("B"), codes // 2, names)]
    report = find_slices(np.arange(400) % 7 > 0, [each for each in attributes if each])
    assert report.tried == 4 + 2 + 4
    assert LEAST <= 100


def test_that_it_can_be_stopped_and_says_how_far_it_is() -> None:
    events: list[Event] = []
    cancel = CancelToken()
    find_slices(np.ones(50, dtype=bool), made_up(50, 0), on_event=events.append)
    last = events[-1]
    assert isinstance(last, Progress)
    assert last.done == last.total == 8
    cancel.cancel()
    with pytest.raises(Cancelled):
        find_slices(np.ones(50, dtype=bool), made_up(50, 0), cancel=cancel)
