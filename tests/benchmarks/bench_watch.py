"""What one look at a watched folder takes, with many files in it.

Makes the files in a temporary folder and looks again and again while nothing happens::

    python -m tests.benchmarks.bench_watch [--count 100000] [--folders 100]
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from effnet_studio.engine.predict.watch import open_watch

LOOKS = 15


def main() -> None:
    """Make the files, look, and print milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000, help="files")
    parser.add_argument("--folders", type=int, default=100, help="folders they lie in")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        for number in range(chosen.count):
            folder = Path(place, f"{number % chosen.folders:04d}")
            folder.mkdir(exist_ok=True)
            (folder / f"{number:06d}.jpg").write_bytes(b"x")
        watch = open_watch(Path(place))
        times = []
        for _ in range(LOOKS):
            began = time.perf_counter()
            watch.look()
            times.append(1000 * (time.perf_counter() - began))
    first, *others = times
    print(f"first look {first:.0f} ms, then {statistics.median(others):.0f} ms (median)")


if __name__ == "__main__":
    main()
