"""Why a graphics card is not used, without one: every combination of what can be found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.engine.facts.fact import Fact, Level
from effnet_studio.engine.facts.graphics import Card, GraphicsProbe, Obstacle, obstacle
from effnet_studio.engine.facts.graphics_words import graphics_facts

GB = 2**30
ADA = Card("NVIDIA GeForce RTX 4070", 12 * GB, GB, (8, 9))
PASCAL = Card("NVIDIA GeForce GTX 1060", 6 * GB, 0, (6, 1))
RUBIN = Card("NVIDIA R100", 288 * GB, 0, (13, 0))
ARCHES = ("sm_75", "sm_80", "sm_86", "sm_90", "sm_100", "sm_120")

GOOD = GraphicsProbe(
    cuda_build="13.0",
    cuda_available=True,
    arch_list=ARCHES,
    cards=(ADA,),
    driver="580.65",
    driver_cuda="13.0",
    nvidia=(ADA,),
)
BLIND = replace(GOOD, cuda_available=False, cards=())
MAC = GraphicsProbe(
    system="Darwin", machine="arm64", processor="Apple M3", mps_built=True, macos="14.5"
)

CASES = {
    None: GOOD,
    Obstacle.NO_TORCH: replace(BLIND, torch="", torch_error="DLL load failed"),
    Obstacle.NO_CARD: GraphicsProbe(),
    Obstacle.HIDDEN: replace(BLIND, hidden_by=""),
    Obstacle.NO_DRIVER: replace(BLIND, driver="", driver_cuda=""),
    Obstacle.CPU_BUILD: replace(BLIND, torch="2.13.0+cpu", cuda_build=None, arch_list=()),
    Obstacle.OTHER_BUILD: replace(BLIND, cuda_build=None, hip_build="6.4"),
    Obstacle.OLD_DRIVER: replace(BLIND, driver="535.5", driver_cuda="12.2"),
    Obstacle.OLD_CARD: replace(GOOD, cards=(PASCAL,), nvidia=(PASCAL,)),
    Obstacle.NEW_CARD: replace(GOOD, cards=(RUBIN,), nvidia=(RUBIN,)),
    Obstacle.UNKNOWN: replace(BLIND, cuda_error="CUDA unknown error"),
}


def _facts(probe: GraphicsProbe) -> dict[str, Fact]:
    return {fact.key: fact for fact in graphics_facts(probe)}


@pytest.mark.parametrize(("expected", "probe"), CASES.items(), ids=map(str, CASES))
def test_that_the_real_obstacle_is_found(expected: Obstacle | None, probe: GraphicsProbe) -> None:
    assert obstacle(probe) is expected


def test_that_every_obstacle_has_a_case() -> None:
    assert set(CASES) == {None, *Obstacle}


@pytest.mark.parametrize(
    ("which", "words", "fix"),
    [
        (Obstacle.HIDDEN, "CUDA_VISIBLE_DEVICES hides it", "Remove that variable"),
        (Obstacle.NO_DRIVER, "has no driver", "nvidia.com/drivers"),
        (Obstacle.CPU_BUILD, "2.13.0+cpu is the build for processors only", "two commands"),
        (Obstacle.OTHER_BUILD, "the build for AMD cards", "two commands"),
        (Obstacle.OLD_DRIVER, "driver 535.5 runs CUDA 12.2 at most", "nvidia.com/drivers"),
        (Obstacle.OLD_CARD, "generation 6.1", "too old"),
        (Obstacle.NEW_CARD, "generation 13.0", "newer version of the app"),
        (Obstacle.UNKNOWN, "CUDA unknown error", "Start the computer again"),
    ],
)
def test_that_each_obstacle_is_told_with_what_to_do(which: Obstacle, words: str, fix: str) -> None:
    fact = _facts(CASES[which])["cuda"]
    assert fact.level is Level.WARNING
    assert words in str(fact.value)
    assert fact.hint is not None
    assert fix in str(fact.hint)


def test_that_the_command_installs_the_same_version_for_the_card() -> None:
    command = _facts(CASES[Obstacle.CPU_BUILD])["cuda"].command
    first, second = command.splitlines()
    assert first.endswith("-m pip install uv")
    assert "--torch-backend auto" in second
    assert "--reinstall-package torch " in second  # else the CPU build counts as installed
    assert second.endswith("torch==2.13.0 torchvision==0.28.0")
    assert "--torch-backend cu126" in _facts(CASES[Obstacle.OLD_CARD])["cuda"].command


def test_that_a_card_in_use_is_named_with_its_memory() -> None:
    facts = _facts(GOOD)
    assert str(facts["device"].value).startswith("NVIDIA GeForce RTX 4070 (12.0 GB)")
    assert str(facts["card_memory"].value) == "12.0 GB, 11.0 GB free"
    assert all(fact.ok for fact in facts.values())


def test_that_a_card_full_of_other_programs_is_a_warning() -> None:
    full = replace(ADA, used=9 * GB)
    fact = _facts(replace(GOOD, cards=(full,)))["card_memory"]
    assert fact.level is Level.WARNING
    assert "9.0 GB" in str(fact.hint)
    unknown = _facts(replace(GOOD, cards=(replace(ADA, used=None),)))["card_memory"]
    assert unknown.ok


def test_that_a_computer_without_cards_is_well() -> None:
    facts = _facts(GraphicsProbe(others=("Intel",)))
    assert all(fact.ok for fact in facts.values())
    assert str(facts["cuda"].value) == "none found"
    assert str(facts["other_card"].value).startswith("Intel: not used.")


def test_that_a_pytorch_that_does_not_start_is_a_problem() -> None:
    fact = _facts(CASES[Obstacle.NO_TORCH])["device"]
    assert fact.level is Level.PROBLEM
    assert "DLL load failed" in str(fact.value)
    assert fact.command


def test_that_an_amd_card_with_its_own_build_is_used() -> None:
    card = Card("AMD Radeon RX 7900", 24 * GB, None, (11, 0))
    probe = GraphicsProbe(hip_build="6.4", cuda_available=True, cards=(card,), others=("AMD",))
    facts = _facts(probe)
    assert obstacle(probe) is None
    assert str(facts["cuda"].title) == "AMD graphics card"
    assert "other_card" not in facts


@pytest.mark.parametrize(
    ("changes", "level", "words"),
    [
        ({"mps_available": True}, Level.OK, "can be used"),
        ({"machine": "x86_64", "translated": True}, Level.WARNING, "in translation"),
        ({"machine": "x86_64"}, Level.OK, "Intel processor"),
        ({"mps_built": False}, Level.WARNING, "built without it"),
        ({"macos": "13.6"}, Level.WARNING, "this is 13.6"),
        ({"torch": ""}, Level.OK, "Not known"),
    ],
)
def test_that_a_mac_is_told_why_its_graphics_processor_is_not_used(
    changes: dict[str, object], level: Level, words: str
) -> None:
    facts = _facts(replace(MAC, **changes))
    assert facts["mps"].level is level
    assert words in str(facts["mps"].value)
    assert "cuda" not in facts


CARDS = st.builds(
    Card,
    name=st.sampled_from(["NVIDIA A", "NVIDIA B {x}"]),
    memory=st.integers(0, 300 * GB),
    used=st.none() | st.integers(0, 300 * GB),
    capability=st.none() | st.tuples(st.integers(3, 14), st.integers(0, 9)),
)
PROBES = st.builds(
    GraphicsProbe,
    system=st.sampled_from(["Linux", "Windows", "Darwin"]),
    machine=st.sampled_from(["x86_64", "arm64"]),
    torch=st.sampled_from(["", "2.13.0", "2.13.0+cpu"]),
    torch_error=st.sampled_from(["", "broken {braces}"]),
    torchvision=st.sampled_from(["", "0.28.0"]),
    cuda_build=st.none() | st.sampled_from(["11.8", "12.8", "13.0"]),
    hip_build=st.none() | st.just("6.4"),
    arch_list=st.sampled_from([(), ARCHES, ("gfx90a",), ("sm_90", "compute_90")]),
    cuda_available=st.booleans(),
    cuda_error=st.sampled_from(["", "error 802"]),
    cards=st.lists(CARDS, max_size=2).map(tuple),
    driver=st.sampled_from(["", "580.65", "?"]),
    driver_cuda=st.sampled_from(["", "11.4", "12.2", "13.0"]),
    nvidia=st.lists(CARDS, max_size=2).map(tuple),
    others=st.sampled_from([(), ("Intel",), ("AMD", "Intel")]),
    hidden_by=st.none() | st.sampled_from(["", "-1", "0", "0,1"]),
    mps_built=st.booleans(),
    mps_available=st.booleans(),
    macos=st.sampled_from(["", "13.6", "15.1"]),
    translated=st.booleans(),
)


@given(PROBES)
def test_that_every_computer_gets_an_answer_and_every_complaint_a_remedy(
    probe: GraphicsProbe,
) -> None:
    facts = _facts(probe)
    assert "device" in facts
    for fact in facts.values():
        assert str(fact.title)
        assert str(fact.value)
        assert fact.ok or fact.hint is not None
        assert "None" not in fact.command


@given(PROBES)
def test_that_only_what_is_there_is_complained_of(probe: GraphicsProbe) -> None:
    found = obstacle(probe)
    seen = probe.nvidia or probe.driver or probe.driver_cuda or probe.cards
    if not seen and probe.torch:
        assert found is Obstacle.NO_CARD
    if found is None:
        assert probe.cuda_available
        assert probe.cards
    if probe.cuda_available and probe.cards and probe.torch:
        assert found in {None, Obstacle.OLD_CARD, Obstacle.NEW_CARD}


@given(PROBES)
def test_that_taking_the_obstacle_away_leads_to_another_one_or_to_none(
    probe: GraphicsProbe,
) -> None:
    mended = {
        Obstacle.NO_TORCH: {"torch": "2.13.0"},
        Obstacle.HIDDEN: {"hidden_by": None},
        Obstacle.NO_DRIVER: {"driver": "580.65", "driver_cuda": "13.0"},
        Obstacle.CPU_BUILD: {"cuda_build": "13.0"},
        Obstacle.OTHER_BUILD: {"hip_build": None},
        Obstacle.OLD_DRIVER: {"driver_cuda": "13.0"},
    }
    found = obstacle(probe)
    if found in mended:
        assert obstacle(replace(probe, **mended[found])) is not found
