"""Whether probabilities mean what they say, against torchmetrics and scikit-learn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics as oracle
from sklearn.calibration import calibration_curve

from effnet_studio.engine.evaluation.evaluate import summarize
from effnet_studio.engine.evaluation.measures.calibration import (
    Reliability,
    ece_interval,
    measure_calibration,
    reliability,
)
from effnet_studio.engine.predict.scores import log_softmax, softmax
from effnet_studio.engine.torchvision_compat import import_torchvision

if TYPE_CHECKING:
    from numpy.typing import NDArray

EDGES = np.linspace(0, 1, 11)


def answers(
    seed: int, images: int, classes: int, sharpness: float = 2.0
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Logits and labels that have something to do with each other."""
    random = np.random.default_rng(seed)
    true = random.integers(0, classes, images)
    logits = random.normal(0, sharpness, (images, classes))
    logits[np.arange(images), true] += random.exponential(2.0, images)
    return logits.astype(np.float32), true


def confidences(logits: NDArray[np.float32], true: NDArray[np.int64]) -> tuple[object, ...]:
    probabilities = softmax(logits.astype(np.float64)).astype(np.float64)
    return probabilities.max(axis=1), logits.argmax(axis=1) == true


@settings(max_examples=40)
@given(
    seed=st.integers(0, 10**6),
    images=st.integers(1, 300),
    classes=st.integers(2, 12),
    bins=st.integers(1, 20),
)
def test_that_errors_of_calibration_are_those_of_torchmetrics(
    seed: int, images: int, classes: int, bins: int
) -> None:
    import_torchvision()  # torchmetrics needs it
    functional = pytest.importorskip("torchmetrics.functional.classification")
    logits, true = answers(seed, images, classes, sharpness=1.0)
    found = measure_calibration(logits, true, bins=bins, replicates=2)
    # torchmetrics has a bin of its own for what single precision rounds to 1: keep it empty.
    probabilities = torch.from_numpy(np.exp(log_softmax(logits))).clamp(max=1 - 2**-24)
    for norm, value in (("l1", found.ece), ("max", found.mce)):
        expected = functional.multiclass_calibration_error(
            probabilities, torch.from_numpy(true), num_classes=classes, n_bins=bins, norm=norm
        )
        assert value == pytest.approx(expected.item(), abs=2e-6)


@settings(max_examples=60)
@given(
    seed=st.integers(0, 10**6),
    images=st.integers(1, 300),
    bins=st.integers(1, 15),
    equal_mass=st.booleans(),
)
def test_that_the_bins_are_those_of_scikit_learn(
    seed: int, images: int, bins: int, *, equal_mass: bool
) -> None:
    confidence, right = confidences(*answers(seed, images, 4))
    found = reliability(confidence, right, bins=bins, equal_mass=equal_mass)  # type: ignore[arg-type]
    strategy = "quantile" if equal_mass else "uniform"
    accuracy, mean = calibration_curve(right, confidence, n_bins=bins, strategy=strategy)
    filled = found.counts > 0
    np.testing.assert_allclose(found.accuracy[filled], accuracy, atol=1e-12)
    np.testing.assert_allclose(found.confidence[filled], mean, atol=1e-12)
    assert found.counts.sum() == images
    np.testing.assert_array_equal(np.bincount(found.members, minlength=bins), found.counts)


@settings(max_examples=60)
@given(seed=st.integers(0, 10**6), images=st.integers(1, 200), classes=st.integers(2, 8))
def test_that_brier_score_and_log_loss_are_scikit_learns(
    seed: int, images: int, classes: int
) -> None:
    logits, true = answers(seed, images, classes)
    probabilities = softmax(logits).astype(np.float64)
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    found = measure_calibration(logits, true, replicates=2)
    labels = list(range(classes))
    expected = oracle.brier_score_loss(true, probabilities, labels=labels, scale_by_half=False)
    assert found.brier == pytest.approx(expected, abs=1e-6)
    assert found.log_loss == pytest.approx(
        oracle.log_loss(true, probabilities, labels=labels), rel=1e-5, abs=1e-6
    )
    assert found.accuracy == pytest.approx((logits.argmax(1) == true).mean())


def test_that_a_confidence_on_a_limit_belongs_below_it() -> None:
    found = reliability(np.array([0.1, 0.1000001, 1.0, 0.0]), np.array([True] * 4))
    assert found.members.tolist() == [0, 1, 9, 0]
    np.testing.assert_allclose(found.edges, EDGES)


def test_that_the_raw_outputs_are_those_times_the_temperature() -> None:
    logits, true = answers(3, 400, 5)
    divided = summarize(
        logits / 2.5,
        true,
        classes=tuple("abcde"),
        sample_ids=tuple(range(400)),
        split="val",
    )
    before = measure_calibration(divided.logits, true, temperature=1 / 2.5)
    assert before.ece == pytest.approx(measure_calibration(logits, true).ece, abs=1e-6)
    assert measure_calibration(divided.logits, true).log_loss == pytest.approx(divided.log_loss)


@pytest.mark.parametrize("right", [True, False])
@pytest.mark.parametrize("images", [2, 30])
def test_that_being_certain_is_right_or_wrong_altogether(images: int, *, right: bool) -> None:
    logits = np.tile(np.float32([300.0, 0.0]), (images, 1))
    true = np.full(images, 0 if right else 1)
    found = measure_calibration(logits, true)
    wrong = 0.0 if right else 1.0
    assert (found.ece, found.mce, found.brier) == (wrong, wrong, 2 * wrong)
    assert (found.ece_low, found.ece_high) == (wrong, wrong)
    assert found.log_loss == pytest.approx(300 * wrong)


def test_that_without_images_nothing_is_claimed() -> None:
    found = measure_calibration(np.zeros((0, 3), np.float32), np.zeros(0, np.int64))
    assert (found.images, found.ece, found.brier) == (0, 0.0, 0.0)
    empty = reliability(np.zeros(0), np.zeros(0, dtype=bool))
    assert (empty.ece, empty.mce) == (0.0, 0.0)
    assert ece_interval(np.zeros(0), np.zeros(0, dtype=bool), empty) == (0.0, 1.0)


def test_that_one_image_says_nothing_of_the_calibration() -> None:
    found = measure_calibration(np.float32([[2.0, 0.0]]), np.array([0]))
    assert (found.ece_low, found.ece_high) == (0.0, 1.0)


@pytest.mark.parametrize("too_sure", [0.0, 0.1])
def test_that_the_interval_holds_the_truth_about_as_often_as_it_says(too_sure: float) -> None:
    random = np.random.default_rng(0)

    def drawn(images: int) -> NDArray[np.float64]:
        return np.asarray(1 - 0.6 * random.beta(1, 6, images))

    many = drawn(200_000)
    truth = reliability(many, many - too_sure).ece  # type: ignore[arg-type]
    held = 0
    for trial in range(100):
        confidence = drawn(150)
        right = random.random(150) < confidence - too_sure
        found: Reliability = reliability(confidence, right)
        low, high = ece_interval(confidence, right, found, replicates=200, seed=trial)
        assert low <= found.ece <= high
        held += low <= truth <= high
    assert held >= 85


def test_that_the_same_seed_gives_the_same_interval() -> None:
    logits, true = answers(5, 100, 3)
    assert measure_calibration(logits, true, seed=7) == measure_calibration(logits, true, seed=7)
