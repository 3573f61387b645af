"""A monkey at the window: ``python -m tests.monkey [--seconds 600] [--seed 1]``.

Opens the real window with a trained project, starts a training in it, and then clicks, types,
drags and scrolls at random while that runs. It fails if anything was raised that the app did not
expect, if Qt complained, or if the window did not close afterwards; and it says how late the window
answered. The same seed presses the same things as long as the window shows the same.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.monkey.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Let the monkey play.

    Returns:
        0 if nothing unexpected happened, else 1.
    """
    parser = argparse.ArgumentParser(prog="python -m tests.monkey", description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cache", type=Path, help="where the sample's project is kept")
    parser.add_argument("--blocks", type=int, default=15, help="how many waits are told in full")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="monkey-") as name:
        _isolate(Path(name))
        # What reads the environment when it is imported comes after it was set.
        from tests.monkey.play import play

        watch = play(Path(name), options.cache, seconds=options.seconds, seed=options.seed)
    report(watch, options.blocks)
    return 1 if watch.failures else 0


def report(watch: Watch, blocks: int) -> None:
    """Say what was done, how late the window was, and what went wrong."""
    print(f"{watch.actions} actions on {len(watch.touched)} different controls; {watch.outcome}")
    print(watch.lateness())
    for block in watch.longest(blocks):
        print(f"\n{block}")
    for failure in watch.failures:
        print(f"\nFAILED: {failure}", file=sys.stderr)


def _isolate(home: Path) -> None:
    """Nothing of the user's is touched, and nothing leaves the computer."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["HOME"] = os.environ["USERPROFILE"] = str(home)
    os.environ["EFFNET_STUDIO_CACHE"] = str(home / "cache")
    os.environ["EFFNET_STUDIO_DATA"] = str(home / "data")
    os.environ["EFFNET_STUDIO_PROXY"] = "http://127.0.0.1:9"
    os.environ["PIP_NO_INDEX"] = "1"
    for key in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "TORCH_HOME"):
        os.environ[key] = str(home / key.lower())


if __name__ == "__main__":
    sys.exit(main())
