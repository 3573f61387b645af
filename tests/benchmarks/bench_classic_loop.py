"""The classic tutorial loop against ``fit()``: same settings, pictures, weights and epochs.

    python tests/benchmarks/bench_classic_loop.py --data FOLDER [--epochs 5] [--size 224] ...

with a folder of ``train/CLASS`` and ``val/CLASS``; ``--seeds 5`` repeats it from five starts and
says how far the accuracies differ, start by start; ``--peers timm fastai`` runs those libraries'
loops too. Or on the shared photographs with
``pytest -m benchmark -s tests/benchmarks/bench_classic_loop.py``.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from effnet_studio.engine.device import process_memory
from tests.benchmarks.loops import classic_loop, make_start, own_loop, read_folder, settings
from tests.benchmarks.peers import PEERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.training.config import TrainConfig
    from tests.benchmarks.loops import Outcome

pytestmark = pytest.mark.benchmark


def compare(config: TrainConfig, dataset: Dataset, peers: Sequence[str] = ()) -> list[Outcome]:
    """Run all and print them side by side."""
    print(
        f"\n{config.model} at {config.image_size or 'its own'} px, batch {config.batch_size}, "
        f"{config.epochs} epochs, {config.freeze} stages frozen, augmentation "
        f"{config.augmentation}, {len(dataset.subset('train'))} + {len(dataset.subset('val'))} "
        f"images, {torch.get_num_threads()} threads"
    )
    outcomes = []
    with tempfile.TemporaryDirectory() as folder:
        start = make_start(config, dataset, Path(folder))
        for loop in (own_loop, classic_loop, *(PEERS[name] for name in peers)):
            outcomes.append(loop(config, dataset, start))
            print(f"{outcomes[-1]}   {(process_memory() or 0) / 2**20:.0f} MiB", flush=True)
    own = outcomes[0]
    for other in outcomes[1:]:
        print(
            f"fit is {other.seconds / own.seconds:.2f} times as fast as {other.name}, with "
            f"{own.images_per_second / other.images_per_second:.2f} times its images/s"
        )
    return outcomes


def compare_seeds(config: TrainConfig, dataset: Dataset, seeds: int) -> None:
    """Repeat the comparison from several starts, and print the mean paired differences."""
    pairs = [
        compare(config.model_copy(update={"seed": config.seed + each}), dataset)
        for each in range(seeds)
    ]
    print(f"\nfit minus classic over {seeds} starts, in points of accuracy:")
    for name in ("best", "last"):
        own, classic = (np.array([getattr(pair[i], name) for pair in pairs]) for i in range(2))
        error = 100 * np.std(own - classic, ddof=1) / np.sqrt(seeds)
        print(
            f"{name}: {100 * own.mean():.1f} against {100 * classic.mean():.1f} %, "
            f"difference {100 * (own - classic).mean():+.1f}, standard error {error:.1f}"
        )
    ratios = [classic.seconds / own.seconds for own, classic in pairs]
    print(f"fit is {np.median(ratios):.2f} times as fast ({min(ratios):.2f} to {max(ratios):.2f})")


def test_that_fit_is_faster_than_the_classic_loop(shared_data: Path) -> None:
    dataset = read_folder(shared_data / "photos" / "hymenoptera")
    own, classic = compare(settings(), dataset)
    assert own.seconds < classic.seconds


def main() -> None:
    """Compare on a folder of the user's."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of train/ and val/")
    parser.add_argument("--model", default="efficientnet_b0")
    parser.add_argument("--weights", default="none")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--size", type=int, default=224)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--freeze", type=int, default=0)
    parser.add_argument("--augmentation", default="light")
    parser.add_argument("--learning-rate", type=float, default=0.02)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seeds", type=int, default=1, help="repeat from so many starts")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--peers", nargs="*", default=[], choices=PEERS, help="run these too")
    given = parser.parse_args()
    if given.threads:
        torch.set_num_threads(given.threads)
    config = settings(
        model=given.model,
        weights=given.weights,
        epochs=given.epochs,
        image_size=given.size,
        batch_size=given.batch,
        freeze=given.freeze,
        augmentation=given.augmentation,
        learning_rate=given.learning_rate,
        seed=given.seed,
    )
    dataset = read_folder(given.data)
    if given.seeds > 1:
        compare_seeds(config, dataset, given.seeds)
    else:
        compare(config, dataset, given.peers)


if __name__ == "__main__":
    main()
