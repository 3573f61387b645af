"""Classifiers taken over by the names of their classes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import hypothesis.strategies as st
import pytest
import torch
from hypothesis import given
from safetensors.torch import save_file

from effnet_studio.engine.models.build import build_model
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.models.head import classes_in, match_head
from effnet_studio.engine.models.weights import load_weights, resolve_weights

if TYPE_CHECKING:
    from pathlib import Path

NAMES = st.lists(st.sampled_from("abcdefgh"), min_size=1, unique=True)


@given(known=NAMES, wanted=NAMES)
def test_that_every_known_class_keeps_its_row_and_every_new_one_its_own(
    known: list[str], wanted: list[str]
) -> None:
    trained = {
        "body.weight": torch.ones(2),
        "head.weight": torch.arange(len(known)).float()[:, None].expand(-1, 3),
        "head.bias": torch.arange(len(known)).float(),
    }
    own = {
        "body.weight": torch.zeros(2),
        "head.weight": torch.full((len(wanted), 3), -1.0),
        "head.bias": torch.full((len(wanted),), -1.0),
    }
    found = match_head(trained, own, "head", known=known, wanted=wanted)
    assert torch.equal(found["body.weight"], trained["body.weight"])
    if not set(known) & set(wanted):
        assert "head.weight" not in found
        return
    expected = [known.index(name) if name in known else -1 for name in wanted]
    assert found["head.bias"].tolist() == expected
    assert found["head.weight"].tolist() == [[row] * 3 for row in expected]


def test_that_a_head_of_another_shape_is_left_out() -> None:
    trained = {"head.weight": torch.ones(2, 3), "head.bias": torch.ones(2)}
    own = {"head.weight": torch.zeros(2, 5), "head.bias": torch.zeros(2)}
    assert not match_head(trained, own, "head", known="ab", wanted="ab")
    # A file that names another number of classes than it has outputs is believed in nothing.
    assert not match_head(trained, trained, "head", known="abc", wanted="abc")


@pytest.mark.parametrize("content", ["7", "{", None])
def test_that_a_file_without_names_tells_none(tmp_path: Path, content: str | None) -> None:
    metadata = None if content is None else {"classes": content}
    save_file({"a": torch.zeros(1)}, tmp_path / "w.safetensors", metadata)
    assert classes_in(tmp_path / "w.safetensors") is None
    assert classes_in(tmp_path / "absent.safetensors") is None
    assert classes_in(tmp_path / "w.pth") is None


def test_that_weights_of_other_classes_are_loaded_by_name(tmp_path: Path) -> None:
    spec = get_spec("mobilenet_v3_small")
    trained, model = build_model(spec, 2), build_model(spec, 3)
    path = tmp_path / "best.safetensors"
    save_file(trained.state_dict(), path, {"classes": json.dumps(["bee", "wasp"])})
    fresh = model.get_submodule(spec.classifier).weight.detach().clone()
    weights = resolve_weights(spec, str(path))
    report = load_weights(model, spec, weights, classes=("ant", "bee", "wasp"))
    assert report.classes == ("bee", "wasp")
    assert report.backbone_share == 1
    assert not report.mismatched
    loaded = model.get_submodule(spec.classifier).weight
    assert torch.equal(loaded[1:], trained.get_submodule(spec.classifier).weight)
    assert torch.equal(loaded[0], fresh[0])
