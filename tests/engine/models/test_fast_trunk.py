"""The fast trunk: the same numbers as PyTorch, and PyTorch itself wherever that is not certain."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import onnx
import pytest
import torch
from torch import Tensor, nn

from effnet_studio.engine.device import torch_threads
from effnet_studio.engine.images import load_image
from effnet_studio.engine.models import fast_trunk
from effnet_studio.engine.models.build import build_model, forward_split
from effnet_studio.engine.models.catalog import get_spec, preprocess_for
from effnet_studio.engine.models.fast_trunk import fast_split, pays, relative_error
from effnet_studio.engine.models.trunk_graph import write_trunk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MANY = 1_000_000
SPEC = get_spec("mobilenet_v3_small")


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """For networks this small more threads cost more than they bring."""
    with torch_threads(1):
        yield


@pytest.fixture
def model() -> nn.Module:
    with torch.random.fork_rng():
        torch.manual_seed(0)
        return build_model(SPEC, 3).eval()


@pytest.fixture
def example() -> Tensor:
    return torch.randn(6, 3, 96, 96, generator=torch.Generator().manual_seed(1))


def in_runtime(model: nn.Module, n: int, example: Tensor, images: int = MANY) -> bool:
    """Whether onnxruntime is chosen, told by where the trunk comes from."""
    trunk = fast_split(model, SPEC, n, example, images=images).trunk
    return trunk.__module__ == fast_trunk.__name__


@pytest.mark.parametrize("n", [1, 20])
def test_that_it_gives_the_same_numbers(model: nn.Module, example: Tensor, n: int) -> None:
    pictures = example.to(memory_format=torch.channels_last)
    expected = forward_split(model, SPEC, n).trunk(pictures)
    fast = fast_split(model, SPEC, n, pictures[:2], images=MANY)
    assert in_runtime(model, n, pictures)
    for count in (6, 5, 1):
        found = fast.trunk(pictures[:count])
        assert relative_error(found, expected[:count]) < 1e-5
        assert not found.requires_grad
    with torch.no_grad():
        answers = fast.rest(fast.trunk(pictures))
        torch.testing.assert_close(answers, model(pictures), rtol=1e-4, atol=1e-5)


def test_that_photographs_have_the_same_features(model: nn.Module, shared_data: Path) -> None:
    preprocess = preprocess_for(SPEC)
    files = sorted((shared_data / "photos" / "flowers" / "roses").iterdir())[:8]
    pictures = torch.stack([torch.from_numpy(preprocess(load_image(file))) for file in files])
    fast = fast_split(model, SPEC, 20, torch.randn(2, 3, 224, 224), images=MANY)
    expected = forward_split(model, SPEC, 20).trunk(pictures)
    assert relative_error(fast.trunk(pictures), expected) < 1e-5


def test_that_the_same_settings_give_the_same_bits(model: nn.Module, example: Tensor) -> None:
    first, second = (fast_split(model, SPEC, 20, example, images=MANY) for _ in range(2))
    torch.testing.assert_close(first.trunk(example), second.trunk(example), rtol=0, atol=0)


def test_that_training_beside_it_changes_neither(model: nn.Module, example: Tensor) -> None:
    model.train()
    before = copy.deepcopy(model.state_dict())
    fast = fast_split(model, SPEC, 20, example, images=MANY)
    maps = fast.trunk(example)
    assert model.training
    for name, value in model.state_dict().items():
        torch.testing.assert_close(value, before[name], rtol=0, atol=0)
    with torch.no_grad():
        next(model.parameters()).mul_(2)
    torch.testing.assert_close(fast.trunk(example), maps, rtol=0, atol=0)


def test_that_few_pictures_are_not_worth_it(model: nn.Module, example: Tensor) -> None:
    assert not in_runtime(model, 20, example, images=10)


def test_that_nothing_frozen_is_left_alone(model: nn.Module, example: Tensor) -> None:
    assert fast_split(model, SPEC, 0, example, images=MANY).trunk(example) is example


def test_that_other_operations_run_in_pytorch(model: nn.Module, example: Tensor) -> None:
    first = model.get_submodule(SPEC.stages[0].modules[0])
    assert isinstance(first, nn.Sequential)
    first.append(nn.Tanh())
    assert not in_runtime(model, 20, example)


def test_that_other_numbers_are_not_accepted(
    model: nn.Module, example: Tensor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(modules: Sequence[nn.Module]) -> onnx.ModelProto | None:
        changed = copy.deepcopy(list(modules))
        with torch.no_grad():
            for each in changed[-1].parameters():
                each.mul_(1.01)
        return write_trunk(changed)

    monkeypatch.setattr(fast_trunk, "write_trunk", careless)
    assert not in_runtime(model, 20, example)


def test_that_a_graph_that_does_not_open_is_passed_over(
    model: nn.Module, example: Tensor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fast_trunk, "write_trunk", lambda modules: onnx.ModelProto())
    assert not in_runtime(model, 20, example)


def test_that_preparation_pays_for_much_work() -> None:
    assert pays(get_spec("efficientnet_b0"), 224, 500)
    assert not pays(get_spec("efficientnet_b0"), 224, 20)
    assert not pays(get_spec("mobilenet_v3_small"), 224, 200)


def test_that_an_error_is_relative_and_never_hidden() -> None:
    ones = torch.ones(4, 4)
    assert relative_error(ones * 1.5, ones) == pytest.approx(0.5)
    assert relative_error(ones[:2], ones) == float("inf")
    assert relative_error(ones * float("nan"), ones) == float("inf")
    assert relative_error(ones * 0, ones * 0) == 0
