"""``effnet-studio self-test`` in a process of its own: all well, something broken, or stuck."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL = """
import sys, threading
from pathlib import Path
from effnet_studio.engine.data.sample import samples
samples.IMAGES_PER_CLASS = 5
{change}
from effnet_studio.cli.main import run
sys.exit(run(["self-test", *sys.argv[1:]]))
"""
"""The command with something changed, on a sample that is quickly drawn."""

DAMAGED = """
from effnet_studio.engine.models import weights
damaged = Path({file!r})
weights.starter_path = lambda spec: damaged
"""
STUCK = """
from effnet_studio.selftest import run as runner
runner._STOPPING_SECONDS = 1.0
samples.make_sample = lambda **_: threading.Event().wait()
"""


@pytest.fixture
def environment(isolated_home: Path) -> dict[str, str]:
    """Of a user with no settings yet; two threads, as there may be other tests."""
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"}


@pytest.fixture
def changed(environment: dict[str, str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command with something changed in it."""

    def call(change: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", SMALL.format(change=change), *map(str, arguments)]
        return subprocess.run(
            command,
            capture_output=True,
            encoding="utf-8",
            env=environment,
            timeout=280,
            check=False,
        )

    return call


def outcomes(found: Any) -> dict[str, str]:
    return {step["key"]: step["outcome"] for step in found["steps"]}


@pytest.mark.timeout(900)
def test_that_everything_works_in_the_window_and_nothing_of_the_user_is_touched(
    environment: dict[str, str], isolated_home: Path, tmp_path: Path
) -> None:
    results, pictures, kept = tmp_path / "r.json", tmp_path / "pictures", tmp_path / "kept"
    command = [sys.executable, "-m", "effnet_studio", "self-test", "--quick"]
    command += ["--skip", "int8"]  # most of the time of all, and tried on the command line
    command += ["--json", str(results), "--pictures", str(pictures), "--keep", str(kept)]
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", env=environment, timeout=880, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    found = json.loads(results.read_text(encoding="utf-8"))
    assert found["ok"]
    assert 0 < found["seconds_to_window"] < found["seconds"] + 60
    assert set(outcomes(found).values()) == {"passed"}
    assert [*outcomes(found)][:3] == ["window", "sample", "train"]
    assert [*outcomes(found)][-1] == "quit"
    lines = done.stdout.splitlines()
    assert all(line.startswith("✓ ") for line in lines[: len(found["steps"])])
    taken = {file.stem.partition("-")[2] for file in pictures.glob("*.png")}
    assert taken >= {*outcomes(found)} - {"quit"}
    (place,) = kept.iterdir()
    assert len(list(place.rglob("*.onnx"))) == 1
    assert not (place / "data" / "network.jsonl").exists()
    # The system keeps a list of its fonts there, whoever asks for them.
    assert {each.name for each in isolated_home.iterdir()} <= {"xdg_cache_home"}


def test_that_a_damaged_backbone_is_told_and_the_rest_goes_on(changed: Any, tmp_path: Path) -> None:
    damaged, results = tmp_path / "damaged.safetensors", tmp_path / "r.json"
    damaged.write_bytes(b"nothing")
    done = changed(DAMAGED.format(file=str(damaged)), "--json", results, "--limit", 200)
    assert done.returncode == 1, done.stdout + done.stderr
    found = outcomes(json.loads(results.read_text(encoding="utf-8")))
    assert found["sample"] == "passed"
    assert found["train"] == "failed"
    left_out = {"evaluate", "predict", "explain", "onnx", "int8", "answers"}
    assert {key for key, outcome in found.items() if outcome == "skipped"} == left_out
    beside = {found[key] for key in ("guide", "doctor", "language", "theme", "quit")}
    assert beside == {"passed"}, done.stdout
    assert "✗ Train" in done.stdout
    assert damaged.name in done.stdout
    assert "Something does not work" in done.stdout


def test_that_work_that_never_ends_is_given_up(changed: Any, tmp_path: Path) -> None:
    results = tmp_path / "r.json"
    done = changed(STUCK, "--json", results, "--limit", 3)
    assert done.returncode == 1, done.stdout + done.stderr
    found = json.loads(results.read_text(encoding="utf-8"))
    assert outcomes(found) == {"window": "passed", "sample": "failed", "quit": "failed"}
    assert "Waited 3 s for the sample's images, in vain." in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl+C to whole consoles only")
def test_that_ctrl_c_stops_it_in_good_order(environment: dict[str, str]) -> None:
    command = [sys.executable, "-u", "-m", "effnet_studio", "self-test"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env=environment
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    assert "Open the window" in first
    assert process.returncode == 130, out + err
    assert "Stopped before the end." in out
    assert "Traceback" not in err


def test_that_a_place_that_cannot_be_written_is_told(
    environment: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.touch()
    command = [sys.executable, "-m", "effnet_studio", "self-test", "--keep", str(file)]
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", env=environment, timeout=120, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
