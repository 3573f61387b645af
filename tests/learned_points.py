"""Trainings whose errors follow a law that is known: for what needs a learning curve, not a net."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.evaluation.learning.learning_curve import LearningCurve, summarize_curve
from effnet_studio.engine.evaluation.learning.power_law import Points, draw_curves

if TYPE_CHECKING:
    from collections.abc import Sequence

SHARES = (0.25, 0.5, 0.75, 1.0)


def trained(
    images: Sequence[int],
    checked: Sequence[int],
    laws: Sequence[tuple[float, float, float]],
    *,
    seeds: int = 5,
    seed: int = 0,
) -> Points:
    """Trainings whose errors follow the law (a, b, c) of each class.

    Each image is as hard as a number says, which training shifts a little: an image that was
    recognised once mostly is again.
    """
    random = np.random.default_rng(seed)
    labels = np.repeat(np.arange(len(checked)), checked)
    hardness = np.concatenate([(np.arange(count) + 0.5) / count for count in checked])
    plan = [share for share in SHARES[:-1] for _ in range(seeds)] + [1.0]
    counts = np.array([[max(1, round(share * count)) for count in images] for share in plan])
    wrong = np.zeros((len(plan), len(labels)), dtype=bool)
    for row, sizes in enumerate(counts):
        for label, (a, b, c) in enumerate(laws):
            own = labels == label
            error = min(1.0, a * float(sizes[label]) ** -b + c)
            shifted = hardness[own] + random.normal(0, 0.02, own.sum())
            wrong[row, own] = shifted < error
    return Points(np.array(plan), counts, wrong, labels)


def curve_of(points: Points, seed: int = 0, classes: Sequence[str] = ()) -> LearningCurve:
    """The curve of the trainings; without names the classes are numbered."""
    names = tuple(classes) or tuple(f"class {label}" for label in range(points.images.shape[1]))
    about = ("1", "efficientnet_b0", "starter")
    return summarize_curve(points, draw_curves(points, seed=seed), classes=names, about=about)
