"""How many images of other things are noticed as such, and how many of the project's own.

    python -m tests.benchmarks.bench_strangers PROJECT --others FOLDER [--images 100]

Compares the project's images that were held back with images of another folder: the share that is
warned of, and the area under the ROC curve of the similarity to the training images, and of the
probability of the likeliest class. Uses the newest run.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.evaluation.neighbours import RANK, open_gallery, vector_of
from effnet_studio.engine.events import ignore
from effnet_studio.engine.images import IMAGE_SUFFIXES
from effnet_studio.engine.predict.predictor import load_predictor
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
        held = [sample.path for sample in load_dataset(project).subset("val")]
    predictor = load_predictor(run_dir)
    foreign = sorted(p for p in given.others.rglob("*") if p.suffix.lower() in IMAGE_SUFFIXES)
    warned, similar, sure = [], [], []
    for paths in (some(held, given.images), some(foreign, given.images)):
        vectors = [vector_of(predictor, path) for path in paths]
        warned.append(np.mean([gallery.is_stranger(vector) for vector in vectors]))
        nearest = [gallery.nearest(vector, RANK)[-1].similarity for vector in vectors]
        similar.append(np.array(nearest))
        sure.append(np.array([predictor.predict(path).best.probability for path in paths]))
    print(f"{run_dir.name}: {len(gallery)} training images, limit {gallery.limit:.3f}")
    print(f"warned of: own {warned[0]:.0%}, others {warned[1]:.0%}")
    print(
        f"AUROC: similarity {area_under_roc(*similar):.2f}, probability {area_under_roc(*sure):.2f}"
    )


if __name__ == "__main__":
    main()
