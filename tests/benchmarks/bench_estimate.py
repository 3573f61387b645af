"""How near the estimate before a training comes to what the training takes.

    python tests/benchmarks/bench_estimate.py --data FOLDER [--model efficientnet_b0] [--size 224]

with a folder of ``train/CLASS`` and ``val/CLASS``. Nothing is kept between the runs, so that every
one reads its pictures for the first time, as a user's first one does. Or on the shared photographs
with ``pytest -m benchmark -s tests/benchmarks/bench_estimate.py``.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from effnet_studio.engine.events import BatchProgress, Event
from effnet_studio.engine.training.config import Preset, make_config
from effnet_studio.engine.training.estimate import estimate
from effnet_studio.engine.training.fit import fit
from tests.benchmarks.loops import make_start, read_folder

if TYPE_CHECKING:
    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.training.config import TrainConfig

pytestmark = pytest.mark.benchmark


def compare(config: TrainConfig, dataset: Dataset) -> float:
    """Estimate, train, and print both; the time taken over the estimate."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start = make_start(config, dataset, folder)
        chosen = config.model_copy(update={"weights": str(start)})
        began = time.perf_counter()
        before = estimate(chosen, dataset, cache_dir=folder / "cache")
        tried = time.perf_counter() - began
        told: list[tuple[float, float]] = []
        began = time.perf_counter()

        def listen(event: Event) -> None:
            if isinstance(event, BatchProgress) and event.eta_seconds is not None:
                told.append((time.perf_counter() - began, event.eta_seconds))

        (folder / "run").mkdir()
        fit(chosen, dataset, run_dir=folder / "run", cache_dir=folder / "cache", on_event=listen)
        taken = time.perf_counter() - began
    ratio = taken / before.seconds
    print(
        f"{config.preset:9} estimated {before.seconds:7.1f} s in {tried:.1f} s, took {taken:7.1f} s"
        f" ({ratio:.2f}), {before.memory / 2**20:.0f} MiB memory, {before.disk / 1e6:.0f} MB disk"
    )
    later = [(left, taken - at) for at, left in told if 0.1 * taken <= at <= 0.9 * taken]
    if later:
        worst = max(later, key=lambda pair: abs(pair[0] / pair[1] - 1))
        print(
            f"{'':9} remaining time while it ran: worst {worst[0] / worst[1]:.2f} of the true one"
        )
    return ratio


def test_that_the_estimate_is_near(shared_data: Path) -> None:
    dataset = read_folder(shared_data / "photos" / "hymenoptera")
    for preset in Preset:
        ratio = compare(make_config(preset, image_size=96, epochs=3), dataset)
        assert 0.5 < ratio < 2


def main() -> None:
    """Compare on a folder of the user's."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of train/ and val/")
    parser.add_argument("--model", default="efficientnet_b0")
    parser.add_argument("--size", type=int)
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--presets", nargs="+", default=list(Preset))
    given = parser.parse_args()
    dataset = read_folder(given.data)
    for preset in given.presets:
        values = {"model": given.model, "image_size": given.size}
        if given.epochs is not None:
            values["epochs"] = given.epochs
        compare(make_config(preset, **values), dataset)


if __name__ == "__main__":
    main()
