"""How many images of other things are noticed as such, and how many of the project's own.

    python -m tests.benchmarks.bench_strangers PROJECT --others FOLDER [--images 100]

Compares the project's images that were held back with images of another folder: the share that is
warned of, and for each score by which "none of these" can be told the area under the ROC curve, the
strangers answered where 95 % of the own images are, the area under the risk-coverage curve of the
held-back images, and their accuracy where 80 and 90 % of them are answered. Uses the newest run.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.evaluation.likeness.neighbours import RANK, open_gallery, vector_of
from effnet_studio.engine.events import ignore
from effnet_studio.engine.images import IMAGE_SUFFIXES
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.predict.reject_option import Score, certainty
from effnet_studio.engine.project import Project

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def some(paths: Sequence[Path], count: int) -> list[Path]:
    """Paths spread evenly."""
    places = np.unique(np.linspace(0, len(paths) - 1, min(count, len(paths))).round().astype(int))
    return [paths[place] for place in places]


def area_under_roc(own: NDArray[np.float64], others: NDArray[np.float64]) -> float:
    """Share of pairs in which the project's own image has more; equals count half."""
    more = own[:, None] > others[None]
    return float(more.mean() + (own[:, None] == others[None]).mean() / 2)


def main() -> None:
    """Print the rates."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("project", type=Path)
    parser.add_argument("--others", type=Path, required=True)
    parser.add_argument("--images", type=int, default=100)
    given = parser.parse_args()
    with Project.open(given.project, read_only=True) as project:
        run_dir = project.run_dirs()[0]
        gallery = open_gallery(project, run_dir.name, on_event=ignore, cancel=CancelToken())
        dataset = load_dataset(project)
        truth = {sample.path: dataset.classes[sample.label] for sample in dataset.subset("val")}
        held = list(truth)
    predictor = load_predictor(run_dir)
    foreign = sorted(p for p in given.others.rglob("*") if p.suffix.lower() in IMAGE_SUFFIXES)
    warned: list[np.floating] = []
    scores: dict[str, list[NDArray[np.float64]]] = {"5th nearest": [], **{s: [] for s in Score}}
    for paths in (some(held, given.images), some(foreign, given.images)):
        vectors = [vector_of(predictor, path) for path in paths]
        warned.append(np.mean([gallery.is_stranger(vector) for vector in vectors]))
        nearest = [gallery.nearest(vector, RANK)[-1].similarity for vector in vectors]
        scores["5th nearest"].append(np.array(nearest))
        pictures = np.stack([predictor.picture(path) for path in paths])
        logits = np.concatenate(
            [predictor.logits(predictor.preprocess.normalize(each[None])) for each in pictures]
        )
        for score in Score:
            scores[score].append(certainty(logits, score))
        if len(warned) == 1:
            labels = [truth[path] for path in paths]
            right = np.array([predictor.classes[row.argmax()] for row in logits]) == labels
    print(f"{run_dir.name}: {len(gallery)} training images, limit {gallery.limit:.3f}")
    print(f"warned of: own {warned[0]:.0%}, others {warned[1]:.0%}")
    for name, (own, others) in scores.items():
        ordered = right[np.argsort(-own, kind="stable")]
        accuracy = np.cumsum(ordered) / np.arange(1, len(ordered) + 1)
        at = [accuracy[round(len(ordered) * share) - 1] for share in (0.8, 0.9, 1.0)]
        print(
            f"{name:12} AUROC {area_under_roc(own, others):.2f}, strangers answered "
            f"{np.mean(others >= np.quantile(own, 0.05)):.0%}, risk {np.mean(1 - accuracy):.3f}, "
            f"accuracy at 80, 90, 100 % {at[0]:.1%} {at[1]:.1%} {at[2]:.1%}"
        )


if __name__ == "__main__":
    main()
