"""Grad-CAM agrees with the library of reference and leaves no trace in the model."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.explain.cam import grad_cam, layers_of
from effnet_studio.engine.explain.squeeze_excitation import se_explain
from effnet_studio.engine.models.build import freeze_stages
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.predict.torch_predictor import TorchPredictor
from effnet_studio.engine.torchvision_compat import import_torchvision

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

FAMILIES = (
    "efficientnet_b0",
    "resnet18",
    "resnet50",
    "mobilenet_v3_small",
    "mobilenet_v3_large",
    "densenet121",
)


@pytest.fixture(scope="module")
def predictor_of(make_run: Any) -> Callable[[str], TorchPredictor]:
    def load(model: str) -> TorchPredictor:
        predictor = load_predictor(make_run(model), device="cpu")
        assert isinstance(predictor, TorchPredictor)
        return predictor

    return load


def reference(
    predictor: TorchPredictor, pixels: NDArray[np.uint8], layer: str, class_index: int
) -> NDArray[np.float32]:
    """torchcam's map of the same layer, not enlarged."""
    import_torchvision()
    from torchcam.methods import GradCAM

    predictor.model.requires_grad_(True)
    batch = torch.from_numpy(predictor.preprocess(pixels)[None])
    with GradCAM(predictor.model, layer) as extractor:
        scores = predictor.model(batch)
        (cam,) = extractor(class_index, scores)
    return cam[0].numpy()


@pytest.mark.parametrize("model", FAMILIES)
def test_that_maps_equal_torchcam(
    model: str,
    predictor_of: Callable[[str], TorchPredictor],
    picture: NDArray[np.uint8],
) -> None:
    predictor = predictor_of(model)
    for class_index, (title, layer) in enumerate(layers_of(predictor)[-2:]):
        mine = grad_cam(predictor, picture, class_index=class_index, layer=title)
        expected = reference(predictor, picture, layer, class_index)
        assert mine.layer == layer
        np.testing.assert_allclose(mine.coarse, expected, atol=1e-4)


def test_that_the_default_is_the_likeliest_class_at_the_last_stage(
    predictor_of: Callable[[str], TorchPredictor], picture: NDArray[np.uint8]
) -> None:
    predictor = predictor_of("mobilenet_v3_small")
    found = grad_cam(predictor, picture)
    best = predictor.predict(picture).best
    assert (found.label, found.layer) == (best.label, predictor.spec.cam_layer)
    assert found.probability == pytest.approx(best.probability, abs=1e-5)
    np.testing.assert_array_equal(found.picture, predictor.picture(picture))
    assert found.heatmap.shape == (64, 64)
    assert found.heatmap.dtype == np.float32
    assert found.heatmap.min() >= 0
    assert found.heatmap.max() <= 1


@pytest.mark.parametrize("model", ["efficientnet_b0", "densenet121"])
def test_that_frozen_stages_make_no_difference(
    model: str,
    predictor_of: Callable[[str], TorchPredictor],
    picture: NDArray[np.uint8],
) -> None:
    predictor = predictor_of(model)
    maps = []
    for frozen in (0, 3, 99):
        freeze_stages(predictor.model, get_spec(model), frozen)
        maps.append(grad_cam(predictor, picture, class_index=1, layer="Stage 2").heatmap)
    np.testing.assert_allclose(maps[0], maps[1], atol=1e-5)
    np.testing.assert_allclose(maps[0], maps[2], atol=1e-5)
    assert maps[0].max() > 0.5


def trace(model: torch.nn.Module) -> tuple[Any, ...]:
    """Everything an explanation could leave behind."""
    hooks = (
        "_forward_hooks",
        "_forward_pre_hooks",
        "_backward_hooks",
        "_backward_pre_hooks",
    )
    return (
        [module.training for module in model.modules()],
        [len(getattr(module, name)) for module in model.modules() for name in hooks],
        [(p.requires_grad, p.grad is None) for p in model.parameters()],
        [tensor.clone() for tensor in model.state_dict().values()],
        torch.is_grad_enabled(),
    )


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    layer=st.sampled_from([None, "Stage 1", "features.3.block.1", "classifier", "nowhere", ""]),
    class_index=st.sampled_from([None, 0, 2, 3, -1]),
    trained=st.sets(st.integers(0, 200), max_size=20),
    method=st.sampled_from(["gradcam", "se"]),
)
def test_that_the_model_is_untouched_also_when_it_fails(
    layer: str | None,
    class_index: int | None,
    trained: set[int],
    method: str,
    *,
    predictor_of: Callable[[str], TorchPredictor],
    picture: NDArray[np.uint8],
) -> None:
    predictor = predictor_of("mobilenet_v3_small")
    for number, module in enumerate(predictor.model.modules()):
        module.training = number in trained  # as a user's notebook may have left it
    for number, parameter in enumerate(predictor.model.parameters()):
        parameter.requires_grad_(number % 3 == 0)
    before = trace(predictor.model)
    with suppress(ModelError):
        if method == "gradcam":
            grad_cam(predictor, picture, class_index=class_index, layer=layer)
        else:
            se_explain(predictor, picture, block=layer)
    after = trace(predictor.model)
    for was, now in zip(before[3], after[3], strict=True):
        assert torch.equal(was, now)
    assert before[:3] == after[:3]
    assert before[4] == after[4]


def test_that_modes_of_the_caller_do_not_matter(
    predictor_of: Callable[[str], TorchPredictor], picture: NDArray[np.uint8]
) -> None:
    predictor = predictor_of("mobilenet_v3_small")
    plain = grad_cam(predictor, picture).heatmap
    with torch.no_grad():
        np.testing.assert_array_equal(grad_cam(predictor, picture).heatmap, plain)
    with torch.inference_mode():
        np.testing.assert_array_equal(grad_cam(predictor, picture).heatmap, plain)
    predictor.model.train()
    np.testing.assert_array_equal(grad_cam(predictor, picture).heatmap, plain)


def test_that_a_class_nothing_speaks_for_gives_an_empty_map(
    predictor_of: Callable[[str], TorchPredictor], picture: NDArray[np.uint8]
) -> None:
    predictor = predictor_of("resnet18")
    with torch.no_grad():
        predictor.model.get_submodule("fc").weight.fill_(0)
    found = grad_cam(predictor, picture)
    assert found.is_empty
    np.testing.assert_array_equal(found.heatmap, 0)


@pytest.mark.parametrize("layer", ["classifier.0", "avgpool.1", "nowhere", "", "classifier.3"])
def test_that_a_layer_that_cannot_be_shown_is_refused_in_words(
    layer: str,
    predictor_of: Callable[[str], TorchPredictor],
    picture: NDArray[np.uint8],
) -> None:
    with pytest.raises(ModelError, match="layer") as caught:
        grad_cam(predictor_of("mobilenet_v3_small"), picture, layer=layer)
    assert "stages" in str(caught.value.hint) or "Stage 3" in str(caught.value.hint)


@pytest.mark.parametrize("class_index", [-1, 3])
def test_that_a_class_that_is_not_there_is_refused_in_words(
    class_index: int,
    predictor_of: Callable[[str], TorchPredictor],
    picture: NDArray[np.uint8],
) -> None:
    with pytest.raises(ModelError, match="no class number"):
        grad_cam(predictor_of("mobilenet_v3_small"), picture, class_index=class_index)


def test_that_exported_files_are_refused_in_words(
    color_model: Path, picture: NDArray[np.uint8]
) -> None:
    exported = load_predictor(color_model)
    for explain in (grad_cam, se_explain, layers_of):
        with pytest.raises(ModelError, match=r"colours\.onnx is an exported file"):
            explain(exported) if explain is layers_of else explain(exported, picture)
