"""95 % intervals hold the true value in about 95 of 100 cases, also where all answers are right."""

from __future__ import annotations

import math
import tracemalloc
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats
from sklearn import metrics as oracle

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled
from effnet_studio.engine.evaluation.evaluate import Evaluation, summarize
from effnet_studio.engine.evaluation.measures.bootstrap import Interval, student_t95
from effnet_studio.engine.evaluation.measures.intervals import Intervals, confidence_intervals
from effnet_studio.engine.evaluation.measures.significance import wilson
from effnet_studio.engine.evaluation.measures.tally import Tally

SINGLE = tuple(each.name for each in fields(Intervals))[:8]
"""Figures that are one number each."""
SHARES = ("precision", "recall", "f1")


def judged(
    true: NDArray[np.int64],
    predicted: NDArray[np.int64],
    classes: int,
    sureness: NDArray[np.float64] | None = None,
) -> Evaluation:
    """An evaluation with these answers; the larger the sureness, the larger their logit."""
    logits = np.zeros((len(true), classes), dtype=np.float32)
    logits[np.arange(len(true)), predicted] = 2.0 if sureness is None else sureness
    return summarize(
        logits,
        true,
        classes=tuple(f"class {number}" for number in range(classes)),
        sample_ids=tuple(range(len(true))),
        split="val",
    )


def single(found: Intervals) -> dict[str, Interval]:
    every = {name: getattr(found, name) for name in SINGLE}
    return {name: interval for name, interval in every.items() if interval is not None}


@settings(max_examples=60)
@given(st.integers(1, 8), st.integers(1, 30), st.integers(0, 2**31 - 1), st.integers(1, 8))
def test_that_every_interval_holds_its_figure_and_stays_possible(
    classes: int, images: int, seed: int, answered: int
) -> None:
    generator = np.random.default_rng(seed)
    true = generator.integers(0, classes, images)
    predicted = generator.integers(0, min(answered, classes), images)
    evaluation = judged(true, predicted, classes)
    found = confidence_intervals(evaluation, resamples=60)
    for name, interval in single(found).items():
        assert interval.value == pytest.approx(getattr(evaluation, name), abs=1e-12)
        assert interval.low <= interval.value <= interval.high
        assert interval.low >= (-1 if name in {"kappa", "mcc"} else 0)
        if name != "log_loss":
            assert interval.high <= 1
    for name in SHARES:
        values = np.array([getattr(report, name) for report in evaluation.per_class])
        ends = getattr(found, name)
        assert ends.shape == (classes, 2)
        assert ((ends[:, 0] >= 0) & (ends[:, 0] <= values + 1e-12)).all()
        assert ((values - 1e-12 <= ends[:, 1]) & (ends[:, 1] <= 1)).all()


@pytest.mark.parametrize(("classes", "images"), [(2, 20), (6, 20), (1000, 3000)])
def test_that_all_right_is_not_said_to_be_certain(classes: int, images: int) -> None:
    true = np.arange(images) % classes
    found = confidence_intervals(judged(true, true, classes), resamples=200)
    for name, interval in single(found).items():
        if name != "log_loss":
            assert interval.value == interval.high == 1, name
            assert interval.low < 1, name
            # About what the rule of three says of the errors: fewer than 3 in n.
            assert interval.low > 1 - 14 / images, name
    for name in SHARES:
        assert (getattr(found, name)[:, 0] < 1).all()


@pytest.mark.parametrize("answer", [0, 1])
def test_that_one_image_says_next_to_nothing(answer: int) -> None:
    found = confidence_intervals(judged(np.array([1]), np.array([answer]), 3))
    for name in ("accuracy", "balanced_accuracy", "macro_f1", "weighted_f1"):
        interval = getattr(found, name)
        assert interval.high - interval.low > 0.75, name
    assert (found.log_loss.low, found.log_loss.high) == (0.0, math.inf)
    assert found.kappa == found.mcc == Interval(0.0, -1.0, 1.0)
    assert found.recall[2].tolist() == [0.0, 1.0]  # a class without images
    assert found.top5 is None


def test_that_all_wrong_is_not_said_to_be_certain() -> None:
    true = np.arange(30) % 3
    found = confidence_intervals(judged(true, (true + 1) % 3, 3))
    for name in ("accuracy", "balanced_accuracy", "macro_f1", "weighted_f1"):
        interval = getattr(found, name)
        assert interval.low == interval.value == 0, name
        assert 0 < interval.high < 0.5, name


def test_that_the_only_class_cannot_be_mistaken() -> None:
    nothing = np.zeros(5, dtype=np.int64)
    found = confidence_intervals(judged(nothing, nothing, 1))
    assert found.balanced_accuracy == Interval(1.0, 1.0, 1.0)
    assert found.kappa == Interval(0.0, 0.0, 0.0)  # 0/0 in every resample


def test_that_plain_shares_have_wilsons_interval() -> None:
    generator = np.random.default_rng(2)
    true = generator.integers(0, 7, 90)
    evaluation = judged(true, np.where(generator.random(90) < 0.7, true, 0), 7)
    found = confidence_intervals(evaluation, resamples=20)
    share = wilson(int(np.trace(evaluation.confusion)), 90)
    assert found.accuracy == Interval(share.value, share.low, share.high)
    assert found.top5 is not None
    assert found.top5.value == evaluation.top5
    for number, report in enumerate(evaluation.per_class):
        right = int(evaluation.confusion[number, number])
        share = wilson(right, report.support)
        assert found.recall[number] == pytest.approx([share.low, share.high])
        share = wilson(right, int(evaluation.confusion[:, number].sum()))
        assert found.precision[number] == pytest.approx([share.low, share.high])


def test_that_the_same_seed_gives_the_same_intervals() -> None:
    generator = np.random.default_rng(3)
    true, predicted = generator.integers(0, 4, (2, 80))
    evaluation = judged(true, predicted, 4)
    first, again, other = (
        single(confidence_intervals(evaluation, seed=seed)) for seed in (5, 5, 6)
    )
    assert first == again
    assert first != other


def test_that_intervals_of_many_images_are_those_of_a_plain_bootstrap() -> None:
    generator = np.random.default_rng(4)
    true = generator.integers(0, 4, 1500)
    predicted = np.where(generator.random(1500) < 0.8, true, generator.integers(0, 4, 1500))
    evaluation = judged(true, predicted, 4, generator.gamma(2.0, 1.0, 1500))
    found = confidence_intervals(evaluation)
    losses = -np.log(evaluation.true_probability.astype(np.float64))

    def mean(rows: NDArray[np.int64]) -> float:
        return float(losses[rows].mean())

    def kappa(rows: NDArray[np.int64]) -> float:
        return float(oracle.cohen_kappa_score(true[rows], predicted[rows]))

    for figure, mine in ((mean, found.log_loss), (kappa, found.kappa)):
        drawn = [figure(generator.integers(0, 1500, 1500)) for _ in range(300)]
        low, high = np.quantile(drawn, [0.025, 0.975])
        assert mine.low == pytest.approx(low, abs=0.15 * (high - low))
        assert mine.high == pytest.approx(high, abs=0.15 * (high - low))


def population(classes: int, accuracy: float, shrinking: float) -> NDArray[np.float64]:
    """Probability of each cell; every class has a share of the one before's images."""
    share = shrinking ** np.arange(classes)
    cells = np.full((classes, classes), (1 - accuracy) / (classes - 1))
    np.fill_diagonal(cells, accuracy)
    return np.asarray((share / share.sum())[:, None] * cells)


@pytest.mark.parametrize(
    ("classes", "shrinking", "images", "accuracy"),
    [
        (2, 1.0, 20, 0.95),  # often all right
        (3, 0.4, 60, 0.8),
        (10, 0.8, 150, 0.9),
        (60, 1.0, 300, 0.7),  # five images a class
    ],
)
def test_that_intervals_hold_the_true_value_in_about_95_of_100_samples(
    classes: int, shrinking: float, images: int, accuracy: float
) -> None:
    cells = population(classes, accuracy, shrinking)
    truth = Tally.of_confusion((cells * 1e9).round().astype(np.int64))
    generator = np.random.default_rng(11)
    samples = 120
    held = dict.fromkeys((*SINGLE[:6], *SHARES), 0)
    for _ in range(samples):
        drawn = generator.choice(classes**2, images, p=cells.ravel())
        found = confidence_intervals(
            judged(drawn // classes, drawn % classes, classes), resamples=250
        )
        for name in SINGLE[:6]:
            interval = getattr(found, name)
            expected = float(getattr(truth, name)())
            held[name] += interval.low - 1e-9 <= expected <= interval.high + 1e-9
        for name in SHARES:
            low, high = getattr(found, name)[0]
            held[name] += int(low <= float(getattr(truth, name)()[0]) <= high)
    shares = {name: count / samples for name, count in held.items()}
    assert min(shares.values()) >= 0.86, shares


@pytest.mark.parametrize("images", [5, 20, 200])
def test_that_the_interval_of_the_loss_holds_the_true_value_as_often(images: int) -> None:
    generator = np.random.default_rng(12)

    def answers(count: int) -> Evaluation:
        true, margins = np.zeros(count, dtype=np.int64), generator.normal(1.0, 1.5, count)
        return judged(true, np.zeros(count, dtype=np.int64), 2, margins)

    expected = answers(200_000).log_loss
    held = 0
    for _ in range(200):
        interval = confidence_intervals(answers(images), resamples=250).log_loss
        held += interval.low <= expected <= interval.high
    assert 0.84 <= held / 200 <= 0.99


@pytest.mark.parametrize("freedom", [1, 2, 3, 5, 10, 100, 10_000])
def test_that_the_t_quantile_is_as_near_as_stated(freedom: int) -> None:
    expected = stats.t.ppf(0.975, freedom)
    near = {1: 0.25, 2: 0.05}.get(freedom, 0.01)
    assert student_t95(freedom) == pytest.approx(expected, rel=near)


def test_that_the_job_can_be_stopped() -> None:
    token = CancelToken()
    token.cancel()
    evaluation = judged(np.array([0, 1]), np.array([0, 1]), 2)
    with pytest.raises(Cancelled):
        confidence_intervals(evaluation, cancel=token)


def test_that_memory_grows_neither_with_the_images_nor_with_the_resamples() -> None:
    generator = np.random.default_rng(6)
    peaks = []
    for images, resamples in ((2_000, 300), (40_000, 300), (2_000, 1500)):
        true, predicted = generator.integers(0, 50, (2, images))
        evaluation = judged(true, predicted, 50)
        tracemalloc.start()
        confidence_intervals(evaluation, resamples=resamples)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert max(peaks) < 80e6
