"""What a run keeps on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from torch import nn

from effnet_studio.engine import atomic
from effnet_studio.engine.errors import ModelError, StorageError, TrainingError
from effnet_studio.engine.models.build import build_model
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.preprocess import Preprocess
from effnet_studio.engine.training import checkpoint
from effnet_studio.engine.training.config import make_config
from effnet_studio.engine.training.optim import make_optimizer

if TYPE_CHECKING:
    from pathlib import Path

ABOUT = checkpoint.BestModel(
    model="mobilenet_v3_small",
    classes=("ants", "蜜蜂"),
    preprocess=Preprocess(size=64, resize=72, interpolation="bilinear"),
    run="20260102-030405-mobilenet_v3_small",
    epoch=3,
    accuracy=1 / 3,
)


@pytest.fixture(scope="module")
def network() -> nn.Module:
    with torch.random.fork_rng():
        torch.manual_seed(0)
        model = build_model(get_spec("mobilenet_v3_small"), 2)
    return model.to(memory_format=torch.channels_last)


def no_scaler() -> torch.amp.GradScaler:
    return torch.amp.GradScaler("cpu", enabled=False)


def trained(optimizer: str, steps: int) -> tuple[nn.Module, torch.optim.Optimizer]:
    torch.manual_seed(1)
    model = nn.Sequential(nn.Conv2d(4, 3, 3), nn.BatchNorm2d(3))
    model.to(memory_format=torch.channels_last)
    rule = make_optimizer(model, make_config(optimizer=optimizer, learning_rate=0.1))
    for step in range(steps):
        train_on(model, rule, step)
    return model, rule


def train_on(model: nn.Module, rule: torch.optim.Optimizer, step: int) -> None:
    inputs = torch.randn(8, 4, 5, 5, generator=torch.Generator().manual_seed(step))
    rule.zero_grad()
    (model(inputs) - 0.5).pow(4).mean().backward()
    rule.step()


def test_that_the_best_model_can_be_used_by_itself(tmp_path: Path, network: nn.Module) -> None:
    path = tmp_path / "best.safetensors"
    checkpoint.save_best(path, network, ABOUT)
    model, about = checkpoint.load_best(path)
    assert about == ABOUT
    assert not model.training
    for name, tensor in network.state_dict().items():
        assert torch.equal(model.state_dict()[name], tensor), name


@pytest.mark.parametrize("damage", ["empty", "text", "cut", "missing", "other"])
def test_that_a_file_that_is_no_model_is_said_in_words(
    tmp_path: Path, network: nn.Module, damage: str
) -> None:
    path = tmp_path / "best.safetensors"
    checkpoint.save_best(path, network, ABOUT)
    match damage:
        case "empty":
            path.write_bytes(b"")
        case "text":
            path.write_text("not a model" * 100)
        case "cut":
            path.write_bytes(path.read_bytes()[:-1000])
        case "missing":
            path.unlink()
        case _:
            import safetensors.torch

            path.write_bytes(safetensors.torch.save({"weight": torch.zeros(3)}))
    with pytest.raises(ModelError, match="not a model") as caught:
        checkpoint.load_best(path)
    assert caught.value.path == path


@pytest.mark.parametrize("rule", ["adamw", "sgd"])
def test_that_training_goes_on_exactly_from_the_last_state(tmp_path: Path, rule: str) -> None:
    model, optimizer = trained(rule, steps=3)
    state = checkpoint.TrainState(epoch=1, step=3, best_accuracy=0.1 + 0.2, best_epoch=0)
    checkpoint.save_last(tmp_path, state, model, optimizer, no_scaler())
    other, other_optimizer = trained(rule, steps=0)
    assert checkpoint.load_last(tmp_path, other, other_optimizer, no_scaler()) == state
    for step in range(3, 6):
        train_on(model, optimizer, step)
        train_on(other, other_optimizer, step)
    for name, tensor in model.state_dict().items():
        assert torch.equal(other.state_dict()[name], tensor), name


def test_that_frozen_tensors_are_written_once_and_come_back(tmp_path: Path) -> None:
    model, optimizer = trained("adamw", steps=1)
    frozen = frozenset({"0.weight", "0.bias"})
    checkpoint.save_frozen(tmp_path, model, frozen)
    checkpoint.save_last(
        tmp_path, checkpoint.TrainState(), model, optimizer, no_scaler(), frozen=frozen
    )
    import safetensors.torch

    moving = safetensors.torch.load_file(tmp_path / "last" / "model.safetensors")
    assert not frozen & set(moving)
    other, other_optimizer = trained("adamw", steps=0)
    checkpoint.load_last(tmp_path, other, other_optimizer, no_scaler())
    for name, tensor in model.state_dict().items():
        assert torch.equal(other.state_dict()[name], tensor), name


def test_that_a_gradient_scaler_goes_on_from_its_scale(tmp_path: Path) -> None:
    model, optimizer = trained("adamw", steps=1)
    scaler = torch.amp.GradScaler("cpu", init_scale=8.0)
    scaler.scale(torch.ones(1))
    checkpoint.save_last(tmp_path, checkpoint.TrainState(), model, optimizer, scaler)
    other = torch.amp.GradScaler("cpu")
    checkpoint.load_last(tmp_path, model, optimizer, other)
    other.scale(torch.ones(1))
    assert other.get_scale() == 8.0


@pytest.mark.parametrize("name", ["state.json", "model.safetensors", "optimizer.safetensors"])
def test_that_a_damaged_last_state_is_said_in_words(tmp_path: Path, name: str) -> None:
    model, optimizer = trained("adamw", steps=1)
    checkpoint.save_last(tmp_path, checkpoint.TrainState(), model, optimizer, no_scaler())
    (tmp_path / "last" / name).write_bytes(b"{}")
    with pytest.raises(TrainingError, match="last state is damaged"):
        checkpoint.load_last(tmp_path, model, optimizer, no_scaler())


def test_that_a_replacement_cut_short_leaves_the_state_before(tmp_path: Path) -> None:
    model, optimizer = trained("adamw", steps=1)
    checkpoint.save_last(tmp_path, checkpoint.TrainState(epoch=4), model, optimizer, no_scaler())
    (tmp_path / "last").rename(atomic.previous_of(tmp_path / "last"))
    assert checkpoint.has_last(tmp_path)
    assert checkpoint.load_last(tmp_path, model, optimizer, no_scaler()).epoch == 4


def test_that_a_folder_that_is_gone_is_said_in_words(tmp_path: Path, network: nn.Module) -> None:
    with pytest.raises(StorageError):
        checkpoint.save_best(tmp_path / "gone" / "best.safetensors", network, ABOUT)
