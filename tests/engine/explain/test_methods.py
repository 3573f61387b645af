"""Each formula against a second one: torchcam's, or the paper's written down in NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.engine.errors import ConfigError
from effnet_studio.engine.explain.cam import explain_class, layers_of
from effnet_studio.engine.explain.hooks import activation_with_gradient
from effnet_studio.engine.explain.maps import normalized
from effnet_studio.engine.explain.methods import (
    CAM_METHODS,
    eigen_cam,
    find_method,
    grad_cam_plus_plus,
    score_cam,
    score_masks,
    telling_channels,
)
from effnet_studio.engine.explain.names import CAMS, CLASSLESS
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.predict.torch_predictor import TorchPredictor
from effnet_studio.engine.torchvision_compat import import_torchvision

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

FAMILIES = ("efficientnet_b0", "resnet18", "mobilenet_v3_small", "densenet121")

AGAINST = {None: lambda logits: logits[0], 2: lambda logits: logits[0] - logits[2]}
"""What torchcam is asked for: class 0 alone, or why it and not class 2."""


@pytest.fixture(scope="module")
def predictor_of(make_run: Any) -> Callable[[str], TorchPredictor]:
    def load(model: str) -> TorchPredictor:
        predictor = load_predictor(make_run(model), device="cpu")
        assert isinstance(predictor, TorchPredictor)
        return predictor

    return load


def torchcam_map(
    predictor: TorchPredictor,
    pixels: NDArray[np.uint8],
    layer: str,
    method: str,
    target: Any,
    **options: Any,
) -> NDArray[np.float32]:
    """torchcam's map, stretched to [0, 1] and not enlarged."""
    import_torchvision()
    from torchcam import methods

    torch.manual_seed(0)
    predictor.model.requires_grad_(True)
    batch = torch.from_numpy(predictor.preprocess(pixels)[None])
    with getattr(methods, method)(predictor.model, layer, **options) as extractor:
        scores = predictor.model(batch)
        (found,) = extractor(scores=scores, targets=target)
    return found[0].detach().numpy()


@pytest.mark.parametrize("against", list(AGAINST))
@pytest.mark.parametrize(
    ("method", "name"),
    [("gradcam", "GradCAM"), ("layercam", "LayerCAM"), ("scorecam", "ScoreCAM")],
)
@pytest.mark.parametrize("model", FAMILIES)
def test_that_maps_equal_torchcam(
    model: str,
    method: str,
    name: str,
    against: int | None,
    *,
    predictor_of: Callable[[str], TorchPredictor],
    picture: NDArray[np.uint8],
) -> None:
    predictor = predictor_of(model)
    layers = layers_of(predictor)
    seen = []
    for _, layer in (layers[1], layers[-1]) if method != "scorecam" else layers[1:2]:
        mine = explain_class(
            predictor,
            picture,
            method=method,
            class_index=0,
            against=against,
            layer=layer,
            channels=None,
        )
        expected = torchcam_map(predictor, picture, layer, name, AGAINST[against])
        np.testing.assert_allclose(mine.coarse, expected, atol=1e-4)
        seen.append(mine.coarse.max())
    assert max(seen) > 0.99  # two empty maps would agree too


@pytest.mark.parametrize("model", FAMILIES)
def test_that_score_cam_with_all_channels_of_the_last_stage_equals_torchcam(
    model: str, predictor_of: Callable[[str], TorchPredictor], picture: NDArray[np.uint8]
) -> None:
    predictor = predictor_of(model)
    mine = explain_class(predictor, picture, method="scorecam", class_index=1, channels=None)
    expected = torchcam_map(predictor, picture, mine.layer, "ScoreCAM", lambda logits: logits[1])
    np.testing.assert_allclose(mine.coarse, expected, atol=1e-4)
    assert mine.channels == predictor.model.get_submodule(
        predictor.spec.classifier
    ).in_features or (model.startswith("mobilenet"))


@pytest.mark.parametrize("model", FAMILIES)
def test_that_grad_cam_plus_plus_equals_torchcam_where_torchcam_divides(
    model: str, predictor_of: Callable[[str], TorchPredictor], picture: NDArray[np.uint8]
) -> None:
    # torchcam 0.5.0's own GradCAMpp divides a copy of α that it then drops; its smoothed sister
    # with one sample and no noise is the published formula wherever the gradient is the same at
    # all places (it puts A under the same sum as G³, where the paper has A alone).
    predictor = predictor_of(model)
    mine = explain_class(predictor, picture, method="gradcam++", class_index=0)
    import_torchvision()
    from torchcam.methods import SmoothGradCAMpp

    predictor.model.requires_grad_(True)
    batch = torch.from_numpy(predictor.preprocess(picture)[None])
    with SmoothGradCAMpp(predictor.model, mine.layer, num_samples=1, std=1e-12) as extractor:
        predictor.model(batch)
        (expected,) = extractor(0, eps=1e-30)
    np.testing.assert_allclose(mine.coarse, expected[0].detach().numpy(), atol=1e-4)
    assert mine.coarse.max() > 0.99


def paper(method: str, a: NDArray[np.float64], g: NDArray[np.float64]) -> NDArray[np.float64]:
    """The formulas of the papers, place by place."""
    found = np.zeros(a.shape[1:])
    if method == "eigencam":
        matrix = a.reshape(len(a), -1).T
        _, _, right = np.linalg.svd(matrix, full_matrices=False)
        projected = matrix @ right[0]
        return (projected * np.sign(projected.sum())).reshape(a.shape[1:])
    for channel, slope in zip(a, g, strict=True):
        if method == "hirescam":
            found += slope * channel
        elif method == "layercam":
            found += np.maximum(slope, 0) * channel
        elif method == "gradcam":
            found += slope.mean() * channel
        else:
            weight = 0.0
            for each in slope.flat:
                first, second, third = each, each**2, each**3
                if second:
                    weight += second / (2 * second + channel.sum() * third) * max(first, 0)
            found += weight * channel
    return np.maximum(found, 0)


@pytest.mark.parametrize("method", ["gradcam", "gradcam++", "layercam", "hirescam", "eigencam"])
@pytest.mark.parametrize("model", FAMILIES)
def test_that_maps_equal_the_papers_formulas_in_numpy(
    model: str,
    method: str,
    predictor_of: Callable[[str], TorchPredictor],
    picture: NDArray[np.uint8],
) -> None:
    predictor = predictor_of(model)
    layers = layers_of(predictor)
    for title, layer in (layers[0], layers[2], layers[-1]):
        options = {} if method == "eigencam" else {"class_index": 1, "against": 0}
        mine = explain_class(predictor, picture, method=method, layer=title, **options)
        with predictor.exclusive() as network:
            activation, gradient, _ = activation_with_gradient(
                network,
                layer,
                torch.from_numpy(predictor.preprocess(picture)[None]),
                lambda logits: logits[0, 1] - logits[0, 0],
            )
        assert gradient is not None
        expected = paper(method, activation.double().numpy(), gradient.double().numpy())
        np.testing.assert_allclose(mine.raw, expected, rtol=1e-3, atol=1e-4 * abs(expected).max())
        np.testing.assert_allclose(
            mine.coarse, normalized(torch.from_numpy(expected)).numpy(), atol=1e-4
        )


def test_that_leaving_out_the_exponential_of_grad_cam_plus_plus_changes_nothing() -> None:
    # The paper differentiates exp(y): first, second and third derivative all carry exp(y).
    generator = torch.Generator().manual_seed(0)
    activation = torch.rand((4, 3, 3), generator=generator).double()
    gradient = torch.randn((4, 3, 3), generator=generator).double()
    factor = np.exp(7.5)
    first, second, third = (factor * gradient**power for power in (1, 2, 3))
    alpha = second / (2 * second + activation.sum(dim=(1, 2), keepdim=True) * third)
    weights = (alpha * first.relu()).sum(dim=(1, 2), keepdim=True)
    expected = (weights * activation).sum(dim=0).relu()
    torch.testing.assert_close(factor * grad_cam_plus_plus(activation, gradient), expected)


@given(
    scale=st.floats(1e-30, 1e30),
    method=st.sampled_from(sorted(CAM_METHODS)),
    seed=st.integers(0, 100),
)
def test_that_every_formula_gives_one_finite_number_for_each_place(
    scale: float, method: str, seed: int
) -> None:
    generator = torch.Generator().manual_seed(seed)
    activation = torch.randn((5, 2, 3), generator=generator)
    evidence = torch.randn((5, 2, 3), generator=generator) * scale
    if method == "scorecam":
        evidence = evidence[:, 0, 0]
    found = CAM_METHODS[method].formula(activation, evidence)
    assert found.shape == (2, 3)
    if scale < 1e18:  # above, the product of two such numbers is infinite
        assert torch.isfinite(found).all()
    stretched = normalized(found)
    assert 0 <= float(stretched.min()) <= float(stretched.max()) <= 1


@pytest.mark.parametrize("shape", [(3, 4, 5), (40, 2, 3)])
def test_that_eigen_cam_is_the_strongest_pattern_whatever_its_sign(
    shape: tuple[int, int, int],
) -> None:
    generator = torch.Generator().manual_seed(1)
    pattern = torch.rand(shape[1:], generator=generator)
    strength = torch.randn(shape[0], generator=generator)
    activation = strength[:, None, None] * pattern
    found = eigen_cam(activation)
    torch.testing.assert_close(found, pattern * strength.norm())
    torch.testing.assert_close(eigen_cam(-activation), found)
    assert not eigen_cam(torch.zeros(shape)).any()


def test_that_channels_not_tried_have_no_weight() -> None:
    activation = torch.rand((4, 2, 2))
    scores = torch.tensor([1.0, -torch.inf, 1.0, -torch.inf])
    torch.testing.assert_close(score_cam(activation, scores), (activation[0] + activation[2]) / 2)


def test_that_masks_cover_the_image_from_nothing_to_all() -> None:
    activation = torch.tensor([[[0.0, 2.0], [4.0, 2.0]], [[3.0, 3.0], [3.0, 3.0]]])
    masks = score_masks(activation, 8)
    assert masks.shape == (2, 1, 8, 8)
    assert (masks[0].min(), masks[0].max()) == (0, 1)
    assert not masks[1].any()


def test_that_the_channels_tried_first_differ_most_from_place_to_place() -> None:
    steps = torch.tensor([1.0, 5.0, 0.0, 3.0])
    activation = 100 - steps[:, None, None] * torch.eye(2)
    assert telling_channels(activation, 2).tolist() == [1, 3]
    assert telling_channels(activation, None).tolist() == [0, 1, 2, 3]
    assert telling_channels(activation, 9).tolist() == [0, 1, 2, 3]


def test_that_a_method_that_is_not_there_is_refused_in_words() -> None:
    with pytest.raises(ConfigError, match="no explanation method named lime") as caught:
        find_method("lime")
    assert "eigencam" in str(caught.value.hint)


def test_that_every_named_map_has_a_row_in_order() -> None:
    assert tuple(CAM_METHODS) == CAMS
    assert [name for name, method in CAM_METHODS.items() if not method.per_class] == [CLASSLESS]
