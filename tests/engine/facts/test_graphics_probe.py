"""What is asked of the system about graphics, on made-up and on the real one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from effnet_studio.engine.facts import graphics_probe as module
from effnet_studio.engine.facts.graphics import Card
from effnet_studio.engine.facts.graphics_probe import (
    ask_driver,
    pci_graphics,
    probe_graphics,
    read_answer,
)


def _device(root: Path, name: str, kind: str, maker: str) -> None:
    (root / name).mkdir()
    (root / name / "class").write_text(f"{kind}\n")
    (root / name / "vendor").write_text(f"{maker}\n")


def test_that_cards_without_a_driver_are_seen_on_the_bus(tmp_path: Path) -> None:
    _device(tmp_path, "0000:00:02.0", "0x030000", "0x8086")
    _device(tmp_path, "0000:01:00.0", "0x030200", "0x10de")
    _device(tmp_path, "0000:01:00.1", "0x040300", "0x10de")  # the card's sound
    _device(tmp_path, "0000:02:00.0", "0x030000", "0x1002")
    _device(tmp_path, "0000:03:00.0", "0x030000", "0x1234")  # of a virtual machine
    (tmp_path / "0000:04:00.0").mkdir()

    assert pci_graphics(tmp_path) == ((Card("NVIDIA"),), ("Intel", "AMD"))
    assert pci_graphics(tmp_path / "none") == ((), ())


def test_that_the_driver_s_answer_is_read() -> None:
    text = "NVIDIA H100, 81559, 4, 9.0, 570.86\nTesla K80, 11441, [N/A], [N/A], 570.86\nodd line\n"
    cards, driver = read_answer(text)
    assert driver == "570.86"
    assert cards == (
        Card("NVIDIA H100", 81559 * 2**20, 4 * 2**20, (9, 0)),
        Card("Tesla K80", 11441 * 2**20, None, None),
    )


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for the driver's tool")
def test_that_a_driver_s_tool_that_fails_or_hangs_is_no_card(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = tmp_path / "nvidia-smi"
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(module, "_TIMEOUT", 0.2)
    assert ask_driver() == ((), "")
    for script in ("echo NVIDIA-SMI has failed; exit 9", "exec sleep 60"):
        tool.write_text(f"#!/bin/sh\n{script}\n")
        tool.chmod(0o755)
        assert ask_driver() == ((), "")
    tool.write_text("#!/bin/sh\necho 'NVIDIA T4, 15360, 100, 7.5, 550.1'\n")
    assert ask_driver() == ((Card("NVIDIA T4", 15360 * 2**20, 100 * 2**20, (7, 5)),), "550.1")


def test_that_this_computer_is_looked_at() -> None:
    probe = probe_graphics()
    assert probe.torch
    assert probe.torchvision
    assert probe.processor


def test_that_a_pytorch_that_cannot_be_imported_is_told_not_raised() -> None:
    code = (
        "import sys; sys.modules['torch'] = None;"
        "from effnet_studio.engine.doctor.examine import examine;"
        "found = {fact.key: fact for fact in examine().facts};"
        "sys.exit(found['device'].level.value != 'problem' or 'threads' in found)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
