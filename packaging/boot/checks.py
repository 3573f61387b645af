"""The `test` command: every check of the project, one after the other, with a summary."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from boot.console import child_environment, say
from boot.layout import Layout


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes:
        name: What it is called in the summary.
        command: Program and arguments, run in the project's folder.
    """

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a check ended.

    Attributes:
        name: The check's name.
        code: Exit status; 0 is good.
        seconds: How long it took.
        last_line: The last line it printed.
    """

    name: str
    code: int
    seconds: float
    last_line: str


def all_checks(layout: Layout, pytest_arguments: Sequence[str]) -> list[Check]:
    """Return the project's checks, quick ones first.

    Args:
        layout: Where everything lies.
        pytest_arguments: Handed on to pytest, such as `-k name`.
    """
    python = str(layout.python)
    tools = ["packaging", "tests"]
    scripts = [f"packaging/{name}.py" for name in ("bootstrap", "build", "frozen/frozen_main")]
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    pytest = (python, "-m", "pytest", *colour, *pytest_arguments)
    return [
        Check("ruff check", (python, "-m", "ruff", "check", "effnet_studio", *tools)),
        Check("ruff format", (python, "-m", "ruff", "format", "--check", "effnet_studio", *tools)),
        Check("mypy", (python, "-m", "mypy", "--strict", "effnet_studio")),
        Check("mypy packaging", (python, "-m", "mypy", "--strict", *scripts)),
        Check("lint-imports", (str(layout.script("lint-imports")),)),
        Check("translations", (python, "-m", "tests.check_translations")),
        Check("pytest", pytest),
    ]


def check_environment(runtime_folder: Path) -> dict[str, str]:
    """Return the environment of the checks: no screen, UTF-8, and one thread per test process.

    pytest runs several processes, so each must not use every core as well; a single thread also
    makes floating-point sums the same from run to run.

    Args:
        runtime_folder: A private folder for sockets and the like, where the system gives none.
    """
    env = child_environment(QT_QPA_PLATFORM="offscreen")
    for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        env.setdefault(name, "1")
    # Qt warns without these two, and the tests take warnings for errors.
    env.setdefault("XDG_RUNTIME_DIR", os.fspath(runtime_folder))
    env.setdefault("LANG", "C.UTF-8")
    return env


def run_checks(layout: Layout, pytest_arguments: Sequence[str] = ()) -> int:
    """Run all checks, each in spite of the others' failures; return 0 if all are good."""
    outcomes = []
    with tempfile.TemporaryDirectory(prefix="effnet-studio-") as folder:
        env = check_environment(Path(folder))
        for check in all_checks(layout, pytest_arguments):
            say(f"\n=== {check.name}")
            outcome = _run(check, layout.root, env)
            verdict = "ok" if outcome.code == 0 else f"FAILED (exit status {outcome.code})"
            say(f"--- {check.name}: {verdict}, {outcome.seconds:.1f} s")
            outcomes.append(outcome)
    for line in summary(outcomes):
        say(line)
    return 0 if all(outcome.code == 0 for outcome in outcomes) else 1


def summary(outcomes: Sequence[Outcome]) -> list[str]:
    """Return one line for each check, and pytest's own closing line last."""
    lines = ["", "Summary"]
    for outcome in outcomes:
        verdict = "ok    " if outcome.code == 0 else "FAILED"
        lines.append(f"  {verdict}  {outcome.seconds:7.1f} s  {outcome.name}")
    return [*lines, outcomes[-1].last_line]


def _run(check: Check, root: Path, env: dict[str, str]) -> Outcome:
    """Run a check and pass its output through as it comes, piece by piece (pytest prints dots)."""
    started = time.monotonic()
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        process = subprocess.Popen(
            check.command,
            stdin=subprocess.DEVNULL,
            stdout=writing,
            stderr=subprocess.STDOUT,
            cwd=root,
            env=env,
        )
        os.close(writing)
        tail = b""
        while piece := pipe.read(65536):
            sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
            tail = (tail + piece)[-4096:]
        code = process.wait()
    lines = tail.decode("utf-8", "replace").strip().splitlines()
    seconds = time.monotonic() - started
    return Outcome(check.name, code, seconds, lines[-1] if lines else "")
