"""Whether a map can be trusted."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled, ModelError
from effnet_studio.engine.events import Event, Progress, Stage
from effnet_studio.engine.explain.cam import Explanation, explain_class
from effnet_studio.engine.explain.health import Health, Verdict, check_health, judge
from effnet_studio.engine.explain.methods import CAM_METHODS
from effnet_studio.engine.explain.occlusion import OcclusionCurves
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.predict.torch_predictor import TorchPredictor

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


@pytest.fixture(scope="module")
def predictor(make_run: Any) -> TorchPredictor:
    loaded = load_predictor(make_run("mobilenet_v3_small", size=96), device="cpu")
    assert isinstance(loaded, TorchPredictor)
    return loaded


@pytest.fixture
def explanation(predictor: TorchPredictor, picture: NDArray[np.uint8]) -> Explanation:
    return explain_class(predictor, picture)


def curves(deletion: float, insertion: float, spread: float = 0.02) -> OcclusionCurves:
    """Straight curves of given areas, from a whole answer of 1 to 0."""
    shares = np.linspace(0, 1, 101)

    def bent(area: float) -> NDArray[np.float64]:
        return np.asarray((1 - shares) ** (1 / area - 1))

    chance = [0.5 + spread * step for step in (-1.5, -0.5, 0.5, 1.5)]
    return OcclusionCurves(
        shares, bent(deletion), bent(insertion)[::-1], np.stack([bent(area) for area in chance])
    )


@pytest.mark.parametrize(
    ("deletion", "insertion", "spread", "similarity", "verdict"),
    [
        (0.2, 0.8, 0.02, 0.1, Verdict.SOUND),
        (0.2, 0.8, 0.02, 0.95, Verdict.BLIND),
        (0.5, 0.5, 0.02, 0.1, Verdict.CHANCE),
        (0.8, 0.2, 0.02, 0.1, Verdict.CHANCE),
        (0.45, 0.55, 0.1, 0.1, Verdict.CHANCE),  # as good as some orders by chance
        (0.49, 0.51, 0.001, 0.1, Verdict.CHANCE),  # certain, but of no size
    ],
)
def test_that_the_verdict_follows_from_both_checks(
    deletion: float,
    insertion: float,
    spread: float,
    similarity: float,
    verdict: Verdict,
    *,
    explanation: Explanation,
) -> None:
    found = judge(explanation, curves(deletion, insertion, spread), np.full(5, similarity))
    assert found is verdict


def test_that_an_empty_map_is_said_to_be_empty(explanation: Explanation) -> None:
    empty = replace(explanation, heatmap=np.zeros_like(explanation.heatmap))
    assert judge(empty, curves(0.2, 0.8), np.zeros(5)) is Verdict.EMPTY
    health = Health(curves(0.2, 0.8), (), np.zeros(5), Verdict.EMPTY)
    assert not health.passed
    assert "Nothing in the image" in str(health.reason)


def test_that_areas_and_gain_are_those_of_the_curves() -> None:
    health = Health(curves(0.25, 0.75), (), np.zeros(5), Verdict.SOUND)
    assert health.deletion_area == pytest.approx(0.25, abs=1e-2)
    assert health.insertion_area == pytest.approx(0.75, abs=1e-2)
    assert health.gain == health.insertion_area - health.deletion_area
    spread = np.sqrt(2) * health.random_areas.std(ddof=1)
    assert health.sigmas == pytest.approx(health.gain / spread)
    certain = Health(curves(0.25, 0.75, spread=0), (), np.zeros(5), Verdict.SOUND)
    assert certain.sigmas > 1e6
    assert Health(curves(0.5, 0.5), (), np.zeros(5), Verdict.CHANCE).sigmas == pytest.approx(
        0, abs=1e-6
    )
    assert health.passed
    assert len({str(replace(health, verdict=verdict).reason) for verdict in Verdict}) == 4


@pytest.mark.parametrize("method", sorted(CAM_METHODS))
@pytest.mark.parametrize("against", [None, 1])
def test_that_every_method_is_checked_and_the_model_stays_untouched(
    method: str, against: int | None, predictor: TorchPredictor, picture: NDArray[np.uint8]
) -> None:
    wish = {} if method == "eigencam" else {"class_index": 0, "against": against}
    explained = explain_class(predictor, picture, method=method, channels=8, **wish)
    before = {name: value.clone() for name, value in predictor.model.state_dict().items()}
    heard: list[Event] = []
    health = check_health(predictor, explained, on_event=heard.append)
    for name, value in predictor.model.state_dict().items():
        assert torch.equal(value, before[name])
    assert not any(module.training for module in predictor.model.modules())
    assert not any(module._forward_hooks for module in predictor.model.modules())
    assert len(health.parts) == len(health.similarity) == 1 + len(predictor.spec.stages)
    assert health.curves.deletion[0] == health.curves.insertion[-1]
    if not wish.get("against"):
        assert health.curves.deletion[0] == pytest.approx(explained.probability, abs=1e-4)
    assert ((health.curves.random >= 0) & (health.curves.random <= 1)).all()
    progress = [event for event in heard if isinstance(event, Progress)]
    assert progress[0].stage is Stage.EXPLAIN
    assert progress[-1].done == progress[-1].total


def test_that_the_same_seed_gives_the_same_health_and_json_keeps_all_of_it(
    predictor: TorchPredictor, explanation: Explanation
) -> None:
    first, again, other = (check_health(predictor, explanation, seed=s) for s in (3, 3, 4))
    assert first.to_dict() == again.to_dict()
    assert first.to_dict() != other.to_dict()
    kept = Health.from_dict(json.loads(json.dumps(first.to_dict())))
    assert kept.to_dict() == first.to_dict()
    assert kept.gain == first.gain
    assert kept.reason == first.reason
    with pytest.raises(KeyError):
        Health.from_dict({"shares": []})


@pytest.mark.parametrize("after", [1, 4, 12, 15])
def test_that_it_stops_when_asked(
    after: int, predictor: TorchPredictor, explanation: Explanation, monkeypatch: Any
) -> None:
    monkeypatch.setattr("effnet_studio.engine.events.ProgressMeter.INTERVAL", 0)
    cancel = CancelToken()
    heard = 0

    def on_event(_event: Event) -> None:
        nonlocal heard
        heard += 1
        if heard == after:
            cancel.cancel()

    before = [value.clone() for value in predictor.model.state_dict().values()]
    with pytest.raises(Cancelled):
        check_health(predictor, explanation, on_event=on_event, cancel=cancel)
    assert heard <= after + 1
    for value, was in zip(predictor.model.state_dict().values(), before, strict=True):
        assert torch.equal(value, was)


def test_that_exported_files_are_refused_in_words(
    color_model: Path, explanation: Explanation
) -> None:
    with pytest.raises(ModelError, match="is an exported file"):
        check_health(load_predictor(color_model), explanation)
