#!/usr/bin/env python3
"""Build the wheel and the sdist, and try both as somebody who has only just got them would.

    python3 packaging/check_wheel.py                    build into dist/, and check everything
    python3 packaging/check_wheel.py --out FOLDER       build into another folder
    python3 packaging/check_wheel.py --only contents    build and look inside; install nothing
    python3 packaging/check_wheel.py --only wheel       … and try the wheel, not the sdist
    python3 packaging/check_wheel.py --keep             leave the environments in build/ for a look

What is checked: the sdist is made twice and must be the same file; the wheel made from the sdist
holds the same as the wheel made from the work tree; nothing is missing in them and nothing is too
much; each installs in a fresh environment, and there the version, the doctor, the whole job on the
built-in sample, the window (without a screen) and, where this release has it, the self-test run.
The exit status is 0 only if all was well. It takes about ten minutes and 4 GB in build/.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from boot.console import MEGABYTE, Runner, SetupError, child_environment, say
from boot.explain import explain_os_error, explain_pip
from boot.layout import read_pins
from wheels.contents import (
    SDIST_MUST_HOLD,
    SDIST_MUST_NOT_HOLD,
    complaints,
    differences,
    sdist_hashes,
    wheel_hashes,
)
from wheels.trial import Trial, make_environment

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "build" / "wheel"


@dataclass(slots=True)
class Verdicts:
    """What was checked, and how it went.

    Attributes:
        failed: A sentence for everything that was not well.
    """

    failed: list[str] = field(default_factory=list)

    def tell(self, what: str, wrong: Sequence[str], *, seconds: float | None = None) -> None:
        """Take down and print how one check went.

        Args:
            what: What was checked.
            wrong: What was found wrong; nothing is good.
            seconds: How long it took, where that is of interest.
        """
        took = "" if seconds is None else f"  ({seconds:.1f} s)"
        say(f"  {'FAILED' if wrong else 'ok    '}  {what}{took}")
        for each in wrong[:20]:
            say(f"            {each}")
        if wrong:
            self.failed.append(what)


@dataclass(frozen=True, slots=True)
class Built:
    """The two files for others.

    Attributes:
        wheel: What pip installs.
        sdist: What the wheel is built from.
    """

    wheel: Path
    sdist: Path


def main(arguments: Sequence[str]) -> int:
    """Build and check; return the exit status.

    Args:
        arguments: The command line without the program's name.
    """
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="folder for the files")
    parser.add_argument("--only", choices=("contents", "wheel", "sdist"), help="leave the rest out")
    parser.add_argument("--keep", action="store_true", help="leave the environments for a look")
    options = parser.parse_args(arguments)
    verdicts = Verdicts()
    runner = Runner(WORK / "check.log", ROOT)
    try:
        shutil.rmtree(WORK, ignore_errors=True)
        WORK.mkdir(parents=True)
        built = build(runner, options.out, verdicts)
        tried = {None: (built.wheel, built.sdist), "wheel": (built.wheel,), "sdist": (built.sdist,)}
        for file in tried.get(options.only, ()):
            try_out(runner, file, verdicts, keep=options.keep)
    except SetupError as error:
        verdicts.tell(str(error), ["see " + str(runner.log_path)])
    except OSError as error:
        verdicts.tell(explain_os_error(error), ["see " + str(runner.log_path)])
    say("Failed: " + "; ".join(verdicts.failed) if verdicts.failed else "All was well.")
    return 1 if verdicts.failed else 0


def build(runner: Runner, out: Path, verdicts: Verdicts) -> Built:
    """Build both files into `out`, and compare what must be the same.

    Args:
        runner: Runs the builder.
        out: Folder for the files; older ones of this project in it are removed.
        verdicts: Is told what was found.

    Raises:
        SetupError: If a build fails.
    """
    out.mkdir(parents=True, exist_ok=True)
    for old in (*out.glob("effnet_studio-*.whl"), *out.glob("effnet_studio-*.tar.gz")):
        old.unlink()
    say("Building the sdist and the wheel")
    python = make_environment(runner, WORK / "tools")
    pins = read_pins((ROOT / "packaging" / "constraints.txt").read_text("utf-8"))
    _run(
        runner, python, "-m", "pip", "install", *(f"{n}=={pins[n]}" for n in ("build", "hatchling"))
    )

    def make(*what: str, to: Path) -> None:
        # The tools are pinned and there already: nothing is fetched for the build.
        _run(runner, python, "-m", "build", "--no-isolation", *what, "--outdir", str(to), str(ROOT))

    make(to=out)  # the sdist, and the wheel from it
    make("--sdist", to=WORK / "again")
    make("--wheel", to=WORK / "again")
    built = Built(_only(out, "*.whl"), _only(out, "*.tar.gz"))
    again = Built(_only(WORK / "again", "*.whl"), _only(WORK / "again", "*.tar.gz"))
    for file in (built.wheel, built.sdist):
        say(f"  {file.name}  {file.stat().st_size / MEGABYTE:.1f} MB")
    same = differences(wheel_hashes(built.wheel), wheel_hashes(again.wheel))
    verdicts.tell("the sdist builds the same wheel as the work tree", same)
    bits = [] if built.sdist.read_bytes() == again.sdist.read_bytes() else ["it is another file"]
    verdicts.tell("the sdist made again is the same, bit by bit", bits)
    verdicts.tell("contents of the wheel", complaints(wheel_hashes(built.wheel)))
    of_sdist = complaints(
        sdist_hashes(built.sdist), must=SDIST_MUST_HOLD, must_not=SDIST_MUST_NOT_HOLD
    )
    verdicts.tell("contents of the sdist", of_sdist)
    return built


def try_out(runner: Runner, file: Path, verdicts: Verdicts, *, keep: bool) -> None:
    """Install one of the files in a fresh environment and use what it brings.

    Args:
        runner: Runs pip.
        file: The wheel or the sdist.
        verdicts: Is told what was found.
        keep: Whether the environment stays.

    Raises:
        SetupError: If it cannot be installed.
    """
    say(f"Trying {file.name} in a fresh environment")
    place = WORK / ("wheel-env" if file.suffix == ".whl" else "sdist-env")
    began = time.monotonic()
    trial = Trial.install(runner, file, place, ROOT)
    verdicts.tell("installed", [], seconds=time.monotonic() - began)
    verdicts.tell(f"{trial.size() / MEGABYTE:,.0f} MB on disk, with Python's packages", [])
    for name, check in trial.checks():
        began = time.monotonic()
        verdicts.tell(name, check(), seconds=time.monotonic() - began)
    if not keep:
        shutil.rmtree(place)


def _run(runner: Runner, python: Path, *arguments: str) -> None:
    done = runner.run([str(python), *arguments], env=child_environment())
    if done.code != 0:
        raise SetupError(explain_pip(done.output))


def _only(folder: Path, pattern: str) -> Path:
    found = list(folder.glob(pattern))
    if len(found) != 1:
        raise SetupError(f"{len(found)} files {pattern} were built in {folder} instead of one.")
    return found[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
