"""What the decode cache is worth: three epochs without it, filling it, and with it filled.

    python -m tests.benchmarks.bench_cache FOLDER [--count 24] [--size 224] [--level light]
    EFFNET_SHARED_DATA=... pytest -m benchmark -s tests/benchmarks/bench_cache.py

FOLDER holds photographs. They are read as they are, and enlarged to 12 megapixels. Pictures go
through the loader and are varied as a training does it. "Memory" keeps them in memory instead, to
compare a memory map with; its first epoch decodes. CPU time stands beside wall time, as it hardly
depends on what else the machine is doing.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from effnet_studio.engine.data.dataset import Sample
from effnet_studio.engine.data.loading.augment import RECIPES, Augmenter
from effnet_studio.engine.data.loading.cache import DecodeCache
from effnet_studio.engine.data.loading.cache_space import estimate, usage
from effnet_studio.engine.data.loading.loader import PictureLoader, RoomyReader, shuffled_plan
from effnet_studio.engine.images import probe_image
from effnet_studio.engine.preprocess import Preprocess

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

pytestmark = pytest.mark.benchmark

EPOCHS = 3
MEGAPIXELS = 12


class CountingReader(RoomyReader):
    """Counts the files that are decoded."""

    def __init__(self, preprocess: Preprocess) -> None:
        super().__init__(preprocess)
        self.decodes = 0
        self._lock = threading.Lock()

    def read(self, path: Path) -> NDArray[np.uint8]:
        with self._lock:
            self.decodes += 1
        return super().read(path)


@dataclass(frozen=True)
class Measured:
    """What one run took.

    Attributes:
        wall: Seconds of each epoch.
        cpu: Seconds of all processors, of each epoch.
        decodes: Files that were decoded in all epochs.
    """

    wall: tuple[float, ...]
    cpu: tuple[float, ...]
    decodes: int


def run(
    samples: Sequence[Sample], preprocess: Preprocess, level: str, cache: DecodeCache, *, keep: bool
) -> Measured:
    """Read all pictures through the loader, :data:`EPOCHS` times."""
    reader = CountingReader(preprocess)
    wall, cpu = [], []
    with (
        cache,
        PictureLoader(
            samples,
            reader,
            cache.store(samples, reader, again=keep),
            size=preprocess.size,
            variation=Augmenter(RECIPES[level], preprocess.size),
        ) as loader,
    ):
        for epoch in range(EPOCHS):
            began, work = time.perf_counter(), time.process_time()
            plan = shuffled_plan(len(samples), 32, seed=0, epoch=epoch)
            seen = sum(len(batch) for batch in loader.batches(plan, epoch=epoch))
            assert seen == len(samples)
            wall.append(time.perf_counter() - began)
            cpu.append(time.process_time() - work)
    return Measured(tuple(wall), tuple(cpu), reader.decodes)


def compare(title: str, samples: Sequence[Sample], size: int, level: str) -> dict[str, Measured]:
    """Print the four ways side by side."""
    preprocess = Preprocess(size=size, resize=round(size * 8 / 7), interpolation="bilinear")
    with tempfile.TemporaryDirectory() as folder:
        cache_dir = Path(folder)
        results = {
            "no cache": run(samples, preprocess, level, DecodeCache(None), keep=False),
            "memory": run(samples, preprocess, level, DecodeCache(None), keep=True),
            "cache, first run": run(
                samples, preprocess, level, DecodeCache(cache_dir, memory=0), keep=True
            ),
            "cache, second run": run(
                samples, preprocess, level, DecodeCache(cache_dir, memory=0), keep=True
            ),
        }
        guess, used = estimate(samples, CountingReader(preprocess)), usage(cache_dir).bytes
    pixels = statistics.mean(sample.width * sample.height for sample in samples) / 1e6
    print(f"\n{title}: {len(samples)} pictures of {pixels:.2f} megapixels, {EPOCHS} epochs")
    print(f"on disk {used / 1e6:.1f} MB, estimated {guess / 1e6:.1f} MB")
    print(f"{'':20}{'images/s':>10}{'1st epoch':>11}{'later':>9}{'CPU ms/image':>14}{'decodes':>9}")
    for name, result in results.items():
        count = len(samples)
        print(
            f"{name:20}{EPOCHS * count / sum(result.wall):10.1f}{count / result.wall[0]:11.1f}"
            f"{count / statistics.median(result.wall[1:]):9.1f}"
            f"{1000 * sum(result.cpu) / EPOCHS / count:14.2f}{result.decodes:9}"
        )
    return results


def photographs(folder: Path, count: int) -> list[Sample]:
    """So many JPEGs from anywhere in a folder, spread evenly."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in {".jpg", ".jpeg"})
    samples = []
    for number, path in enumerate(paths[:: max(1, len(paths) // count)][:count]):
        info = probe_image(path)
        samples.append(Sample(number, path, 0, "train", info.width, info.height))
    return samples


def enlarged(samples: Sequence[Sample], folder: Path) -> list[Sample]:
    """The same photographs at :data:`MEGAPIXELS`."""
    result = []
    for sample in samples:
        scale = (MEGAPIXELS * 1e6 / (sample.width * sample.height)) ** 0.5
        size = (round(sample.width * scale), round(sample.height * scale))
        path = folder / f"{sample.id}.jpg"
        with Image.open(sample.path) as image:
            image.convert("RGB").resize(size, Image.Resampling.BICUBIC).save(path, quality=92)
        result.append(Sample(sample.id, path, 0, "train", *size))
    return result


def main(folder: Path, *, count: int, size: int, level: str) -> list[dict[str, Measured]]:
    """Measure both kinds of photographs."""
    small = photographs(folder, 20 * count)
    with tempfile.TemporaryDirectory() as large:
        return [
            compare("enlarged", enlarged(small[::20], Path(large)), size, level),
            compare("as they are", small, size, level),
        ]


def test_cache(shared_data: Path) -> None:
    for results in main(shared_data / "photos", count=24, size=224, level="light"):
        assert results["cache, second run"].decodes == 0
        assert 3 * results["cache, first run"].decodes == results["no cache"].decodes


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="holds photographs")
    parser.add_argument("--count", type=int, default=24, help="photographs to enlarge")
    parser.add_argument("--size", type=int, default=224, help="side of the model's input")
    parser.add_argument("--level", choices=sorted(RECIPES), default="light")
    options = parser.parse_args()
    main(options.folder, count=options.count, size=options.size, level=options.level)
