"""Curves, AUC and average precision equal scikit-learn's, on random and on degenerate inputs."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray
from sklearn import metrics as oracle

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled
from effnet_studio.engine.evaluation.curves.class_curves import GRID, class_curves, class_scores
from effnet_studio.engine.evaluation.curves.curve_intervals import LEAST_IMAGES, curve_intervals
from effnet_studio.engine.evaluation.curves.curves import (
    average_precision,
    roc_auc,
    threshold_counts,
)
from effnet_studio.engine.predict.scores import log_softmax

Binary = tuple[NDArray[np.bool_], NDArray[np.float64]]
Answers = tuple[NDArray[np.float32], NDArray[np.int64]]


@st.composite
def rankings(draw: st.DrawFn) -> Binary:
    """Truths and scores with many ties; often of one kind only, often a single image."""
    count = draw(st.integers(1, 30))
    truths = draw(st.sampled_from((st.booleans(), st.just(True), st.just(False))))
    scores = draw(st.sampled_from((st.integers(0, 4), st.integers(0, 10**6))))
    positive = draw(hnp.arrays(np.bool_, count, elements=truths))
    return positive, draw(hnp.arrays(np.int64, count, elements=scores)) / 7


@st.composite
def answers(draw: st.DrawFn) -> Answers:
    """Logits with ties and true classes; often some classes have no images."""
    classes, count = draw(st.integers(1, 6)), draw(st.integers(1, 40))
    true = draw(hnp.arrays(np.int64, count, elements=st.integers(0, draw(st.integers(0, 9)))))
    logits = draw(hnp.arrays(np.float32, (count, classes), elements=st.integers(-3, 3)))
    return logits, np.minimum(true, classes - 1)


@given(rankings())
def test_that_the_roc_curve_equals_the_oracle(data: Binary) -> None:
    positive, scores = data
    counts = threshold_counts(positive, scores)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # scikit-learn warns of images of one kind
        false, true, thresholds = oracle.roc_curve(positive, scores, drop_intermediate=False)
    np.testing.assert_allclose(counts.false_positive_rate, false)
    np.testing.assert_allclose(counts.recall, true)
    np.testing.assert_array_equal(counts.thresholds, thresholds)


@given(rankings())
def test_that_the_precision_recall_curve_equals_the_oracle(data: Binary) -> None:
    positive, scores = data
    counts = threshold_counts(positive, scores)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        precision, recall, thresholds = oracle.precision_recall_curve(positive, scores)
    # scikit-learn begins at the lowest threshold, and leaves out the infinite one.
    np.testing.assert_allclose(counts.precision[::-1], precision)
    if positive.any():  # where it calls the share of nothing 1, ours is undefined
        np.testing.assert_allclose(counts.recall[::-1], recall)
    else:
        assert np.isnan(counts.recall).all()
    np.testing.assert_array_equal(counts.thresholds[:0:-1], thresholds)


@given(rankings())
def test_that_the_areas_equal_the_oracle(data: Binary) -> None:
    positive, scores = data
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = oracle.roc_auc_score(positive, scores) if len(set(positive)) > 1 else np.nan
        steps = oracle.average_precision_score(positive, scores) if positive.any() else np.nan
    np.testing.assert_allclose(roc_auc(positive, scores), expected)
    np.testing.assert_allclose(average_precision(positive, scores), steps)


@given(rankings())
def test_that_a_threshold_parts_the_images_as_it_says(data: Binary) -> None:
    positive, scores = data
    counts = threshold_counts(positive, scores)
    assert counts.thresholds[0] == np.inf
    assert len(counts.thresholds) == len(np.unique(scores)) + 1
    for threshold, found, false in zip(
        counts.thresholds, counts.found, counts.false_alarms, strict=True
    ):
        assert found == (positive & (scores >= threshold)).sum()
        assert false == (~positive & (scores >= threshold)).sum()
    assert (counts.positives, counts.negatives) == (positive.sum(), (~positive).sum())


def test_that_truths_and_scores_must_be_of_one_length() -> None:
    with pytest.raises(ValueError, match="2"):
        threshold_counts(np.array([True, False]), np.array([0.5]))


@given(answers())
def test_that_the_figures_of_all_classes_and_their_averages_equal_the_oracle(
    data: Answers,
) -> None:
    logits, true = data
    classes = logits.shape[1]
    found = class_curves(logits, true)
    table = np.stack([found.scores.of(label) for label in range(classes)], axis=1)
    np.testing.assert_allclose(table, np.exp(log_softmax(logits)), rtol=1e-12)
    truths = true[:, None] == np.arange(classes)
    for label in range(classes):
        positive = truths[:, label]
        ranked, both = table[:, label], 0 < positive.sum() < len(true)
        area = oracle.roc_auc_score(positive, ranked) if both else np.nan
        steps = oracle.average_precision_score(positive, ranked) if positive.any() else np.nan
        np.testing.assert_allclose(found.roc_auc[label], area)
        np.testing.assert_allclose(found.average_precision[label], steps)
    there = truths.any(axis=0)
    macro = oracle.average_precision_score(truths[:, there], table[:, there], average="macro")
    np.testing.assert_allclose(found.macro.average_precision, macro)
    micro = oracle.average_precision_score(truths.ravel(), table.ravel())
    np.testing.assert_allclose(found.micro.average_precision, micro)
    if classes > 1:
        area = oracle.roc_auc_score(truths.ravel(), table.ravel())
        np.testing.assert_allclose(found.micro.roc_auc, area)
    if there.sum() > 1:
        areas = oracle.roc_auc_score(truths[:, there], table[:, there], average="macro")
        np.testing.assert_allclose(found.macro.roc_auc, areas)
    np.testing.assert_array_equal(found.positives, truths.sum(axis=0))


def test_that_scores_of_a_very_sure_model_keep_their_order() -> None:
    logits = np.array([[20, 0], [21, 0], [22, 0], [0, 30]], dtype=np.float32)
    scores = class_scores(logits, np.array([0, 0, 0, 1])).of(0)
    assert len(set(scores.astype(np.float32))) < len(set(scores)) == 4


@given(answers())
def test_that_averaged_curves_are_the_means_of_the_curves(data: Answers) -> None:
    logits, true = data
    found = class_curves(logits, true)
    recalls, precisions = [], []
    for label in range(found.scores.classes):
        counts = found.scores.counts(label)
        if counts.positives and counts.negatives:
            recalls.append(np.interp(GRID, counts.false_positive_rate, counts.recall))
        if counts.positives:
            reached = [np.flatnonzero(counts.recall >= grid - 1e-9)[0] for grid in GRID]
            reached[0] = np.flatnonzero(counts.found > 0)[0]
            precisions.append(counts.precision[reached])
    if recalls:
        np.testing.assert_allclose(found.macro.true_positive_rate, np.mean(recalls, axis=0))
    else:
        assert np.isnan(found.macro.true_positive_rate).all()
    np.testing.assert_allclose(found.macro.precision, np.mean(precisions, axis=0))


def invented(images: int, classes: int, skill: float, seed: int = 0) -> Answers:
    """A model of some skill."""
    random = np.random.default_rng(seed)
    true = random.integers(0, classes, images)
    logits = random.normal(0, 1, (images, classes))
    logits[np.arange(images), true] += skill
    return logits.astype(np.float32), true


def test_that_intervals_hold_the_figures_and_are_repeatable() -> None:
    found = class_curves(*invented(400, 5, 1.5))
    intervals = curve_intervals(found, resamples=100)
    for figures, ends in (
        (found.roc_auc, intervals.roc_auc),
        (found.average_precision, intervals.average_precision),
        (np.array([found.macro.roc_auc]), intervals.macro_roc_auc[None]),
        (np.array([found.macro.average_precision]), intervals.macro_average_precision[None]),
    ):
        assert (ends[:, 0] < figures).all()
        assert (figures < ends[:, 1]).all()
        assert (ends >= 0).all()
        assert (ends <= 1).all()
    again = curve_intervals(found, resamples=100)
    np.testing.assert_array_equal(again.average_precision, intervals.average_precision)
    assert np.ptp(intervals.macro_roc_auc) < np.ptp(intervals.roc_auc, axis=1).min()


def test_that_each_resample_is_one_of_the_images_of_each_class() -> None:
    """The resamples' rankings equal those of the images drawn and written out."""
    from effnet_studio.engine.evaluation.curves.curve_intervals import _draw, _resampled

    logits, true = invented(60, 3, 1.0)
    logits = np.round(logits)  # many are equal
    scores = class_scores(logits, true)
    draws = _draw(true, 20, np.random.default_rng(0), None)
    for label in range(3):
        np.testing.assert_array_equal(draws[:, true == label].sum(axis=1), (true == label).sum())
        values, mine = scores.of(label), true == label
        for rows, ranking in _resampled(values, mine, draws):
            for place, row in enumerate(range(rows.start, rows.stop)):
                drawn = np.repeat(np.arange(60), draws[row])
                area = oracle.roc_auc_score(mine[drawn], values[drawn])
                steps = oracle.average_precision_score(mine[drawn], values[drawn])
                assert ranking.roc_auc[place] == pytest.approx(area)
                assert ranking.average_precision[place] == pytest.approx(steps)


def test_that_the_interval_is_as_wide_as_other_samples_differ() -> None:
    """Nine of ten intervals, and not all, hold the mean of many other samples."""
    others = [class_curves(*invented(150, 2, 1.2, seed)) for seed in range(1000, 1400)]
    truth = np.mean([each.average_precision[0] for each in others])
    area = np.mean([each.roc_auc[0] for each in others])
    held = []
    for seed in range(100):
        found = curve_intervals(class_curves(*invented(150, 2, 1.2, seed)), resamples=100)
        ends = np.stack([found.roc_auc[0], found.average_precision[0]])
        held.append((ends[:, 0] <= (area, truth)) & ((area, truth) <= ends[:, 1]))
    share = np.mean(held, axis=0)
    assert (share >= 0.88).all()
    assert (share < 1).all()


def test_that_there_is_no_interval_where_resampling_knows_nothing() -> None:
    logits, true = invented(200, 4, 1.0)
    keep = (true != 3) | (np.cumsum(true == 3) < LEAST_IMAGES)
    found = curve_intervals(class_curves(logits[keep], true[keep]), resamples=50)
    assert np.isnan(found.roc_auc[3]).all()
    assert not np.isnan(found.roc_auc[:3]).any()
    assert not np.isnan(found.macro_roc_auc).any()
    perfect = class_curves(np.eye(2, dtype=np.float32)[true % 2] * 9, true % 2)
    assert perfect.macro.roc_auc == 1.0
    found = curve_intervals(perfect, resamples=50)
    assert np.isnan(found.roc_auc).all()
    assert np.isnan(found.macro_average_precision).all()


@pytest.mark.parametrize("images", [1, 3])
def test_that_images_of_a_single_class_leave_the_areas_undefined(images: int) -> None:
    found = class_curves(np.zeros((images, 3), dtype=np.float32), np.ones(images, dtype=np.int64))
    assert np.isnan(found.roc_auc).all()
    assert np.isnan(found.macro.roc_auc)
    np.testing.assert_array_equal(found.average_precision, [np.nan, 1.0, np.nan])
    assert np.isnan(curve_intervals(found).average_precision).all()


@settings(max_examples=20)
@given(answers())
def test_that_any_answers_have_intervals_or_none(data: Answers) -> None:
    found = class_curves(*data)
    intervals = curve_intervals(found, resamples=10)
    for ends in (intervals.roc_auc, intervals.average_precision):
        known = ~np.isnan(ends[:, 0])
        assert (ends[known, 0] <= ends[known, 1]).all()


def test_that_the_work_can_be_stopped() -> None:
    token = CancelToken()
    found = class_curves(*invented(50, 3, 1.0))
    token.cancel()
    with pytest.raises(Cancelled):
        class_curves(*invented(50, 3, 1.0), cancel=token)
    with pytest.raises(Cancelled):
        curve_intervals(found, cancel=token)
