"""Random clicks and keys do no harm: a moment of it always, ten minutes by hand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


def play(tmp_path: Path, *, seconds: int, seed: int) -> subprocess.CompletedProcess[str]:
    """Let a monkey play in a process of its own, so that a crash is seen too."""
    command = [sys.executable, "-X", "faulthandler", "-m", "tests.monkey"]
    options = ["--seconds", str(seconds), "--seed", str(seed), "--cache", str(tmp_path / "cache")]
    return subprocess.run(
        [*command, *options],
        cwd=REPOSITORY,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=seconds + 280,
        check=False,
    )


def test_that_random_clicks_and_keys_meet_no_unexpected_error(tmp_path: Path) -> None:
    done = play(tmp_path, seconds=8, seed=3)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "played" in done.stdout


@pytest.mark.monkey
@pytest.mark.timeout(1000)
def test_that_ten_minutes_of_random_clicks_meet_no_unexpected_error(tmp_path: Path) -> None:
    done = play(tmp_path, seconds=600, seed=int(os.environ.get("MONKEY_SEED", "1")))
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
