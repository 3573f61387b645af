"""The linear classifier: against scikit-learn's, and that copies stay together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled
from effnet_studio.engine.evaluation.labels.linear_probe import (
    divide,
    groups_of_classes,
    out_of_fold_probabilities,
)
from effnet_studio.engine.events import Event, Progress
from effnet_studio.engine.models.logistic import fit_logistic
from effnet_studio.engine.predict.scores import softmax


def clusters(
    seed: int, classes: int, each: int, *, apart: float = 1.0
) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    middles = random.normal(size=(classes, 12)) * apart
    labels = np.repeat(np.arange(classes), each)
    return (middles[labels] + random.normal(size=(len(labels), 12))).astype(np.float32), labels


@pytest.mark.parametrize("classes", [2, 5])
@pytest.mark.parametrize("l2", [0.1, 10.0])
def test_that_it_fits_as_scikit_learn_does(classes: int, l2: float) -> None:
    linear = pytest.importorskip("sklearn.linear_model")
    features, labels = clusters(1, classes, 40)
    ours = softmax(fit_logistic(features, labels, classes, l2=l2)(features))
    # Of two classes theirs has one column of weights, ours two, each half as long.
    strength = l2 / 2 if classes == 2 else l2
    theirs = linear.LogisticRegression(C=1 / strength, tol=1e-8, max_iter=5000)
    expected = theirs.fit(features.astype(np.float64), labels).predict_proba(features)
    np.testing.assert_allclose(ours, expected, atol=2e-3)


def test_that_each_picture_is_judged_by_the_others() -> None:
    features, labels = clusters(2, 3, 30, apart=4.0)
    events: list[Event] = []
    found = out_of_fold_probabilities(features, labels, on_event=events.append)
    assert found.shape == (90, 3)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found.sum(axis=1), 1, atol=1e-5)
    assert (found.argmax(axis=1) == labels).mean() > 0.95
    steps = [event for event in events if isinstance(event, Progress)]
    assert (steps[-1].done, steps[-1].total, steps[-1].unit) == (5, 5, "steps")
    again = out_of_fold_probabilities(features, labels)
    np.testing.assert_array_equal(found, again)


def test_that_a_copy_does_not_give_a_label_away() -> None:
    random = np.random.default_rng(3)
    single = random.normal(size=(60, 200)).astype(np.float32)
    features, groups = np.repeat(single, 2, axis=0), np.repeat(np.arange(60), 2)
    labels = np.repeat(random.integers(0, 2, 60), 2)  # nothing but the copy tells the label
    torn = out_of_fold_probabilities(features, labels, l2=0.01)
    whole = out_of_fold_probabilities(features, labels, groups=groups, l2=0.01)
    assert (torn.argmax(axis=1) == labels).mean() > 0.8
    assert (whole.argmax(axis=1) == labels).mean() < 0.7


def test_that_a_class_in_one_group_is_passed_over_and_nothing_breaks() -> None:
    features, labels = clusters(4, 2, 10, apart=4.0)
    labels[0] = 2
    found = out_of_fold_probabilities(features, labels)
    assert np.isfinite(found).all()
    assert found[0, 2] < 0.01
    assert groups_of_classes(labels).tolist() == [9, 10, 1]


def test_that_it_can_be_stopped() -> None:
    features, labels = clusters(5, 2, 10)
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        out_of_fold_probabilities(features, labels, cancel=cancel)


def test_that_one_fold_is_refused() -> None:
    with pytest.raises(ValueError, match="two folds"):
        divide(np.zeros(4, dtype=np.int64), folds=1)


@settings(max_examples=100, deadline=None)
@given(
    labels=st.lists(st.integers(0, 3), min_size=1, max_size=60),
    folds=st.integers(2, 7),
    seed=st.integers(0, 100),
    joined=st.integers(1, 10),
)
def test_that_families_stay_together_and_classes_are_divided_evenly(
    labels: list[int], folds: int, seed: int, joined: int
) -> None:
    names = np.unique(labels, return_inverse=True)[1]
    random = np.random.default_rng(seed)
    groups = np.where(random.random(len(names)) < 0.4, random.integers(0, joined, len(names)), -1)
    groups = np.where(groups >= 0, groups + joined * names, -1)  # of one class each
    fold_of = divide(names, groups, folds=folds, seed=seed)
    assert ((fold_of >= 0) & (fold_of < folds)).all()
    for group in np.unique(groups[groups >= 0]):
        assert len(set(fold_of[groups == group].tolist())) == 1
    for label, count in enumerate(groups_of_classes(names, groups)):
        assert len(set(fold_of[names == label].tolist())) == min(folds, count)
    alone = divide(names, folds=folds, seed=seed)
    for label in range(names.max() + 1):
        sizes = np.bincount(alone[names == label], minlength=folds)
        assert sizes.max() - sizes.min() <= 1
    np.testing.assert_array_equal(alone, divide(names, folds=folds, seed=seed))
