"""The preset Instant against the classic loop that freezes the same stages, in one process.

    python -m tests.benchmarks.bench_instant --data FOLDER [--weights FILE] [--measured 2] ...
    pytest -m benchmark -s tests/benchmarks/bench_instant.py

``FOLDER`` holds ``train/CLASS`` and ``val/CLASS``, or ``CLASS`` alone, of which every fifth picture
validates. The classic loop is that of bench_classic_loop.py with everything but the head frozen,
and works for ``--epochs``. With ``--measured`` fewer are run, and the rest is counted with the
training time of those, without validation: too little rather than too much.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as the program itself does, before torch

import pytest
import torch

from effnet_studio.engine.data.dataset import Dataset, Sample
from effnet_studio.engine.images import IMAGE_SUFFIXES, load_image
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.training.config import make_config
from tests.benchmarks.bench_classic_loop import (
    Outcome,
    classic_loop,
    make_start,
    own_loop,
    read_folder,
    settings,
)

pytestmark = pytest.mark.benchmark

TARGET = 30
"""Times as fast as the classic loop, over ten epochs of its work."""


def read(folder: Path) -> Dataset:
    """Read a folder with parts, or divide one without."""
    if (folder / "train").is_dir():
        return read_folder(folder)
    classes = tuple(sorted(entry.name for entry in folder.iterdir() if entry.is_dir()))
    samples: list[Sample] = []
    for label, name in enumerate(classes):
        files = sorted(p for p in (folder / name).iterdir() if p.suffix.lower() in IMAGE_SUFFIXES)
        for number, path in enumerate(files):
            height, width = load_image(path).shape[:2]
            part = "val" if number % 5 == 0 else "train"
            samples.append(Sample(len(samples), path, label, part, width, height))  # type: ignore[arg-type]
    return Dataset(classes, tuple(samples), folder.name)


def compare(
    dataset: Dataset,
    *,
    model: str = "efficientnet_b0",
    weights: str = "none",
    size: int | None = None,
    epochs: int = 10,
    measured: int = 10,
    seed: int = 0,
) -> tuple[Outcome, Outcome]:
    """Run both and print them side by side.

    Returns:
        Instant's outcome and the classic loop's, its seconds for all epochs.
    """
    common = {"model": model, "weights": weights, "image_size": size, "seed": seed}
    freeze = len(get_spec(model).stages)
    # What a preset takes back where the weights are random, the comparison wants all the same.
    chosen = {"freeze": freeze, "epochs": 1, "augmentation": "none", "solve_head": True}
    instant = make_config("instant", device="cpu", **common, **chosen)
    classic = settings(**common, freeze=freeze, epochs=measured, batch_size=32)
    train, val = (len(dataset.subset(part)) for part in ("train", "val"))
    print(
        f"\n{model} at {size or 'its own'} px, {train} + {val} images of {len(dataset.classes)} "
        f"classes, {torch.get_num_threads()} threads"
    )
    with tempfile.TemporaryDirectory() as folder:
        start = make_start(classic, dataset, Path(folder))
        # The first run of a process also loads libraries, which a window has done by then.
        for name in ("first", "Instant"):
            own = own_loop(instant, dataset, start, name)
            print(own, flush=True)
        other = classic_loop(classic, dataset, start)
    print(f"{other}   {measured} epochs")
    if measured < epochs:
        rest = (epochs - measured) * train / other.images_per_second
        other = replace(other, seconds=other.seconds + rest)
        print(f"{other.name:10} {other.seconds:8.1f} s   for {epochs} epochs, extrapolated")
    print(f"Instant is {other.seconds / own.seconds:.1f} times as fast", flush=True)
    return own, other


def test_that_instant_is_many_times_as_fast(shared_data: Path) -> None:
    dataset = read(shared_data / "photos" / "hymenoptera")
    own, classic = compare(dataset, size=128, measured=2)
    assert classic.seconds > TARGET / 3 * own.seconds  # the target itself is for a quiet machine


def main() -> None:
    """Compare on a folder of the user's."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of train/ and val/")
    parser.add_argument("--model", default="efficientnet_b0")
    parser.add_argument("--weights", default="none")
    parser.add_argument("--size", type=int)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--measured", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    compare(
        read(given.data),
        model=given.model,
        weights=given.weights,
        size=given.size,
        epochs=given.epochs,
        measured=given.measured,
        seed=given.seed,
    )


if __name__ == "__main__":
    main()
