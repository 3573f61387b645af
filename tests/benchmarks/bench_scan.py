"""How fast a large folder is listed and examined, side by side with the plain ways.

Makes small JPEGs of photographs, hard-links them into class folders, and times in one run: names
alone, sizes, Pillow's header, Pillow's decode on one core, and the app's whole examination (decode,
hash, fingerprint, thumbnail) in two processes, without and with the index::

    python -m tests.benchmarks.bench_scan --data FOLDER [--count 100000] [--processes 2]
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.intake import examine_all
from effnet_studio.engine.data.scan import scan_folder
from effnet_studio.engine.data.store import load_index
from effnet_studio.engine.images import IMAGE_SUFFIXES
from effnet_studio.engine.project import Project

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

pytestmark = pytest.mark.benchmark

SIDE = 64
"""Of the small pictures, pixels."""
CLASSES = 100


def make_folder(photos: Sequence[Path], root: Path, count: int) -> None:
    """Hard-link small versions of photographs until there are enough."""
    originals = root / "originals"
    originals.mkdir(parents=True)
    small = []
    for number, photo in enumerate(photos):
        path = originals / f"{number}.jpg"
        with Image.open(photo) as image:
            image.convert("RGB").resize((SIDE, SIDE)).save(path, quality=88)
        small.append(path)
    for label in range(CLASSES):
        (root / "many" / f"class{label:03d}").mkdir(parents=True)
    for number in range(count):
        folder = root / "many" / f"class{number % CLASSES:03d}"
        os.link(small[number % len(small)], folder / f"{number:07d}.jpg")


def timed(name: str, count: int, work: Callable[[], object]) -> float:
    """Run once and print the rate."""
    began = time.perf_counter()
    work()
    rate = count / (time.perf_counter() - began)
    print(f"{name:52} {rate:10,.0f} files/s", flush=True)
    return rate


def pillow_headers(paths: Sequence[Path]) -> None:
    """What Pillow needs to know the size."""
    for path in paths:
        with Image.open(path) as image:
            assert image.size


def pillow_loads(paths: Sequence[Path]) -> None:
    """What Pillow needs to decode, in one thread."""
    for path in paths:
        with Image.open(path) as image:
            image.convert("RGB")


def compare(photos: Sequence[Path], count: int, processes: int) -> dict[str, float]:
    """Time everything side by side; gives files per second by name."""
    rates = {}
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        make_folder(photos, root, count)
        many = root / "many"
        rates["names"] = timed("names (scan_folder)", count, lambda: scan_folder(many))
        paths = [many / file.relative for file in scan_folder(many).candidates]
        some = paths[:: max(1, count // 20_000)]
        rates["headers"] = timed("Pillow, header", len(some), lambda: pillow_headers(some))
        rates["load"] = timed("Pillow, decode, one core", len(some), lambda: pillow_loads(some))
        rates["examine"] = timed(
            f"examine_all, {processes} processes",
            count,
            lambda: [None for _ in examine_all(paths, processes=processes)],
        )
        with Project.create(root / "P.effnet") as project:
            rates["import"] = timed("import", count, lambda: import_folder(project, many))
            rates["again"] = timed("import again", count, lambda: import_folder(project, many))
            rates["open"] = timed("open (load_index)", count, lambda: load_index(project))
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"most memory: {own:,.0f} MiB, largest child {children:,.0f} MiB")
    return rates


def test_that_examining_is_no_slower_than_decoding_on_one_core(shared_data: Path) -> None:
    photos = sorted((shared_data / "photos" / "flowers").rglob("*.jpg"))
    rates = compare(photos, 5000, 2)
    assert rates["examine"] > 0.5 * rates["load"]


def main() -> None:
    """Compare on photographs of the user's."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of photographs")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    photos = sorted(p for p in given.data.rglob("*") if p.suffix.lower() in IMAGE_SUFFIXES)
    compare(photos[:500], given.count, given.processes)


if __name__ == "__main__":
    main()
