"""How fast a large folder is listed and examined, side by side with the plain ways.

    python tests/benchmarks/bench_scan.py [--data FOLDER] [--count 100000] [--processes 2]
    pytest -m benchmark -s tests/benchmarks/bench_scan.py

Makes small JPEGs of photographs (or of the built-in sample), hard-links them into class folders,
and times one after the other: names alone, sizes, Pillow's header, Pillow's decode on one core, the
app's whole examination (decode, hash, fingerprint, thumbnail, date), and an import with all that
belongs to it. CPU time is printed beside wall time, as it hardly depends on what else the machine
is doing. Examinations run in a process of their own, so that its memory is its own, on a tenth of
the files and on all: what grows between the two is the list of paths.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageOps

from effnet_studio.engine.data.files.headers import list_sizes
from effnet_studio.engine.data.files.intake import examine_all
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.problems import Problem
from effnet_studio.engine.data.sample.samples import make_sample
from effnet_studio.engine.data.sources.scan import scan_folder
from effnet_studio.engine.data.store import load_index
from effnet_studio.engine.images import IMAGE_SUFFIXES
from effnet_studio.engine.project import Project

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

pytestmark = pytest.mark.benchmark

SIDE = 64
"""Of the small pictures, pixels."""
CLASSES = 100
MOST_PHOTOS = 1000


def make_folder(photos: Sequence[Path], root: Path, count: int) -> Path:
    """Hard-link small versions of photographs until there are enough."""
    originals, many = root / "originals", root / "many"
    originals.mkdir(parents=True)
    small = []
    for number, photo in enumerate(photos):
        path = originals / f"{number}.jpg"
        with Image.open(photo) as image:
            ImageOps.fit(image.convert("RGB"), (SIDE, SIDE)).save(path, quality=88)
        small.append(path)
    for label in range(CLASSES):
        (many / f"class{label:03d}").mkdir(parents=True)
    for number in range(count):
        folder = many / f"class{number % CLASSES:03d}"
        os.link(small[number % len(small)], folder / f"{number:07d}.jpg")
    return many


def names(folder: Path) -> list[str]:
    """Paths of all files below the folder."""
    found, pending = [], [str(folder)]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                (pending if entry.is_dir() else found).append(entry.path)
    return found


def pillow_headers(paths: Sequence[str]) -> None:
    """What Pillow does to know the size."""
    for path in paths:
        with Image.open(path) as image:
            assert image.size == (SIDE, SIDE)


def pillow_loads(paths: Sequence[str]) -> None:
    """What Pillow does to decode, in one thread."""
    for path in paths:
        with Image.open(path) as image:
            image.load()


@dataclass(frozen=True)
class Cost:
    """What some work on files took: files/s, and processor time for each file, microseconds."""

    rate: float
    work: float

    def __str__(self) -> str:
        return f"{self.rate:10,.0f} files/s  {self.work:7.1f} µs CPU"


def cost(count: int, work: Callable[[], object]) -> Cost:
    """Do it once; the time of processes it starts and waits for counts too."""
    began, busy = time.perf_counter(), processor_seconds()
    work()
    passed, used = time.perf_counter() - began, processor_seconds() - busy
    return Cost(count / passed, 1e6 * used / count)


def processor_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def timed(title: str, count: int, work: Callable[[], object]) -> Cost:
    """Do it once and print what it cost."""
    result = cost(count, work)
    print(f"{title:48} {result}", flush=True)
    return result


def examine(folder: Path, count: int, processes: int) -> dict[str, float]:
    """Examine some of the files below a folder; gives what it cost and the most memory, MiB."""
    paths = [Path(name) for name in names(folder)[:count]]
    largest = 0.0

    def work() -> None:
        nonlocal largest
        seen = 0
        for _, outcome in examine_all(paths, processes=processes):
            assert not isinstance(outcome, Problem), outcome
            seen += 1
            if seen % 1000 == 0:
                children = multiprocessing.active_children()
                largest = max([largest, *(peak_memory(child.pid) for child in children)])
        assert seen == count

    return {**asdict(cost(count, work)), "own": peak_memory(None), "child": largest}


def peak_memory(process: int | None) -> float:
    """Highest resident memory of a process so far, MiB; 0 where the system does not tell.

    Not from ``getrusage``, which counts for a child what its parent had when it started it.
    """
    status = Path(f"/proc/{process or 'self'}/status")
    if not status.exists():
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
    return int(found[1]) / 1024 if found else 0.0


def examine_apart(folder: Path, count: int, processes: int) -> Cost:
    """Do the same in a process of its own, and print what it took."""
    asked = {"folder": str(folder), "count": count, "processes": processes}
    process = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_scan", "--examine", json.dumps(asked)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    result: dict[str, float] = json.loads(process.stdout)
    own, child = result.pop("own"), result.pop("child")
    found = Cost(**result)
    title = f"examine_all, {count:,} files, {processes} processes"
    print(f"{title:48} {found}   {own:.0f} MiB, largest child {child:.0f} MiB", flush=True)
    return found


def compare(photos: Sequence[Path], count: int, processes: int) -> tuple[float, float]:
    """Time everything side by side; gives how many times quicker than Pillow we list and examine.

    By processor time, with all processes at work at once: unlike the rates, that hardly depends on
    what else the machine is doing.
    """
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        many = make_folder(photos, root, count)
        timed("os.scandir", count, lambda: names(many))
        timed("scan_folder", count, lambda: scan_folder(many))
        sizes = timed("os.scandir and list_sizes", count, lambda: list_sizes(names(many)))
        paths = names(many)
        headers = timed("Pillow, header", count, lambda: pillow_headers(paths))
        before = timed("Pillow, decode, one core", count, lambda: pillow_loads(paths))
        examine_apart(many, count // 10, processes)
        examined = examine_apart(many, count, processes)
        after = timed("Pillow, decode, one core, again", count, lambda: pillow_loads(paths))
        with Project.create(root / "P.effnet") as project:
            timed("import_folder", count, lambda: import_folder(project, many))
            timed("import_folder, again", count, lambda: import_folder(project, many))
            timed("load_index", count, lambda: load_index(project))
    loads = (before.work + after.work) / 2
    listed, decoded = headers.work / sizes.work, processes * loads / examined.work
    print(f"list: {listed:.2f} times Pillow's header; examine: {decoded:.2f} times Pillow's decode")
    return listed, decoded


def test_that_listing_and_examining_are_quicker_than_pillow_alone(shared_data: Path) -> None:
    photos = sorted((shared_data / "photos").rglob("*.jpg"))
    listed, examined = compare(photos[:MOST_PHOTOS], 20_000, 2)
    assert listed > 2.5
    assert examined > 1.0


def main() -> None:
    """Compare on photographs of the user's, or do one examination for the comparison."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, help="folder of photographs")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--examine", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.examine:
        asked = json.loads(given.examine)
        print(json.dumps(examine(Path(asked["folder"]), asked["count"], asked["processes"])))
        return
    data = given.data or make_sample()
    photos = sorted(p for p in data.rglob("*") if p.suffix.lower() in IMAGE_SUFFIXES)
    compare(photos[:MOST_PHOTOS], given.count, given.processes)


if __name__ == "__main__":
    main()
