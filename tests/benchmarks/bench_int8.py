"""The search for an 8-bit file: every attempt, judged and timed side by side with 32 bits.

    python tests/benchmarks/bench_int8.py --project P [--run RUN] [--budget 0.5] [--threads 1 2]

Nothing is written into the project. The table tells what each recipe loses on the validation
images and how much faster it is than the 32-bit file in onnxruntime; the second table times the
recipe that was kept once more, in turns, with given numbers of threads. Agreement with the 32-bit
file is counted on all images of the project as well, those for training too: it needs no labels.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.errors import ImageError
from effnet_studio.engine.events import Event, Noted
from effnet_studio.engine.export.draft import Draft
from effnet_studio.engine.export.graph.network import export_graph
from effnet_studio.engine.export.int8.run_graph import open_graph, scores, times_in_turns
from effnet_studio.engine.export.int8.write import write_int8
from effnet_studio.engine.predict.torch_predictor import TorchPredictor
from effnet_studio.engine.project import Project

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from effnet_studio.engine.data.dataset import Sample
    from effnet_studio.engine.export.int8.judge import Quantized

ROUNDS = {1: 40, 32: 7}


def answers(file: Path, app: TorchPredictor, samples: Sequence[Sample]) -> NDArray[np.intp]:
    """Answers of a file to the images that can be read."""
    network, found = open_graph(file), []
    for sample in samples:
        try:
            picture = app.picture(sample.path)
        except ImageError:
            continue
        found.append(scores(network, app.preprocess.normalize(picture[None])).argmax(axis=1))
    return np.concatenate(found)


def say(event: Event) -> None:
    """Print each attempt when it is judged: a search takes minutes."""
    if isinstance(event, Noted):
        print(event.message, flush=True)


def print_attempts(made: Quantized) -> None:
    """One row for each recipe, the fastest first."""
    print("recipe         agree  accuracy  lost (95 %)            batch 1   batch n   size")
    for one in made.attempts:
        print(
            f"{one.recipe:<13} {100 * one.agreement:6.2f} {100 * one.accuracy:8.2f}  "
            f"{100 * one.loss:5.2f} ({100 * one.loss_low:5.2f} to {100 * one.loss_high:5.2f})"
            f"  {one.speed_up:6.2f}×  {one.batch_speed_up:6.2f}×  {one.bytes / one.float_bytes:.3f}"
            f"{'  kept its promise' if one.kept_promise else ''}"
        )


def print_times(plain: Path, small: Path, size: int, threads: Sequence[int]) -> None:
    """Median milliseconds of both, in turns."""
    print("threads  batch   32 bit ms   8 bit ms   speed-up")
    random = np.random.default_rng(0)
    for count in threads:
        networks = (open_graph(plain, threads=count), open_graph(small, threads=count))
        for batch, rounds in ROUNDS.items():
            images = random.normal(size=(batch, 3, size, size)).astype(np.float32)
            before, after = times_in_turns(networks, images, rounds)
            print(f"{count:7} {batch:6} {before:11.1f} {after:10.1f} {before / after:9.2f}×")


def main() -> None:
    """Search, then print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--project", type=Path, required=True)
    parser.add_argument("--run")
    parser.add_argument("--budget", type=float, default=0.5)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    given = parser.parse_args()
    with (
        Project.open(given.project, read_only=True) as project,
        tempfile.TemporaryDirectory() as at,
    ):
        folder = Path(at)
        dataset = load_dataset(project)
        app = TorchPredictor.from_run(project.find_run(given.run), device="cpu")
        plain = folder / "float32.onnx"
        with app.exclusive() as model:
            export_graph(model, plain, size=app.preprocess.size, metadata={})
        draft = Draft(
            app=app,
            file=folder / "int8.onnx",
            metadata={},
            dataset=dataset,
            judged=dataset.subset("val"),
            budget_points=given.budget,
            known=plain,
            scratch=folder,
            on_event=say,
            cancel=CancelToken(),
        )
        made = write_int8(draft)
        small = made.file
        print_attempts(made)
        same = answers(plain, app, dataset.samples) == answers(small, app, dataset.samples)
        print(f"{made.recipe}: {100 * same.mean():.2f} % the same answers on {len(same)} images")
        print_times(plain, small, app.preprocess.size, given.threads)


if __name__ == "__main__":
    main()
