"""Precision and recall of the findings about repeated pictures, planted among real photographs.

Into a copy of a folder go exact copies, near duplicates (re-encoded, resized, cropped a little) and
bursts (moved, zoomed, turned a little, with noise); what is found is compared with what was
planted, pair by pair::

    python -m tests.benchmarks.bench_duplicates --data FOLDER [--seeds 3] [--sheet FILE.png]
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from effnet_studio.engine.data.checks.duplicates import burst_groups, near_groups
from effnet_studio.engine.data.files.examine import examine
from effnet_studio.engine.images import IMAGE_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

pytestmark = pytest.mark.benchmark

EXACT, NEAR, BURSTS = 40, 40, 10

Pair = tuple[str, str]


@dataclass
class Planted:
    """What was put into a folder, as pairs of names."""

    near: set[Pair] = field(default_factory=set)
    bursts: set[Pair] = field(default_factory=set)
    scenes: set[Pair] = field(default_factory=set)


def plant(photos: Sequence[Path], folder: Path, seed: int) -> Planted:
    """Copy photographs into a folder and add copies, near duplicates and bursts."""
    rng = np.random.default_rng(seed)
    planted = Planted()
    for number, photo in enumerate(photos):
        (folder / f"p{number:05d}x{photo.suffix}").write_bytes(photo.read_bytes())
    names = sorted(folder.iterdir())
    chosen = [names[n] for n in rng.permutation(len(names))[: EXACT + NEAR + BURSTS]]
    for number, path in enumerate(chosen[:EXACT]):
        copy = folder / f"copy-{rng.integers(10**9)}-{number}z{path.suffix}"
        copy.write_bytes(path.read_bytes())
        planted.near.add((path.name, copy.name))
    for path in chosen[EXACT : EXACT + NEAR]:
        copy = folder / f"again-{rng.integers(10**9)}z.jpg"
        altered(path, rng).save(copy, quality=int(rng.integers(40, 96)))
        planted.near.add((path.name, copy.name))
    for number, path in enumerate(chosen[EXACT + NEAR :]):
        shots = []
        for shot in range(int(rng.integers(4, 7))):
            name = folder / f"burst{number}_{shot:04d}.jpg"
            moved(path, rng).save(name, quality=90)
            shots.append(name.name)
            planted.scenes.add((name.name, path.name))
        planted.bursts |= set(itertools.combinations(shots, 2))
    return planted


def altered(path: Path, rng: np.random.Generator) -> Image.Image:
    """The same picture in another size, sometimes cropped by up to 4 %."""
    with Image.open(path) as image:
        picture = image.convert("RGB")
    if rng.random() < 0.4:
        width, height = picture.size
        left, top, right, bottom = rng.uniform(0, 0.02, 4) * (width, height, width, height)
        picture = picture.crop((int(left), int(top), int(width - right), int(height - bottom)))
    scale = rng.uniform(0.4, 1.5)
    size = [max(8, round(side * scale)) for side in picture.size]
    return picture.resize((size[0], size[1]), Image.Resampling.LANCZOS)


def moved(path: Path, rng: np.random.Generator) -> Image.Image:
    """A frame of the same scene: moved, zoomed and turned a little, with noise."""
    with Image.open(path) as image:
        picture = image.convert("RGB")
    width, height = picture.size
    picture = picture.rotate(rng.uniform(-3, 3), Image.Resampling.BILINEAR)
    left, top = rng.uniform(0.04, 0.12, 2) * (width, height)
    right, bottom = (width, height) - rng.uniform(0.04, 0.12, 2) * (width, height)
    picture = picture.crop((int(left), int(top), int(right), int(bottom)))
    noisy = np.asarray(picture).astype(float) + rng.normal(0, 4, (*picture.size[::-1], 3))
    return Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))


def pairs_of(groups: Iterable[tuple[int, ...]], names: Sequence[str]) -> set[Pair]:
    """Groups as pairs of names."""
    return {
        (min(pair), max(pair))
        for group in groups
        for pair in itertools.combinations([names[place] for place in group], 2)
    }


def score(name: str, found: set[Pair], planted: set[Pair], genuine: set[Pair]) -> None:
    """Print precision and recall; pairs found among the originals alone do not count."""
    planted = {(min(pair), max(pair)) for pair in planted}
    right = found & planted
    wrong = found - planted - genuine
    precision = len(right) / max(1, len(right) + len(wrong))
    print(
        f"{name:8} planted {len(planted):3}, found {len(right):3}, wrong {len(wrong):3}: "
        f"recall {len(right) / len(planted):.3f}, precision {precision:.3f}"
        + (f"   missed {sorted(planted - found)[:3]}" if planted - found else "")
        + (f"   wrong {sorted(wrong)[:3]}" if wrong else "")
    )


def measure(photos: Sequence[Path], seed: int) -> None:
    """Plant, look, compare."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        planted = plant(photos, folder, seed)
        files = sorted(folder.iterdir())
        seen = [examine(file) for file in files]
        names = [file.name for file in files]
        dhash = np.array([each.fingerprint.dhash for each in seen], dtype=np.uint64)
        raw = b"".join(each.fingerprint.signature for each in seen)
        signature = np.frombuffer(raw, dtype=np.uint8).reshape(len(seen), -1)
        taken = np.full(len(seen), np.nan)
        began = time.perf_counter()
        near = near_groups(dhash, signature, [each.content for each in seen])
        bursts = burst_groups([f"d/{name}" for name in names], taken, dhash, signature)
        seconds = time.perf_counter() - began
    found = pairs_of(near, names)
    originals = {pair for pair in found if pair[0][0] == pair[1][0] == "p"}
    print(
        f"seed {seed}, {len(files)} files, {1000 * seconds:.0f} ms; "
        f"pairs among the originals: {sorted(originals)[:6]}"
    )
    score("near", found, planted.near, originals | planted.bursts | planted.scenes)
    score("bursts", pairs_of(bursts, names), planted.bursts, set())


def main() -> None:
    """Measure on photographs of the user's."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of photographs")
    parser.add_argument("--seeds", type=int, default=3)
    given = parser.parse_args()
    photos = sorted(p for p in given.data.rglob("*") if p.suffix.lower() in IMAGE_SUFFIXES)
    for seed in range(given.seeds):
        measure(photos, seed)


if __name__ == "__main__":
    main()
