"""What this computer can do, in words."""

from __future__ import annotations

import gc
import importlib.metadata
import subprocess
import sys
from types import SimpleNamespace

import pytest
import torch

from effnet_studio.engine import device as module
from effnet_studio.engine.device import (
    available_memory,
    choose_device,
    cpu_cores,
    cpu_features,
    doctor_facts,
    process_memory,
    torch_threads,
    total_memory,
    why_no_cuda,
    why_no_mps,
)
from effnet_studio.engine.errors import ConfigError


def _pretend_cuda(monkeypatch: pytest.MonkeyPatch, cards: int) -> None:
    """Make PyTorch say that there are graphics cards."""
    properties = SimpleNamespace(name="NVIDIA Test", total_memory=8 * 2**30)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: cards > 0)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: cards)
    monkeypatch.setattr(torch.cuda, "get_device_properties", lambda _index: properties)


def _pretend_mps(monkeypatch: pytest.MonkeyPatch, *, usable: bool) -> None:
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: usable)


def test_that_a_tensor_can_be_made_on_the_chosen_device() -> None:
    chosen = choose_device("auto")

    assert torch.ones(2, device=chosen.name).sum().item() == 2
    assert chosen.title
    assert str(chosen.reason).endswith(".")


def test_that_the_cpu_is_taken_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    _pretend_cuda(monkeypatch, 1)
    chosen = choose_device(" CPU ")

    assert (chosen.name, chosen.kind, chosen.fallback) == ("cpu", "cpu", False)
    assert str(chosen.reason) == "The CPU was asked for."


def test_that_cuda_comes_before_mps_and_mps_before_the_cpu(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _pretend_mps(monkeypatch, usable=True)
    _pretend_cuda(monkeypatch, 2)
    assert choose_device("auto").name == "cuda:0"
    assert choose_device("cuda:1").name == "cuda:1"
    assert choose_device("cuda").title == "NVIDIA Test, 8.0 GB"
    _pretend_cuda(monkeypatch, 0)
    assert choose_device("auto").name == "mps"
    _pretend_mps(monkeypatch, usable=False)
    assert choose_device("auto").name == "cpu"
    assert not choose_device("auto").fallback


def test_that_a_device_that_is_not_there_gives_way_to_the_cpu_with_a_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _pretend_cuda(monkeypatch, 2)
    chosen = choose_device("cuda:7")
    assert (chosen.name, chosen.fallback) == ("cpu", True)
    assert str(chosen.reason) == "There is no cuda:7; graphics cards found: 2."

    _pretend_mps(monkeypatch, usable=False)
    assert choose_device("mps").fallback
    assert str(choose_device("mps").reason).startswith("MPS ")


@pytest.mark.parametrize("name", ["", "gpu", "cuda:", "cuda:x", "cpu:0", "xpu", "cuda:1 2"])
def test_that_a_device_nobody_knows_is_an_error(name: str) -> None:
    with pytest.raises(ConfigError, match="There is no device named") as caught:
        choose_device(name)
    assert "cuda:1" in str(caught.value.hint)


@pytest.mark.parametrize(
    ("cuda_build", "driver", "sentence"),
    [
        (None, False, "No NVIDIA graphics card was found."),
        (None, True, "is a CPU build."),
        ("12.8", False, "No NVIDIA driver was found."),
        ("12.8", True, "cannot use the installed NVIDIA driver."),
    ],
)
def test_that_the_reason_against_cuda_names_the_real_obstacle(
    monkeypatch: pytest.MonkeyPatch, *, cuda_build: str | None, driver: bool, sentence: str
) -> None:
    _pretend_cuda(monkeypatch, 0)
    monkeypatch.setattr(torch.version, "cuda", cuda_build)
    monkeypatch.setattr(module, "_has_nvidia_driver", lambda: driver)

    reason = why_no_cuda()

    assert reason is not None
    assert str(reason).endswith(sentence)


def test_that_a_card_that_cannot_be_used_is_the_doctor_s_complaint(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _pretend_cuda(monkeypatch, 0)
    monkeypatch.setattr(module, "_has_nvidia_driver", lambda: True)

    cuda = next(fact for fact in doctor_facts() if fact.key == "cuda")

    assert not cuda.ok
    assert cuda.hint is not None


@pytest.mark.parametrize(
    ("system", "built", "sentence"),
    [("Linux", False, "Apple"), ("Darwin", False, "has no MPS"), ("Darwin", True, "macOS")],
)
def test_that_the_reason_against_mps_names_the_real_obstacle(
    monkeypatch: pytest.MonkeyPatch, *, system: str, built: bool, sentence: str
) -> None:
    _pretend_mps(monkeypatch, usable=False)
    monkeypatch.setattr(torch.backends.mps, "is_built", lambda: built)
    monkeypatch.setattr(module.platform, "system", lambda: system)

    assert sentence in str(why_no_mps())


def test_that_threads_are_given_back_also_after_an_error() -> None:
    before = torch.get_num_threads()
    seen = []

    def fail_inside() -> None:
        with torch_threads(before + 1):
            seen.append(torch.get_num_threads())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_inside()
    assert seen == [before + 1]
    assert torch.get_num_threads() == before
    with torch_threads(0):
        assert torch.get_num_threads() == before


def test_that_memory_and_cores_are_plausible() -> None:
    total, free, own = total_memory(), available_memory(), process_memory()

    assert cpu_cores() >= 1
    assert total is not None
    assert free is not None
    assert total > 2**28
    assert free > 0
    if sys.platform == "linux":
        assert own is not None
        assert 2**24 < own < total
    assert cpu_features()[0]


def test_that_a_process_that_takes_memory_is_seen_to_have_it() -> None:
    gc.collect()  # what other tests left must not go away in between
    before = process_memory()
    if before is None:
        pytest.skip("this system does not tell")
    block = bytearray(b"x") * 2**28
    after = process_memory()
    assert after is not None
    assert after - before > 2**27
    assert len(block) == 2**28


def test_that_the_doctor_knows_versions_and_room() -> None:
    facts = {fact.key: fact for fact in doctor_facts()}

    assert str(facts["torch"].value) == importlib.metadata.version("torch")
    assert str(facts["pyside6-essentials"].value) == importlib.metadata.version(
        "PySide6-Essentials"
    )
    assert {"system", "python", "processor", "memory", "disk", "device", "threads"} <= set(facts)
    assert "GB" in str(facts["memory"].value)
    assert all(str(fact.title) and str(fact.value) for fact in facts.values())
    assert all(fact.ok == (fact.hint is None) for fact in facts.values())


def test_that_little_memory_a_full_disk_and_a_missing_package_are_complaints(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "total_memory", lambda: 2**30)
    monkeypatch.setattr(module, "_free_disk", lambda _folder: 2**20)
    monkeypatch.setattr(module, "_PACKAGES", ("no-such-package",))

    bad = {fact.key: fact for fact in doctor_facts() if not fact.ok}

    assert {"memory", "disk", "no-such-package"} <= set(bad)
    assert str(bad["no-such-package"].value) == "not installed"
    assert all(fact.hint is not None for fact in bad.values())


def test_that_the_doctor_opens_neither_a_window_library_nor_the_network() -> None:
    code = (
        "import sys; from effnet_studio.engine.device import doctor_facts; doctor_facts();"
        "sys.exit(any(name in sys.modules for name in ('PySide6', 'torchvision', 'onnxruntime')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
