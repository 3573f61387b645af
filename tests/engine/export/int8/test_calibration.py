"""8-bit ranges."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from effnet_studio.engine.export.int8.calibration import Observed, least_error_range, observe, silu
from tests.engine.export.small_graphs import plain_graph


def seen(values: np.ndarray) -> Observed:
    return Observed(float(values.min()), float(values.max()), values.astype(np.float32))


def rounding_error(values: np.ndarray, low: float, high: float) -> float:
    step = (high - low) / 255
    return float(np.square(np.rint(np.clip(values, low, high) / step) * step - values).mean())


def test_that_extremes_that_are_all_but_never_met_are_given_up_for_finer_steps() -> None:
    values = np.random.default_rng(0).normal(size=16_000).astype(np.float32)
    low, high = least_error_range(Observed(-60.0, 60.0, values))
    assert -15 < low < -3
    assert 3 < high < 15
    assert rounding_error(values, low, high) < rounding_error(values, -60.0, 60.0) / 10


def test_that_the_short_end_of_a_lopsided_range_is_kept() -> None:
    values = np.random.default_rng(0).normal(2, 2, size=16_000)
    silu = (values / (1 + np.exp(-values))).astype(np.float32)
    low, high = least_error_range(Observed(float(silu.min()), 40.0, silu))
    assert low < -0.2
    assert high < 20


@settings(deadline=None, max_examples=50)
@given(st.lists(st.floats(-1e4, 1e4, width=32), min_size=1, max_size=200))
@example([1.401298464324817e-45])
def test_that_a_range_holds_zero_and_never_leaves_what_was_seen(numbers: list[float]) -> None:
    values = np.array(numbers, dtype=np.float32)
    low, high = least_error_range(seen(values))
    assert min(values.min(), 0) <= low <= 0 <= high <= max(values.max(), 0)


def test_that_every_tensor_is_watched_over_all_images() -> None:
    images = np.random.default_rng(2).normal(size=(9, 3, 8, 8)).astype(np.float32)
    images[8, 0, 0, 0] = 50.0
    found = observe(plain_graph(), images)
    assert set(found) == {"input", "conv", "relu", "logits"}
    assert found["input"].highest == 50.0
    assert found["relu"].lowest == 0.0
    assert found["conv"].lowest < 0
    np.testing.assert_allclose(found["input"].means, images.mean(axis=(0, 2, 3)), atol=1e-6)


def test_that_one_odd_image_among_many_does_not_stretch_the_ranges() -> None:
    images = np.random.default_rng(2).normal(size=(100, 3, 8, 8)).astype(np.float32)
    images[40] *= 100
    found = observe(plain_graph(), images)
    rest = np.delete(images, 40, axis=0)
    assert -rest.max() * 2 < found["input"].lowest < found["input"].highest <= rest.max()
    assert found["input"].values.max() <= found["input"].highest
    assert len(found["input"].values) > 10_000


def test_that_a_range_before_a_silu_spends_no_steps_on_what_becomes_nothing() -> None:
    values = np.random.default_rng(0).normal(-4, 6, size=16_000)
    low, _ = least_error_range(seen(values))
    low_before_silu, _ = least_error_range(seen(values), through=silu)
    assert low < -15
    assert -12 < low_before_silu < -2


def test_that_rare_values_too_large_to_give_up_are_kept_in_the_range() -> None:
    """A hundred values in a million, none of them among those drawn: each off by 40 if given up."""
    values = np.random.default_rng(0).normal(size=16_000).astype(np.float32)
    drawn = Observed(float(values.min()), 45.0, values)
    rare = Observed(
        drawn.lowest, 45.0, values, extremes=np.full(100, 45, np.float32), extreme_share=1e-6
    )
    assert least_error_range(drawn)[1] < 8
    assert least_error_range(rare)[1] > 40


def test_that_the_extremes_of_every_image_are_watched() -> None:
    images = np.random.default_rng(2).normal(size=(9, 3, 8, 8)).astype(np.float32)
    images[:, 1, 4, 4] = 50.0
    found = observe(plain_graph(), images)["input"]
    assert (found.extremes == 50.0).sum() == 9
    assert found.extremes.min() == images.min()
    assert found.extreme_share == 1 / images.size
    np.testing.assert_allclose(found.peaks, np.abs(images).max(axis=(2, 3)).mean(axis=0))
