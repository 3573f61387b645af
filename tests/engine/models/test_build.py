"""Networks made for the user's classes."""

from __future__ import annotations

import math

import pytest
import torch
from torch import nn

from effnet_studio.engine.models.build import DropoutLinear, build_model
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.models.probe import probe_model

SMALL = ("efficientnet_b0", "resnet18", "mobilenet_v3_small", "densenet121")
one_per_family = pytest.mark.parametrize("name", SMALL)


def _dropouts(model: nn.Module) -> list[float]:
    return [
        module.p if isinstance(module, nn.Dropout) else module.dropout
        for module in model.modules()
        if isinstance(module, nn.Dropout | DropoutLinear)
    ]


@one_per_family
def test_that_the_head_has_the_user_s_classes(name: str) -> None:
    spec = get_spec(name)
    with torch.device("meta"):
        model = build_model(spec, 7).eval()
        classifier = model.get_submodule(spec.classifier)
        assert isinstance(classifier, nn.Linear)
        assert classifier.out_features == 7
        assert model(torch.empty(2, 3, 64, 64)).shape == (2, 7)


@one_per_family
def test_that_no_class_is_preferred_at_the_start(name: str) -> None:
    torch.manual_seed(0)
    model = build_model(get_spec(name), 4)  # training mode: norms use the batch, as in training
    logits = model(torch.randn(4, 3, 64, 64))
    loss = nn.functional.cross_entropy(logits, torch.tensor([0, 1, 2, 3]))

    assert loss.item() == pytest.approx(math.log(4), abs=0.25)


def test_that_the_same_seed_builds_the_same_network() -> None:
    spec = get_spec("mobilenet_v3_small")
    torch.manual_seed(3)
    first = build_model(spec, 4).state_dict()
    torch.manual_seed(3)
    second = build_model(spec, 4).state_dict()

    assert all(torch.equal(first[name], second[name]) for name in first)


@one_per_family
def test_that_dropout_can_be_chosen_for_every_family(name: str) -> None:
    spec = get_spec(name)
    with torch.device("meta"):
        plain, changed = build_model(spec, 4), build_model(spec, 4, dropout=0.6)

    assert _dropouts(changed) == [0.6]
    assert _dropouts(plain) in ([], [0.2])
    assert list(changed.state_dict()) == list(plain.state_dict())


def test_that_no_dropout_is_added_where_none_is_wanted() -> None:
    with torch.device("meta"):
        assert _dropouts(build_model(get_spec("resnet18"), 4, dropout=0.0)) == []
        assert _dropouts(build_model(get_spec("efficientnet_b0"), 4, dropout=0.0)) == [0.0]


def test_that_dropout_in_the_classifier_works_in_training_only() -> None:
    torch.manual_seed(0)
    layer = DropoutLinear(1000, 1, dropout=0.5)
    nn.init.ones_(layer.weight)
    nn.init.zeros_(layer.bias)
    ones = torch.ones(1, 1000)

    assert layer.eval()(ones).item() == 1000
    layer.train()
    kept = [layer(ones).item() / 2 for _ in range(3)]  # survivors are doubled
    assert all(400 < count < 600 for count in kept)
    assert len(set(kept)) > 1


def test_that_feature_maps_are_counted_as_they_really_are() -> None:
    spec = get_spec("mobilenet_v3_small")
    facts = probe_model(spec, classes=3, image_size=64)
    model = build_model(spec, 3).eval()
    shapes = []
    for stage in spec.stages:
        model.get_submodule(stage.modules[-1]).register_forward_hook(
            lambda _m, _i, out: shapes.append(tuple(out.shape[1:]))
        )
    with torch.no_grad():
        model(torch.zeros(1, 3, 64, 64))

    assert [stage.shape for stage in facts.stages[:-1]] == shapes
    assert facts.stages[-1].shape == (3,)
    assert facts.stages[-1].parameters == 576 * 1024 + 1024 + 1024 * 3 + 3
    assert facts.stages[-1].macs == 576 * 1024 + 1024 * 3
    assert facts.stages[0].macs == 16 * 32 * 32 * 27  # 3×3×3 inputs for each of 16×32×32 outputs
