"""How often a map passes its health check: of a trained model, and where it must not pass.

Validation images of a project are explained and checked. Beside the trained model stand three that
deserve no trust: the same model with its weights shuffled, one with the weights a new network
begins with, and the trained model with the maps of other images::

    python -m tests.benchmarks.bench_health PROJECT... [--images 40] [--method gradcam]
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.explain.cam import explain_class
from effnet_studio.engine.explain.health import LEAST_GAIN, Health, Verdict, check_health
from effnet_studio.engine.explain.methods import CAM_METHODS
from effnet_studio.engine.explain.randomized import copy_of, randomize
from effnet_studio.engine.models.build import build_model
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.predict.torch_predictor import TorchPredictor
from effnet_studio.engine.project import Project

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.explain.cam import Explanation

pytestmark = pytest.mark.benchmark


@dataclass
class Rates:
    """The checks of one model's maps."""

    name: str
    healths: list[Health]
    seconds: float

    def __str__(self) -> str:
        count = len(self.healths)
        verdicts = Counter(health.verdict for health in self.healths)
        shares = ", ".join(
            f"{verdict.value} {100 * verdicts[verdict] / count:3.0f} %" for verdict in Verdict
        )
        gains = np.quantile([health.gain for health in self.healths], [0.1, 0.5, 0.9])
        alike = np.mean([health.similarity.mean() for health in self.healths])
        return (
            f"  {self.name:22} {shares}   gain {gains[1]:+.3f} ({gains[0]:+.3f} to {gains[2]:+.3f})"
            f"   likeness to random weights {alike:+.2f}   {self.seconds / count:.1f} s a check\n"
            f"  {'':22} {self.stricter()}"
        )

    def stricter(self) -> str:
        """The share of maps that are better than chance, by how much that is asked for."""
        sure = [h for h in self.healths if h.verdict is not Verdict.EMPTY and h.gain >= LEAST_GAIN]
        shares = (
            f"{sigmas:g} σ: {100 * sum(h.sigmas >= sigmas for h in sure) / len(self.healths):.0f} %"
            for sigmas in (0.5, 1, 1.5, 2)
        )
        return f"better than chance by {', '.join(shares)}"


def checked(name: str, predictor: TorchPredictor, maps: Sequence[Explanation]) -> Rates:
    """Check all maps of a model."""
    began = time.perf_counter()
    healths = [check_health(predictor, explanation) for explanation in maps]
    return Rates(name, healths, time.perf_counter() - began)


def explained(
    predictor: TorchPredictor, pictures: Sequence[Path], method: str
) -> list[Explanation]:
    """A map of each image's likeliest class."""
    return [explain_class(predictor, picture, method=method) for picture in pictures]


def exchanged(maps: Sequence[Explanation]) -> list[Explanation]:
    """Each image with the map of the one before."""
    return [
        replace(mine, coarse=other.coarse, heatmap=other.heatmap)
        for mine, other in zip(maps, [maps[-1], *maps[:-1]], strict=True)
    ]


def measure(project: Path, count: int, method: str) -> None:
    """Print the rates of one project's newest model."""
    with Project.open(project) as opened:
        samples = load_dataset(opened).subset("val")
    chosen = np.random.default_rng(0).permutation(len(samples))[:count]
    pictures = [samples[number].path for number in chosen]
    trained = load_predictor(project, device="cpu")
    assert isinstance(trained, TorchPredictor)
    shuffled, fresh = copy_of(trained), copy_of(trained)
    randomize(shuffled.model, torch.Generator().manual_seed(3))
    torch.manual_seed(3)
    fresh.model.load_state_dict(build_model(trained.spec, len(trained.classes)).state_dict())
    print(f"{project.name}: {trained.name}, {len(pictures)} images, {method}")
    maps = explained(trained, pictures, method)
    print(checked("trained", trained, maps), flush=True)
    print(checked("maps of other images", trained, exchanged(maps)), flush=True)
    for name, predictor in (("weights shuffled", shuffled), ("weights of a new net", fresh)):
        print(checked(name, predictor, explained(predictor, pictures, method)), flush=True)


def main() -> None:
    """Measure projects with a trained model each."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("projects", type=Path, nargs="+", metavar="PROJECT")
    parser.add_argument("--images", type=int, default=40)
    parser.add_argument("--method", choices=CAM_METHODS, default="gradcam")
    given = parser.parse_args()
    for project in given.projects:
        measure(project, given.images, given.method)


if __name__ == "__main__":
    main()
