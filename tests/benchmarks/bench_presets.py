"""The three presets against the classic tutorial loop that freezes the same stages.

    python tests/benchmarks/bench_presets.py --data FOLDER [--weights starter] [--epochs 10]

with a folder of ``train/CLASS`` and ``val/CLASS``, or of ``CLASS`` (then every fifth image
validates). Both begin with the same weights and work on the same pictures for the same epochs;
Instant, which has no epochs, is held against that many epochs of the last layer. ``--peers timm
fastai`` runs these libraries' loops beside Best, with no stage frozen. Prints time, accuracy, peak
memory, and how long each preset took to reach what the other ended with. Or
on the shared photographs with ``pytest -m benchmark -s tests/benchmarks/bench_presets.py``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from effnet_studio.engine.data.dataset import Dataset, Sample
from effnet_studio.engine.device import peak_memory
from effnet_studio.engine.events import EpochFinished, Event
from effnet_studio.engine.images import IMAGE_SUFFIXES, load_image
from effnet_studio.engine.training.config import Preset, make_config
from effnet_studio.engine.training.fit import fit
from tests.benchmarks.loops import classic_loop, make_start, read_folder, settings
from tests.benchmarks.peers import PEERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.training.config import TrainConfig
    from tests.benchmarks.loops import Loop

pytestmark = pytest.mark.benchmark

EVERY = 5
"""Of a folder without parts every fifth image of a class validates."""


@dataclass(frozen=True)
class Outcome:
    """What one way of training gave.

    Attributes:
        name: Which.
        seconds: From start to end, with everything.
        accuracy: Of the best epoch.
        curve: Seconds since the start and best accuracy so far, after each epoch.
        memory: Peak of the process, bytes.
    """

    name: str
    seconds: float
    accuracy: float
    curve: tuple[tuple[float, float], ...]
    memory: int

    def reached(self, accuracy: float) -> float | None:
        """Seconds until an accuracy was reached, if it was."""
        return next((at for at, best in self.curve if best >= accuracy), None)


def read_photos(folder: Path) -> Dataset:
    """Read a folder with or without parts."""
    if (folder / "train").is_dir():
        return read_folder(folder)
    classes = tuple(sorted(each.name for each in folder.iterdir() if each.is_dir()))
    samples = []
    for label, name in enumerate(classes):
        files = sorted(p for p in (folder / name).iterdir() if p.suffix.lower() in IMAGE_SUFFIXES)
        for number, path in enumerate(files):
            height, width = load_image(path).shape[:2]
            split = "val" if number % EVERY == 0 else "train"
            samples.append(Sample(len(samples), path, label, split, width, height))  # type: ignore[arg-type]
    return Dataset(classes, tuple(samples), folder.name)


def own(config: TrainConfig, dataset: Dataset, start: Path, name: str) -> Outcome:
    """Train with fit(); nothing was kept before."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "run").mkdir()
        curve: list[tuple[float, float]] = []
        began = time.perf_counter()

        def listen(event: Event) -> None:
            if isinstance(event, EpochFinished):
                best = max([event.accuracy, *(accuracy for _, accuracy in curve)])
                curve.append((time.perf_counter() - began, best))

        result = fit(
            config.model_copy(update={"weights": str(start)}),
            dataset,
            run_dir=folder / "run",
            cache_dir=folder / "cache",
            on_event=listen,
        )
        seconds = time.perf_counter() - began
    return Outcome(name, seconds, result.accuracy, tuple(curve), peak_memory() or 0)


def other(loop: Loop, config: TrainConfig, dataset: Dataset, start: Path, name: str) -> Outcome:
    """Train as the tutorial or another library does."""
    found = loop(config, dataset, start)
    curve = ((found.seconds, found.best),)
    return Outcome(name, found.seconds, found.best, curve, peak_memory() or 0)


def measure(data: Path, start: Path, way: str, preset: Preset, given: dict[str, object]) -> Outcome:
    """Measure one way in this process."""
    dataset = read_photos(data)
    config = make_config(preset, **given)
    if way == "own":
        return own(config, dataset, start, str(preset))
    augmentation = "light" if preset is not Preset.BEST else str(config.augmentation)
    loop = settings(
        **(given | {"epochs": given["epochs"]}),
        batch_size=config.batch_size,
        freeze=0 if preset is Preset.BEST else config.freeze,
        augmentation=augmentation,
    )
    how = classic_loop if way == "classic" else PEERS[way]
    return other(how, loop, dataset, start, f"{way}, as {preset}")


def compare(
    data: Path, given: dict[str, object], presets: list[Preset], peers: Sequence[str] = ()
) -> dict[str, float]:
    """Measure all, each in a process of its own.

    Returns:
        How many times as fast as the classic loop each preset was.
    """
    dataset = read_photos(data)
    train, val = (len(dataset.subset(part)) for part in ("train", "val"))
    print(f"\n{data.name}: {train} + {val} images, {len(dataset.classes)} classes; {given}")
    ratios = {}
    with tempfile.TemporaryDirectory() as folder:
        first = make_config(presets[0], **given)
        start = make_start(first, dataset, Path(folder))
        for preset in presets:
            others = ["classic", *(peers if preset is Preset.BEST else ())]
            orders = [
                {
                    "data": str(data),
                    "start": str(start),
                    "way": way,
                    "preset": preset,
                    "given": given,
                }
                for way in ("own", *others)
            ]
            ours, *theirs = [in_process(order) for order in orders]
            ratios[str(preset)] = theirs[0].seconds / ours.seconds
            for each in theirs:
                reached = ours.reached(each.accuracy)
                text = "not reached" if reached is None else f"after {reached:.1f} s"
                print(
                    f"{preset}: {each.seconds / ours.seconds:.1f} times as fast as {each.name}; "
                    f"{each.accuracy:.1%} {text}",
                    flush=True,
                )
    return ratios


def in_process(order: dict[str, object]) -> Outcome:
    """Measure one way in a process of its own, whose peak memory is its own; and print it."""
    process = subprocess.run(
        [sys.executable, __file__, "--order", json.dumps(order)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    values = json.loads(process.stdout.splitlines()[-1])
    found = Outcome(**values | {"curve": tuple(map(tuple, values["curve"]))})
    print(
        f"{found.name:20} {found.seconds:8.1f} s   {found.accuracy:6.1%}   "
        f"{found.memory / 2**20:6.0f} MiB",
        flush=True,
    )
    return found


def test_that_presets_are_faster_than_the_classic_loop(shared_data: Path) -> None:
    given: dict[str, object] = {"image_size": 96, "epochs": 2, "weights": "none"}
    data = shared_data / "photos" / "hymenoptera"
    ratios = compare(data, given, [Preset.INSTANT, Preset.BALANCED])
    assert min(ratios.values()) > 1


def main() -> None:
    """Compare on a folder of the user's."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--model", default="efficientnet_b0")
    parser.add_argument("--weights", default="starter")
    parser.add_argument("--size", type=int, default=224)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--presets", nargs="+", default=[str(preset) for preset in Preset])
    parser.add_argument("--peers", nargs="*", default=[], choices=PEERS, help="run these too")
    parser.add_argument("--order", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.order:
        order = json.loads(options.order)
        outcome = measure(
            Path(order["data"]),
            Path(order["start"]),
            order["way"],
            Preset(order["preset"]),
            order["given"],
        )
        print(json.dumps(asdict(outcome)))
        return
    given = {
        "model": options.model,
        "weights": options.weights,
        "image_size": options.size,
        "epochs": options.epochs,
    }
    compare(options.data, given, [Preset(name) for name in options.presets], options.peers)


if __name__ == "__main__":
    main()
