"""Is the range promised for more images kept? Curves of half of the images, drawn on to all.

    python -m tests.benchmarks.bench_learning_curve --data FOLDER [--val 0.3] [--halves 8]

with a folder of CLASS (or train/CLASS and val/CLASS), each with images. The training images are
halved by chance, again and again; the learning curve of each half, from 25, 50, 75 and 100 % of it,
is drawn on to twice the images, and compared with what a training on all of them reaches on the
same validation images. Prints how often that is within the range of 95 %, over all images and class
by class, how wide the range is, and how far the expected value is off, beside the guess that
nothing changes. Images that a half shares with another make the halves alike: a few of them are no
more than a hint.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.store import load_index
from effnet_studio.engine.device import yield_while_waiting
from effnet_studio.engine.evaluation.learning import learning_curve
from effnet_studio.engine.evaluation.learning.learning_advice import outlook
from effnet_studio.engine.evaluation.learning.power_law import draw_curves
from effnet_studio.engine.events import ignore
from effnet_studio.engine.project import Project


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--val", type=float, default=0.3)
    parser.add_argument("--halves", type=int, default=8)
    options = parser.parse_args()
    yield_while_waiting()
    from effnet_studio.engine.training.frozen_features import FeatureSet, frozen_features

    with (
        tempfile.TemporaryDirectory() as folder,
        Project.create(Path(folder) / "P.effnet") as project,
    ):
        import_folder(project, options.data, val=options.val)
        index = load_index(project)
        dataset = index.dataset()
        began = time.perf_counter()
        found = frozen_features(
            learning_curve.instant_config(), dataset, on_event=ignore, cancel=CancelToken()
        )
        print(f"features of {len(dataset.samples)} images: {time.perf_counter() - began:.1f} s")
        samples = dataset.subset("train")
        ids = [samples[place].id for place in found.train.places.tolist()]
        groups = learning_curve._families(index, ids)
    classes, train = len(dataset.classes), found.train
    whole = learning_curve.train_on_parts(
        train, found.val, classes=classes, groups=groups, shares=(1.0,), seeds=1
    )
    reached = [~whole.wrong[0]] + [
        ~whole.wrong[0, whole.labels == label] for label in range(classes)
    ]
    rows = []
    for seed in range(options.halves):
        order = learning_curve.nested_order(train.labels, groups, seed=1000 + seed)
        half = np.sort(learning_curve.part_of(train.labels, order, 0.5))
        part = FeatureSet(train.features[half], train.labels[half], half)
        points = learning_curve.train_on_parts(
            part, found.val, classes=classes, groups=groups[half]
        )
        curve = learning_curve.summarize_curve(
            points, draw_curves(points, seed=seed), classes=dataset.classes, about=("", "", "")
        )
        for column in range(-1, classes):
            images = whole.images[0].sum() if column < 0 else whole.images[0, column]
            promised = outlook(curve, column, int(images) - curve.images_now(column))
            true = float(reached[column + 1].mean())
            inside = promised.low - 1e-9 <= true <= promised.high + 1e-9
            off = abs(promised.expected - true), abs(promised.now.value - true)
            rows.append((column, inside, promised.high - promised.low, *off))
        print(f"half {seed + 1} of {options.halves}", flush=True)
    print("| of | within the range | width | expected is off by | no change would be off by |")
    print("|---|---|---|---|---|")
    for name, chosen in (
        ("all images", [row for row in rows if row[0] < 0]),
        ("each class", [row for row in rows if row[0] >= 0]),
    ):
        inside, width, off, still = (np.array([row[k] for row in chosen]) for k in (1, 2, 3, 4))
        print(
            f"| {name} | {inside.sum()} of {len(inside)} | {100 * width.mean():.1f} points "
            f"| {100 * off.mean():.1f} | {100 * still.mean():.1f} |"
        )


if __name__ == "__main__":
    main()
