"""The temperature that makes probabilities mean what they say."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from effnet_studio.engine.models.build import build_model
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.models.temperature import apply_temperature, fit_temperature


def answers(truth: float, count: int, classes: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Logits that are ``truth`` times what the labels were really drawn by."""
    rng = np.random.default_rng(seed)
    honest = rng.normal(0, 2, (count, classes))
    chances = np.exp(honest) / np.exp(honest).sum(1, keepdims=True)
    labels = np.array([rng.choice(classes, p=row) for row in chances])
    return (truth * honest).astype(np.float32), labels.astype(np.int64)


@settings(max_examples=12, deadline=None)
@given(truth=st.floats(0.3, 4.0), classes=st.integers(2, 6), seed=st.integers(0, 99))
def test_that_logits_that_say_too_much_are_divided_by_how_much(
    truth: float, classes: int, seed: int
) -> None:
    logits, labels = answers(truth, 3000, classes, seed)
    assert fit_temperature(logits, labels) == pytest.approx(truth, rel=0.15)


def test_that_it_is_the_lowest_cross_entropy_with_the_prior() -> None:
    logits, labels = answers(2.0, 200, 4, 1)

    def cost(temperature: float) -> float:
        scaled = torch.from_numpy(logits).double() / temperature
        loss = torch.nn.functional.cross_entropy(scaled, torch.from_numpy(labels), reduction="sum")
        return loss.item() + np.log(temperature) ** 2 / 2

    found = fit_temperature(logits, labels)
    assert cost(found) <= min(cost(t) for t in np.geomspace(0.1, 10, 400)) + 1e-6


def test_that_few_pictures_all_right_do_not_make_it_certain() -> None:
    logits = np.array([[3.0, 0.0]] * 5, dtype=np.float32)
    assert 0.3 < fit_temperature(logits, np.zeros(5, dtype=np.int64)) < 1.5
    assert fit_temperature(logits[:0], np.zeros(0, dtype=np.int64)) == 1.0


@pytest.mark.parametrize("name", ["efficientnet_b0", "mobilenet_v3_small", "resnetv2_50"])
def test_that_the_last_layer_divides_the_logits(name: str) -> None:
    spec = get_spec(name)
    model = build_model(spec, 3).eval()
    pictures = torch.randn(2, 3, 64, 64)
    with torch.no_grad():
        before = model(pictures)
        apply_temperature(model, spec, 2.5)
        assert torch.allclose(model(pictures), before / 2.5, rtol=1e-4, atol=1e-5)


@settings(max_examples=10, deadline=None)
@given(truth=st.floats(0.5, 3.0), classes=st.integers(2, 6), seed=st.integers(0, 99))
def test_that_with_many_pictures_it_is_that_of_scipy_and_scikit_learn(
    truth: float, classes: int, seed: int
) -> None:
    optimize = pytest.importorskip("scipy.optimize")
    sklearn = pytest.importorskip("sklearn.calibration")
    logits, labels = answers(truth, 4000, classes, seed)
    scores = logits.astype(np.float64)

    def mean_loss(temperature: float) -> float:
        shifted = scores / temperature
        shifted -= shifted.max(axis=1, keepdims=True)
        chosen = shifted[np.arange(len(labels)), labels]
        return float((np.log(np.exp(shifted).sum(axis=1)) - chosen).mean())

    found = fit_temperature(logits, labels)
    plain = optimize.minimize_scalar(mean_loss, bounds=(0.05, 20), method="bounded").x
    assert found == pytest.approx(plain, rel=2e-3)  # the prior weighs as little as one picture
    scaling = sklearn._TemperatureScaling().fit(scores, labels)
    assert found == pytest.approx(1 / float(scaling.beta_), rel=2e-3)
