"""The backbone that ships with the app."""

from __future__ import annotations

import pytest
import safetensors
import torch

from effnet_studio import paths
from effnet_studio.engine.models.build import build_model
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.models.weights import load_weights, resolve_weights, starter_path

SPEC = get_spec("efficientnet_b0")
CARD = paths.resources_dir().parent / "docs" / "starter-backbone.md"


def test_that_the_whole_backbone_is_there_and_no_classifier() -> None:
    model = build_model(SPEC, 7)
    report = load_weights(model, SPEC, resolve_weights(SPEC, "starter"))
    assert report.backbone_share == 1
    assert not report.unexpected
    assert all(name.startswith(f"{SPEC.classifier}.") for name in report.missing)
    with torch.no_grad():
        answers = model.eval()(torch.randn(2, 3, 96, 96))
    assert bool(torch.isfinite(answers).all())


def test_that_it_is_small_and_says_how_good_it_is() -> None:
    path = starter_path(SPEC)
    assert path.stat().st_size <= 12 * 2**20
    with safetensors.safe_open(path, framework="pt") as file:
        about = file.metadata()
        kinds = {file.get_tensor(name).dtype for name in file.keys()}  # noqa: SIM118
    assert kinds == {torch.float16, torch.float32, torch.int64}
    assert about["model"] == SPEC.name
    assert f"{100 * float(about['top1']):.1f} %" in CARD.read_text(encoding="utf-8")


def test_that_without_a_network_the_app_takes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("effnet_studio.engine.models.weights.reachable", lambda *_, **__: False)
    monkeypatch.setattr("effnet_studio.engine.models.weights.cached_imagenet", lambda _spec: None)
    assert resolve_weights(SPEC, "auto").kind == "starter"
