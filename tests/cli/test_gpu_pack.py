"""``effnet-studio gpu-pack``: all of its commands, with a small pack."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from effnet_studio import paths
from effnet_studio.engine.facts import graphics_probe
from effnet_studio.engine.gpu_pack.trial import Trial, failure_of
from tests.engine.gpu_pack.small_packs import (
    PROBE,
    Shop,
    bring_table,
    manifest_of,
    selling,
    small_pack,
)

if TYPE_CHECKING:
    from tests.cli.conftest import Command


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A small pack whose table the app brings, and a computer with a card."""
    files = small_pack(tmp_path / "files")
    bring_table(monkeypatch, tmp_path, files)
    monkeypatch.setattr(graphics_probe, "probe_graphics", lambda: PROBE)
    return files


def test_that_a_python_of_its_own_is_advised_its_commands(
    command: Command, files: list[Path]
) -> None:
    done = command("gpu-pack", "status")
    assert done.code == 0
    assert "runs from Python" in done.out
    assert "uv pip install" in done.out
    assert command("gpu-pack", "status", "--json").document["need"] == "python"


def test_that_an_installed_app_is_told_what_a_pack_costs(
    command: Command, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "is_frozen", lambda: True)
    done = command("gpu-pack", "status")
    assert "it would help: RTX 4070 was found" in done.out
    assert "Add the GPU pack: 0.0 GB to download" in done.out
    assert "effnet-studio gpu-pack install" in done.out
    assert "pip install" not in done.out


def test_that_a_pack_is_installed_checked_and_removed(command: Command, files: list[Path]) -> None:
    done = command("gpu-pack", "install", "--from", files[0].parent)
    assert done.code == 0, done.err
    assert "Installed: PyTorch 9.9.9 with CUDA 99.0" in done.out
    assert "EFFNET_STUDIO_GPU_PACK=on" in done.out
    assert "Checking: " in done.err
    assert command("gpu-pack", "status", "--json").document["standing"] == "not-asked"
    assert command("gpu-pack", "verify").out.strip() == "Every file is whole."
    (paths.gpu_pack_dir() / manifest_of(files).key / "torch" / "version.py").write_text("x")
    done = command("gpu-pack", "verify", "--json")
    assert done.code == 1
    assert done.document == {"damaged": ["torch/version.py"]}
    assert command("gpu-pack", "remove").out.startswith("Removed: ")
    assert command("gpu-pack", "remove").out.strip() == "There was no GPU pack."


def test_that_a_pack_is_downloaded_from_a_mirror(command: Command, files: list[Path]) -> None:
    with selling(Shop(files[0].parent, flat=True)) as mirror:
        done = command("gpu-pack", "install", "--mirror", mirror, "--json")
    assert done.code == 0, done.err
    assert done.document["torch"] == "9.9.9"
    assert "Downloading" in done.err


def test_that_a_failure_says_what_to_do(command: Command, files: list[Path]) -> None:
    done = command("gpu-pack", "install", "--from", files[0].parent / "nowhere")
    assert done.code == 1
    assert "There is no folder or zip file" in done.err
    assert command("gpu-pack", "verify").code == 1


def test_that_the_files_are_listed_for_another_computer(
    command: Command, files: list[Path]
) -> None:
    done = command("gpu-pack", "files")
    document = command("gpu-pack", "files", "--json").document
    assert [row["file"] for row in document] == [file.name for file in files]
    assert all(row["url"] in done.out and row["sha256"] in done.out for row in document)


def test_that_a_pack_that_failed_can_be_tried_again(command: Command, files: list[Path]) -> None:
    command("gpu-pack", "install", "--from", files[0].parent)
    Trial(paths.gpu_pack_dir()).failed("OSError: broken")
    done = command("gpu-pack", "status")
    assert "OSError: broken" in done.out
    assert command("gpu-pack", "try-again").code == 0
    assert failure_of(paths.gpu_pack_dir()) is None
