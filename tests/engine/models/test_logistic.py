"""The linear classifier: scikit-learn's answers, also from features that were turned."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.engine.models.logistic import fit_logistic, uncorrelated


def noisy(seed: int, count: int, width: int, classes: int) -> tuple[np.ndarray, np.ndarray]:
    """Centred features with a little of the class in them."""
    random = np.random.default_rng(seed)
    labels = np.arange(count) % classes
    mixing = random.normal(size=(width, width))
    features = (
        random.normal(size=(classes, width))[labels] + random.normal(size=(count, width))
    ) @ mixing
    features = (features - features.mean(0)) / features.std(0)
    return features.astype(np.float32), labels


@given(
    seed=st.integers(0, 1000),
    count=st.integers(8, 60),
    width=st.integers(1, 60),
    copies=st.integers(0, 3),
)
def test_that_turning_keeps_all_lengths_and_parts_what_varies_together(
    seed: int, count: int, width: int, copies: int
) -> None:
    features, _ = noisy(seed, count, width, 2)
    features = np.concatenate([features, *[features[:, :1]] * copies], axis=1)
    turned, turn = uncorrelated(features)
    assert turned.shape[1] <= min(features.shape)
    np.testing.assert_allclose(turned, features @ turn, atol=1e-3)
    np.testing.assert_allclose(turned @ turned.T, features @ features.T, atol=1e-3 * features.size)
    np.testing.assert_allclose(turn.T @ turn, np.eye(turn.shape[1]), atol=1e-3)
    products = turned.T.astype(np.float64) @ turned
    apart = products - np.diag(np.diag(products))
    assert np.abs(apart).max(initial=0) < 1e-4 * products.max(initial=1)


@pytest.mark.parametrize(("count", "width"), [(150, 20), (40, 90)])
@pytest.mark.parametrize("l2", [1.0, 30.0])
def test_that_turned_features_give_the_answers_of_scikit_learn(
    count: int, width: int, l2: float
) -> None:
    linear = pytest.importorskip("sklearn.linear_model")
    features, labels = noisy(3, count, width, 4)
    turned, turn = uncorrelated(features)
    ours = fit_logistic(turned, labels, 4, l2=l2)
    theirs = linear.LogisticRegression(C=1 / l2, tol=1e-9, max_iter=10_000)
    theirs.fit(features.astype(np.float64), labels)
    np.testing.assert_allclose(turn @ ours.weight, theirs.coef_.T, atol=3e-3)
    np.testing.assert_allclose(ours.bias - ours.bias.mean(), theirs.intercept_, atol=3e-3)


def test_that_a_rough_fit_is_quicker_and_near() -> None:
    features, labels = noisy(5, 300, 30, 3)
    steps = {1e-9: 0, 1e-4: 0}
    found = {}
    for tolerance in steps:

        def count(tolerance: float = tolerance) -> None:
            steps[tolerance] += 1

        found[tolerance] = fit_logistic(
            features, labels, 3, l2=1.0, tolerance=tolerance, on_step=count
        )
    assert steps[1e-4] < steps[1e-9]
    np.testing.assert_allclose(found[1e-4].weight, found[1e-9].weight, atol=0.2)
