"""An installer's app has no pip and no set-up: whatever is missing, it advises what can be done."""

from __future__ import annotations

import sys

import pytest
import torch

from effnet_studio.cli import window
from effnet_studio.engine import pillow_door, torchvision_compat
from effnet_studio.engine.export import openvino_door
from effnet_studio.engine.facts.versions import installed_versions, version_facts
from effnet_studio.engine.training import compiling


@pytest.fixture
def packaged(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process as an installer's app."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)


def test_that_a_missing_package_is_mended_by_the_installer(packaged: None) -> None:
    found = installed_versions()
    del found["onnx"]
    (fact,) = (fact for fact in version_facts(found) if not fact.ok)
    assert str(fact.hint) == "Install the app anew, with its newest installer."
    assert fact.command == ""


def test_that_no_advice_names_pip_or_the_set_up(
    packaged: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    said = [
        openvino_door.unavailable(),
        pillow_door._heif_advice(),
        torchvision_compat._advice(),
        compiling._advice(),
        window._advice(),
    ]
    for advice in map(str, said):
        assert "pip install" not in advice
        assert "bootstrap" not in advice
        assert "installer" in advice or "packaged app" in advice or "web page" in advice


def test_that_nothing_is_compiled_where_pytorchs_headers_were_left_out(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(sys, "platform", "linux")
    assert compiling.has_compiler(torch.device("cpu"))
    monkeypatch.setattr(torch, "__file__", f"{tmp_path}/torch/__init__.pyc")
    assert not compiling.has_compiler(torch.device("cpu"))
