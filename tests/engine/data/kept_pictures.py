"""Runs that count what they decode and look at every pixel they get, for tests of the cache."""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from effnet_studio.engine.data.dataset import Sample
from effnet_studio.engine.data.loading.cache import DecodeCache, PixelStore
from effnet_studio.engine.data.loading.loader import Reader, RoomyReader
from effnet_studio.engine.preprocess import Preprocess

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

PREPROCESS = Preprocess(size=32, resize=36, interpolation="bilinear")


class CountingReader(RoomyReader):
    """Counts how often each file is decoded."""

    def __init__(self, preprocess: Preprocess = PREPROCESS) -> None:
        super().__init__(preprocess)
        self.reads: Counter[str] = Counter()
        self._lock = threading.Lock()

    def read(self, path: Path) -> NDArray[np.uint8]:
        with self._lock:
            self.reads[path.name] += 1
        return super().read(path)


def write(path: Path, seed: int) -> Sample:
    rng = np.random.default_rng(seed)
    height, width = (int(side) for side in rng.integers(40, 70, 2))
    Image.fromarray(rng.integers(0, 256, (height, width, 3), dtype=np.uint8)).save(path)
    return Sample(seed, path, seed % 2, "train", width, height)


def use(samples: Sequence[Sample], reader: Reader, cache: DecodeCache) -> PixelStore:
    """Read every picture twice, as two epochs do, and check each against its file."""
    store = cache.store(samples, reader)
    for _ in range(2):
        for index, sample in enumerate(samples):
            pixels = store.get(index)
            if pixels is None:
                pixels = reader.read(sample.path)
                store.put(index, pixels)
            assert np.array_equal(pixels, RoomyReader(PREPROCESS).read(sample.path))
    return store


def run(samples: Sequence[Sample], cache_dir: Path, **options: int | bool) -> dict[str, int]:
    """What a run decodes; nothing is kept in memory."""
    reader = CountingReader()
    with DecodeCache(cache_dir, memory=0, **options) as cache:
        use(samples, reader, cache)
    return dict(reader.reads)


def all_once(samples: Sequence[Sample]) -> dict[str, int]:
    return {sample.path.name: 1 for sample in samples}


def files(cache_dir: Path) -> list[Path]:
    return sorted(file for file in cache_dir.rglob("*") if file.is_file())
