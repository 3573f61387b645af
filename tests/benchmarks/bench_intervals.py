"""How often the intervals of an evaluation hold the true value, and what they take.

Evaluations are drawn from known populations; beside ours stands the plain percentile bootstrap::

    python -m tests.benchmarks.bench_intervals [--samples 300]
"""

from __future__ import annotations

import argparse
import time
import tracemalloc
from typing import TYPE_CHECKING

import numpy as np
import pytest

from effnet_studio.engine.evaluation.evaluate import summarize
from effnet_studio.engine.evaluation.measures import bootstrap
from effnet_studio.engine.evaluation.measures.bootstrap import FIGURES, ModelAnswers, replicate
from effnet_studio.engine.evaluation.measures.intervals import confidence_intervals
from effnet_studio.engine.evaluation.measures.tally import Tally

if TYPE_CHECKING:
    from numpy.typing import NDArray

pytestmark = pytest.mark.benchmark

RESAMPLES = 400


def population(classes: int, accuracy: float, shrinking: float) -> NDArray[np.float64]:
    """Probability of each cell; every class has a share of the one before's images."""
    share = shrinking ** np.arange(classes)
    cells = np.full((classes, classes), (1 - accuracy) / (classes - 1))
    np.fill_diagonal(cells, accuracy)
    return np.asarray((share / share.sum())[:, None] * cells)


def coverage(cells: NDArray[np.float64], images: int, samples: int) -> NDArray[np.float64]:
    """Share of samples whose interval holds the true value, shape (ours and plain, figures)."""
    classes = len(cells)
    truth = Tally.of_confusion((cells * 1e9).round().astype(np.int64))
    expected = np.array([float(getattr(truth, name)()) for name in FIGURES])
    generator = np.random.default_rng(0)
    held = np.zeros((2, len(FIGURES)))
    for _ in range(samples):
        drawn = generator.choice(classes**2, images, p=cells.ravel())
        true, predicted = drawn // classes, drawn % classes
        said = ModelAnswers(predicted, np.zeros(images))
        (ours,) = replicate(true, [said], classes, resamples=RESAMPLES)
        rows = generator.integers(0, images, (RESAMPLES, images))
        resampled = Tally.of_answers(true[rows], predicted[rows], classes)
        plain = {name: getattr(resampled, name)() for name in FIGURES}
        for place, figures in enumerate((ours, plain)):
            ends = np.quantile([figures[name] for name in FIGURES], [0.025, 0.975], axis=1)
            held[place] += (ends[0] - 1e-9 <= expected) & (expected <= ends[1] + 1e-9)
    return held / samples


def time_large() -> str:
    """What the intervals of 50,000 images of 1,000 classes take."""
    generator = np.random.default_rng(0)
    classes, images = 1000, 50_000
    true = generator.integers(0, classes, images)
    logits = generator.standard_normal((images, classes), dtype=np.float32)
    logits[np.arange(images), true] += 3
    names = tuple(str(number) for number in range(classes))
    found = summarize(logits, true, classes=names, sample_ids=tuple(range(images)), split="val")
    begin = time.perf_counter()
    confidence_intervals(found)
    seconds = time.perf_counter() - begin
    tracemalloc.start()
    confidence_intervals(found)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return f"1,000 classes, 50,000 images: {seconds:.1f} s, {peak / 1e6:.0f} MB"


def main() -> None:
    """Print coverage and cost."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--samples", type=int, default=300)
    samples = options.parse_args().samples
    print(time_large())
    print(f"\nHeld the true value in % of {samples} samples (ours | plain):")
    print("classes  images  accuracy  " + "  ".join(f"{name:>17}" for name in FIGURES))
    for classes, shrinking in ((2, 1.0), (3, 0.3), (10, 0.7), (100, 1.0)):
        for images in (10, 20, 50, 200, 500):
            for accuracy in (0.7, 0.9, 0.98):
                cells = population(classes, accuracy, shrinking)
                ours, plain = 100 * coverage(cells, images, samples)
                both = "  ".join(f"{a:10.0f} | {b:4.0f}" for a, b in zip(ours, plain, strict=True))
                print(f"{classes:7}  {images:6}  {accuracy:8.2f}  {both}", flush=True)


if __name__ == "__main__":
    print(f"{bootstrap.RESAMPLES} resamples, {bootstrap.ADDED} images added")
    main()
