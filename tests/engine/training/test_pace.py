"""An honest remaining time."""

from __future__ import annotations

import pytest

from effnet_studio.engine.training.pace import VALIDATION_COST, Pace


def steps(pace: Pace, epoch: int, count: int, *, wait: float, work: float) -> None:
    for _ in range(count):
        pace.step(epoch, wait, work, 10)


def test_that_nothing_is_promised_before_the_first_step() -> None:
    assert Pace(3, 10, 100, 20).remaining(0, 0) is None


def test_that_steps_and_validations_to_come_are_counted() -> None:
    pace = Pace(epochs=5, steps_per_epoch=10, train_images=100, val_images=20)
    steps(pace, 0, 10, wait=0.0, work=0.2)
    pace.validated(0.5)
    assert pace.remaining(1, 0) == pytest.approx(4 * 10 * 0.2 + 4 * 0.5)
    steps(pace, 1, 5, wait=0.0, work=0.2)
    assert pace.remaining(1, 5) == pytest.approx(35 * 0.2 + 4 * 0.5)


def test_that_decoding_is_expected_in_the_first_epoch_only() -> None:
    pace = Pace(epochs=3, steps_per_epoch=10, train_images=100, val_images=0)
    steps(pace, 0, 5, wait=0.3, work=0.1)
    assert pace.remaining(0, 5) == pytest.approx(5 * 0.4 + 20 * 0.1)
    steps(pace, 0, 5, wait=0.3, work=0.1)
    pace.validated(0.0)
    assert pace.remaining(1, 0) == pytest.approx(20 * 0.1)
    steps(pace, 1, 10, wait=0.05, work=0.1)  # varying pictures costs time in every epoch
    assert pace.remaining(2, 0) == pytest.approx(10 * 0.15)


def test_that_validation_is_guessed_from_training_until_it_was_measured() -> None:
    pace = Pace(epochs=1, steps_per_epoch=10, train_images=100, val_images=50)
    steps(pace, 0, 10, wait=0.0, work=0.2)
    assert pace.remaining(0, 10) == pytest.approx(50 * 0.02 * VALIDATION_COST)


def test_that_a_slow_first_step_does_not_distort_the_estimate() -> None:
    pace = Pace(epochs=1, steps_per_epoch=10, train_images=100, val_images=0)
    pace.step(0, 0.0, 5.0, 10)
    steps(pace, 0, 4, wait=0.0, work=0.1)
    assert pace.remaining(0, 5) == pytest.approx(0.5)


def test_that_a_continued_run_counts_its_own_first_epoch_as_the_one_that_decodes() -> None:
    pace = Pace(epochs=6, steps_per_epoch=10, train_images=100, val_images=0)
    steps(pace, 4, 5, wait=0.3, work=0.1)
    assert pace.remaining(4, 5) == pytest.approx(5 * 0.4 + 10 * 0.1)


def test_that_throughput_is_that_of_the_last_steps() -> None:
    pace = Pace(epochs=9, steps_per_epoch=100, train_images=1000, val_images=0)
    steps(pace, 0, 100, wait=1.0, work=1.0)
    steps(pace, 1, 50, wait=0.0, work=0.5)
    assert pace.images_per_second() == pytest.approx(20.0)


def test_that_cheaper_epochs_at_first_do_not_promise_too_much() -> None:
    pace = Pace(3, 10, 100, 0, costs=(0.25, 0.5, 1.0))
    steps(pace, 0, 10, wait=0.0, work=0.1)
    pace.validated(0.0)
    assert pace.remaining(1, 0) == pytest.approx(10 * 0.2 + 10 * 0.4)
    assert pace.images_per_second() == pytest.approx(100)


def test_that_a_step_during_which_the_computer_slept_does_not_count() -> None:
    pace = Pace(2, 10, 100, 0)
    steps(pace, 0, 9, wait=0.0, work=0.1)
    steps(pace, 0, 1, wait=0.0, work=3600.0)
    pace.validated(0.0)
    assert pace.remaining(1, 0) == pytest.approx(10 * 0.1)
