"""Excess of errors in groups: against SciPy, and what must hold for any numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from effnet_studio.engine.evaluation.measures.significance import wilson
from effnet_studio.engine.evaluation.slices.excess import (
    adjusted,
    difference_interval,
    fisher_excess,
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[int, int, int, int]:
    """Errors and images of a group, errors and images of all."""
    total = draw(st.integers(1, 400))
    wrong = draw(st.integers(0, total))
    size = draw(st.integers(0, total))
    hits = draw(st.integers(max(0, size - (total - wrong)), min(size, wrong)))
    return hits, size, wrong, total


@given(tables())
def test_that_the_p_value_is_that_of_scipy(table: tuple[int, int, int, int]) -> None:
    hits, size, wrong, total = table
    found = fisher_excess(np.array([hits]), np.array([size]), all_wrong=wrong, all_images=total)
    cells = [[hits, size - hits], [wrong - hits, total - size - (wrong - hits)]]
    expected = stats.fisher_exact(cells, alternative="greater").pvalue
    assert found[0] == pytest.approx(expected, rel=1e-9, abs=1e-300)


def test_that_large_sets_keep_their_digits() -> None:
    found = fisher_excess(
        np.array([900, 500]), np.array([12_500, 12_500]), all_wrong=2_000, all_images=50_000
    )
    expected = stats.hypergeom.sf([899, 499], 50_000, 2_000, 12_500)
    np.testing.assert_allclose(found, expected, rtol=1e-7)


def test_that_impossible_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="more errors"):
        fisher_excess(np.array([3]), np.array([2]), all_wrong=5, all_images=9)
    with pytest.raises(ValueError, match="more errors"):
        fisher_excess(np.array([3]), np.array([5]), all_wrong=2, all_images=9)


@given(st.lists(st.floats(1e-9, 1), min_size=1, max_size=60))
def test_that_the_adjustment_is_that_of_scipy(p_values: list[float]) -> None:
    given_values = np.array(p_values)
    np.testing.assert_allclose(
        adjusted(given_values), stats.false_discovery_control(given_values), rtol=1e-12
    )


@given(st.lists(st.floats(1e-9, 1), min_size=2, max_size=40), st.floats(0.1, 1.9))
def test_that_weights_trade_one_half_for_the_other(p_values: list[float], first: float) -> None:
    values = np.array(p_values)
    half = len(values) // 2
    weights = np.full(len(values), (len(values) - first * half) / (len(values) - half))
    weights[:half] = first
    if (weights <= 0).any():
        return
    np.testing.assert_allclose(
        adjusted(values, weights), stats.false_discovery_control((values / weights).clip(max=1))
    )


def test_that_nothing_tried_gives_nothing() -> None:
    assert adjusted(np.empty(0)).shape == (0,)


def test_that_the_interval_of_a_difference_is_newcombes() -> None:
    """Table II of the paper, row (a): 56/70 − 48/80 by method 10."""
    low, high = difference_interval(wilson(56, 70), wilson(48, 80))
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)
    low, high = difference_interval(wilson(10, 10), wilson(0, 20))
    assert (round(low, 4), round(high, 4)) == (0.6791, 1.0)
