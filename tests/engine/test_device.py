"""What this computer can do, in words."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch

from effnet_studio.engine import device as module
from effnet_studio.engine.device import (
    available_memory,
    choose_device,
    cpu_cores,
    cpu_features,
    machine_memory,
    process_memory,
    supports,
    torch_threads,
    total_memory,
    why_no_cuda,
    why_no_mps,
)
from effnet_studio.engine.errors import ConfigError


def _pretend_cuda(
    monkeypatch: pytest.MonkeyPatch, cards: int, generation: tuple[int, int] = (8, 6)
) -> None:
    """Make PyTorch say that there are graphics cards."""
    monkeypatch.setattr(torch.cuda, "get_arch_list", lambda: ["sm_75", "sm_86"])
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda _index: generation)
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


def test_that_a_card_that_pytorch_has_no_programs_for_is_not_chosen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _pretend_cuda(monkeypatch, 1, generation=(6, 1))
    chosen = choose_device("auto")

    assert chosen.name == "cpu"
    assert str(chosen.reason).endswith("has no programs for NVIDIA Test (generation 6.1).")


@pytest.mark.parametrize(
    ("known", "card", "fits"),
    [
        (["sm_75", "sm_80"], (8, 0), True),
        (["sm_75", "sm_80"], (8, 9), True),
        (["sm_86"], (8, 0), False),
        (["sm_80"], (9, 0), False),
        (["sm_80", "compute_80"], (9, 0), True),
        (["sm_120"], (12, 0), True),
        (["sm_90a"], (9, 0), True),
        (["sm_75"], (6, 1), False),
        ([], (6, 1), True),
        (["gfx90a"], (9, 0), False),
    ],
)
def test_that_programs_run_on_later_cards_of_their_generation(
    known: list[str], card: tuple[int, int], *, fits: bool
) -> None:
    assert supports(known, card) is fits


def test_that_a_container_s_limit_leaves_less_memory_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_CONTROL_GROUP", str(tmp_path))
    before = available_memory()
    (tmp_path / "memory.max").write_text(str(2**28))
    (tmp_path / "memory.current").write_text(str(2**27))
    (tmp_path / "memory.stat").write_text("anon 5\ninactive_file 16777216\n")

    assert before is not None
    assert total_memory() == 2**28
    assert available_memory() == 2**28 - 2**27 + 2**24
    (tmp_path / "memory.max").write_text("max")
    assert total_memory() == machine_memory()


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
