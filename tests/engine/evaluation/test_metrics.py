"""Every figure equals scikit-learn's, on random and on degenerate inputs."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray
from sklearn import metrics as oracle

from effnet_studio.engine.evaluation.measures.metrics import (
    accuracy,
    balanced_accuracy,
    class_reports,
    cohen_kappa,
    confusion_matrix,
    log_loss,
    macro_f1,
    matthews_correlation,
    runners_up,
    top_k_accuracy,
    true_log_probability,
    true_ranks,
    weighted_f1,
)
from effnet_studio.engine.predict.scores import log_softmax, softmax

Labels = tuple[NDArray[np.int64], NDArray[np.int64], int]


@st.composite
def answers(draw: st.DrawFn) -> Labels:
    """True and predicted classes; often one class only, or classes that never occur."""
    classes = draw(st.integers(1, 6))
    count = draw(st.integers(1, 40))
    within = st.integers(0, draw(st.integers(0, classes - 1)))
    pair = [draw(hnp.arrays(np.int64, count, elements=within)) for _ in range(2)]
    return pair[0], pair[1], classes


@given(answers())
def test_that_confusion_and_accuracy_equal_the_oracle(data: Labels) -> None:
    true, predicted, classes = data
    mine = confusion_matrix(true, predicted, classes)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # scikit-learn warns about a single class
        expected = oracle.confusion_matrix(true, predicted, labels=list(range(classes)))
    np.testing.assert_array_equal(mine, expected)
    assert accuracy(mine) == oracle.accuracy_score(true, predicted)


@given(answers())
def test_that_class_figures_equal_the_oracle(data: Labels) -> None:
    true, predicted, classes = data
    confusion = confusion_matrix(true, predicted, classes)
    precision, recall, f1, support = oracle.precision_recall_fscore_support(
        true, predicted, labels=list(range(classes)), zero_division=0
    )
    reports = class_reports(confusion, [f"class {i}" for i in range(classes)])
    assert [report.label for report in reports] == [f"class {i}" for i in range(classes)]
    np.testing.assert_allclose([report.precision for report in reports], precision)
    np.testing.assert_allclose([report.recall for report in reports], recall)
    np.testing.assert_allclose([report.f1 for report in reports], f1)
    np.testing.assert_array_equal([report.support for report in reports], support)


@given(answers())
def test_that_averages_equal_the_oracle(data: Labels) -> None:
    true, predicted, classes = data
    confusion = confusion_matrix(true, predicted, classes)
    with warnings.catch_warnings():
        # scikit-learn warns about classes that were predicted but have no images.
        warnings.simplefilter("ignore")
        expected = oracle.balanced_accuracy_score(true, predicted)
    assert balanced_accuracy(confusion) == pytest.approx(expected)
    assert macro_f1(confusion) == pytest.approx(
        oracle.f1_score(true, predicted, average="macro", zero_division=0)
    )


@given(answers())
def test_that_weighted_f1_kappa_and_mcc_equal_the_oracle(data: Labels) -> None:
    true, predicted, classes = data
    confusion = confusion_matrix(true, predicted, classes)
    assert weighted_f1(confusion) == pytest.approx(
        oracle.f1_score(true, predicted, average="weighted", zero_division=0)
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # scikit-learn warns where a figure is 0/0
        kappa = oracle.cohen_kappa_score(true, predicted, replace_undefined_by=0.0)
        mcc = oracle.matthews_corrcoef(true, predicted)
    assert cohen_kappa(confusion) == pytest.approx(kappa, abs=1e-12)
    assert matthews_correlation(confusion) == pytest.approx(mcc, abs=1e-12)


@pytest.mark.parametrize(
    ("true", "predicted", "classes", "expected"),
    [
        ([0, 0, 0], [0, 0, 0], 1, (1.0, 1.0, 0.0, 0.0)),  # one class, all right
        ([0, 0, 0], [0, 0, 0], 3, (1.0, 1.0, 0.0, 0.0)),
        ([0, 1, 0, 1], [0, 1, 0, 1], 2, (1.0, 1.0, 1.0, 1.0)),
        ([0, 1, 0, 1], [1, 0, 1, 0], 2, (0.0, 0.0, -1.0, -1.0)),  # all wrong
        ([0, 1, 0, 1], [0, 0, 0, 0], 2, (0.5, 1 / 3, 0.0, 0.0)),  # always the same answer
        ([0, 0, 0, 0], [0, 1, 0, 1], 2, (0.5, 2 / 3, 0.0, 0.0)),  # a class without images
        ([2], [1], 3, (0.0, 0.0, 0.0, 0.0)),  # a single image
    ],
)
def test_that_degenerate_answers_have_the_stated_figures(
    true: list[int], predicted: list[int], classes: int, expected: tuple[float, ...]
) -> None:
    confusion = confusion_matrix(np.array(true), np.array(predicted), classes)
    figures = (accuracy, weighted_f1, cohen_kappa, matthews_correlation)
    assert tuple(figure(confusion) for figure in figures) == pytest.approx(expected)


def test_that_figures_of_very_many_images_do_not_overflow() -> None:
    confusion = np.array([[3_000_000, 10], [20, 2_000_000]]) * 100
    small = np.array([[3_000_000, 10], [20, 2_000_000]])
    assert matthews_correlation(confusion) == pytest.approx(matthews_correlation(small))
    assert cohen_kappa(confusion) == pytest.approx(cohen_kappa(small))
    assert 0.99 < cohen_kappa(confusion) < 1


@given(st.integers(1, 30), st.integers(3, 8), st.integers(0, 2**31 - 1), st.data())
def test_that_top_k_equals_the_oracle(
    count: int, classes: int, seed: int, data: st.DataObject
) -> None:
    generator = np.random.default_rng(seed)
    # Every row is a shuffle, for of equal scores scikit-learn takes the last class and not the
    # first as argmax does.
    logits = generator.permuted(np.tile(np.arange(classes, dtype=np.float32), (count, 1)), axis=1)
    true = generator.integers(0, classes, count)
    k = data.draw(st.integers(1, classes - 1))
    expected = oracle.top_k_accuracy_score(true, logits, k=k, labels=list(range(classes)))
    assert top_k_accuracy(logits, true, k) == pytest.approx(expected)
    assert top_k_accuracy(logits, true, classes) == 1.0


@given(
    hnp.arrays(
        np.float32,
        hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=7),
        elements=st.integers(0, 2),  # many ties
    ),
    st.data(),
)
def test_that_ranks_follow_argmax_where_logits_are_equal(
    logits: NDArray[np.float32], data: st.DataObject
) -> None:
    within = st.integers(0, logits.shape[1] - 1)
    true = data.draw(hnp.arrays(np.int64, len(logits), elements=within))
    order = np.argsort(-logits, axis=1, kind="stable")
    expected = [row.tolist().index(label) for row, label in zip(order, true, strict=True)]
    assert true_ranks(logits, true).tolist() == expected
    if logits.shape[1] > 1:
        assert runners_up(logits).tolist() == order[:, 1].tolist()
    assert top_k_accuracy(logits, true, 1) == pytest.approx((logits.argmax(axis=1) == true).mean())


def test_that_figures_from_logits_do_not_depend_on_how_many_are_looked_at_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    generator = np.random.default_rng(5)
    logits = generator.normal(size=(23, 7)).astype(np.float32)
    true = generator.integers(0, 7, 23)
    ranks, logs = true_ranks(logits, true), true_log_probability(logits, true)
    monkeypatch.setattr("effnet_studio.engine.evaluation.measures.metrics._BLOCK", 14)
    np.testing.assert_array_equal(true_ranks(logits, true), ranks)
    np.testing.assert_array_equal(true_log_probability(logits, true), logs)


@given(st.integers(1, 30), st.integers(2, 6), st.integers(0, 2**31 - 1))
def test_that_log_loss_equals_the_oracle(count: int, classes: int, seed: int) -> None:
    generator = np.random.default_rng(seed)
    logits = (generator.normal(size=(count, classes)) * 5).astype(np.float32)
    true = generator.integers(0, classes, count)
    expected = oracle.log_loss(true, np.exp(log_softmax(logits)), labels=list(range(classes)))
    assert log_loss(logits, true) == pytest.approx(expected, rel=1e-9)


@given(
    hnp.arrays(
        np.float32,
        hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=8),
        elements=st.floats(-(2.0**127), 2.0**127, width=32),
    )
)
def test_that_probabilities_are_finite_and_sum_to_one(logits: NDArray[np.float32]) -> None:
    probabilities = softmax(logits)
    assert probabilities.dtype == np.float32
    assert np.isfinite(probabilities).all()
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-5)
    rows = np.arange(len(logits))
    assert (probabilities[rows, logits.argmax(axis=1)] == probabilities.max(axis=1)).all()


def test_that_a_wrong_answer_of_full_certainty_has_a_finite_loss() -> None:
    logits = np.array([[1000.0, -1000.0]], dtype=np.float32)
    assert log_loss(logits, np.array([1])) == 2000.0
    assert true_log_probability(logits, np.array([0]))[0] == 0.0


def test_that_no_images_give_zeros_and_not_a_crash() -> None:
    nothing = np.zeros(0, dtype=np.int64)
    confusion = confusion_matrix(nothing, nothing, 3)
    assert confusion.shape == (3, 3)
    assert accuracy(confusion) == 0.0
    assert balanced_accuracy(confusion) == 0.0
    assert macro_f1(confusion) == 0.0
    assert weighted_f1(confusion) == 0.0
    assert cohen_kappa(confusion) == 0.0
    assert matthews_correlation(confusion) == 0.0
    assert top_k_accuracy(np.zeros((0, 3), dtype=np.float32), nothing, 2) == 0.0
    assert log_loss(np.zeros((0, 3), dtype=np.float32), nothing) == 0.0
    assert [report.f1 for report in class_reports(confusion, ["a", "b", "c"])] == [0.0] * 3


def test_that_rows_are_true_classes() -> None:
    confusion = confusion_matrix(np.array([0, 0, 1]), np.array([1, 1, 1]), 2)
    assert confusion.tolist() == [[0, 2], [0, 1]]
    assert math.isclose(accuracy(confusion), 1 / 3)


@pytest.mark.parametrize(("true", "predicted"), [([0], [0, 1]), ([3], [0]), ([0], [-1])])
def test_that_impossible_classes_are_refused(true: list[int], predicted: list[int]) -> None:
    with pytest.raises(ValueError, match="class"):
        confusion_matrix(np.array(true), np.array(predicted), 2)


def test_that_no_likeliest_class_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="k is 0"):
        top_k_accuracy(np.zeros((1, 3), dtype=np.float32), np.array([0]), 0)
