"""The last layer solved instead of trained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch

from effnet_studio.engine.models.build import build_model
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.models.folding import fold_norms
from effnet_studio.engine.models.logistic import fit_logistic
from effnet_studio.engine.training import runs
from effnet_studio.engine.training.checkpoint import load_best
from effnet_studio.engine.training.config import make_config
from effnet_studio.engine.training.fit import fit
from effnet_studio.engine.training.linear_head import STRENGTHS, best_classifier
from tests.engine.training.test_fit import assert_same, new_run, weights_of

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.data.dataset import Dataset
    from tests.engine.training.conftest import MakeConfig


def blobs(seed: int, count: int = 120, width: int = 6, classes: int = 3) -> tuple[Any, Any]:
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % classes
    middles = rng.normal(size=(classes, width))
    features = middles[labels] + rng.normal(size=(count, width))
    return features.astype(np.float32), labels.astype(np.int64)


def test_that_weights_and_a_start_do_what_they_say() -> None:
    features, labels = blobs(4)
    plain = fit_logistic(features, labels, 3, l2=1.0)
    again = fit_logistic(features, labels, 3, l2=1.0, start=plain)
    assert np.allclose(plain(features), again(features), atol=1e-2)
    heavy = fit_logistic(
        features, labels, 3, l2=1.0, class_weights=np.array([9, 1, 1], dtype=np.float32)
    )
    assert (heavy(features).argmax(1) == 0).sum() > (plain(features).argmax(1) == 0).sum()


@pytest.mark.parametrize(("count", "width"), [(60, 200), (300, 40)])
def test_that_it_is_the_fit_with_the_penalty_that_held_back_pictures_ask_for(
    count: int, width: int
) -> None:
    """The search is short of breath where it may be, and what comes out is an ordinary fit."""
    features, labels = blobs(7, count, width)
    found = best_classifier(features * 3 + 5, labels, 3)
    scaled = (features - features.mean(0)) / features.std(0)
    fits = [fit_logistic(scaled, labels, 3, l2=l2)(scaled) for l2 in STRENGTHS]
    gaps = [np.abs(fitted - found(features * 3 + 5)).max() for fitted in fits]
    chosen = int(np.argmin(gaps))
    assert gaps[chosen] < 0.05
    held = np.arange(count) % 5 == 0
    costs = []
    for l2 in STRENGTHS:
        logits = fit_logistic(scaled[~held], labels[~held], 3, l2=l2)(scaled[held])
        given = torch.from_numpy(logits), torch.from_numpy(labels[held])
        costs.append(float(torch.nn.functional.cross_entropy(*given)))
    assert abs(chosen - int(np.argmin(costs))) <= 2


def test_that_the_penalty_suits_the_noise() -> None:
    """Of a hundred features one tells the class; a weak penalty would believe the others too."""
    rng = np.random.default_rng(0)
    labels = np.arange(600) % 2
    features = rng.normal(size=(600, 100)).astype(np.float32) * 50
    features[:, 7] += 60 * labels
    found = best_classifier(features[:100], labels[:100], 2)
    weak = fit_logistic(features[:100] / 50, labels[:100], 2, l2=1e-4)
    accuracy = (found(features[100:]).argmax(1) == labels[100:]).mean()
    assert accuracy > (weak(features[100:] / 50).argmax(1) == labels[100:]).mean()


@pytest.mark.parametrize(
    "name", ["efficientnet_b0", "resnet18", "densenet121", "mobilenet_v3_small", "resnetv2_50"]
)
def test_that_folding_changes_no_answer_and_not_the_network(name: str) -> None:
    spec = get_spec(name)
    torch.manual_seed(0)
    model = build_model(spec, 5).train()
    with torch.no_grad():
        for _ in range(3):
            model(torch.randn(4, 3, 64, 64))
    before = {key: tensor.clone() for key, tensor in model.state_dict().items()}
    inputs = torch.randn(3, 3, 64, 64)
    folded = fold_norms(model, inputs)
    assert model.training
    assert all(torch.equal(before[key], t) for key, t in model.state_dict().items())
    assert not any(module._forward_hooks or module._forward_pre_hooks for module in model.modules())
    other = torch.randn(2, 3, 64, 64)
    with torch.no_grad():
        assert torch.allclose(folded(other), model.eval()(other), rtol=1e-4, atol=1e-5)
    norms = [sum(type(m) is torch.nn.BatchNorm2d for m in net.modules()) for net in (model, folded)]
    assert norms[1] < norms[0] or norms[0] == 0  # those of the pre-activation kind stay


@pytest.mark.parametrize("model", ["mobilenet_v3_small", "resnet18"])
def test_that_a_run_is_solved_in_one_pass(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig, model: str
) -> None:
    values = {"freeze": 20, "augmentation": "none", "solve_head": True, "model": model}
    one, two = new_run(tmp_path, "one"), new_run(tmp_path, "two")
    result = fit(tiny_config(epochs=7, **values), stripes, run_dir=one)
    fit(tiny_config(epochs=7, **values), stripes, run_dir=two)
    run = runs.load_run(one)
    assert (result.epochs, len(run.epochs), run.config.epochs) == (1, 1, 1)
    assert run.epochs[0].train_accuracy > 0.6
    assert_same(weights_of(one), weights_of(two))
    assert load_best(one / runs.BEST_FILE)[1].accuracy == result.accuracy


def test_that_the_solved_layer_is_at_least_as_good_as_a_trained_one(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    values: dict[str, Any] = {"freeze": 20, "augmentation": "none", "label_smoothing": 0.0}
    trained, solved = new_run(tmp_path, "trained"), new_run(tmp_path, "solved")
    fit(tiny_config(epochs=5, dropout=0.0, **values), stripes, run_dir=trained)
    fit(tiny_config(solve_head=True, **values), stripes, run_dir=solved)
    losses = [runs.load_run(folder).epochs[-1].train_loss for folder in (trained, solved)]
    assert losses[1] < losses[0]


def test_that_instant_solves_and_what_varies_is_trained() -> None:
    assert make_config("instant").solve_head
    assert make_config("instant").epochs == 1
    assert not make_config("best").solve_head
