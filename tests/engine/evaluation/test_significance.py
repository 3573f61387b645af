"""Intervals and tests, against SciPy."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given
from scipy.stats import binomtest

from effnet_studio.engine.evaluation.measures.significance import mcnemar, wilson


@given(images=st.integers(1, 100_000), part=st.floats(0, 1))
def test_that_the_interval_is_wilsons(images: int, part: float) -> None:
    right = round(part * images)
    found = wilson(right, images)
    expected = binomtest(right, images).proportion_ci(0.95, method="wilson")
    assert found.low == pytest.approx(expected.low, abs=1e-12)
    assert found.high == pytest.approx(expected.high, abs=1e-12)
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_that_no_images_tell_nothing() -> None:
    found = wilson(0, 0)
    assert (found.value, found.low, found.high) == (0, 0, 1)


@given(first=st.integers(0, 3000), second=st.integers(0, 3000))
def test_that_the_test_is_the_exact_binomial_one(first: int, second: int) -> None:
    images, fewer = first + second, min(first, second)
    # In whole numbers, as scipy's own underflows to 0.
    term = total = 1
    for number in range(1, fewer + 1):
        term = term * (images - number + 1) // number
        total += term
    expected = min(1.0, 2 * total / 2**images)
    assert mcnemar(first, second) == pytest.approx(expected, rel=1e-8, abs=1e-290)
    assert mcnemar(first, second) == mcnemar(second, first)
