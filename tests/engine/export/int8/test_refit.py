"""The last layer fitted anew."""

from __future__ import annotations

import numpy as np
import onnx
import pytest
from sklearn.linear_model import Ridge
from sklearn.model_selection import LeaveOneOut, cross_val_predict

from effnet_studio.engine.export.int8.qdq import prepared
from effnet_studio.engine.export.int8.refit import (
    LastLayer,
    fed,
    last_layer,
    refitted,
    with_last_layer,
)
from effnet_studio.engine.export.int8.run_graph import open_graph, scores
from tests.engine.export.small_graphs import plain_graph, silu_graph


def images(count: int = 40) -> np.ndarray:
    return np.random.default_rng(2).normal(size=(count, 3, 8, 8)).astype(np.float32)


def test_that_the_layer_read_from_a_graph_makes_its_scores() -> None:
    proto = prepared(silu_graph())
    layer = last_layer(proto)
    assert layer is not None
    by_hand = fed(proto, images()) @ layer.weights + layer.bias
    np.testing.assert_allclose(by_hand, scores(open_graph(proto), images()), atol=1e-5)
    assert last_layer(prepared(plain_graph())) is None


def test_that_another_layer_can_be_put_into_a_graph() -> None:
    proto = prepared(silu_graph())
    layer = last_layer(proto)
    assert layer is not None
    copy = with_last_layer(proto, LastLayer(layer.features, -layer.weights, layer.bias))
    onnx.checker.check_model(copy, full_check=True)
    before = scores(open_graph(proto), images()) - layer.bias
    np.testing.assert_allclose(scores(open_graph(copy), images()) - layer.bias, -before, atol=1e-5)


def problem(noise: float, count: int = 60) -> tuple[LastLayer, np.ndarray, np.ndarray]:
    """Features of which each class's are off by a fixed amount, and some noise."""
    random = np.random.default_rng(5)
    exact = random.normal(size=(count, 30)).astype(np.float32)
    layer = LastLayer(
        "features",
        random.normal(size=(30, 4)).astype(np.float32),
        random.normal(size=4).astype(np.float32),
    )
    wanted = exact @ layer.weights + layer.bias
    off = exact * np.linspace(0.9, 1.05, 30) + 0.1 + noise * random.normal(size=exact.shape)
    return layer, off.astype(np.float32), wanted


def around_mean(scores_: np.ndarray) -> np.ndarray:
    return scores_ - scores_.mean(axis=1, keepdims=True)


def test_that_what_is_always_off_is_made_up_for_on_images_not_seen() -> None:
    layer, features, wanted = problem(noise=0.01, count=120)
    better = refitted(layer, features[:60], wanted[:60])
    errors = [
        np.square(around_mean(features[60:] @ one.weights + one.bias - wanted[60:])).mean()
        for one in (layer, better)
    ]
    assert errors[1] < errors[0] / 10


def test_that_the_penalty_is_the_one_of_leaving_one_out() -> None:
    layer, features, wanted = problem(noise=0.3)
    missing = around_mean(wanted - (features @ layer.weights + layer.bias)).astype(np.float64)
    inputs = features.astype(np.float64)
    centred = inputs - inputs.mean(axis=0)
    scale = np.linalg.eigvalsh(centred @ centred.T).clip(0).mean()
    errors, changes = [], []
    for penalty in 10.0 ** np.arange(-3, 3, 0.5):
        ridge = Ridge(alpha=penalty * scale)
        guessed = cross_val_predict(ridge, inputs, missing, cv=LeaveOneOut())
        errors.append(np.square(guessed - missing).mean())
        changes.append(ridge.fit(inputs, missing).coef_.T)
    found = refitted(layer, features, wanted).weights - layer.weights
    np.testing.assert_allclose(found, changes[int(np.argmin(errors))], atol=1e-4)


def test_that_nothing_changes_where_nothing_can_be_gained() -> None:
    layer, features, _ = problem(noise=0.0)
    exact = features @ layer.weights + layer.bias
    assert refitted(layer, features, exact) is layer
    noise = np.random.default_rng(1).normal(size=exact.shape)
    noise -= noise.mean(axis=0)
    assert refitted(layer, features, exact + noise) is layer


@pytest.mark.parametrize("count", [1, 15])
def test_that_too_few_images_change_nothing(count: int) -> None:
    layer, features, wanted = problem(noise=0.01)
    assert refitted(layer, features[:count], wanted[:count]) is layer
