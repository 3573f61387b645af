"""Facts on the computer itself, versions and the display."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from effnet_studio.engine.facts import computer, versions
from effnet_studio.engine.facts.computer import calculation_facts, computer_facts, processor_time
from effnet_studio.engine.facts.display import DisplayProbe, display_facts
from effnet_studio.engine.facts.environment import environment_facts
from effnet_studio.engine.facts.fact import Level
from effnet_studio.engine.facts.versions import (
    PACKAGES,
    complaint,
    installed_versions,
    parse,
    version_facts,
)

GB = 2**30
DISPLAY = DisplayProbe("wayland", (2560, 1440), (2560, 1400), 1.5, ("Noto Sans CJK SC",), True)


def test_that_versions_and_room_are_known() -> None:
    facts = {fact.key: fact for fact in environment_facts()}

    assert str(facts["torch"].value) == importlib.metadata.version("torch")
    assert str(facts["pyside6-essentials"].value) == importlib.metadata.version(
        "PySide6-Essentials"
    )
    assert {"system", "python", "processor", "memory", "device", "threads"} <= set(facts)
    assert "GB" in str(facts["memory"].value)
    assert all(str(fact.title) and str(fact.value) for fact in facts.values())


def test_that_little_memory_is_a_warning_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(computer, "total_memory", lambda: 2 * GB)
    monkeypatch.setattr(computer, "machine_memory", lambda: 64 * GB)
    monkeypatch.setattr(computer, "available_memory", lambda: GB)
    memory = next(fact for fact in computer_facts() if fact.key == "memory")
    assert memory.level is Level.WARNING
    assert str(memory.value) == "2.0 GB allowed of the machine's 64.0 GB, 1.0 GB free"
    assert "small model" in str(memory.hint)

    monkeypatch.setattr(computer, "total_memory", lambda: 64 * GB)
    monkeypatch.setattr(computer, "available_memory", lambda: GB // 2)
    memory = next(fact for fact in computer_facts() if fact.key == "memory")
    assert "Close other programs" in str(memory.hint)
    monkeypatch.setattr(computer, "available_memory", lambda: None)
    assert next(fact for fact in computer_facts() if fact.key == "memory").ok


@pytest.mark.parametrize(
    ("files", "cores"),
    [
        ({"cpu.max": "150000 100000"}, 1.5),
        ({"cpu.max": "max 100000"}, None),
        ({"cpu/cpu.cfs_quota_us": "200000", "cpu/cpu.cfs_period_us": "100000"}, 2.0),
        ({"cpu/cpu.cfs_quota_us": "-1", "cpu/cpu.cfs_period_us": "100000"}, None),
        ({}, None),
    ],
)
def test_that_a_container_s_computing_time_is_known(
    tmp_path: Path, files: dict[str, str], cores: float | None
) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert processor_time(tmp_path) == cores


def test_that_more_threads_than_computing_time_is_a_warning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(computer, "processor_time", lambda: 0.4)
    threads = next(fact for fact in calculation_facts() if fact.key == "threads")
    assert threads.level is Level.WARNING
    assert threads.command.startswith("OMP_NUM_THREADS=1 ")
    monkeypatch.setattr(computer, "processor_time", lambda: None)
    assert next(fact for fact in calculation_facts() if fact.key == "threads").ok


def test_that_the_installed_versions_are_all_well() -> None:
    assert set(installed_versions()) == set(PACKAGES)
    assert [fact.key for fact in version_facts() if not fact.ok] == []


@pytest.mark.parametrize(
    ("package", "version", "words"),
    [
        ("PySide6-Essentials", "6.12.0", "Python 3.11"),
        ("PySide6-Essentials", "6.7.2", "newer"),
        ("pyqtgraph", "0.13.7", "plots"),
        ("torch", "2.12.1+cu128", "newer"),
        ("torch", "2.14.0", "not tried"),
        ("onnx", "1.20.0", "crafted"),
    ],
)
def test_that_versions_known_to_be_bad_are_problems(package: str, version: str, words: str) -> None:
    reason = complaint(package, version, (3, 11))
    assert words in str(reason)


def test_that_the_bad_version_of_qt_is_bad_with_one_python_only() -> None:
    assert complaint("PySide6-Essentials", "6.12.0", (3, 12)) is None
    assert complaint("PySide6-Essentials", "6.12.1", (3, 11)) is None
    assert complaint("unknown", "0", (3, 11)) is None
    assert parse("2.13.0+cpu") == (2, 13, 0)


def test_that_missing_and_ill_matched_packages_are_problems_with_a_command() -> None:
    found = {**installed_versions(), "torchvision": "0.27.0"}
    del found["onnx"]
    facts = {fact.key: fact for fact in version_facts(found)}
    assert {fact.key for fact in facts.values() if not fact.ok} == {"torchvision", "onnx"}
    assert str(facts["onnx"].value) == "not installed"
    assert "does not match" in str(facts["torchvision"].value)
    assert facts["onnx"].command == versions.SET_UP
    assert facts["onnx"].level is Level.PROBLEM


def test_that_an_installation_without_a_window_is_well_and_half_a_window_is_not() -> None:
    found = installed_versions()
    without = {name: v for name, v in found.items() if name not in versions.WINDOW_PACKAGES}
    facts = {fact.key: fact for fact in version_facts(without)}
    assert [fact.key for fact in facts.values() if not fact.ok] == []
    assert str(facts["window"].value) == "not part of this installation"
    half = version_facts({**without, "pyqtgraph": found["pyqtgraph"]})
    assert [fact.key for fact in half if not fact.ok] == ["pyside6-essentials"]


def test_that_a_screen_too_small_for_the_window_is_a_warning() -> None:
    assert all(fact.ok for fact in display_facts(DISPLAY))
    small = display_facts(replace(DISPLAY, room=(1000, 650)))[0]
    assert small.level is Level.WARNING
    assert "1024 × 700" in str(small.hint)
    assert display_facts(replace(DISPLAY, room=(1000, 650), platform="offscreen"))[0].ok


def test_that_a_missing_chinese_font_matters_to_those_who_read_chinese() -> None:
    without = replace(DISPLAY, chinese_fonts=())
    assert display_facts(without)[1].level is Level.WARNING
    english = display_facts(replace(without, chinese=False))[1]
    assert english.ok
    assert english.hint is not None


def test_that_the_facts_open_neither_a_window_library_nor_the_network() -> None:
    code = (
        "import sys, socket; from effnet_studio.engine.doctor.examine import examine;"
        "socket.socket.connect = None; socket.getaddrinfo = None; examine();"
        "sys.exit(any(name in sys.modules for name in ('PySide6', 'torchvision', 'onnxruntime')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
