"""Explaining a class: what is chosen, what is refused, and no trace in the model."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled, ConfigError, ModelError
from effnet_studio.engine.events import Event, Progress, Stage
from effnet_studio.engine.explain.cam import explain_class, layers_of
from effnet_studio.engine.explain.methods import CAM_METHODS
from effnet_studio.engine.explain.squeeze_excitation import se_explain
from effnet_studio.engine.models.build import freeze_stages
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.predict.torch_predictor import TorchPredictor

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray


@pytest.fixture(scope="module")
def predictor_of(make_run: Any) -> Callable[[str], TorchPredictor]:
    def load(model: str) -> TorchPredictor:
        predictor = load_predictor(make_run(model), device="cpu")
        assert isinstance(predictor, TorchPredictor)
        return predictor

    return load


def test_that_the_default_is_the_likeliest_class_at_the_last_stage(
    predictor_of: Callable[[str], TorchPredictor], picture: NDArray[np.uint8]
) -> None:
    predictor = predictor_of("mobilenet_v3_small")
    found = explain_class(predictor, picture)
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
        maps.append(explain_class(predictor, picture, class_index=1, layer="Stage 2").heatmap)
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


class ListenerError(Exception):
    """Raised by a listener."""


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    layer=st.sampled_from([None, "Stage 1", "features.3.block.1", "classifier", "nowhere", ""]),
    class_index=st.sampled_from([None, 0, 2, 3, -1]),
    against=st.sampled_from([None, None, 0, 1, 5]),
    trained=st.sets(st.integers(0, 200), max_size=20),
    method=st.sampled_from([*CAM_METHODS, "se"]),
    trouble=st.sampled_from(["none", "cancel", "listener", "model"]),
)
def test_that_the_model_is_untouched_also_when_it_fails(
    layer: str | None,
    class_index: int | None,
    against: int | None,
    trained: set[int],
    method: str,
    *,
    trouble: str,
    predictor_of: Callable[[str], TorchPredictor],
    picture: NDArray[np.uint8],
) -> None:
    predictor = predictor_of("mobilenet_v3_small")
    for number, module in enumerate(predictor.model.modules()):
        module.training = number in trained  # as a user's notebook may have left it
    for number, parameter in enumerate(predictor.model.parameters()):
        parameter.requires_grad_(number % 3 == 0)
    cancel = CancelToken()

    def on_event(_event: Event) -> None:
        if trouble == "cancel":
            cancel.cancel()
        if trouble == "listener":
            raise ListenerError

    if trouble == "model":  # as a hook of the user's own may; it must stay
        predictor.model.get_submodule("classifier").register_forward_hook(fail)
    before = trace(predictor.model)
    with suppress(ModelError, ConfigError, Cancelled, ListenerError):
        if method == "se":
            se_explain(predictor, picture, block=layer)
        else:
            explain_class(
                predictor,
                picture,
                method=method,
                class_index=class_index,
                against=against,
                layer=layer,
                channels=3,
                on_event=on_event,
                cancel=cancel,
            )
    after = trace(predictor.model)
    for was, now in zip(before[3], after[3], strict=True):
        assert torch.equal(was, now)
    assert before[:3] == after[:3]
    assert before[4] == after[4]


def fail(*_arguments: Any) -> None:
    raise ListenerError


def test_that_score_cam_says_how_far_it_is_and_stops_when_asked(
    predictor_of: Callable[[str], TorchPredictor], picture: NDArray[np.uint8]
) -> None:
    predictor = predictor_of("mobilenet_v3_small")
    heard: list[Event] = []
    found = explain_class(predictor, picture, method="scorecam", channels=40, on_event=heard.append)
    assert found.channels == 40
    progress = [event for event in heard if isinstance(event, Progress)]
    assert (progress[0].stage, progress[0].done, progress[0].total) == (Stage.EXPLAIN, 0, 40)
    assert progress[-1].done == 40
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        explain_class(
            predictor,
            picture,
            method="scorecam",
            on_event=lambda _event: cancel.cancel(),
            cancel=cancel,
        )


def test_that_why_not_the_other_is_the_opposite_question(
    predictor_of: Callable[[str], TorchPredictor], picture: NDArray[np.uint8]
) -> None:
    predictor = predictor_of("resnet18")
    plain = explain_class(predictor, picture, class_index=0)
    forth = explain_class(predictor, picture, class_index=0, against=1)
    back = explain_class(predictor, picture, class_index=1, against=0)
    assert (forth.label, forth.against_label, forth.against) == ("red", "green", 1)
    assert (plain.against, plain.against_label) == (None, "")
    # Without the ReLU one is minus the other: no place may speak for both.
    assert not ((forth.raw > 0) & (back.raw > 0)).any()
    assert (forth.raw > 0).any()
    assert not np.array_equal(forth.coarse, plain.coarse)


def test_that_raw_is_what_the_formula_gave_before_it_was_stretched(
    predictor_of: Callable[[str], TorchPredictor], picture: NDArray[np.uint8]
) -> None:
    predictor = predictor_of("resnet18")
    found = explain_class(predictor, picture, class_index=0)
    assert found.raw.dtype == np.float32
    low, high = found.raw.min(), found.raw.max()
    np.testing.assert_allclose(found.coarse, (found.raw - low) / (high - low), atol=1e-6)
    with torch.no_grad():
        predictor.model.get_submodule("fc").weight.mul_(2)
    np.testing.assert_allclose(
        explain_class(predictor, picture, class_index=0).raw, 2 * found.raw, rtol=1e-4, atol=1e-6
    )


def test_that_wishes_that_contradict_each_other_are_refused_in_words(
    predictor_of: Callable[[str], TorchPredictor], picture: NDArray[np.uint8]
) -> None:
    predictor = predictor_of("mobilenet_v3_small")
    likeliest = explain_class(predictor, picture).class_index
    for wish in ({"class_index": 1, "against": 1}, {"against": likeliest}):
        with pytest.raises(ConfigError, match="compared with itself"):
            explain_class(predictor, picture, **wish)
    for wish in ({"class_index": 1}, {"against": 1}):
        with pytest.raises(ConfigError, match="Eigen-CAM does not depend on a class"):
            explain_class(predictor, picture, method="eigencam", **wish)
    with pytest.raises(ConfigError, match="no explanation method named lime"):
        explain_class(predictor, picture, method="lime")
    with pytest.raises(ConfigError, match="at least one channel"):
        explain_class(predictor, picture, method="scorecam", channels=0)
    with pytest.raises(ModelError, match="no class number"):
        explain_class(predictor, picture, against=3)


def test_that_modes_of_the_caller_do_not_matter(
    predictor_of: Callable[[str], TorchPredictor], picture: NDArray[np.uint8]
) -> None:
    predictor = predictor_of("mobilenet_v3_small")
    plain = explain_class(predictor, picture).heatmap
    with torch.no_grad():
        np.testing.assert_array_equal(explain_class(predictor, picture).heatmap, plain)
    with torch.inference_mode():
        np.testing.assert_array_equal(explain_class(predictor, picture).heatmap, plain)
    predictor.model.train()
    np.testing.assert_array_equal(explain_class(predictor, picture).heatmap, plain)


def test_that_a_class_nothing_speaks_for_gives_an_empty_map(
    predictor_of: Callable[[str], TorchPredictor], picture: NDArray[np.uint8]
) -> None:
    predictor = predictor_of("resnet18")
    with torch.no_grad():
        predictor.model.get_submodule("fc").weight.fill_(0)
    found = explain_class(predictor, picture)
    assert found.is_empty
    np.testing.assert_array_equal(found.heatmap, 0)


@pytest.mark.parametrize("layer", ["classifier.0", "avgpool.1", "nowhere", "", "classifier.3"])
def test_that_a_layer_that_cannot_be_shown_is_refused_in_words(
    layer: str,
    predictor_of: Callable[[str], TorchPredictor],
    picture: NDArray[np.uint8],
) -> None:
    with pytest.raises(ModelError, match="layer") as caught:
        explain_class(predictor_of("mobilenet_v3_small"), picture, layer=layer)
    assert "stages" in str(caught.value.hint) or "Stage 3" in str(caught.value.hint)


@pytest.mark.parametrize("class_index", [-1, 3])
def test_that_a_class_that_is_not_there_is_refused_in_words(
    class_index: int,
    predictor_of: Callable[[str], TorchPredictor],
    picture: NDArray[np.uint8],
) -> None:
    with pytest.raises(ModelError, match="no class number"):
        explain_class(predictor_of("mobilenet_v3_small"), picture, class_index=class_index)


def test_that_exported_files_are_refused_in_words(
    color_model: Path, picture: NDArray[np.uint8]
) -> None:
    exported = load_predictor(color_model)
    for explain in (explain_class, se_explain, layers_of):
        with pytest.raises(ModelError, match=r"colours\.onnx is an exported file"):
            explain(exported) if explain is layers_of else explain(exported, picture)
