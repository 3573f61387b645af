"""``models scale``, and a scaled network on the command line."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command


def test_that_the_catalog_is_still_listed_without_a_sub_command(command: Command) -> None:
    assert "efficientnet_b7" in command("models").out


def test_that_a_scaled_network_is_shown_beside_its_neighbours(command: Command) -> None:
    done = command("models", "scale", "--phi", "1.5")

    assert done.code == 0
    assert "10,994,222" in done.out
    assert "EfficientNet-B2" in done.out
    assert "EfficientNet-B3" in done.out
    assert done.out.strip().endswith("Name: efficientnet_w1.154_d1.315_r280")


def test_that_coefficients_take_the_place_of_phi(command: Command) -> None:
    arguments = ("--phi", 3, "--width", 1.2, "--depth", 1.4, "--resolution", 300, "--json")
    found = command("models", "scale", *arguments).document

    assert found["name"] == "efficientnet_w1.2_d1.4_r300"
    assert found["parameters"] == sum(stage["parameters"] for stage in found["stages"])
    assert (found["parameters"], round(found["macs"] / 1e9, 2)) == (12_233_232, 1.83)
    assert found["inherits"]["donor"] == "efficientnet_b3"
    assert found["inherits"]["share"] == 1
    assert [row["name"] for row in found["neighbours"]] == ["efficientnet_b3", "efficientnet_b4"]


@pytest.mark.parametrize(
    ("option", "value"), [("--width", 9), ("--depth", 0), ("--phi", "nan"), ("--resolution", 5000)]
)
def test_that_what_cannot_be_is_said_in_words(command: Command, option: str, value: object) -> None:
    done = command("models", "scale", option, value, "--json")

    assert done.code == 1
    assert "out of bounds" in done.document["error"]
    assert "between" in done.document["hint"]


def test_that_scaling_does_not_wait_for_heavy_libraries() -> None:
    script = (
        "import sys; from effnet_studio.cli.main import run; "
        "code = run(['models', 'scale', '--phi', '2']); "
        "print([name for name in ('torch', 'onnxruntime', 'PySide6') if name in sys.modules], code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip().endswith("[] 0")


def test_that_a_scaled_network_is_trained_and_exported_by_its_name(
    command: Command, pictures: Path, tmp_path: Path
) -> None:
    project, out = tmp_path / "p.effnet", tmp_path / "out"
    settings = ("--epochs", 1, "--weights", "none", "--set", "device=cpu", "--set", "batch_size=4")
    assert command("import", pictures, "-p", project, "--val", 0.25).code == 0

    done = command("train", project, "--model", "efficientnet:w0.2-d0.3-r32", *settings, "--json")
    assert done.code == 0, done.err
    made = command("export", project, "--out", out, "--json")
    assert made.document["model"] == "efficientnet_w0.2_d0.3_r32"
    file = out / "efficientnet_w0.2_d0.3_r32.onnx"
    answered = command("predict", file, pictures / "ants" / "0.jpg", "--json")

    assert done.document["run"].endswith("efficientnet_w0.2_d0.3_r32")
    assert answered.code == 0, answered.err
    assert (out / "efficientnet_w0.2_d0.3_r32.labels.txt").is_file()
