"""Learning curves: what is drawn from points, and what is promised from the draws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from effnet_studio.engine.evaluation.learning.learning_advice import (
    STEPS,
    Verdict,
    advise,
    class_outlooks,
    outlook,
)
from effnet_studio.engine.evaluation.learning.power_law import Points, draw_curves
from tests.learned_points import SHARES, curve_of, trained


def test_that_twice_the_images_give_what_the_law_says() -> None:
    points = trained((400,), (4000,), ((3.0, 0.5, 0.05),))
    for column in (0, -1):
        found = outlook(curve_of(points), column, 400)
        expected = 1 - 3.0 * 800**-0.5 - 0.05
        assert found.low <= expected <= found.high
        assert found.expected == pytest.approx(expected, abs=0.01)
        assert found.verdict is Verdict.HELPS


def test_that_the_range_holds_what_a_larger_training_reaches() -> None:
    """Of laws of many kinds, with few images to check on."""
    random = np.random.default_rng(0)
    held, count = 0, 60
    for seed in range(count):
        b, c = random.uniform(0.2, 1.0), random.uniform(0, 0.15)
        a = random.uniform(0.2, 0.5) * 30**b
        points = trained((120, 120), (60, 60), ((a, b, c), (a, b, c)), seed=seed)
        found = outlook(curve_of(points, seed), 0, 120)
        images = (np.arange(60) + 0.5) / 60 + np.random.default_rng([seed, 9]).normal(0, 0.02, 60)
        reached = float((images >= a * 240**-b + c).mean())
        held += found.low - 1e-9 <= reached <= found.high + 1e-9
    assert held >= 0.9 * count


def test_that_the_class_with_most_to_gain_is_advised() -> None:
    laws = ((0.2, 0.5, 0.02), (2.2, 0.4, 0.0), (0.2, 0.5, 0.1))
    found = advise(curve_of(trained((60, 60, 60), (300, 300, 300), laws)))
    assert found.verdict is Verdict.HELPS
    assert found.best is not None
    assert found.best.column == 1
    assert found.best.more in STEPS
    assert str(found.message).startswith(f"About {found.best.more} more images of class 1 would")
    assert f"recall {round(100 * found.best.now.value)} % → about" in str(found.message)


def test_that_flat_curves_promise_nothing() -> None:
    found = advise(curve_of(trained((200, 200), (600, 600), ((0.0, 1.0, 0.1), (0.0, 1.0, 0.3)))))
    assert found.verdict is Verdict.HARDLY
    assert found.best is None
    assert "hardly help" in str(found.message)


def test_that_few_validation_images_are_said_to_be_too_few() -> None:
    points = trained((40, 40), (6, 5), ((1.5, 0.4, 0.0), (1.5, 0.4, 0.0)))
    found = advise(curve_of(points))
    assert found.verdict is Verdict.UNKNOWN
    assert "cannot be told from 11 validation images" in str(found.message)
    assert all(each.verdict is Verdict.UNKNOWN for each in class_outlooks(curve_of(points)))


@settings(max_examples=25)
@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=4),
    st.integers(1, 60),
    st.integers(1, 4),
    st.integers(0, 1000),
)
def test_that_any_answers_give_shares_and_more_images_never_harm(
    checked: list[int], images: int, seeds: int, seed: int
) -> None:
    if not sum(checked):
        checked = [*checked, 1]
    random = np.random.default_rng(seed)
    labels = np.repeat(np.arange(len(checked)), checked)
    plan = [share for share in SHARES[:-1] for _ in range(seeds)] + [1.0]
    counts = np.array([[max(1, round(share * images))] * len(checked) for share in plan])
    wrong = random.random((len(plan), len(labels))) < random.choice([0.0, 0.3, 1.0])
    curve = curve_of(Points(np.array(plan), counts, wrong, labels))
    for column in range(-1, len(checked)):
        before = 0.0
        for more in STEPS:
            found = outlook(curve, column, more)
            assert 0 <= found.low <= found.expected <= found.high <= 1
            assert before - 1e-9 <= found.gain <= 1
            before = found.gain
        assert [images for images, _ in curve.measured(column)] == sorted(
            images for images, _ in curve.measured(column)
        )
    assert str(advise(curve).message)


def test_that_the_same_seed_gives_the_same() -> None:
    points = trained((60, 60), (30, 30), ((1.0, 0.5, 0.0), (1.0, 0.5, 0.0)))
    one, other = draw_curves(points), draw_curves(points)
    assert np.array_equal(one.amplitude, other.amplitude)
    assert np.array_equal(one.noise, other.noise)


def test_that_large_sets_are_weighted_in_blocks_to_the_same_effect(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    points = trained((60, 60), (300, 200), ((1.0, 0.5, 0.0), (1.0, 0.4, 0.1)))
    whole = outlook(curve_of(points), 0, 50)
    monkeypatch.setattr("effnet_studio.engine.evaluation.learning.power_law._BLOCK", 64)
    blocks = outlook(curve_of(points), 0, 50)
    assert blocks.expected == pytest.approx(whole.expected, abs=0.01)
    assert blocks.low == pytest.approx(whole.low, abs=0.02)
