"""Wrong labels from probabilities: against the paper's own words, its authors' code, and noise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from effnet_studio.engine.evaluation.labels.confident_learning import (
    confident_joint,
    estimate_joint,
    judge_labels,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

Noisy = tuple["NDArray[np.float64]", "NDArray[np.int64]", "NDArray[np.int64]"]


def noisy(seed: int, *, classes: int, count: int, share: float, sure: float) -> Noisy:
    """Probabilities that mostly know the true class; labels of which a share is wrong."""
    random = np.random.default_rng(seed)
    true = np.arange(count) % classes
    logits = random.normal(size=(count, classes))
    logits[np.arange(count), true] += sure
    labels = true.copy()
    wrong = random.permutation(count)[: int(share * count)]
    labels[wrong] = (true[wrong] + random.integers(1, classes, len(wrong))) % classes
    odds = np.exp(logits)
    return odds / odds.sum(axis=1, keepdims=True), true, labels


def test_that_the_joint_is_counted_as_the_paper_says() -> None:
    probabilities, _, labels = noisy(0, classes=4, count=200, share=0.15, sure=2.0)
    thresholds = [probabilities[labels == j, j].mean() for j in range(4)]
    expected = np.zeros((4, 4), dtype=int)
    for row, label in zip(probabilities, labels, strict=True):
        reached = [j for j in range(4) if row[j] >= thresholds[j]]
        if reached:
            expected[label, max(reached, key=lambda j: row[j])] += 1
    np.testing.assert_array_equal(confident_joint(probabilities, labels), expected)
    joint = estimate_joint(expected, labels)
    assert joint.sum() == pytest.approx(1)
    np.testing.assert_allclose(joint.sum(axis=1), np.bincount(labels) / 200)


@pytest.mark.parametrize("seed", range(5))
def test_that_the_authors_code_flags_the_same_labels(seed: int) -> None:
    count = pytest.importorskip("cleanlab.count")
    outlier = pytest.importorskip("cleanlab.filter")
    rank = pytest.importorskip("cleanlab.rank")
    probabilities, _, labels = noisy(seed, classes=5, count=600, share=0.1, sure=2.5)
    found = judge_labels(probabilities, labels)
    theirs = outlier.find_label_issues(
        labels, probabilities, filter_by="prune_by_noise_rate", n_jobs=1
    )
    both, either = (found.flagged & theirs).sum(), (found.flagged | theirs).sum()
    # Theirs compares all classes, not only those that reach their threshold, and rounds otherwise.
    assert both >= 0.9 * either
    joint = count.estimate_joint(labels, probabilities)
    np.testing.assert_allclose(found.joint, joint, atol=0.01)
    scores = rank.get_label_quality_scores(labels, probabilities, method="self_confidence")
    np.testing.assert_allclose(found.scores, scores)


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    classes=st.integers(2, 8),
    share=st.floats(0.02, 0.2),
)
def test_that_wrong_labels_are_found_where_the_classes_are_clear(
    seed: int, classes: int, share: float
) -> None:
    probabilities, true, labels = noisy(seed, classes=classes, count=400, share=share, sure=8.0)
    found = judge_labels(probabilities, labels)
    wrong = labels != true
    assert (found.suggested[found.flagged] == true[found.flagged]).all()
    assert not (found.flagged & ~wrong).any()
    # A wrong label whose picture is less sure than most of its class may escape the count.
    assert (wrong & ~found.flagged).sum() <= 4 + 0.2 * wrong.sum()
    worst = np.argsort(found.scores)[: wrong.sum()]
    assert wrong[worst].mean() >= 0.95


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), classes=st.integers(1, 6), extra=st.integers(0, 30))
def test_that_any_probabilities_give_a_verdict(seed: int, classes: int, extra: int) -> None:
    random = np.random.default_rng(seed)
    labels = np.concatenate([np.arange(classes), random.integers(0, classes, extra)])
    probabilities = random.dirichlet(np.full(classes, 0.3), len(labels))
    found = judge_labels(probabilities, labels)
    assert found.joint.sum() == pytest.approx(1)
    assert ((found.scores >= 0) & (found.scores <= 1)).all()
    assert (found.suggested[found.flagged] != labels[found.flagged]).all()


def test_that_a_model_that_knows_nothing_points_at_nothing() -> None:
    labels = np.arange(30) % 3
    found = judge_labels(np.full((30, 3), 1 / 3), labels)
    assert not found.flagged[labels == 0].any()
    assert set(found.suggested.tolist()) == {0}


def test_that_right_labels_are_not_flagged() -> None:
    labels = np.arange(90) % 3
    assert not judge_labels(np.eye(3)[labels], labels).flagged.any()
