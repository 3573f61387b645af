"""Stages as an ONNX graph: every kind of network computes there what it does in PyTorch."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from torch import Tensor, nn

from effnet_studio.engine.device import torch_threads
from effnet_studio.engine.models.build import build_model, forward_split, stage_modules
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.models.onnx_weights import open_model
from effnet_studio.engine.models.trunk_graph import GRAPH_INPUT, write_trunk

if TYPE_CHECKING:
    from collections.abc import Iterator

# One row for each way in which the catalog's networks are put together.
ROWS = (
    "efficientnet_b0",
    "efficientnet_lite0",
    "resnet18",
    "resnetv2_50",
    "se_resnet50",
    "mobilenet_v1",
    "mobilenet_v2",
    "mobilenet_v3_small",
    "densenet121",
    "convnext_tiny",
)


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """For networks this small more threads cost more than they bring."""
    with torch_threads(1):
        yield


def network(name: str) -> nn.Module:
    """With random weights, and statistics that fit them, in evaluation mode."""
    with torch.random.fork_rng():
        torch.manual_seed(0)
        model = build_model(get_spec(name), 3).train()
        for module in model.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.momentum = 0.9
        with torch.no_grad():
            model(torch.randn(4, 3, 64, 64))
    return model.eval()


def run(graph: onnx.ModelProto, inputs: Tensor) -> Tensor:
    session = open_model(graph, onnxruntime.SessionOptions())
    return torch.from_numpy(session.run(None, {GRAPH_INPUT: inputs.numpy()})[0])


@pytest.mark.parametrize("name", ROWS)
def test_that_the_graph_computes_what_the_stages_do(name: str) -> None:
    model, spec = network(name), get_spec(name)
    graph = write_trunk([module for stage in stage_modules(model, spec) for module in stage])
    assert graph is not None
    random = torch.Generator().manual_seed(1)
    for count, side in ((3, 64), (1, 75)):  # odd sides are padded unevenly by some
        inputs = torch.randn(count, 3, side, side, generator=random)
        expected = forward_split(model, spec, 99).trunk(inputs)
        gap = (run(graph, inputs) - expected).norm() / expected.norm()
        assert gap < 2e-4


def test_that_the_network_is_left_as_it_is() -> None:
    model = network("mobilenet_v3_small").to(memory_format=torch.channels_last).train()  # type: ignore[call-overload]
    before = {name: value.clone() for name, value in model.state_dict().items()}
    modes = [module.training for module in model.modules()]
    stages = stage_modules(model, get_spec("mobilenet_v3_small"))
    assert write_trunk([module for stage in stages for module in stage]) is not None
    assert [module.training for module in model.modules()] == modes
    for name, value in model.state_dict().items():
        torch.testing.assert_close(value, before[name], rtol=0, atol=0)
        assert value.stride() == before[name].stride()


class Twisted(nn.Conv2d):
    """A convolution by name that does something else."""

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002 - PyTorch's own name
        return torch.sin(super().forward(input))


class Undecided(nn.Module):
    """What it does depends on what it sees, so that it cannot be written down."""

    def forward(self, x: Tensor) -> Tensor:
        return x if x.sum() > 0 else -x


@pytest.mark.parametrize(
    "module",
    [
        nn.Tanh(),
        Twisted(3, 4, 3),
        Undecided(),
        nn.Conv2d(3, 4, 3, padding=1, padding_mode="reflect"),
        nn.Conv2d(3, 4, 3, padding="same"),
        nn.AdaptiveAvgPool2d(2),
        nn.GELU(approximate="tanh"),
        nn.BatchNorm2d(3, track_running_stats=False),
        nn.AvgPool2d(2, divisor_override=3),
    ],
    ids=lambda module: type(module).__name__,
)
def test_that_what_is_not_known_is_not_written(module: nn.Module) -> None:
    assert write_trunk([nn.Conv2d(3, 3, 1), module]) is None


def test_that_pooling_is_written_with_its_borders() -> None:
    pools = [
        nn.MaxPool2d(3, 2, 1, ceil_mode=True),
        nn.AvgPool2d(3, 2, 1, count_include_pad=False),
        nn.AvgPool2d(2, 2),
    ]
    graph = write_trunk(pools)
    assert graph is not None
    inputs = torch.randn(2, 3, 30, 23, generator=torch.Generator().manual_seed(2))
    expected = nn.Sequential(*pools)(inputs)
    np.testing.assert_allclose(run(graph, inputs), expected, atol=1e-6)


def test_that_networks_of_other_threads_are_left_alone_meanwhile() -> None:
    spec = get_spec("mobilenet_v3_small")
    torch.manual_seed(0)
    mine, other = build_model(spec, 3).eval(), build_model(spec, 3).eval()
    stages = [module for stage in stage_modules(mine, spec) for module in stage]
    batch = torch.randn(1, 3, 32, 32)
    written, going_on = [], True

    def write() -> None:
        while going_on:
            written.append(write_trunk(stages) is not None)

    with torch.inference_mode():
        expected = other(batch)
        thread = threading.Thread(target=write)
        thread.start()
        try:
            while len(written) < 5:
                torch.testing.assert_close(other(batch), expected)
        finally:
            going_on = False
            thread.join()
    assert all(written)
