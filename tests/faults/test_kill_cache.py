"""Kill builds of the decode cache again and again; what is left must open and hold right pixels."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from effnet_studio.engine.data.dataset import Sample
from effnet_studio.engine.data.loading.cache import DecodeCache
from effnet_studio.engine.data.loading.cache_build import build_cache
from effnet_studio.engine.data.loading.cache_space import estimate, usage
from effnet_studio.engine.data.loading.loader import RoomyReader
from effnet_studio.engine.preprocess import Preprocess

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

REPOSITORY = Path(__file__).resolve().parents[2]
PICTURES = 400
KILLS = 12
READER = RoomyReader(Preprocess(size=64, resize=64, interpolation="bilinear"))
CHILD = """
import sys
from pathlib import Path
from effnet_studio.engine.data.loading.cache_build import build_cache
from tests.faults.test_kill_cache import READER, samples_of
samples = samples_of(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
build_cache(samples, READER, Path(sys.argv[2]))
"""


def samples_of(folder: Path) -> list[Sample]:
    """The pictures of a folder."""
    paths = sorted(folder.iterdir())
    return [Sample(number, path, 0, "train", 150, 100) for number, path in enumerate(paths)]


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Noise in 150 × 100 pixels."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    rng = np.random.default_rng(0)
    for number in range(PICTURES):
        pixels = rng.integers(0, 256, (100, 150, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(folder / f"{number:03}.png")
    return folder


def test_that_killed_builds_leave_only_right_pixels(tmp_path: Path, pictures: Path) -> None:
    samples, cache_dir = samples_of(pictures), tmp_path / "cache"
    expected = [READER.read(sample.path) for sample in samples]
    chance = random.Random(1)
    counts = [0]
    for _ in range(KILLS):
        children = [start(pictures, cache_dir) for _ in range(2)]  # two at a time
        for child in children:
            assert child.stdout is not None
            assert child.stdout.readline().strip() == "ready"
        for child in children:
            assert child.stdin is not None
            child.stdin.write("go\n")
            child.stdin.flush()
        time.sleep(chance.uniform(0, 0.05))
        for child in children:
            child.kill()
            child.communicate()
        with DecodeCache(cache_dir, write=False) as cache:
            store = cache.store(samples, READER)
            kept = [store.get(index) for index in range(PICTURES)]
        for picture, right in zip(kept, expected, strict=True):
            assert picture is None or np.array_equal(picture, right)
        counts.append(sum(picture is not None for picture in kept))
        assert counts[-1] >= counts[-2]  # and loses none it had
    print(f"\nkept after each kill: {counts[1:]}")
    assert len({count for count in counts if 0 < count < PICTURES}) > 3  # killed in the middle
    assert build_cache(samples, READER, cache_dir).pictures == PICTURES
    # What a kill leaves unused is less than the pictures that were being written.
    assert usage(cache_dir).bytes < 1.2 * estimate(samples, READER)


def start(pictures: Path, cache_dir: Path) -> subprocess.Popen[str]:
    """Build in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, str(pictures), str(cache_dir)],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
