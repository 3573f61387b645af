"""The learning rate over a run."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.engine.training.schedule import make_schedule


def test_that_the_rate_rises_to_the_peak_and_falls_to_the_floor() -> None:
    schedule = make_schedule(0.1, epochs=10, steps_per_epoch=10, warmup_epochs=2, floor=0.01)
    rates = [schedule(step) for step in range(100)]
    assert rates[0] > 0
    assert rates[:20] == sorted(rates[:20])
    assert rates[20] == max(rates) == pytest.approx(0.1)
    assert rates[20:] == sorted(rates[20:], reverse=True)
    assert rates[-1] == pytest.approx(0.001)


def test_that_the_middle_of_the_cosine_is_halfway_between_peak_and_floor() -> None:
    schedule = make_schedule(1.0, epochs=1, steps_per_epoch=101, warmup_epochs=0, floor=0.2)
    assert schedule(50) == pytest.approx(0.6)
    assert schedule(25) == pytest.approx(0.2 + 0.8 * (1 + math.cos(math.pi / 4)) / 2)


@given(
    epochs=st.integers(1, 20),
    steps=st.integers(1, 30),
    warmup=st.floats(0, 50),
    floor=st.floats(0, 1),
)
def test_that_no_step_is_above_the_peak_or_negative(
    epochs: int, steps: int, warmup: float, floor: float
) -> None:
    schedule = make_schedule(
        0.5, epochs=epochs, steps_per_epoch=steps, warmup_epochs=warmup, floor=floor
    )
    rates = [schedule(step) for step in range(epochs * steps + 3)]
    assert all(0 <= rate <= 0.5 + 1e-12 for rate in rates)
    assert rates[0] > 0
    assert rates[-1] == rates[-4]
