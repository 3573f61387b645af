"""Networks cut by stage: every parameter has its place, and frozen means frozen."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from effnet_studio.engine.models.build import (
    build_model,
    forward_split,
    freeze_stages,
    head_modules,
    se_blocks,
    set_train_mode,
    stage_modules,
)
from effnet_studio.engine.models.catalog import CATALOG, get_spec
from effnet_studio.engine.models.spec import ModelSpec

every_model = pytest.mark.parametrize("spec", CATALOG.values(), ids=CATALOG)
one_per_family = pytest.mark.parametrize(
    "spec",
    [get_spec(n) for n in ("efficientnet_b0", "resnet18", "mobilenet_v3_small", "densenet121")],
    ids=lambda spec: spec.name,
)


def _lively_model(spec: ModelSpec) -> nn.Module:
    """A network whose outputs are neither vanishing nor huge, made faster than by its library."""
    with torch.device("meta"):
        model = build_model(spec, 3)
    model.to_empty(device="cpu")
    generator = torch.Generator().manual_seed(0)
    for name, tensor in model.state_dict().items():
        if tensor.ndim > 1:
            tensor.normal_(0, (2 / tensor[0].numel()) ** 0.5, generator=generator)
        elif name.endswith("running_var") or (name.endswith("weight") and tensor.ndim):
            tensor.fill_(1)
        else:
            tensor.zero_()
    return model


def _picture(side: int = 48) -> Tensor:
    return torch.randn(2, 3, side, side, generator=torch.Generator().manual_seed(1))


@every_model
def test_that_each_parameter_belongs_to_exactly_one_stage_or_the_head(spec: ModelSpec) -> None:
    with torch.device("meta"):
        model = build_model(spec, 5)
    parts = [*stage_modules(model, spec), head_modules(model, spec)]
    owned = [id(p) for part in parts for module in part for p in module.parameters()]

    assert sorted(owned) == sorted(id(p) for p in model.parameters())
    assert spec.cam_layer in dict(model.named_modules())


@every_model
def test_that_the_two_halves_give_what_the_whole_gives(spec: ModelSpec) -> None:
    model = _lively_model(spec).eval()
    picture = _picture()
    with torch.no_grad():
        whole = model(picture)
        assert whole.isfinite().all()
        assert whole.abs().max() > 1e-6
        for n in {0, 1, len(spec.stages) // 2, len(spec.stages), 99}:
            split = forward_split(model, spec, n)
            assert torch.equal(split.rest(split.trunk(picture)), whole)


def test_that_a_split_network_answers_for_pictures_as_small_as_its_stride() -> None:
    spec = get_spec("resnet18")
    model = _lively_model(spec).eval()
    picture = _picture(32)[:1]

    split = forward_split(model, spec, 5)

    assert split.trunk(picture).shape == (1, 512, 1, 1)
    assert torch.equal(split.rest(split.trunk(picture)), model(picture))


@one_per_family
def test_that_frozen_stages_stay_bit_identical_when_the_rest_learns(spec: ModelSpec) -> None:
    model = _lively_model(spec)
    frozen = 2
    freeze_stages(model, spec, frozen)
    set_train_mode(model, spec, frozen)
    split = forward_split(model, spec, frozen)
    names = tuple(f"{name}." for stage in spec.stages[:frozen] for name in stage.modules)
    before = {k: v.clone() for k, v in model.state_dict().items()}

    optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
    features = split.trunk(_picture(64))
    assert not features.requires_grad
    assert features.grad_fn is None
    nn.functional.cross_entropy(split.rest(features), torch.tensor([0, 2])).backward()
    optimizer.step()

    changed = {k for k, v in model.state_dict().items() if not torch.equal(v, before[k])}
    assert not {k for k in changed if k.startswith(names)}
    assert any(k.endswith("running_mean") for k in changed)
    assert f"{spec.classifier}.weight" in changed


@one_per_family
def test_that_training_mode_leaves_exactly_the_frozen_stages_in_evaluation(
    spec: ModelSpec,
) -> None:
    with torch.device("meta"):
        model = build_model(spec, 5)
    freeze_stages(model, spec, 3)
    set_train_mode(model, spec, 3)

    for index, modules in enumerate([*stage_modules(model, spec), head_modules(model, spec)]):
        for module in modules:
            assert all(inner.training == (index >= 3) for inner in module.modules())
            assert all(p.requires_grad == (index >= 3) for p in module.parameters())


def test_that_more_stages_than_there_are_means_all_and_none_thaws_again() -> None:
    spec = get_spec("mobilenet_v3_small")
    with torch.device("meta"):
        model = build_model(spec, 5)

    freeze_stages(model, spec, 20)
    set_train_mode(model, spec, 20)
    learning = {name for name, p in model.named_parameters() if p.requires_grad}
    assert learning == {
        f"classifier.{layer}.{kind}" for layer in (0, 3) for kind in ("weight", "bias")
    }

    freeze_stages(model, spec, 0)
    set_train_mode(model, spec, 0)
    assert all(p.requires_grad for p in model.parameters())
    assert all(module.training for module in model.modules())


def test_that_freezing_drops_gradients_an_optimiser_could_still_use() -> None:
    spec = get_spec("resnet18")
    model = _lively_model(spec)
    model(_picture(64)).sum().backward()

    freeze_stages(model, spec, 1)

    assert model.get_parameter("conv1.weight").grad is None
    assert model.get_parameter("fc.weight").grad is not None


@pytest.mark.parametrize(
    ("name", "count", "first"),
    [
        ("efficientnet_b0", 16, "features.1.0.block.1"),
        ("efficientnet_b7", 55, "features.1.0.block.1"),
        ("mobilenet_v3_small", 9, "features.1.block.1"),
        ("mobilenet_v3_large", 8, "features.4.block.2"),
        ("resnet50", 0, None),
        ("densenet121", 0, None),
    ],
)
def test_that_squeeze_and_excitation_blocks_are_found_in_forward_order(
    name: str, count: int, first: str | None
) -> None:
    with torch.device("meta"):
        blocks = se_blocks(build_model(get_spec(name), 5))

    assert len(blocks) == count
    assert [dotted for dotted, _ in blocks][:1] == ([first] if first else [])
