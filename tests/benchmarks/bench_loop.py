"""Does the closed loop help? Labels are flipped, found and mended; the model is trained on.

    python -m tests.benchmarks.bench_loop --data FOLDER --out FOLDER [--flipped 0.05] [--seed 0]
        [--looked 0.1] [--preset balanced] [--set key=value ...] [--trials 5]

with a folder of CLASS, each with images. First, for several seeds, labels are flipped in an import
and the list of suspicious labels is scored: which share of the flipped ones is in its beginning,
and which share of what it flags was flipped. Then, for one seed, the whole loop: a model is trained
on the flipped labels; a person who looks through the beginning of the list gives the images there
that are wrong their true class; the run's weights are trained on; both are compared on the test
images, and with a run that was trained on without any mending.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from effnet_studio.cli.training import parse_settings
from effnet_studio.engine.data import edits
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.store import load_dataset, load_index
from effnet_studio.engine.evaluation.comparing.compare import compare_runs
from effnet_studio.engine.evaluation.labels.suspects import Suspects, find_suspects
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.again import warm_start
from effnet_studio.engine.training.config import Preset, make_config
from effnet_studio.engine.training.launch import train

VAL, TEST = 0.2, 0.3


def flip(project: Project, share: float, seed: int) -> dict[int, str]:
    """Give a share of the images, of all classes and parts alike, another class.

    Args:
        project: An imported project.
        share: Of the images, in (0, 1).
        seed: Of the draw.

    Returns:
        The images' numbers, and the classes they really have.
    """
    random = np.random.default_rng(seed)
    samples, names = load_dataset(project).samples, load_dataset(project).classes
    chosen = random.choice(len(samples), round(share * len(samples)), replace=False)
    truth: dict[int, str] = {}
    for place in chosen.tolist():
        sample = samples[place]
        other = (sample.label + int(random.integers(1, len(names)))) % len(names)
        truth[sample.id] = names[sample.label]
        edits.relabel(project, [sample.id], names[other])
    return truth


def score(found: Suspects, truth: dict[int, str], looked: float) -> str:
    """Recall and precision of a list of suspects, in words."""
    wrong = np.isin(found.ids, list(truth))
    first = round(looked * len(found.ids))
    flagged = int(found.flagged.sum())
    return (
        f"{wrong[:first].sum()} of {len(truth)} flipped labels"
        f" ({100 * wrong[:first].sum() / len(truth):.0f} %) in the first {100 * looked:.0f} %"
        f" ({first} images); {100 * wrong[: len(truth)].mean():.0f} % of the first {len(truth)};"
        f" flagged {flagged}, of which {100 * wrong[found.flagged].mean():.0f} % flipped,"
        f" {100 * wrong[found.flagged].sum() / len(truth):.0f} % of all flipped;"
        f" {100 * found.recognised:.0f} % of the labels recognised"
    )


def look_through(project: Project, found: Suspects, truth: dict[int, str], looked: float) -> int:
    """Mend what is wrong in the beginning of the list, as a person would who knows the classes."""
    seen = found.ids[: round(looked * len(found.ids))].tolist()
    mended = [number for number in seen if number in truth]
    for number in mended:
        edits.relabel(project, [number], truth[number])
    return len(mended)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--flipped", type=float, default=0.05)
    parser.add_argument("--looked", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--trials", type=int, default=5)
    parser.add_argument("--preset", default="balanced", choices=list(Preset))
    parser.add_argument("--set", nargs="*", default=[])
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for trial in range(options.trials):
        with Project.create(options.out / f"trial{trial}.effnet") as project:
            import_folder(project, options.data, val=VAL, test=TEST)
            truth = flip(project, options.flipped, options.seed + trial)
            found = find_suspects(project, load_index(project))
            print(
                f"seed {options.seed + trial}, {found.source}", score(found, truth, options.looked)
            )
    with Project.create(options.out / "loop.effnet") as project:
        import_folder(project, options.data, val=VAL, test=TEST)
        truth = flip(project, options.flipped, options.seed)
        config = make_config(options.preset, **parse_settings(options.set))
        before = train(project, config).run_id
        # Trained on without mending: what more epochs alone bring.
        control = warm_start(project, before).run_id
        found = find_suspects(project, load_index(project))
        print("the loop:", found.source, score(found, truth, options.looked))
        mended = look_through(project, found, truth, options.looked)
        after = warm_start(project, before).run_id
        print(f"{mended} labels mended")
        for name, first, second in (
            ("mended and trained on, against before", before, after),
            ("only trained on, against before", before, control),
            ("mended, against not mended", control, after),
        ):
            comparison = compare_runs(project, first, second, split="test")
            print(f"{name}: {comparison.message()}")
            for gain in comparison.gains:
                change = gain.difference
                print(
                    f"  {gain.figure}: {gain.first:.3f} to {gain.second:.3f},"
                    f" {change.value:+.3f} ({change.low:+.3f} to {change.high:+.3f})"
                )


if __name__ == "__main__":
    main()
