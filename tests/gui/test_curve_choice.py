"""Which images stand behind thresholds, bars and areas; and which points of a curve are drawn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from effnet_studio.gui.models.curve_choice import (
    BINS,
    bin_numbers,
    images_in_bin,
    misplaced,
    mistakes_at,
    stepped,
    thinned,
)
from effnet_studio.gui.text import area_text, threshold_text

Scored = tuple[NDArray[np.bool_], NDArray[np.float64]]


@st.composite
def scored(draw: st.DrawFn) -> Scored:
    """Images of a class and others, with many equal probabilities."""
    count = draw(st.integers(1, 30))
    positive = draw(hnp.arrays(np.bool_, count))
    return positive, draw(hnp.arrays(np.int64, count, elements=st.integers(0, 8))) / 8


@given(scored(), st.integers(0, 8))
def test_that_a_threshold_opens_its_false_alarms_and_then_the_missed(
    data: Scored, step: int
) -> None:
    positive, scores = data
    wrong = mistakes_at(positive, scores, step / 8)
    assert set(wrong.false_alarms) == set(np.flatnonzero(~positive & (scores >= step / 8)))
    assert set(wrong.missed) == set(np.flatnonzero(positive & (scores < step / 8)))
    assert (np.diff(scores[wrong.false_alarms]) <= 0).all()
    assert (np.diff(scores[wrong.missed]) >= 0).all()


@given(scored())
def test_that_the_area_opens_every_image_of_a_wrong_pair_the_worst_first(data: Scored) -> None:
    positive, scores = data
    wrong = scores[positive][:, None] <= scores[~positive]
    share = np.zeros(len(scores))
    if wrong.size:
        share[positive], share[~positive] = wrong.mean(axis=1), wrong.mean(axis=0)
    found = misplaced(positive, scores)
    assert set(found) == set(np.flatnonzero(share > 0))
    assert (np.diff(share[found]) <= 1e-12).all()


@given(scored())
def test_that_every_image_is_in_one_bar_and_opens_from_it(data: Scored) -> None:
    positive, scores = data
    for members, rising in ((positive, True), (~positive, False)):
        opened = [images_in_bin(members, scores, number, rising=rising) for number in range(BINS)]
        assert sorted(np.concatenate(opened)) == list(np.flatnonzero(members))
        for number, images in enumerate(opened):
            assert (bin_numbers(scores)[images] == number).all()
            steps = np.diff(scores[images])
            assert (steps >= 0).all() if rising else (steps <= 0).all()


def test_that_certainty_is_in_the_last_bar() -> None:
    assert list(bin_numbers(np.array([0.0, 0.049, 0.05, 0.999, 1.0]))) == [0, 0, 1, 19, 19]


def test_that_a_long_curve_is_drawn_with_few_points_and_looks_the_same() -> None:
    x = np.linspace(0, 1, 100_000)
    y = x**0.3
    kept = thinned(x, y)
    assert len(kept) < 4_000
    assert (kept[0], kept[-1]) == (0, len(x) - 1)
    assert np.abs(np.interp(x, x[kept], y[kept]) - y).max() < 0.005
    few = thinned(np.array([0.0, 0.5, 0.5, 1.0]), np.array([0.0, 0.2, 0.7, 1.0]))
    assert list(few) == [0, 1, 2, 3]


def test_that_precision_is_drawn_in_steps() -> None:
    x, y = stepped(np.array([0.0, 0.5, 1.0]), np.array([1.0, 0.8, 0.6]))
    assert list(zip(x, y, strict=True)) == [
        (0.0, 1.0),
        (0.0, 0.8),
        (0.5, 0.8),
        (0.5, 0.6),
        (1.0, 0.6),
    ]


@pytest.mark.parametrize(
    ("threshold", "text"),
    [
        (np.inf, "∞"),
        (1.0, "100.0 %"),
        (0.5, "50.0 %"),
        (0.0, "0.0 %"),
        (1.25e-8, "1.2e-06 %"),
        (1 - 2.0**-20, "100 − 9.5e-05 %"),
    ],
)
def test_that_thresholds_near_the_ends_can_be_told_from_them(
    english, threshold: float, text: str
) -> None:
    assert threshold_text(threshold) == text


def test_that_an_undefined_figure_is_a_dash(english) -> None:
    assert (area_text(np.nan), area_text(0.98765)) == ("–", "0.988")
