"""What a second model gained is told from chance, as often as 95 % intervals promise."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn import metrics as oracle

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled
from effnet_studio.engine.evaluation.comparing.gains import GAIN_FIGURES, Gain, find_gains
from effnet_studio.engine.evaluation.measures.bootstrap import Interval, ModelAnswers


def answers(
    predicted: NDArray[np.int64], losses: NDArray[np.float64] | None = None
) -> ModelAnswers:
    return ModelAnswers(predicted, np.ones(len(predicted)) if losses is None else losses)


def by_name(gains: tuple[Gain, ...]) -> dict[str, Gain]:
    return {gain.figure: gain for gain in gains}


@settings(max_examples=40)
@given(st.integers(2, 6), st.integers(1, 25), st.integers(0, 2**31 - 1))
def test_that_values_equal_the_oracle_and_intervals_hold_the_difference(
    classes: int, images: int, seed: int
) -> None:
    generator = np.random.default_rng(seed)
    true, *both = generator.integers(0, classes, (3, images))
    losses = generator.gamma(1.0, 1.0, (2, images))
    found = by_name(
        find_gains(true, answers(both[0], losses[0]), answers(both[1], losses[1]), classes)
    )
    assert tuple(found) == GAIN_FIGURES
    for side, predicted, lost in zip(("first", "second"), both, losses, strict=True):
        assert getattr(found["accuracy"], side) == oracle.accuracy_score(true, predicted)
        assert getattr(found["macro_f1"], side) == pytest.approx(
            oracle.f1_score(true, predicted, average="macro", zero_division=0)
        )
        assert getattr(found["log_loss"], side) == pytest.approx(lost.mean())
    for gain in found.values():
        difference = gain.difference
        assert difference.value == pytest.approx(gain.second - gain.first)
        assert difference.low <= difference.value <= difference.high


def test_that_exchanging_the_two_turns_the_difference_round() -> None:
    generator = np.random.default_rng(0)
    true = generator.integers(0, 3, 400)
    good = np.where(generator.random(400) < 0.9, true, 0)
    poor = np.where(generator.random(400) < 0.5, true, 0)
    there = by_name(find_gains(true, answers(poor), answers(good), 3))
    back = by_name(find_gains(true, answers(good), answers(poor), 3))
    for name in ("accuracy", "balanced_accuracy", "macro_f1"):
        assert (there[name].better, back[name].better) == ("second", "first")
        assert there[name].difference.low == pytest.approx(-back[name].difference.high, abs=0.02)


@pytest.mark.parametrize(
    ("low", "high", "better"),
    [(0.0004, 0.206, None), (0.0006, 0.206, "second"), (-0.2, -0.0004, None), (0.0, 0.2, None)],
)
def test_that_an_interval_that_touches_zero_as_it_is_read_is_no_difference(
    low: float, high: float, better: str | None
) -> None:
    gain = Gain("balanced_accuracy", 0.333, 0.431, Interval((low + high) / 2, low, high))
    assert gain.better == better


def test_that_accuracy_is_not_called_better_where_the_exact_test_says_chance() -> None:
    true = np.zeros(200, dtype=np.int64)
    first, second = true.copy(), true.copy()
    first[:7] = 1  # these 7 only the second has right, and 1 only the first: p = 0.07
    second[7] = 1
    gain = by_name(find_gains(true, answers(first), answers(second), 2))["accuracy"]
    assert gain.p_value == pytest.approx(0.0703125)
    assert gain.better is None
    first[8] = 1  # 8 to 1: p = 0.04
    gain = by_name(find_gains(true, answers(first), answers(second), 2))["accuracy"]
    assert gain.p_value == pytest.approx(0.0390625)
    assert gain.better == "second"


def test_that_a_smaller_loss_is_the_better_one() -> None:
    generator = np.random.default_rng(1)
    true = generator.integers(0, 2, 100)
    losses = generator.gamma(2.0, 1.0, 100)
    # What both find hard does not hide that the second is a little better on every image.
    less = losses - generator.uniform(0.0, 0.05, 100)
    found = by_name(find_gains(true, answers(true, losses), answers(true, less), 2))
    assert found["log_loss"].difference.high < 0
    assert found["log_loss"].better == "second"


@pytest.mark.parametrize("images", [1, 5, 30])
def test_that_models_with_the_same_answers_are_not_said_to_be_surely_alike(images: int) -> None:
    true = np.arange(images) % 3
    found = by_name(find_gains(true, answers(true), answers(true), 3))
    for name in ("accuracy", "balanced_accuracy", "macro_f1"):
        gain = found[name]
        assert gain.better is None
        assert gain.difference.low < 0 < gain.difference.high
    loss = found["log_loss"].difference
    assert (loss.low, loss.high) == ((-math.inf, math.inf) if images == 1 else (0.0, 0.0))


@pytest.mark.parametrize(("images", "better"), [(25, 0.9), (60, 0.8), (60, 0.95), (300, 0.85)])
def test_that_intervals_hold_the_true_difference_in_about_95_of_100_samples(
    images: int, better: float
) -> None:
    generator = np.random.default_rng(3)
    held, samples = dict.fromkeys(("accuracy", "balanced_accuracy", "macro_f1"), 0), 200
    for _ in range(samples):
        # Of two equally frequent classes the three figures have the same true value.
        true = generator.integers(0, 2, images)
        hard = generator.random(images)  # the same images are hard for both
        first = np.where(hard < 0.8, true, 1 - true)
        second = np.where(hard < better, true, 1 - true)
        noise = generator.random((2, images)) < 0.05
        first, second = (
            np.where(flip, 1 - said, said)
            for flip, said in zip(noise, (first, second), strict=True)
        )
        gains = by_name(find_gains(true, answers(first), answers(second), 2, resamples=250))
        for name in held:
            difference = gains[name].difference
            held[name] += difference.low <= (better - 0.8) * 0.9 <= difference.high
    assert min(held.values()) >= 0.88 * samples, held


def test_that_the_job_can_be_stopped() -> None:
    token = CancelToken()
    token.cancel()
    nothing = np.zeros(3, dtype=np.int64)
    with pytest.raises(Cancelled):
        find_gains(nothing, answers(nothing), answers(nothing), 2, cancel=token)
