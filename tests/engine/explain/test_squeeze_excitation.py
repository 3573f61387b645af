"""Gates and gated maps equal what the blocks' own formula gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.explain.squeeze_excitation import se_explain, se_titles
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.predict.torch_predictor import TorchPredictor

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


def load(make_run: Any, model: str) -> TorchPredictor:
    predictor = load_predictor(make_run(model), device="cpu")
    assert isinstance(predictor, TorchPredictor)
    return predictor


@pytest.mark.parametrize(("model", "blocks"), [("efficientnet_b0", 16), ("mobilenet_v3_small", 9)])
def test_that_gates_and_maps_follow_the_formula(
    model: str, blocks: int, make_run: Any, picture: NDArray[np.uint8]
) -> None:
    predictor = load(make_run, model)
    found = se_explain(predictor, picture)
    assert len(found.gates) == blocks
    for gate in (found.gates[0], found.gates[-1]):
        inputs: list[torch.Tensor] = []
        block = predictor.model.get_submodule(gate.name)
        handle = block.register_forward_pre_hook(keep_input(inputs))
        with torch.inference_mode():
            predictor.model(torch.from_numpy(predictor.preprocess(picture)[None]))
        handle.remove()
        x = inputs[0][0].numpy()
        squeezed = x.mean(axis=(1, 2))
        hidden = block.activation(torch.from_numpy(block_fc(block.fc1, squeezed))).numpy()
        gates = block.scale_activation(torch.from_numpy(block_fc(block.fc2, hidden))).numpy()
        np.testing.assert_allclose(gate.values, gates, atol=1e-4)
        strength = np.abs(gates[:, None, None] * x).mean(axis=0)
        spread = strength.max() - strength.min()
        np.testing.assert_allclose(gate.coarse, (strength - strength.min()) / spread, atol=1e-3)


def keep_input(into: list[torch.Tensor]) -> Callable[[torch.nn.Module, Any], None]:
    return lambda _module, args: into.append(args[0].clone())


def block_fc(layer: torch.nn.Conv2d, values: NDArray[np.float32]) -> NDArray[np.float32]:
    weight = layer.weight.detach().numpy()[:, :, 0, 0]
    return np.asarray(weight @ values + layer.bias.detach().numpy(), dtype=np.float32)


def test_that_values_are_gates_and_the_map_has_the_pictures_size(
    make_run: Any, picture: NDArray[np.uint8]
) -> None:
    predictor = load(make_run, "efficientnet_b0")
    found = se_explain(predictor, picture)
    assert [gate.name for gate in found.gates] == list(se_titles(predictor))
    assert found.gates[0].title == "Stage 1, block 1"
    assert found.block == found.gates[-1].name
    for gate in found.gates:
        assert gate.values.dtype == np.float32
        assert gate.values.min() >= 0
        assert gate.values.max() <= 1
    assert found.heatmap.shape == (64, 64)
    assert found.label == predictor.predict(picture).best.label


def test_that_another_block_can_be_shown_without_running_again(
    make_run: Any, picture: NDArray[np.uint8]
) -> None:
    predictor = load(make_run, "efficientnet_b0")
    found = se_explain(predictor, picture)
    chosen = se_explain(predictor, picture, block="stage 2, block 1")
    assert chosen.block == found.gates[1].name
    np.testing.assert_array_equal(found.heatmap_of(chosen.block), chosen.heatmap)
    np.testing.assert_array_equal(found.heatmap_of("Stage 2, block 1"), chosen.heatmap)
    assert not np.array_equal(chosen.heatmap, found.heatmap)
    with pytest.raises(ModelError, match="no squeeze-and-excitation block named"):
        found.heatmap_of("Stage 99")


def test_that_models_without_blocks_say_so(make_run: Any, picture: NDArray[np.uint8]) -> None:
    predictor = load(make_run, "resnet18")
    with pytest.raises(ModelError, match="ResNet-18 has no squeeze-and-excitation blocks"):
        se_explain(predictor, picture)
