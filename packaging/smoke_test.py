#!/usr/bin/env python3
"""Try an installer's file as a newcomer's computer would: a bare Debian, no Python, no network.

    sudo python3 packaging/smoke_test.py FILE.AppImage|FILE.deb|FOLDER [--newer FILE.deb]

It makes a Debian 12 with only its base system and the documented packages (packaging/linux/
packages.txt; for a .deb, what the package asks for itself), starts the application in it as a user
without rights, and lets it go through the whole job. Fails on any word of complaint by Qt or
Python, on processes left behind, and on files written outside the home.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from boot.console import SetupError, say
from linux.tools import require_tools
from smoke.root import make_root
from smoke.run import a_house
from smoke.screen import a_screen
from smoke.steps import Artefact, Result, Trial, line


def main(arguments: Sequence[str]) -> int:
    """Try what is asked for; return the exit status.

    Args:
        arguments: The command line without the program's name.
    """
    options = _parser().parse_args(arguments)
    try:
        results = _try(options)
    except SetupError as error:
        print(f"\nError: {error}", file=sys.stderr, flush=True)
        return 2
    if options.json:
        report = {
            "file": options.file.name,
            "steps": [dataclasses.asdict(each) for each in results],
        }
        options.json.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", "utf-8")
    bad = [result for result in results if result.faults]
    say(f"\n{options.file.name}: " + (f"{len(bad)} steps failed" if bad else "all is well"))
    for result in bad:
        say(line(result))
    return 1 if bad else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="smoke_test.py", description="Try an installer's file in a bare Debian."
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="AppImage, .deb or folder")
    parser.add_argument(
        "--root", type=Path, default=Path("build/smoke"), help="folder for the bare Debian"
    )
    parser.add_argument("--newer", type=Path, help="a later .deb, to be installed over the first")
    parser.add_argument("--json", type=Path, help="write what was found there")
    parser.add_argument("--pictures", type=Path, help="folder for pictures of the window")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--quick", action="store_true", help="the short form of the self-test")
    how.add_argument("--no-self-test", action="store_true", help="no self-test, but a small demo")
    return parser


def _try(options: argparse.Namespace) -> list[Result]:
    require_tools(["Xvfb", "unshare", "dpkg-deb"])
    if os.geteuid() != 0:
        raise SetupError("A root of its own needs root's rights: run this with sudo.")
    artefact = Artefact.of(options.file)
    newer = Artefact.of(options.newer) if options.newer else None
    options.root.mkdir(parents=True, exist_ok=True)
    base = make_root(options.root, artefact.packages())
    pictures = options.pictures or options.root / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    say(f"{options.file.name} in a bare Debian 12, without Python and network:")
    with a_house(base, options.root) as house, a_screen() as screen:
        trial = Trial(artefact, house, screen, pictures)
        quick = ["--quick"] if options.quick else []
        trial.go(self_test=None if options.no_self_test else quick, newer=newer)
    return trial.results


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
