"""Ends that nobody asked for, with real windows in processes of their own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from effnet_studio.engine.project import Project
from effnet_studio.engine.training import runs
from effnet_studio.engine.training.progress import saved_progress

HERE = Path(__file__).parent
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")


@contextmanager
def window(mode: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """A window that does what a mode says, until it ends or the test does."""
    with subprocess.Popen(
        [sys.executable, str(HERE / "window_child.py"), mode, *map(str, arguments)],
        cwd=HERE.parents[1],
        env={**os.environ, "PYTHONPATH": str(HERE.parents[1]), "EFFNET_STUDIO_LANGUAGE": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def hear(process: subprocess.Popen[str], key: str) -> dict[str, Any]:
    """The next line that has a key."""
    assert process.stdout is not None
    for line in process.stdout:
        said: dict[str, Any] = json.loads(line)
        if key in said:
            return said
    assert process.stderr is not None
    raise AssertionError(f"the window ended: {process.stderr.read()}")


def left_sessions(home: Path) -> list[Path]:
    folder = home / "data" / "sessions"
    return sorted(folder.iterdir()) if folder.exists() else []


@posix
@pytest.mark.faults
def test_that_a_training_killed_is_told_of_at_the_next_start_and_goes_on(
    trained: Path, isolated_home: Path
) -> None:
    with window("train", trained) as process:
        run_id = hear(process, "run")["run"]
        assert hear(process, "epoch")["epoch"] == 0
        process.kill()
        process.wait()
    assert len(left_sessions(isolated_home)) == 1
    saved = saved_progress(trained / "runs" / run_id)
    assert saved is not None
    assert saved.epoch >= 1
    with window("look") as process:
        told = hear(process, "texts")
        assert told["project"] == str(trained)
        assert not told["read_only"]
        assert told["texts"][:1] == ["The app ended unexpectedly while training."]
        assert f"end of epoch {saved.epoch} of 500 is saved" in told["texts"][1]
        assert told["buttons"] == ["recovery_later", "recovery_go_on"]
        again = hear(process, "run")
        assert again["run"] == run_id
        assert again["start_epoch"] == saved.epoch
        process.terminate()
        assert process.wait(60) == 0
    assert left_sessions(isolated_home) == []


@posix
@pytest.mark.faults
def test_that_a_training_is_saved_when_the_system_ends_the_app_even_in_its_first_epoch(
    trained: Path, isolated_home: Path
) -> None:
    with window("train", trained) as process:
        run_id = hear(process, "run")["run"]
        hear(process, "step")
        process.terminate()
        assert process.wait(60) == 0
    assert left_sessions(isolated_home) == []
    with Project.open(trained) as project:
        assert not project.read_only
        run = next(run for run in runs.list_runs(project) if run.run_id == run_id)
    assert run.resumable
    saved = saved_progress(run.run_dir)
    assert saved is not None
    assert (saved.epoch, saved.step) > (0, 0)


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_that_other_signals_end_the_window_well_too(trained: Path, number: int) -> None:
    with window("wait", trained) as process:
        hear(process, "open")
        process.send_signal(number)
        assert process.wait(60) == 0


@posix
def test_that_a_project_that_crashes_the_app_twice_is_not_opened_a_third_time(
    trained: Path, isolated_home: Path
) -> None:
    for arguments in ([trained], []):
        with window("crash", *arguments) as process:
            assert hear(process, "open")["open"] == str(trained)
            assert process.wait(60) == -signal.SIGSEGV
    with window("look") as process:
        told = hear(process, "texts")
        assert told["project"] == ""
        assert "twice in a row" in told["texts"][0]
        assert told["buttons"] == ["recovery_copy", "recovery_later", "recovery_go_on"]
        assert process.wait(60) == 0
    with window("quiet") as process:  # and all is well again
        assert not hear(process, "banner")["banner"]


@posix
def test_that_a_crash_while_opening_counts_as_one(trained: Path) -> None:
    for arguments in ([trained], []):
        with window("die-opening", *arguments) as process:
            assert process.wait(60) == -signal.SIGSEGV
    with window("look") as process:
        assert "twice in a row" in hear(process, "texts")["texts"][0]


@pytest.mark.faults
def test_that_the_project_open_at_the_end_is_opened_again(trained: Path) -> None:
    with window("quiet", trained) as process:
        assert hear(process, "project")["project"] == str(trained)
        assert process.wait(60) == 0
    with window("quiet") as process:
        assert hear(process, "project") == {
            "project": str(trained),
            "banner": False,
            "page": "data",
        }
        assert process.wait(60) == 0


def test_that_a_project_another_window_has_open_is_left_to_it(trained: Path) -> None:
    with window("quiet", trained) as process:
        assert process.wait(60) == 0
    with Project.open(trained), window("quiet") as process:
        assert hear(process, "project")["project"] == ""
