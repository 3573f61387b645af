"""``models benchmark`` and ``models recommend``."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Command

SMALL = ("--size", 64, "--budget", 2, "--no-training")


def test_that_a_model_is_measured_shown_again_and_recommended_from(command: Command) -> None:
    runtimes = ("-r", "onnx", "-r", "onnx-int8")
    done = command("models", "benchmark", "mobilenet_v3_small", *runtimes, *SMALL, "--json")
    assert done.code == 0, done.err
    measured = done.document["measurements"]
    assert [(each["model"], each["size"], each["runtime"]) for each in measured] == [
        ("mobilenet_v3_small", 64, "onnx"),
        ("mobilenet_v3_small", 64, "onnx-int8"),
    ]
    assert all(each["latency"]["median"] > 0 and not each["old"] for each in measured)
    assert all(each["train"] is None for each in measured)

    shown = command("models", "benchmark", "--show")
    assert "onnx-int8" in shown.out
    assert "Times are medians" in shown.out

    advice = command("models", "recommend", "--where", "web", "--ms", 100)
    assert advice.code == 0, advice.err
    assert "Measure at least two models" in advice.out


def test_that_nothing_measured_is_said(command: Command) -> None:
    assert "Nothing was measured" in command("models", "benchmark", "--show").out
    found = command("models", "recommend", "--images", 50, "--json").document
    assert found["choices"][0]["model"] == "efficientnet_b0"
    assert found["choices"][0]["tradeoff"] == ""
    assert found["choices"][1]["tradeoff"]
    assert "Nothing was measured" in found["remark"]


@pytest.mark.parametrize(
    "wrong",
    [
        ("benchmark", "resnet19"),
        ("benchmark", "resnet18", "--size", 9),
        ("benchmark", "resnet18", "--budget", 0),
        ("recommend", "--images", 0),
        ("recommend", "--ms", 0),
    ],
)
def test_that_what_cannot_be_is_said_in_words(command: Command, wrong: tuple[object, ...]) -> None:
    done = command("models", *wrong, "--json")
    assert done.code == 1
    assert done.document["error"]
    assert done.err.startswith("error: ")


def test_that_recommending_does_not_wait_for_heavy_libraries() -> None:
    script = (
        "import sys; from effnet_studio.cli.main import run; "
        "code = run(['models', 'recommend']); "
        "print([name for name in ('torch', 'onnxruntime', 'PySide6') if name in sys.modules], code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip().endswith("[] 0")
