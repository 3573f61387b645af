"""Which parameters are moved, and how."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from effnet_studio.engine.training.config import make_config
from effnet_studio.engine.training.optim import make_optimizer, parameter_groups


def small_net() -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.Flatten(), nn.Linear(16, 2))


def test_that_norms_and_biases_do_not_decay() -> None:
    model = small_net()
    decaying, others = parameter_groups(model, 0.3)
    assert decaying["weight_decay"] == 0.3
    assert {id(p) for p in decaying["params"]} == {id(model[0].weight), id(model[3].weight)}
    assert others["weight_decay"] == 0
    assert len(others["params"]) == 4


def test_that_weight_decay_alone_shrinks_weights_and_leaves_biases() -> None:
    model = small_net()
    optimizer = make_optimizer(model, make_config(weight_decay=0.5, learning_rate=0.1))
    weight, scale = model[0].weight.detach().clone(), model[1].weight.detach().clone()
    for parameter in model.parameters():
        parameter.grad = torch.zeros_like(parameter)
    optimizer.step()
    assert torch.allclose(model[0].weight, weight * 0.95)
    assert torch.equal(model[1].weight, scale)


def test_that_frozen_parameters_have_no_optimiser_state() -> None:
    model = small_net()
    model[0].requires_grad_(requires_grad=False)
    optimizer = make_optimizer(model, make_config())
    moved = {id(p) for group in optimizer.param_groups for p in group["params"]}
    assert moved == {id(p) for p in model.parameters() if p.requires_grad}


def test_that_sgd_uses_nesterov_momentum() -> None:
    (group, *_) = make_optimizer(
        small_net(), make_config(optimizer="sgd", momentum=0.8)
    ).param_groups
    assert group["nesterov"]
    assert group["momentum"] == 0.8


@pytest.mark.parametrize("rule", ["adamw", "sgd"])
def test_that_the_fused_kernels_do_what_the_plain_ones_do_with_channels_last(rule: str) -> None:
    torch.manual_seed(0)
    models = [small_net().to(memory_format=torch.channels_last) for _ in range(2)]
    for model in models:
        model[0].bias = None  # a norm cancels it: its gradient is only rounding
    models[1].load_state_dict(models[0].state_dict())
    config = make_config(optimizer=rule, learning_rate=0.1, weight_decay=0.1)
    optimizers = [make_optimizer(model, config) for model in models]
    for group in optimizers[1].param_groups:
        group["fused"] = False
    for step in range(4):
        inputs = torch.randn(8, 3, 4, 4, generator=torch.Generator().manual_seed(step))
        for model, optimizer in zip(models, optimizers, strict=True):
            optimizer.zero_grad()
            model(inputs.to(memory_format=torch.channels_last)).square().sum().backward()
            optimizer.step()
    for first, second in zip(models[0].parameters(), models[1].parameters(), strict=True):
        assert torch.allclose(first, second, rtol=1e-4, atol=1e-5)
