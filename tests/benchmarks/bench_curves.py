"""How long AUC, average precision and their intervals take, and how much memory.

    python -m tests.benchmarks.bench_curves [--images 50000] [--classes 1000] [--skill 4]

The answers are invented: normal noise, and so much more for the true class.
"""

from __future__ import annotations

import argparse
import time
import tracemalloc
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.evaluation.curves.class_curves import class_curves
from effnet_studio.engine.evaluation.curves.curve_intervals import curve_intervals

if TYPE_CHECKING:
    from collections.abc import Callable


def timed(title: str, work: Callable[[], object]) -> None:
    """Run twice: for the time, and, slower, for the memory."""
    started = time.perf_counter()
    work()
    seconds = time.perf_counter() - started
    tracemalloc.start()
    work()
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"{title}: {seconds:.2f} s, {peak / 1e6:.0f} MB beside the raw outputs")


def main() -> None:
    """Invent answers and judge them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--images", type=int, default=50_000)
    parser.add_argument("--classes", type=int, default=1000)
    parser.add_argument("--skill", type=float, default=4.0)
    options = parser.parse_args()
    random = np.random.default_rng(0)
    true = random.integers(0, options.classes, options.images)
    logits = random.standard_normal((options.images, options.classes), dtype=np.float32)
    logits *= 1.6
    logits[np.arange(options.images), true] += options.skill
    print(f"raw outputs: {logits.nbytes / 1e6:.0f} MB")
    curves = class_curves(logits, true)
    intervals = curve_intervals(curves)
    print(f"mean AUC {curves.macro.roc_auc:.4f}, {intervals.resamples} resamples")
    timed("figures of all classes", lambda: class_curves(logits, true))
    timed("intervals", lambda: curve_intervals(curves))
    timed("curves of one class", lambda: curves.scores.counts(0))


if __name__ == "__main__":
    main()
