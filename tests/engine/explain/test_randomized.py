"""The check with random weights: a copy is changed, and maps are compared by rank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled
from effnet_studio.engine.explain.cam import explain_class
from effnet_studio.engine.explain.methods import CAM_METHODS
from effnet_studio.engine.explain.randomized import randomize, randomized_maps, spearman
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.predict.torch_predictor import TorchPredictor

if TYPE_CHECKING:
    from numpy.typing import NDArray


@pytest.fixture
def predictor(make_run: Any) -> TorchPredictor:
    loaded = load_predictor(make_run("mobilenet_v3_small", size=128), device="cpu")
    assert isinstance(loaded, TorchPredictor)
    return loaded


@pytest.mark.parametrize("method", sorted(CAM_METHODS))
def test_that_weights_are_replaced_from_the_head_to_the_input_in_a_copy(
    method: str, predictor: TorchPredictor, picture: NDArray[np.uint8]
) -> None:
    explanation = explain_class(predictor, picture, method=method, channels=8)
    before = {name: value.clone() for name, value in predictor.model.state_dict().items()}
    found = list(randomized_maps(predictor, explanation, channels=8))
    titles = [title for title, _ in found]
    assert titles == ["", "Head", *(stage.name for stage in reversed(predictor.spec.stages))]
    np.testing.assert_array_equal(found[0][1], explanation.coarse)
    assert all(coarse.shape == explanation.coarse.shape for _, coarse in found)
    # Eigen-CAM does not look at the head; everything else does.
    assert np.array_equal(found[1][1], found[0][1]) == (method == "eigencam")
    assert not np.array_equal(found[-1][1], found[0][1])
    for name, value in predictor.model.state_dict().items():
        assert torch.equal(value, before[name])


def test_that_the_seed_decides_the_random_weights(
    predictor: TorchPredictor, picture: NDArray[np.uint8]
) -> None:
    explanation = explain_class(predictor, picture)
    runs = [
        np.stack([coarse for _, coarse in randomized_maps(predictor, explanation, seed=seed)])
        for seed in (0, 0, 1)
    ]
    np.testing.assert_array_equal(runs[0], runs[1])
    assert not np.array_equal(runs[0], runs[2])


def test_that_nothing_but_the_spread_of_the_weights_is_left(predictor: TorchPredictor) -> None:
    model = predictor.model
    before = {name: value.clone() for name, value in model.state_dict().items()}
    randomize(model, torch.Generator().manual_seed(0))
    for name, value in model.state_dict().items():
        assert torch.equal(value.flatten().sort().values, before[name].flatten().sort().values)
        if value.numel() > 10 and len(value.unique()) > 5:
            assert not torch.equal(value, before[name])


def test_that_it_stops_when_asked(predictor: TorchPredictor, picture: NDArray[np.uint8]) -> None:
    cancel = CancelToken()
    maps = randomized_maps(predictor, explain_class(predictor, picture), cancel=cancel)
    next(maps)
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(maps)


values = arrays(np.float64, 12, elements=st.sampled_from([0.0, 0.1, 0.5, 0.5, 2.0, 7.0]))


@given(values, values)
def test_that_rank_correlation_equals_scipys(
    first: NDArray[np.float64], second: NDArray[np.float64]
) -> None:
    found = spearman(first.reshape(3, 4), second.reshape(3, 4))
    if np.ptp(first) == 0 or np.ptp(second) == 0:
        assert found == 0
    else:
        assert found == pytest.approx(stats.spearmanr(first, second).statistic, abs=1e-12)
